"""A fagprøve: the page, and the steps of those who write it and of the workplace."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.rules import Rules, rules
from skoleophold import permissions
from skoleophold.forms import fagproeve as forms
from skoleophold.models import Fagproeve
from skoleophold.queries.fagproeve.side import get_fagproeveside, with_all
from skoleophold.services.fagproeve import forsoeg as attempts
from skoleophold.services.fagproeve import vejen as services
from skoleophold.services.fagproeve.tilstand import members

READERS = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.ELEV)
WRITERS = (Rolle.ELEVANSVARLIG, Rolle.ELEV)
GUIDES = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER)


def fetch(request, pk, rows=permissions.visible_fagproever) -> Fagproeve:
    return get_object_or_404(with_all(rows(request.user)), pk=pk)


def fetch_mine(request, pk) -> Fagproeve:
    return fetch(request, pk, permissions.editable_fagproever)


def log_readers(request, forsoeg) -> None:
    """Each of those who write it can see who looked. That they read their common work is no look-up."""
    people = [each.elev.bruger for each in forsoeg]
    for person in people if request.user not in people else ():
        audit.log_read(request, person=person)


def trail(request, work: Fagproeve, *steps):
    if is_elevansvarlig(request.user):
        return [("Skole", reverse("skole")), ("Fagprøver", reverse("fagproever")), *_here(work, steps)]
    return _here(work, steps)


def _here(work, steps):
    return [("Fagprøve", reverse("fagproeve", args=[work.pk])), *steps]


@roles(*READERS)
def fagproeve(request, pk):
    now = rules()
    rows = with_all(permissions.visible_fagproever(request.user, now))
    return show(request, get_object_or_404(rows, pk=pk), now)


def show(request, work: Fagproeve, now: Rules | None = None):
    side = get_fagproeveside(request.user, work, now)
    log_readers(request, side.forsoeg)
    return render(request, "skoleophold/fagproeve.html", {"side": side, "sti": trail(request, work)})


def step(request, work: Fagproeve, form, act, titel: str, knap: str, done: str, **more):
    """A form of one step: saved and told, or shown again with what must be mended."""
    if accepted(form, act, actor=request.user, **more):
        messages.success(request, done)
        return redirect("fagproeve", work.pk)
    return form_page(request, work, form, titel, knap)


def form_page(request, work: Fagproeve, form, titel: str, knap: str, **more):
    log_readers(request, members(work))
    context = {
        "form": form,
        "titel": titel,
        "knap": knap,
        "fagproeve": work,
        "sti": trail(request, work, (titel, None)),
    }
    context["fortryd_url"] = reverse("fagproeve", args=[work.pk])
    return render(request, "skoleophold/fagproeveformular.html", context | more, status=status_of(form))


def act(request, work: Fagproeve, do, done: str, **more):
    """A button: done and told, or why not."""
    try:
        do(request.user, **more)
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("fagproeve", work.pk)


# --- those who write it -----------------------------------------------------------------------------------------------


@roles(*WRITERS)
def fagproeve_emne(request, pk):
    work = fetch_mine(request, pk)
    form = forms.EmneForm(request.POST or None, initial={"emne": work.emne})
    return step(request, work, form, services.choose_topic, "Emne", "Gem emnet", "Emnet er gemt.", fagproeve=work)


@roles(*WRITERS)
def fagproeve_problem(request, pk):
    """Saved as a draft, or with `send` sent to both approvals."""
    work, send = fetch_mine(request, pk), "send" in request.POST
    kladde, sent = services.latest(work, sendt=False), services.latest(work, sendt=True)
    form = forms.ProblemForm.of(kladde, sent, request.POST or None)
    if accepted(form, services.write_problem, actor=request.user, fagproeve=work, send=send):
        done = "Den er sendt til godkendelse. Send den også selv til skolen." if send else "Kladden er gemt."
        messages.success(request, done)
        return redirect("fagproeve", work.pk)
    if getattr(form, "is_stale", False):
        form.renew(services.kladde_version(services.latest(work, sendt=False)))
    more = {"problem": True, "approved_again": work.status == Fagproeve.Status.GODKENDT}
    return form_page(request, work, form, "Problemformulering", "Send til godkendelse", **more)


@roles(*WRITERS)
def fagproeve_skolen(request, pk):
    """What the school said, as the elev or the elevansvarlig writes it down."""
    work = fetch_mine(request, pk)
    return _answer(request, work, forms.SkolesvarForm, "skole", "Skolens svar", "Gem svaret")


@require_POST
@roles(*WRITERS)
def fagproeve_data(request, pk):
    work, collected = fetch_mine(request, pk), request.POST.get("indsamlet") == "ja"
    done = "Det er skrevet ned, at data er samlet ind." if collected else "Data står igen som ikke samlet ind."
    return act(request, work, services.set_data, done, fagproeve=work, indsamlet=collected)


@roles(*WRITERS)
def fagproeve_fortrolighed(request, pk):
    work = fetch_mine(request, pk)
    form = forms.FortrolighedForm(request.POST or None, initial={"fortrolighed": work.fortrolighed})
    done = "Dit svar om fortrolighed er gemt."
    return step(request, work, form, services.set_fortrolighed, "Fortrolighed", "Gem svaret", done, fagproeve=work)


@roles(*WRITERS)
def fagproeve_aflever(request, pk):
    work = fetch_mine(request, pk)
    form = forms.AfleverForm(request.POST or None)
    done = "Det er skrevet ned, at fagprøven er afleveret."
    return step(request, work, form, services.hand_in, "Aflevering", "Den er afleveret", done, fagproeve=work)


# --- the workplace ----------------------------------------------------------------------------------------------------


@roles(*GUIDES)
def fagproeve_godkend(request, pk):
    work = fetch(request, pk, permissions.approvable_fagproever)
    return _answer(request, work, forms.SvarForm, "arbejdsplads", "Arbejdspladsens svar", "Gem svaret")


def _answer(request, work, form_class, part: str, titel: str, knap: str):
    """The text stands beside the form; a version that came meanwhile is shown, and what was typed is kept."""
    sent = services.latest(work, sendt=True)
    if request.method != "POST" and (why := _not_asked(work, sent, part)):
        messages.error(request, why)
        return redirect("fagproeve", work.pk)
    form = form_class(request.POST or None, initial={"nr": sent and sent.nr})
    if accepted(form, services.answer, actor=request.user, fagproeve=work, part=part):
        messages.success(request, "Svaret er gemt, og den, der skriver fagprøven, får en mail.")
        return redirect("fagproeve", work.pk)
    if getattr(form, "is_stale", False) and sent:
        form.data = form.data.copy()
        form.data["nr"] = sent.nr
    return form_page(request, work, form, titel, knap, formulering=sent)


def _not_asked(work: Fagproeve, sent, part: str) -> str:
    try:
        services.check_answer(work, sent, part, sent.nr if sent else 0)
    except ValidationError as error:
        return error.messages[0]
    return ""


# --- one's own exam and grade -----------------------------------------------------------------------------------------


def _forsoeg(request, pk):
    rows = permissions.editable_forsoeg(request.user)
    return get_object_or_404(rows.select_related("elev__bruger", "fagproeve__runde__skolehold"), pk=pk)


@roles(*WRITERS)
def fagproeve_eksamen(request, pk):
    row = _forsoeg(request, pk)
    form = forms.EksamenForm.of(row, request.POST or None)
    titel = _whose(request, row, "Mundtlig eksamen")
    done = "Eksamensdagen er gemt."
    return _own_step(request, pk, row, form, attempts.set_exam, titel, "Gem dagen", done)


@roles(*WRITERS)
def fagproeve_resultat(request, pk):
    row = _forsoeg(request, pk)
    form = forms.ResultatForm.of(row, request.POST or None)
    titel = _whose(request, row, "Karakter for fagprøven")
    return _own_step(request, pk, row, form, attempts.set_result, titel, "Gem karakteren", "Karakteren er gemt.")


def _own_step(request, pk, row, form, service, titel, knap, done):
    response = step(request, row.fagproeve, form, service, titel, knap, done, forsoeg=row)
    if getattr(form, "is_stale", False):
        form.renew(attempts.forsoeg_version(_forsoeg(request, pk)))
        return form_page(request, row.fagproeve, form, titel, knap)
    return response


def _whose(request, row, titel: str) -> str:
    return titel if permissions.is_own(request.user, row.elev) else f"{titel}: {row.elev.bruger.navn}"

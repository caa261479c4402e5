"""The committee's pages: the applicants of a round, one applicant, and what a member says of her own part in it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.files.serve import file_response
from elevforloeb.core.models import Opslag
from elevforloeb.core.remember import remember, remembered
from rekruttering.forms.proces import AnsoegereForm, BedoemmelseForm, InhabilitetForm, NotatForm
from rekruttering.models import Ansoegningsbilag
from rekruttering.permissions import undeclared_ansoegninger, visible_ansoegninger
from rekruttering.queries.ansoeger import get_ansoegerside
from rekruttering.queries.ansoegere import get_ansoegere, route_choices
from rekruttering.queries.pligter import without_a_hand
from rekruttering.services import bedoemmelse as assessing
from rekruttering.services import sag, udvalg
from rekruttering.services.flyt import BUTTONS
from rekruttering.views.find import UDVALG, find_ansoegning, find_runde, log, trail
from rekruttering.views.flytning import last_move

SORTERING = [
    ("nummer", "Nr."),
    ("navn", "Ansøger"),
    ("vej", "Uddannelse"),
    ("tilstand", "Status"),
    ("sendt", "Sendt"),
]


COOKIE = "ansoegerfiltre"
KEPT = ("vej", "vurdering", "tilstand", "sorter", "vis")


@roles(*UDVALG)
def ansoegere(request, pk):
    """The filters of last time come back with the page, in its address.

    A search is logged without its words: they are names, and the log outlives the applications.
    """
    runde = find_runde(request, pk)
    if not request.GET and (kept := remembered(request, COOKIE, KEPT)):
        return redirect(f"{request.path}?{kept}")
    form = AnsoegereForm(request.GET, veje=route_choices(runde))
    flyttet = last_move(request, runde)
    side = get_ansoegere(request.user, runde, **form.chosen, altid={each.pk for each in flyttet})
    audit.log_read(request, nr=runde.pk, art=Opslag.Art.SOEG if form.chosen.get("q") else Opslag.Art.LISTE)
    context = {"side": side, "form": form, "styrer": is_elevansvarlig(request.user), "flyttet": flyttet}
    context |= {"sortering": form.headings(SORTERING), "knapper": list(BUTTONS.items()), "sti": trail(request, runde)}
    context |= {"vis": form.vis, "alle_valgt": "alle" in request.GET}
    response = render(request, "rekruttering/ansoegere.html", context)
    remember(request, response, COOKIE, KEPT)
    return response


@roles(*UDVALG)
def inhabilitet(request, pk):
    """The names alone, before anything else of an applicant can be seen."""
    runde = find_runde(request, pk)
    seat = udvalg.seat_of(request.user, runde)
    if seat is None:
        raise Http404
    asked = undeclared_ansoegninger(request.user, runde).order_by("nummer")
    form = InhabilitetForm(request.POST if request.method == "POST" else None, ansoegninger=asked)
    if form.is_valid():
        chosen = {"asked": form.cleaned_data["vist"], "partial": form.cleaned_data["inhabil"]}
        udvalg.declare(request.user, medlem=seat, **chosen)
        messages.success(request, "Tak. Nu kan du læse ansøgningerne.")
        return redirect("ansoegere", runde.pk)
    audit.log_read(request, nr=runde.pk, art=Opslag.Art.LISTE)
    context = {
        "runde": runde,
        "form": form,
        "antal": asked.count(),
        "sti": [*trail(request, runde), ("Inhabilitet", None)],
    }
    return render(request, "rekruttering/inhabilitet.html", context, status=status_of(form))


@roles(*UDVALG)
def ansoeger(request, pk):
    return show(request, find_ansoegning(request, pk))


def show(request, ansoegning, *, form=None, notat=None):
    """Also after an error in one of its forms: what was typed stands in it."""
    side = get_ansoegerside(request.user, ansoegning)
    log(request, ansoegning)
    context = {"side": side, "form": form or BedoemmelseForm.of(side.min), "notat": notat or NotatForm()}
    context["sti"] = [*trail(request, ansoegning.runde), (ansoegning.navn, None)]
    wrong = next((each for each in (form, notat) if each is not None), context["form"])
    return render(request, "rekruttering/ansoeger.html", context, status=status_of(wrong))


@require_POST
@roles(*UDVALG)
def bedoemmelse(request, pk):
    """Two buttons on one form: keep it as a draft, or hand it in."""
    ansoegning, seat = _with_seat(request, pk)
    given = "afgiv" in request.POST
    act = assessing.hand_in if given else assessing.save_draft
    form = BedoemmelseForm(request.POST, kladde=not given)
    if not accepted(form, act, actor=request.user, ansoegning=ansoegning, medlem=seat):
        if getattr(form, "is_stale", False):
            form.renew(assessing.version_of(seat.bedoemmelser.filter(ansoegning=ansoegning).first()))
        return show(request, ansoegning, form=form)
    messages.success(request, "Din bedømmelse er afgivet." if given else "Kladden er gemt. Kun du kan se den.")
    return redirect("ansoeger", pk)


@require_POST
@roles(*UDVALG)
def bedoemmelse_tilbage(request, pk):
    ansoegning, seat = _with_seat(request, pk)
    return _done(request, pk, "Din bedømmelse er en kladde igen.", assessing.take_back, ansoegning, seat)


@require_POST
@roles(*UDVALG)
def notat_ny(request, pk):
    ansoegning = find_ansoegning(request, pk)
    form = NotatForm(request.POST)
    if not accepted(form, sag.write_notat, actor=request.user, ansoegning=ansoegning):
        return show(request, ansoegning, notat=form)
    messages.success(request, "Notatet er gemt.")
    return redirect(f"{reverse('ansoeger', args=[pk])}#h-notater")


@require_POST
@roles(*UDVALG)
def inhabil_nu(request, pk):
    """Something came to light while the case was read."""
    ansoegning, seat = _with_seat(request, pk)
    udvalg.declare_late(request.user, medlem=seat, ansoegning=ansoegning)
    messages.success(request, f"Du er trådt ud af sagen om {ansoegning} og kan ikke længere se den.")
    if is_elevansvarlig(request.user) and without_a_hand(ansoegning.runde).filter(pk=pk).exists():
        messages.warning(request, "Ingen elevansvarlig i udvalget kan nu behandle sagen. Sæt en anden i udvalget.")
    return redirect("ansoegere", ansoegning.runde_id)


@roles(*UDVALG)
def ansoeger_fil(request, pk):
    visible = Ansoegningsbilag.objects.filter(ansoegning__in=visible_ansoegninger(request.user))
    bilag = get_object_or_404(visible.select_related("ansoegning", "fil"), pk=pk)
    log(request, bilag.ansoegning, Opslag.Art.HENT)
    return file_response(request, bilag.fil)


def _with_seat(request, pk):
    ansoegning = find_ansoegning(request, pk)
    seat = udvalg.seat_of(request.user, ansoegning.runde)
    if seat is None:
        raise Http404
    return ansoegning, seat


def _done(request, pk, words, act, ansoegning, seat):
    try:
        act(request.user, ansoegning=ansoegning, medlem=seat)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, words)
    return redirect("ansoeger", pk)

"""Offers, letters, and from applicant to elev."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, add_errors, status_of
from elevforloeb.core.words import count_noun
from rekruttering.forms.afgoerelse import (
    AnsaetForm,
    BegrundelseForm,
    BreveForm,
    BrevForm,
    TilbagetraekningForm,
    TilbudForm,
)
from rekruttering.models import Ansaettelse, Brev, Brevskabelon, Tilbud
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.queries.afgoerelser import first_hold, letters_of, newest_maalsaet
from rekruttering.services import ansaettelse as hiring
from rekruttering.services import breve as letters
from rekruttering.services import tilbagetraekning as leaving
from rekruttering.services import tilbud as offers
from rekruttering.views.find import find_runde, find_steered, trail

from .sag import form_page, saved


@roles(Rolle.ELEVANSVARLIG)
def tilbud_giv(request, pk):
    ansoegning = find_steered(request, pk)
    form = TilbudForm(request.POST if request.method == "POST" else None)
    if accepted(form, offers.offer, actor=request.user, ansoegning=ansoegning):
        return saved(request, ansoegning, f"Tilbuddet er sendt til {ansoegning.navn}.")
    free = offers.free_places(ansoegning.runde)
    tekst = (
        f"{ansoegning.navn} får en mail på {ansoegning.email} med et link til at svare. "
        f"{free} af {ansoegning.runde.pladser} pladser er ledige."
    )
    return form_page(request, ansoegning, form, "Tilbyd en elevplads", "Send tilbuddet", tekst)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def tilbud_traek(request, pk):
    rows = Tilbud.objects.filter(ansoegning__in=steerable_ansoegninger(request.user))
    tilbud = get_object_or_404(rows.select_related("ansoegning"), pk=pk)
    try:
        offers.withdraw_offer(request.user, tilbud=tilbud)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("ansoeger", tilbud.ansoegning_id)
    return saved(request, tilbud.ansoegning, "Tilbuddet er trukket tilbage, og ansøgeren får besked.")


@roles(Rolle.ELEVANSVARLIG)
def tilbagetraekning(request, pk):
    ansoegning = find_steered(request, pk)
    form = TilbagetraekningForm(request.POST if request.method == "POST" else None)
    if accepted(form, leaving.register, actor=request.user, ansoegning=ansoegning):
        return saved(request, ansoegning, f"Det er skrevet ind, og {ansoegning.navn} får en kvittering.")
    tekst = (
        f"Når {ansoegning.navn} har sagt det til dig. Ansøgningen behandles ikke mere, en samtale bliver aflyst, og der "
        f"går en kvittering til {ansoegning.email}."
    )
    return form_page(request, ansoegning, form, "Har trukket sig", "Skriv det ind", tekst)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def tilbagetraekning_fortryd(request, pk):
    ansoegning = find_steered(request, pk)
    try:
        leaving.undo(request.user, ansoegning=ansoegning)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("ansoeger", pk)
    return saved(request, ansoegning, "Ansøgningen behandles igen. Er en samtale aflyst, så invitér igen.")


@roles(Rolle.ELEVANSVARLIG)
def ansaet(request, pk):
    ansoegning = find_steered(request, pk)
    first = {"hold": first_hold(ansoegning.runde), "maalsaet": newest_maalsaet()}
    form = AnsaetForm(request.POST if request.method == "POST" else None, initial=first)
    if accepted(form, hiring.hire, actor=request.user, ansoegning=ansoegning):
        messages.success(request, f"{ansoegning.navn} er nu elev på {form.result.elev.hold}.")
        return redirect("opstart", form.result.elev_id)
    if done := Ansaettelse.objects.filter(ansoegning=ansoegning).first():  # pressed twice, or by a colleague
        messages.info(request, f"{ansoegning.navn} er ansat.")
        return redirect("opstart", done.elev_id)
    tekst = "Ansøgeren bliver elev på holdet, og listen over det, der skal ske før første dag, bliver lavet."
    return form_page(request, ansoegning, form, "Ansæt som elev", "Ansæt", tekst)


# --- letters --------------------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def breve(request, pk):
    """Write once; see each letter as it will be; send. The same form all the way, so nothing typed is lost."""
    runde = find_runde(request, pk)
    if request.htmx:
        return _progress(request, runde)
    waiting = letters.unsent(runde).filter(pk__in=steerable_ansoegninger(request.user)).order_by("nummer")
    first = _first(request) | {"ansoegning": list(waiting)}
    form = BreveForm(request.POST if request.method == "POST" else None, ansoegninger=waiting, initial=first)
    kladder = [] if "ret" in request.POST else _drafts(form)
    if kladder and "send" in request.POST:
        return _send(request, runde, form)
    context = {"runde": runde, "form": form, "kladder": kladder, "sendte": letters_of(request.user, runde)}
    context |= {"sti": [*trail(request, runde), ("Breve", None)], "skabeloner": Brevskabelon.objects.all()}
    context["venter"] = waiting.count()
    return render(request, "rekruttering/breve.html", context, status=status_of(form))


def _progress(request, runde):
    """Asked again and again while they are sent. At last the whole page is shown, with what became of each."""
    sendte = letters_of(request.user, runde)
    response = render(request, "rekruttering/_brevfremdrift.html", {"runde": runde, "sendte": sendte})
    if not sendte.paa_vej:
        response.headers["HX-Refresh"] = "true"
    return response


def _send(request, runde, form):
    done = letters.send(request.user, runde=runde, **_chosen(form))
    passed_over = len(set(request.POST.getlist("ansoegning"))) - len(done)
    messages.success(request, f"{count_noun(len(done), 'brev', 'breve')} er på vej. De sendes et ad gangen.")
    if passed_over:
        who = count_noun(passed_over, "ansøger", "ansøgere")
        messages.warning(request, f"{who} fik ikke brev: det er sendt, eller ansøgeren er flyttet imens.")
    return redirect("breve", runde.pk)


def _first(request) -> dict:
    art = request.GET.get("skabelon", Brevskabelon.Art.AFSLAG)
    row = Brevskabelon.objects.filter(art=art).first()
    return {"emne": row.emne, "tekst": row.tekst} if row else {}


def _chosen(form) -> dict:
    values = dict(form.cleaned_data)
    return {"ansoegninger": values.pop("ansoegning"), **values}


def _drafts(form):
    if not form.is_valid():
        return []
    try:
        return letters.drafts(**_chosen(form))
    except ValidationError as error:
        add_errors(form, error)
        return []


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def breve_stop(request, pk):
    runde = find_runde(request, pk)
    mine = steerable_ansoegninger(request.user).filter(runde=runde)
    stopped = letters.stop(request.user, ansoegninger=mine)
    told = count_noun(stopped, "brev blev", "breve blev")
    messages.success(request, f"{told} standset. Resten var allerede sendt." if stopped else "Alle var allerede sendt.")
    return redirect("breve", pk)


@roles(Rolle.ELEVANSVARLIG)
def brevskabelon(request, art):
    skabelon = get_object_or_404(Brevskabelon, art=art)
    first = {"emne": skabelon.emne, "tekst": skabelon.tekst}
    form = BrevForm(request.POST if request.method == "POST" else None, initial=first)
    if accepted(form, letters.save_skabelon, actor=request.user, skabelon=skabelon):
        messages.success(request, "Skabelonen er gemt.")
        return redirect("runder")
    context = {"form": form, "skabelon": skabelon, "sti": [("Rekruttering", reverse("runder")), (str(skabelon), None)]}
    return render(request, "rekruttering/brevskabelon.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def begrundelse(request, pk):
    rows = Brev.objects.filter(ansoegning__in=steerable_ansoegninger(request.user))
    brev = get_object_or_404(rows.select_related("ansoegning__runde"), pk=pk)
    form = BegrundelseForm(request.POST if request.method == "POST" else None)
    if accepted(form, letters.give_reasons, actor=request.user, brev=brev):
        return saved(request, brev.ansoegning, "Begrundelsen er sendt.")
    tekst = "Ansøgeren læser den på sin egen side og får en mail om, at den er kommet."
    return form_page(request, brev.ansoegning, form, "Begrund afslaget", "Send begrundelsen", tekst)

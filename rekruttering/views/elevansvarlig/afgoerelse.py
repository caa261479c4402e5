"""Offers, withdrawals, reasons, and from applicant to elev."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted
from rekruttering.forms.afgoerelse import (
    AnsaetForm,
    BegrundelseForm,
    TilbagetraekningForm,
    TilbudForm,
)
from rekruttering.models import Ansaettelse, Brev, Tilbud
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.queries.afgoerelser import first_hold, newest_maalsaet
from rekruttering.services import ansaettelse as hiring
from rekruttering.services import breve as letters
from rekruttering.services import tilbagetraekning as leaving
from rekruttering.services import tilbud as offers
from rekruttering.views.find import find_steered

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
        f"Når {ansoegning.navn} har sagt det til dig. Ansøgningen behandles ikke mere, en samtale bliver aflyst, og "
        f"der går en kvittering til {ansoegning.email}."
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


@roles(Rolle.ELEVANSVARLIG)
def begrundelse(request, pk):
    rows = Brev.objects.filter(ansoegning__in=steerable_ansoegninger(request.user))
    brev = get_object_or_404(rows.select_related("ansoegning__runde"), pk=pk)
    form = BegrundelseForm(request.POST if request.method == "POST" else None)
    if accepted(form, letters.give_reasons, actor=request.user, brev=brev):
        return saved(request, brev.ansoegning, "Begrundelsen er sendt.")
    tekst = "Ansøgeren læser den på sin egen side og får en mail om, at den er kommet."
    return form_page(request, brev.ansoegning, form, "Begrund afslaget", "Send begrundelsen", tekst)

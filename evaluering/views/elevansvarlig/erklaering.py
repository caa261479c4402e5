from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from evaluering.forms.erklaering import GrundForm, SendtForm, UnderskrivForm
from evaluering.services import erklaering as services
from evaluering.views.faelles.erklaeringer import erklaering_page, find_erklaering


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def erklaering_underskriv(request, pk):
    row = find_erklaering(request, pk)
    form = UnderskrivForm(request.POST, er_set=row.elev_set is not None)
    if accepted(form, services.sign, actor=request.user, erklaering=row):
        messages.success(request, "Erklæringen er underskrevet og forseglet. Send den til skolen, og skriv det her.")
        return redirect("erklaering", pk)
    return erklaering_page(request, row, trinform=form)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def erklaering_afleveret(request, pk):
    row = find_erklaering(request, pk)
    form = SendtForm(request.POST)
    if accepted(form, services.mark_sent, actor=request.user, erklaering=row):
        messages.success(request, "Det er skrevet, at erklæringen er sendt eller afleveret.")
        return redirect("erklaering", pk)
    return erklaering_page(request, row, trinform=form)


@roles(Rolle.ELEVANSVARLIG)
def erklaering_bortfald(request, pk):
    row = find_erklaering(request, pk)
    form = GrundForm(request.POST or None)
    if request.method == "POST" and accepted(form, services.lapse, actor=request.user, erklaering=row):
        messages.success(request, "Erklæringen er bortfaldet.")
        return redirect("erklaering", pk)
    url = reverse("erklaering", args=[pk])
    sti = [("Oplæringserklæringer", reverse("erklaeringer")), (row.elev.bruger.navn, url), ("Bortfald", None)]
    context = {"form": form, "titel": "Lad erklæringen bortfalde", "knap": "Lad den bortfalde", "fortryd_url": url}
    return render(request, "elevforloeb/formularside.html", context | {"sti": sti}, status=status_of(form))

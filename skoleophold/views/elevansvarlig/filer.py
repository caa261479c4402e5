"""The summons of a class: the day it came and the file."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.errors import accepted, status_of
from skoleophold.forms.filer import IndkaldelseForm
from skoleophold.services import filer as services

from .perioder import fetch_periode, periode_trail


@roles(Rolle.ELEVANSVARLIG)
def skoleperiode_indkaldelse_ret(request, pk):
    periode = fetch_periode(request, pk)
    form = IndkaldelseForm.of(periode, request.POST or None, request.FILES or None)
    back = reverse("skoleperiode", args=[pk])
    if accepted(form, services.save_indkaldelse, actor=request.user, periode=periode):
        messages.success(request, f"{services.what(periode)} er gemt. Elever og elevvejledere kan se den nu.")
        return redirect(back)
    titel = services.what(periode)
    tekst = "Eleverne i perioden og deres elevvejledere kan læse filen. Lad feltet være tomt, hvis du kun har datoen."
    context = {"form": form, "titel": titel, "tekst": tekst, "fortryd_url": back, "fil": periode.indkaldelse}
    context |= {"ejer": periode, "slet": "skoleperiode_indkaldelse_slet"}
    context["sti"] = periode_trail(periode, (str(periode), back), ("Indkaldelse", None))
    return render(request, "skoleophold/bilag.html", context, status=status_of(form))


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def skoleperiode_indkaldelse_slet(request, pk):
    periode = fetch_periode(request, pk)
    try:
        services.detach(request.user, ejer=periode)
        messages.success(request, "Filen er fjernet. Dagen, indkaldelsen kom, står der stadig.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("skoleperiode", pk)

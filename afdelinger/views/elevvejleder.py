"""An elevvejleder's own courses."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger import forms, services
from afdelinger.guards import roles
from afdelinger.models import Kursus, Rolle
from elevforloeb.core.dates import today
from elevforloeb.core.errors import accepted, status_of


@roles(Rolle.ELEVVEJLEDER)
def kursus_gennemfoert(request, nummer):
    kursus = get_object_or_404(Kursus, nummer=nummer)
    form = forms.KursusForm(request.POST or None, initial={"dato": today()})
    if request.method == "POST" and accepted(form, services.register_kursus, actor=request.user, kursus=kursus):
        messages.success(request, f"“{kursus.titel}” står nu på din liste.")
        return redirect("kurser")
    context = {"form": form, "kursus": kursus}
    return render(request, "afdelinger/kursus_gennemfoert.html", context, status=status_of(form))


@roles(Rolle.ELEVVEJLEDER)
@require_POST
def kursus_fjern(request, nummer):
    deltagelse = get_object_or_404(request.user.kursusdeltagelser.select_related("kursus"), kursus__nummer=nummer)
    services.remove_kursus(request.user, deltagelse=deltagelse)
    messages.success(request, f"“{deltagelse.kursus.titel}” er fjernet fra din liste.")
    return redirect("kurser")

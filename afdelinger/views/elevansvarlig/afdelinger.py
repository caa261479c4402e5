"""Departments: what other people's plans lean on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger import forms, services
from afdelinger.guards import roles
from afdelinger.models import Afdeling, Pladser, Rolle
from elevforloeb.core.dates import today
from elevforloeb.core.errors import accepted, status_of


@roles(Rolle.ELEVANSVARLIG)
def afdeling_ny(request):
    form = forms.NyAfdelingForm(request.POST or None, initial={"fra": today()})
    if request.method == "POST" and accepted(form, services.create_afdeling, actor=request.user):
        messages.success(request, f"{form.cleaned_data['navn']} er oprettet. Skriv nu, hvor mange pladser der er.")
        return redirect("afdeling_pladser", form.result.kode)
    return render(request, "afdelinger/ny.html", {"form": form}, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def afdeling_luk(request, kode):
    afdeling = get_object_or_404(Afdeling, kode=kode)
    initial = {"sidste_dag": afdeling.sidste_dag, "efterfoelger": afdeling.efterfoelger_id}
    form = forms.LukAfdelingForm(request.POST or None, initial=initial, afdeling=afdeling)
    if request.method == "POST" and accepted(form, services.close_afdeling, actor=request.user, afdeling=afdeling):
        messages.success(request, f"{afdeling} er lukket for elever efter den sidste dag.")
        return redirect(afdeling)
    context = {"form": form, "afdeling": afdeling, "kan_styre": True}
    return render(request, "afdelinger/luk.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
@require_POST
def afdeling_aabn(request, kode):
    services.reopen_afdeling(request.user, afdeling=get_object_or_404(Afdeling, kode=kode))
    messages.success(request, "Afdelingen er åben igen. Skriv, hvor mange pladser der er.")
    return redirect("afdeling_pladser", kode)


@roles(Rolle.ELEVANSVARLIG)
def afdeling_pladser(request, kode):
    return edit_pladser(request, Pladser(afdeling=get_object_or_404(Afdeling, kode=kode)))


@roles(Rolle.ELEVANSVARLIG)
def afdeling_plads(request, pk):
    return edit_pladser(request, get_object_or_404(Pladser.objects.select_related("afdeling"), pk=pk))


def edit_pladser(request, pladser):
    afdeling, is_new = pladser.afdeling, pladser.pk is None
    initial = {"fra": today()}
    if not is_new:
        initial = {"antal": pladser.antal, "kilde": pladser.kilde}
        initial |= {"fra": pladser.startdato, "sidste_dag": pladser.sidste_dag}
    form = forms.PladserForm(request.POST or None, initial=initial)
    if request.method == "POST" and accepted(form, services.save_pladser, actor=request.user, pladser=pladser):
        messages.success(request, "Antallet af pladser er gemt.")
        return redirect("afdeling_pladser", afdeling.kode)
    context = {"form": form, "afdeling": afdeling, "raekker": afdeling.pladser.all(), "kan_styre": True}
    if not is_new:
        context["denne"] = Pladser.objects.get(pk=pladser.pk)  # as it is, not as the refused form would have it
    return render(request, "afdelinger/pladser.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
@require_POST
def afdeling_plads_fjern(request, pk):
    pladser = get_object_or_404(Pladser.objects.select_related("afdeling"), pk=pk)
    try:
        services.delete_pladser(request.user, pladser=pladser)
        messages.success(request, "Perioden er fjernet.")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("afdeling_pladser", pladser.afdeling.kode)

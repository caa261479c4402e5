"""The sealed evaluations of a hold or of an elev in one file: ordered, followed, stopped, fetched."""

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit, filejob
from elevforloeb.core.errors import add_errors
from elevforloeb.core.models import Opslag
from elevforloeb.permissions import visible_elever, visible_hold
from evaluering.models import Dokumentsamling
from evaluering.services import samling as services


class SamlingForm(forms.Form):
    form = forms.ChoiceField(
        label="Hvordan?", choices=Dokumentsamling.Form, widget=forms.RadioSelect, initial=Dokumentsamling.Form.ZIP
    )


def find_samling(request, pk) -> Dokumentsamling:
    """Only the one who asked for it."""
    rows = Dokumentsamling.objects.filter(bestilt_af=request.user).defer("fil")
    return get_object_or_404(rows.select_related("hold", "elev__bruger"), pk=pk)


@roles(Rolle.ELEVANSVARLIG)
def hold_dokumenter(request, pk):
    hold = get_object_or_404(visible_hold(request.user), pk=pk)
    return _order(request, hold.navn, reverse("hold", args=[pk]), hold=hold)


@roles(Rolle.ELEVANSVARLIG)
def elev_dokumenter(request, pk):
    elev = get_object_or_404(visible_elever(request.user).select_related("bruger", "hold"), pk=pk)
    return _order(request, elev.bruger.navn, reverse("elev", args=[pk]), elev=elev)


def _order(request, navn: str, tilbage: str, **about) -> HttpResponse:
    form = SamlingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            return redirect("samling", services.order(request.user, form=form.cleaned_data["form"], **about).pk)
        except ValidationError as error:
            add_errors(form, error)
    earlier = Dokumentsamling.objects.filter(bestilt_af=request.user, **about).defer("fil")
    asked = Dokumentsamling(bestilt_af=request.user, **about)
    context = {"form": form, "navn": navn, "tilbage": tilbage, "tidligere": earlier}
    context["antal"] = services.in_samling(asked).count()
    context |= about | {"ramme": f"elevforloeb/{next(iter(about))}ramme.html"}
    return render(request, "evaluering/samling_ny.html", context, status=422 if form.errors else 200)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def samling(request, pk):
    """How far it is, and then the way to the file."""
    found = find_samling(request, pk)
    context = {"samling": found, "job": found, "url": reverse("samling", args=[pk]), "hvad": "evaluering,evalueringer"}
    return filejob.followed(request, found, "evaluering/samling.html", context)


@roles(Rolle.ELEVANSVARLIG)
@require_POST
def samling_stop(request, pk):
    filejob.stop(find_samling(request, pk))
    return redirect("samling", pk)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def samling_hent(request, pk):
    found = find_samling(request, pk)
    if found.status != Dokumentsamling.Status.FAERDIG:
        raise Http404
    audit.log_read(request, person=found.elev and found.elev.bruger, art=Opslag.Art.HENT)
    return filejob.file_of(found, found.filnavn)

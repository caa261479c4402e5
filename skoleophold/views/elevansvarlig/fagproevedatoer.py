"""The dates of a class's fagprøve, and the limits of characters."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.models import Opslag
from skoleophold import permissions
from skoleophold.forms.fagproeve import GraenseForm, RundeForm
from skoleophold.models import Fagproeverunde
from skoleophold.queries.fagproeve.liste import all_limits
from skoleophold.queries.fagproeve.runder import get_rundeside
from skoleophold.services.fagproeve import runder as services
from skoleophold.services.fagproeve.graenser import set_tegngraense

from .skolehold import fetch, trail


def _runde(request, pk) -> Fagproeverunde:
    rows = permissions.visible_fagproeverunder(request.user).select_related("skolehold__skole")
    return get_object_or_404(rows, pk=pk)


def _trail(runde: Fagproeverunde, titel: str):
    found = runde.skolehold
    return trail((found.navn, reverse("skolehold", args=[found.pk])), (titel, None))


@roles(Rolle.ELEVANSVARLIG)
def fagproeverunde_ny(request, pk):
    runde = Fagproeverunde(skolehold=fetch(request, pk))
    return _edit(request, runde, "Fagprøvens datoer", reverse("skolehold", args=[pk]))


@roles(Rolle.ELEVANSVARLIG)
def fagproeverunde_ret(request, pk):
    return _edit(request, _runde(request, pk), "Ret fagprøvens datoer", reverse("fagproeverunde", args=[pk]))


def _edit(request, runde, titel, back):
    form = RundeForm.of(runde, request.POST or None)
    if accepted(form, services.save_runde, actor=request.user, runde=runde):
        messages.success(request, "Datoerne er gemt. Se, om de passer med elevernes aftaler.")
        return redirect("fagproeverunde", form.result.pk)
    if getattr(form, "is_stale", False):
        form.renew(services.runde_version(_runde(request, runde.pk)))
    text = "Skriv det, skolen har sagt. Resten bliver regnet ud fra skriveperioden, og du ser dem, når du har gemt."
    context = {"form": form, "titel": titel, "tekst": text, "knap": "Gem datoerne", "fortryd_url": back}
    context["sti"] = _trail(runde, titel)
    return render(request, "skoleophold/formularside.html", context, status=status_of(form))


@roles(Rolle.ELEVANSVARLIG)
def fagproeverunde(request, pk):
    runde = _runde(request, pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    context = {"side": get_rundeside(runde), "sti": _trail(runde, runde.navn)}
    return render(request, "skoleophold/fagproeverunde.html", context)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def fagproeverunde_slet(request, pk):
    runde = _runde(request, pk)
    try:
        services.delete_runde(request.user, runde=runde)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("fagproeverunde", pk)
    messages.success(request, f"Datoerne for {runde} er slettet.")
    return redirect("skolehold", runde.skolehold_id)


@roles(Rolle.ELEVANSVARLIG)
def tegngraenser(request):
    """Which limits hold, and a new one."""
    form = GraenseForm(request.POST or None)
    if accepted(form, set_tegngraense, actor=request.user):
        messages.success(request, "Grænsen er gemt.")
        return redirect("tegngraenser")
    context = {"form": form, "graenser": all_limits(), "dag": today()}
    context["sti"] = trail(("Fagprøver", reverse("fagproever")), ("Antal tegn", None))
    return render(request, "skoleophold/tegngraenser.html", context, status=status_of(form))

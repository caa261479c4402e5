"""What the elevansvarlig decides within a round: which departments are asked, and who shall or must not be where."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Afdeling, Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.models import Opslag
from elevforloeb.forms.oensker import BindingForm, FjernBindingForm, SpoergForm
from elevforloeb.models import Inhabilitet
from elevforloeb.permissions import visible_bindinger, visible_sedler, visible_udbudssvar
from elevforloeb.queries.oensker.runde import elever_of
from elevforloeb.services import oensker as services

from .oensker import find_round, path_to, step


@roles(Rolle.ELEVANSVARLIG)
def hold_oensker_spoerg(request, pk, runde):
    found = find_round(request, pk, runde)
    first, last = found.etaper[found.foerste_trin].startdato, found.etaper[found.sidste_trin].sidste_dag
    others = Afdeling.objects.within(first, last).exclude(udbudssvar__runde=found)
    form = SpoergForm(request.POST if request.method == "POST" else None, afdelinger=others)
    if request.method == "POST" and accepted(form, services.ask_afdeling, actor=request.user, runde=found):
        messages.success(request, f"{form.result.afdeling} er spurgt.")
        return redirect("hold_oensker", pk)
    text = "Afdelingen får en mail og kan svare indtil fristen. Er fristen gået, kan du svare for den."
    return _form_page(request, found, form, titel="Spørg en afdeling mere", tekst=text, knap="Spørg afdelingen")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def hold_oensker_spoerg_ikke(request, pk, svar):
    found = get_object_or_404(visible_udbudssvar(request.user).select_related("runde__hold"), pk=svar, runde__hold=pk)
    done = f"{found.afdeling} er ikke længere med."
    return step(request, pk, lambda: services.unask_afdeling(request.user, svar=found), done)


@roles(Rolle.ELEVANSVARLIG)
def hold_binding_ny(request, pk, runde):
    found = find_round(request, pk, runde)
    audit.log_read(request, art=Opslag.Art.LISTE)
    form = BindingForm(
        request.POST if request.method == "POST" else None,
        elever=elever_of(found),
        afdelinger=Afdeling.objects.filter(udbudssvar__runde=found),
        etaper=found.etaper,
        initial={"elev": request.GET.get("elev"), "art": "fast"},
    )
    if request.method == "POST" and accepted(form, services.add_binding, actor=request.user, runde=found):
        messages.success(request, "Bindingen er gemt.")
        return redirect("hold_oensker", pk)
    text = "En binding gælder før ønskerne, når pladserne fordeles. Eleven kan se den i en kopi af sine oplysninger."
    return _form_page(request, found, form, titel="Bind en elev", tekst=text, knap="Gem bindingen")


@roles(Rolle.ELEVANSVARLIG)
def hold_binding_fjern(request, pk, binding):
    rows = visible_bindinger(request.user).select_related("runde__hold", "elev__bruger", "afdeling")
    found = get_object_or_404(rows, pk=binding, runde__hold=pk)
    audit.log_read(request, person=found.elev.bruger)
    form = FjernBindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and accepted(form, services.remove_binding, actor=request.user, binding=found):
        messages.success(request, "Bindingen er fjernet.")
        return redirect("hold_oensker", pk)
    return _form_page(request, found.runde, form, titel="Fjern bindingen", tekst=f"{found}.", knap="Fjern bindingen")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def hold_binding_inhabil(request, pk, inhabilitet):
    rows = Inhabilitet.objects.filter(seddel__in=visible_sedler(request.user), seddel__runde__hold=pk)
    related = rows.select_related("afdeling", "seddel__elev__bruger", "seddel__runde__hold")
    found = get_object_or_404(related, pk=inhabilitet)
    done = f"{found.seddel.elev} kommer ikke i {found.afdeling}."
    return step(request, pk, lambda: services.bind_inhabilitet(request.user, inhabilitet=found), done)


def _form_page(request, runde, form, **context):
    hold = runde.hold
    context |= {
        "form": form,
        "fortryd_url": reverse("hold_oensker", args=[hold.pk]),
        "sti": [*path_to(hold), (context["titel"], None)],
    }
    return render(request, "elevforloeb/formularside.html", context, status=status_of(form))

"""All stays without elevvejleder on one page."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted, status_of
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import count_noun
from elevforloeb.forms.vejledere import VejledereForm
from elevforloeb.permissions import visible_hold
from elevforloeb.queries.plan import get_draft, load_plan
from elevforloeb.queries.vejledere import lacking_stand, missing_vejledere
from elevforloeb.services import plan as services

PER_PAGE = 100  # a form of Django may have a thousand fields, and nobody chooses more at a time


@roles(Rolle.ELEVANSVARLIG)
def plan_vejledere(request, pk):
    hold = get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)
    form, side = _form(request, hold)
    if request.method == "POST" and accepted(form, services.choose_vejledere, actor=request.user, hold=hold):
        number = count_noun(len(form.cleaned_data["valg"]), "ophold har", "ophold har")
        messages.success(request, f"{number} fået en elevvejleder i kladden. Det kan fortrydes på tavlen.")
        return redirect("plan_vejledere" if side.paginator.count > len(form.cleaned_data["valg"]) else "plan", pk)
    status = status_of(form)
    if status == 409:
        form, side = _again(request, hold, form)
    audit.log_read(request, art=Opslag.Art.LISTE)
    url = reverse("plan", args=[pk])
    sti = [("Hold og plan", reverse("hold_liste")), (f"Plan for {hold.navn}", url), ("Elevvejledere", None)]
    context = {"hold": hold, "form": form, "side": side, "sti": sti, "kladde": get_draft(hold)}
    return render(request, "elevforloeb/plan/vejledere.html", context, status=status)


def _form(request, hold):
    plan = load_plan(hold, get_draft(hold))
    side = Paginator(missing_vejledere(plan), PER_PAGE).get_page(request.GET.get("side"))
    data = request.POST if request.method == "POST" else None
    return VejledereForm(data, ophold=list(side), was=lacking_stand(plan)), side


def _again(request, hold, stale: VejledereForm):
    """The choices on top of what is true now, and what the other person did."""
    form, side = _form(request, hold)
    form.renew(form.initial["was"])
    form.is_valid()
    for error in stale.non_field_errors():
        form.add_error(None, error)
    return form, side

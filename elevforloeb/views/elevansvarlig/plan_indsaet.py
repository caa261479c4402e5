"""A plan pasted from a spreadsheet, with a look before anything is saved."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import add_errors
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import join_words
from elevforloeb.forms.plan import PlanIndsaetForm
from elevforloeb.permissions import visible_hold
from elevforloeb.queries.plan import Holdplan, get_draft, load_plan, stand
from elevforloeb.queries.planliste import COLUMNS, Planlinje, Planliste, read_planliste
from elevforloeb.queries.vejledere import vejleder_name
from elevforloeb.services import plan as services

NAMED = 10  # wrong lines that the summary names; all of them are marked in the table


@roles(Rolle.ELEVANSVARLIG)
def plan_indsaet(request, pk):
    hold = get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)
    form = PlanIndsaetForm(request.POST or None)
    if form.is_valid() and "brug" in request.POST and _use(request, hold, form):
        messages.success(request, "Listen er lagt i kladden. Det kan fortrydes.")
        return redirect("plan", pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    plan = load_plan(hold, get_draft(hold))
    tekst = form.is_bound and form.cleaned_data.get("tekst")
    liste = read_planliste(plan, tekst) if tekst else None
    if liste and liste.forkerte and not form.errors:
        form.add_error("tekst", f"Ret linje {join_words(_named(liste.forkerte))}, og vis dem igen")
    context = {"hold": hold, "plan": plan, "form": form, "liste": liste, "was": stand(plan)}
    context |= {"raekker": _rows(plan, liste), "fjernes": _removed(plan, liste)} if liste else {}
    return render(request, "elevforloeb/plan/indsaet.html", context, status=422 if form.errors else 200)


def _use(request, hold, form) -> bool:
    data = form.cleaned_data
    try:
        services.paste_plan(request.user, hold=hold, tekst=data["tekst"], was=data["was"], past_ok=data["bekraeft"])
    except ValidationError as error:
        add_errors(form, error)
        return False
    return True


def _named(numbers: list[int]) -> list[str]:
    return [*map(str, numbers[:NAMED]), *["flere"] * (len(numbers) > NAMED)]


def _rows(plan: Holdplan, liste: Planliste) -> list[dict]:
    """Names as the plan has them where the line was understood, and else as they were typed."""
    return [_row(plan, linje) for linje in liste.linjer]


def _row(plan: Holdplan, linje: Planlinje) -> dict:
    if not (stay := linje.ophold):
        elev, navn, first, last, vejleder = (linje.felter.get(column, "") for column in COLUMNS)
        days = " – ".join(filter(None, (first, last)))
        return {"linje": linje, "elev": elev, "navn": navn, "periode": days, "vejleder": vejleder}
    return {
        "linje": linje,
        "elev": plan.elever[stay.elev].navn,
        "afdeling": plan.afdelinger[stay.afdeling],
        "periode": stay.periode,
        "vejleder": vejleder_name(plan, stay.elevvejleder) or "Ikke valgt",
    }


def _removed(plan: Holdplan, liste: Planliste) -> list[str]:
    return [
        f"{plan.elever[stay.elev].navn}: {plan.afdelinger[stay.afdeling].navn} {stay.periode}" for stay in liste.fjernes
    ]

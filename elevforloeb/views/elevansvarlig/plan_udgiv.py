"""A proposal to look at, a plan to publish, and what was published."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.models import Opslag
from elevforloeb.permissions import visible_hold
from elevforloeb.queries.forslag import propose_base_year
from elevforloeb.queries.plan import find_draft, get_draft, load_plan, stand
from elevforloeb.queries.udgivelse import draft_difference
from elevforloeb.queries.vejledere import vejleder_name
from elevforloeb.services import plan as services


def _hold(request, pk):
    return get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)


@roles(Rolle.ELEVANSVARLIG)
def plan_forslag(request, pk):
    hold = _hold(request, pk)
    asked = request.POST if request.method == "POST" else request.GET
    behold = asked.get("behold", "ja") != "nej"
    seed = _number(asked.get("nr", ""))
    fejl, status = None, 200
    if request.method == "POST":
        elever = {number for value in request.POST.getlist("elev") if (number := _number(value)) is not None}
        was = request.POST.get("was", "")
        try:
            services.accept_proposal(request.user, hold=hold, elever=elever, was=was, behold=behold, seed=seed)
        except ValidationError as error:
            fejl, status = error.messages, 422
        else:
            messages.success(request, "Forslaget er lagt i kladden. Det kan fortrydes.")
            return redirect("plan", pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    plan = load_plan(hold, get_draft(hold))
    forslag = propose_base_year(plan, behold=behold, seed=seed)
    context = {
        "hold": hold,
        "plan": plan,
        "forslag": forslag,
        "raekker": [_row(plan, forslag, each) for each in forslag.elever],
        "was": stand(plan),
        "behold": behold,
        "nr": seed or 0,
        "fejl": fejl,
        "mangler": [(plan.afdelinger[each.afdeling].navn, each) for each in forslag.rotation.mangler],
    }
    return render(request, "elevforloeb/plan/forslag.html", context, status=status)


def _row(plan, forslag, each) -> dict:
    """One elev: names and colours in place of ids, sorted into the stages."""

    def shown(stay):
        return {
            "afdeling": plan.afdelinger[stay.afdeling],
            "stay": stay,
            "vejleder": vejleder_name(plan, stay.elevvejleder),
        }

    first_stage = [next(trin for trin in forslag.trin if stay.periode.overlap(trin)) for stay in each.ophold]
    cells = [
        (trin, [shown(stay) for stay, first in zip(each.ophold, first_stage, strict=True) if first == trin])
        for trin in forslag.trin
    ]
    now = [plan.afdelinger[stay.afdeling].kortnavn for stay in each.nu]
    return {"elev": each.elev, "aendrer": each.aendrer, "celler": cells, "nu": now}


@roles(Rolle.ELEVANSVARLIG)
def plan_udgiv(request, pk):
    fejl, status = None, 200
    if request.method == "POST":
        try:
            udgivelse = services.publish_plan(
                request.user,
                hold=_hold(request, pk),
                udkast_id=_number(request.POST.get("udkast", "")) or 0,
                was=request.POST.get("was", ""),
                past_ok="bekraeft" in request.POST,
            )
        except ValidationError as error:
            fejl, status = error.messages, 422
        else:
            return redirect("plan_udgivelse", pk, udgivelse.pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    udkast = find_draft(visible_hold(request.user).filter(pk=pk))
    if udkast is None:
        hold = _hold(request, pk)  # 404 when there is none
        messages.error(request, " ".join(fejl or [_nothing_to_publish(hold)]))
        return redirect("plan", pk)
    plan = load_plan(udkast.hold, udkast)
    context = {
        "hold": udkast.hold,
        "udkast": udkast,
        "forskel": draft_difference(plan),
        "was": stand(plan),
        "fejl": fejl,
    }
    return render(request, "elevforloeb/plan/udgiv.html", context, status=status)


def _nothing_to_publish(hold) -> str:
    published = "Planen er den, der er udgivet" if hold.udgivelser.exists() else "Læg en plan først"
    return f"Der er ingen kladde at udgive. {published}."


@roles(Rolle.ELEVANSVARLIG)
def plan_udgivelse(request, pk, udgivelse):
    """The receipt: what changed, and who was told."""
    hold = _hold(request, pk)
    found = get_object_or_404(hold.udgivelser.select_related("bruger"), pk=udgivelse)
    audit.log_read(request, art=Opslag.Art.LISTE)
    return render(request, "elevforloeb/plan/udgivelse.html", {"hold": hold, "udgivelse": found})


@roles(Rolle.ELEVANSVARLIG)
def plan_udgivelser(request, pk):
    hold = _hold(request, pk)
    context = {"hold": hold, "udgivelser": hold.udgivelser.select_related("bruger")}
    return render(request, "elevforloeb/plan/udgivelser.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None

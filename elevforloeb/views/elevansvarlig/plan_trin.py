"""Steps on the board that need no form: move, swap, close a gap, remove, undo, discard."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.permissions import visible_hold
from elevforloeb.queries.plan import get_draft
from elevforloeb.services import plan as services

from .plan_svar import answer, parse_fix, parse_stay


def _hold(request, pk):
    return get_object_or_404(visible_hold(request.user), pk=pk)


def _step(request, hold, service, *, besked: str, ret: str = "", fokus: str = "", **what):
    """Take the step. When it cannot be done, the row stays open and says why."""
    try:
        service(request.user, hold=hold, **what)
    except services.StayGone as error:
        return answer(request, hold, error=error)
    except ValidationError as error:
        return answer(request, hold, error=error, ret=ret, fokus=fokus)
    return answer(request, hold, besked=besked, fokus=fokus)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def plan_flyt(request, pk):
    """Half a month: the two buttons of the row, and Shift with an arrow on a bar."""
    key, was = parse_stay(request.POST.get("ophold", ""))
    later = request.POST.get("retning") == "senere"
    return _step(
        request,
        _hold(request, pk),
        services.move_stay,
        besked=f"Flyttet ½ måned {'senere' if later else 'tidligere'}.",
        fokus=key,
        noegle=key,
        was=was,
        halves=1 if later else -1,
        past_ok="bekraeft" in request.POST,
    )


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def plan_byt(request, pk):
    key, was = parse_stay(request.POST.get("ophold", ""))
    med, med_was = parse_stay(request.POST.get("med", ""))
    what = {"noegle": key, "was": was, "med": med, "med_was": med_was, "past_ok": "bekraeft" in request.POST}
    hold = _hold(request, pk)
    if not med:
        return answer(request, hold, error=ValidationError("Vælg, hvem der skal byttes med."), ret=key)
    return _step(request, hold, services.swap_stays, besked="De to ophold har byttet.", ret=key, fokus=key, **what)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def plan_tilpas(request, pk):
    """A fix from the list of problems: one stay gets other dates."""
    hold = _hold(request, pk)
    try:
        fix = parse_fix(request.POST.get("tilpas", ""))
    except services.StayGone as error:
        return answer(request, hold, error=error)
    what = {"noegle": fix.noegle, "was": fix.was, "periode": fix.periode}
    besked = f"Opholdet er nu {fix.periode}."
    return _step(request, hold, services.resize_stay, besked=besked, ret=fix.noegle, fokus=fix.noegle, **what)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def plan_fjern(request, pk):
    key, was = parse_stay(request.POST.get("ophold", ""))
    what = {"noegle": key, "was": was, "past_ok": "bekraeft" in request.POST}
    besked = "Opholdet er fjernet fra kladden. Det kan fortrydes."
    return _step(request, _hold(request, pk), services.remove_stay, besked=besked, ret=key, **what)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def plan_fortryd(request, pk):
    number = request.POST.get("aendring", "")
    step = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    return _step(request, _hold(request, pk), services.undo, besked="Rettelsen er fortrudt.", aendring_id=step)


@roles(Rolle.ELEVANSVARLIG)
def plan_kasser(request, pk):
    hold = _hold(request, pk)
    udkast = get_draft(hold)
    if request.method == "POST" and udkast:
        besked = "Kladden er kasseret. Planen er igen den, der er udgivet."
        return _step(request, hold, services.discard_draft, besked=besked, udkast_id=udkast.pk)
    if udkast is None:
        return answer(request, hold, besked="Der er ingen kladde. Planen er den, der er udgivet.")
    steps = udkast.aendringer.select_related("bruger")
    return render(request, "elevforloeb/plan/kasser.html", {"hold": hold, "udkast": udkast, "aendringer": steps})

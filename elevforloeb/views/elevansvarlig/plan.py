"""The planning board and its edit row. Steps that need no form are in plan_trin.py."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from afdelinger.guards import roles
from afdelinger.models import Afdeling, Bruger, Rolle
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.errors import StaleError, add_errors
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import genitive
from elevforloeb.forms.plan import OpholdForm
from elevforloeb.models import Elev
from elevforloeb.permissions import visible_hold
from elevforloeb.placering import Placering
from elevforloeb.plandata import Problemkode
from elevforloeb.queries.foelger import Foelger, consequences, fix_value, swap_choices
from elevforloeb.queries.plan import Elevinfo, Holdplan, get_draft, hold_choices, load_plan, seen
from elevforloeb.queries.planbemaerkninger import remarks_on
from elevforloeb.queries.tavle import VISNINGER, find_gap, gap_key, get_tavle, get_visning, list_lines, page_turns
from elevforloeb.services import plan as services

from .plan_svar import answer, parse_fix

ADDRESS = ("vis", "mdr", "fra", "afd")  # what the board remembers, all of it in the address
SHOWN_PROBLEMS = 6


@dataclass(frozen=True)
class Redigering:
    """The open row: a stay that is changed, or a gap that is filled."""

    noegle: str
    elev: Elevinfo
    stay: Placering
    ny: bool
    form: OpholdForm
    foelger: Foelger
    titel: str
    bytte: list

    @property
    def was(self) -> str:
        return self.form["was"].value() or ""

    @property
    def begyndt(self) -> bool:
        return self.stay.startdato < today() or "bekraeft" in self.form.errors


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def plan_start(request):
    """The hold that was chosen in the list, the one that is being worked on, or the newest."""
    holds = visible_hold(request.user)
    chosen = request.GET.get("hold", "")
    if chosen.isascii() and chosen.isdigit():
        return redirect("plan", get_object_or_404(holds, pk=int(chosen)).pk)
    hold = holds.filter(udkast__isnull=False).first() or holds.first()
    return redirect("plan", hold.pk) if hold else redirect("hold_liste")


@require_safe
@roles(Rolle.ELEVANSVARLIG)
@vary_on_headers("HX-Request")
def plan(request, pk):
    return board(request, pk, ret=request.GET.get("ret", ""))


@roles(Rolle.ELEVANSVARLIG)
@vary_on_headers("HX-Request")
def plan_ophold(request, pk, noegle):
    """A page of its own for a phone; what both it and the row on the board are saved to."""
    hold = get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)
    row = open_row(load_plan(hold, get_draft(hold)), noegle, request.POST if request.method == "POST" else None)
    if row is None:
        return answer(request, hold, error=services.StayGone())
    if request.method != "POST":
        audit.log_read(request, art=Opslag.Art.LISTE)
        return render(request, "elevforloeb/plan/ophold.html", _page(request, hold, row))
    status = 422
    if row.form.is_valid():
        try:
            fokus = _save(request, hold, row)
        except services.StayGone as error:
            return answer(request, hold, error=error)
        except StaleError as error:
            row, status = _again(request, hold, noegle, error), 409
        except ValidationError as error:
            add_errors(row.form, error)
        else:
            return answer(request, hold, besked=f"{genitive(row.elev.fornavn)} ophold er gemt i kladden.", fokus=fokus)
    if "side" in request.GET:
        return render(request, "elevforloeb/plan/ophold.html", _page(request, hold, row), status=status)
    return board(request, pk, row=row, status=status)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def plan_foelger(request, pk, noegle):
    """What the form would lead to as it stands now. Nothing is saved."""
    hold = get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)
    row = open_row(load_plan(hold, get_draft(hold)), noegle, request.GET)
    if row is None:
        raise Http404
    row.form.is_valid()
    return render(request, "elevforloeb/plan/foelger.html", {"row": row, "hold": hold})


def _save(request, hold, row: Redigering) -> str:
    """The key of the stay that was saved."""
    data = row.form.cleaned_data
    what = {
        "hold": hold,
        "afdeling": get_object_or_404(Afdeling, pk=data["afdeling"]),
        "elevvejleder": get_object_or_404(Bruger, pk=data["elevvejleder"]) if data["elevvejleder"] else None,
        "periode": row.form.periode,
        "past_ok": data["bekraeft"],
    }
    if row.ny:
        elev = get_object_or_404(Elev, pk=row.elev.id, hold=hold)
        return f"k{services.add_stay(request.user, elev=elev, **what).pk}"
    also = [parse_fix(value) for value in request.POST.getlist("ogsaa")]
    services.change_stay(request.user, noegle=row.noegle, was=data["was"], also=also, **what)
    return row.noegle


def _again(request, hold, noegle: str, error: StaleError) -> Redigering:
    """What the user wrote, on top of what is true now: saving once more is then a choice."""
    plan = load_plan(hold, get_draft(hold))
    data = request.POST.copy()
    data["was"] = seen(plan.by_key[noegle])
    row = open_row(plan, noegle, data)
    row.form.is_valid()
    add_errors(row.form, error)
    return row


def open_row(plan: Holdplan, noegle: str, data=None) -> Redigering | None:
    stay, ny = plan.by_key.get(noegle), False
    if stay is None:
        gap = find_gap(plan, noegle)
        if gap is None:
            return None
        stay, ny = Placering(gap[0], None, gap[1]), True
    elev = plan.elever[stay.elev]
    form = OpholdForm(data, plan=plan, stay=stay, was="" if ny else seen(stay))
    wanted = form.wanted if data is not None and form.is_valid() else None if ny else stay
    name = plan.afdelinger[stay.afdeling].kortnavn if stay.afdeling else ""
    return Redigering(
        noegle=noegle,
        elev=elev,
        stay=stay,
        ny=ny,
        form=form,
        foelger=consequences(plan, None if ny else stay, wanted) if wanted else Foelger((), (), ()),
        titel=f"Vælg afdeling til {elev.navn}" if ny else f"Ret {genitive(elev.fornavn)} ophold i {name}",
        bytte=[] if ny else swap_choices(plan, stay),
    )


def _page(request, hold, row: Redigering) -> dict:
    return {"hold": hold, "row": row, "form": row.form, "url": reverse("plan", args=[hold.pk])}


# --- the board ----------------------------------------------------------------------------------------------------


def board(request, pk, *, ret="", row=None, fejl=None, status=200, besked="", fokus=""):
    """The whole board: as a page, or as what htmx puts into the page."""
    holds = hold_choices(request.user)
    hold = next((each for each in holds if each.pk == pk), None)
    if hold is None:
        raise Http404
    plan = load_plan(hold, get_draft(hold))
    row = row or (open_row(plan, ret) if ret else None)
    asked = {name: request.GET.get(name, "") for name in ADDRESS}
    visning = get_visning(plan.gitter, **asked, ret=row.noegle if row else "", fokus=fokus)
    audit.log_read(request, art=Opslag.Art.LISTE)
    remembered = _remembered(plan, visning)
    keep = urlencode(remembered)
    url = reverse("plan", args=[pk])
    context = {
        "hold": hold,
        "sidste_dag": plan.trin[-1][0].sidste_dag,
        "alle_hold": holds,
        "tavle": get_tavle(plan, visning),
        "plan": plan,
        "visning": visning,
        "visninger": VISNINGER,
        "perioder": _periods(plan, visning),
        "bladr": page_turns(plan, visning),
        "liste": list_lines(plan) if visning.vis == "liste" else (),
        "row": row,
        "form": row.form if row else None,
        "fejl": fejl,
        "besked": besked,
        "problemer": _problems(plan, show_all="alle" in request.GET),
        "bemaerkninger": remarks_on(plan) if visning.vis != "afdelinger" else (),  # by elev, as the other two views
        "seneste": _latest(plan.udkast),
        "url": url,
        "husket": remembered,
        "husk": f"?{keep}" if keep else "",
        "adresse": f"{url}?{keep}{'&' if keep else ''}ret=",
    }
    template = "elevforloeb/plan/tavle.html" if request.htmx else "elevforloeb/plan/plan.html"
    return render(request, template, context, status=status)


def _latest(udkast) -> dict | None:
    """The step that can be undone."""
    step = udkast and udkast.seneste
    return step and step | {"tid": datetime.fromisoformat(step["tid"])}


def _remembered(plan: Holdplan, visning) -> dict[str, str]:
    """What differs from the board's own choice, from checked values only: it is written into links."""
    found = {"vis": visning.vis if visning.vis != "elever" else ""}
    if not visning.hele:
        found |= {"mdr": str(visning.gitter.maaneder), "fra": visning.gitter.start.isoformat()}
    found["afd"] = str(visning.afdeling or "")
    return {name: value for name, value in found.items() if value}


def _periods(plan: Holdplan, visning) -> list[tuple[str, str, bool]]:
    """(value of mdr, words, chosen)"""
    whole = plan.gitter.maaneder
    shorter = [
        (str(number), f"{number} mdr.", visning.gitter.maaneder == number) for number in (12, 6) if number < whole
    ]
    return [("", f"{whole} mdr.", visning.hele), *shorter]


def _problems(plan: Holdplan, *, show_all: bool) -> dict:
    """The problems with their fixes as (words, address part) or (words, value of a button)."""
    shown = plan.problemer if show_all else plan.problemer[:SHOWN_PROBLEMS]
    rows = [(problem, _fixes(plan, problem)) for problem in shown]
    return {"raekker": rows, "skjult": len(plan.problemer) - len(shown)}


def _fixes(plan: Holdplan, problem) -> list[dict]:
    if problem.kode == Problemkode.MANGLER_VEJLEDER and len(problem.forslag) > 1:
        return [{"tekst": "Vælg dem på én side", "url": reverse("plan_vejledere", args=[plan.hold.pk])}]
    return [_fix(plan, fix) for fix in problem.forslag[:6]]


def _fix(plan: Holdplan, fix) -> dict:
    if fix.placering is None:
        return {"tekst": fix.tekst, "ret": gap_key(fix.elev, fix.periode)}
    if fix.periode == fix.placering.periode:
        return {"tekst": fix.tekst, "ret": plan.noegle(fix.placering)}
    return {"tekst": fix.tekst, "vaerdi": fix_value(plan, fix)}

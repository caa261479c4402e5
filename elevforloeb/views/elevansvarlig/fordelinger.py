"""Allocations: the list of a hold, a new one, and one of them. What is done with one is in fordeling_skridt.py."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import add_errors
from elevforloeb.core.excel import excel_response
from elevforloeb.core.models import Opslag
from elevforloeb.excel import fordeling_sheets
from elevforloeb.forms.fordeling import FordelingForm, Maalvalg
from elevforloeb.models import Fordeling
from elevforloeb.permissions import visible_fordelinger, visible_hold, visible_runder
from elevforloeb.queries.fordeling.begrundelse import get_begrundelse
from elevforloeb.queries.fordeling.liste import free_name, get_liste, is_in_draft, undecided
from elevforloeb.queries.fordeling.resultat import get_resultat
from elevforloeb.queries.fordeling.sammenlign import comparable
from elevforloeb.services.fordeling import start_fordeling

UNDERWAY = (Fordeling.Status.VENTER, Fordeling.Status.KOERER)


def find_fordeling(request, pk) -> Fordeling:
    rows = visible_fordelinger(request.user).select_related("runde__hold__model", "oprettet_af", "grundlag")
    return get_object_or_404(rows, pk=pk)


def crumbs(hold, *rest) -> list[tuple]:
    here = [("Hold og plan", reverse("hold_liste")), (hold.navn, reverse("hold", args=[hold.pk]))]
    return [*here, ("Fordelinger", reverse("fordelinger", args=[hold.pk])), *rest]


def _round(request, pk):
    """The hold, its rounds, and the one that is asked for: the open one or the newest when none is."""
    hold = get_object_or_404(visible_hold(request.user).select_related("model"), pk=pk)
    rounds = list(visible_runder(request.user).filter(hold=hold))
    for each in rounds:
        each.hold = hold
    asked = request.GET.get("runde", "")
    chosen = next((each for each in rounds if str(each.pk) == asked), None)
    return hold, rounds, chosen or min(rounds, key=lambda each: (each.lukket is not None, -each.pk), default=None)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def fordelinger(request, pk):
    hold, rounds, runde = _round(request, pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    context = {"hold": hold, "liste": get_liste(hold, runde, rounds)}
    return render(request, "elevforloeb/fordeling/liste.html", context)


@roles(Rolle.ELEVANSVARLIG)
def fordeling_ny(request, pk):
    """The order of the goals is changed by buttons of the same form; nothing is saved before "Fordel pladserne"."""
    hold, _, runde = _round(request, pk)
    if runde is None:
        return redirect("hold_oensker", pk)
    maal, flyttet = _goals(request)
    form = FordelingForm(request.POST if "start" in request.POST else None, initial=_first(request, runde))
    if form.is_valid():
        try:
            new = start_fordeling(request.user, runde=runde, maal=maal.valgte, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("fordeling", new.pk)
    context = {"hold": hold, "runde": runde, "form": form, "maal": maal, "flyttet": flyttet}
    context["sti"] = crumbs(hold, ("Ny fordeling", None))
    context["ubesluttede"] = undecided(runde)
    return render(request, "elevforloeb/fordeling/ny.html", context, status=422 if form.errors else 200)


def _goals(request) -> tuple[Maalvalg, str]:
    """And the button that has the focus afterwards."""
    if request.method != "POST":
        earlier = _earlier(request)
        return (Maalvalg(earlier.instans["maal"], earlier.instans["maal"]) if earlier else Maalvalg()), ""
    maal = Maalvalg.of(request.POST)
    for name, step in (("op", -1), ("ned", 1)):
        if (key := request.POST.get(name)) and maal.move(key, step):
            return maal, _focus(maal, name, key)
    return maal, ""


def _focus(maal: Maalvalg, name: str, key: str) -> str:
    """The same button again, or the other one where there is nowhere further to go."""
    ends = {"op": maal.order[0], "ned": maal.order[-1]}
    other = "ned" if name == "op" else "op"
    return f"{other if ends[name] == key else name}:{key}"


def _first(request, runde) -> dict:
    """What stands in the form: what was typed, or a free name; "Træk lod igen" takes the next number."""
    if request.method == "POST":
        return {"navn": request.POST.get("navn"), "seed": request.POST.get("seed")} | {
            "ikke_igen": "ikke_igen" in request.POST
        }
    earlier = _earlier(request)
    if earlier is None:
        return {"navn": free_name(runde)}
    again = {"seed": earlier.instans["seed"] + 1, "ikke_igen": earlier.instans["ikke_igen"]}
    return {"navn": free_name(runde, ", ny lodtrækning")} | again


def _earlier(request) -> Fordeling | None:
    asked = request.GET.get("som", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 10
    return visible_fordelinger(request.user).filter(pk=asked).first() if known else None


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def fordeling(request, pk):
    """While it runs, how far it is; then the answer, or why there is none."""
    found = find_fordeling(request, pk)
    context = {"fordeling": found, "hold": found.runde.hold, "sti": crumbs(found.runde.hold, (found.navn, None))}
    if found.status in UNDERWAY:
        part = "_fremdrift.html" if request.htmx else "koerer.html"
        return render(request, f"elevforloeb/fordeling/{part}", context)
    if request.htmx:  # it polled, and it is done
        response = render(request, "elevforloeb/fordeling/_fremdrift.html", context)
        response["HX-Refresh"] = "true"
        return response
    audit.log_read(request, art=Opslag.Art.LISTE)
    vis = "afdelinger" if request.GET.get("vis") == "afdelinger" else "elever"
    context |= {"side": get_resultat(found), "vis": vis, "andre": comparable(found)}
    context["i_kladde"] = is_in_draft(found)
    return render(request, "elevforloeb/fordeling/resultat.html", context)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def fordeling_elev(request, pk, elev):
    """Why one elev got what she got: in full, and as she will read it herself."""
    found = find_fordeling(request, pk)
    person = get_object_or_404(found.runde.hold.elever.select_related("bruger"), pk=elev)
    audit.log_read(request, person=person.bruger)
    side = get_begrundelse(found, person)
    sti = crumbs(found.runde.hold, (found.navn, reverse("fordeling", args=[pk])), (person.bruger.navn, None))
    return render(request, "elevforloeb/fordeling/elev.html", {"fordeling": found, "side": side, "sti": sti})


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def fordeling_excel(request, pk):
    found = find_fordeling(request, pk)
    audit.log_read(request, art=Opslag.Art.HENT)
    return excel_response(f"fordeling-{found.pk}.xlsx", *fordeling_sheets(get_resultat(found)))

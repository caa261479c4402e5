"""The elev's wishes. Buttons move the list without saving; a draft and what is sent in are saved on purpose."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.vary import vary_on_headers

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.dates import today
from elevforloeb.core.errors import StaleError, add_errors, status_of
from elevforloeb.forms.oenskeseddel import SeddelForm, inhabil_rows, moved, read_list, typed_rows
from elevforloeb.models import Elev
from elevforloeb.queries.fordeling.elevsvar import get_elevsvar
from elevforloeb.queries.oensker.elevside import Elevside, get_elevside
from elevforloeb.services.oensker import save_wishes

SAVES = ("gem", "indsend")


@roles(Rolle.ELEV)
@vary_on_headers("HX-Request")
def oensker(request):
    elev = get_object_or_404(Elev.objects.select_related("bruger"), bruger=request.user)
    side = get_elevside(request.user, elev)
    if request.method == "POST":
        if side is None:
            raise Http404
        return _save(request, side) if request.POST.get("handling") in SAVES else _move(request, side)
    if side is None or not side.runde.tager_oensker:
        context = {"side": side, "dag": today(), "svar": get_elevsvar(request.user, elev)}
        return render(request, "elevforloeb/oensker/laast.html", context)
    return _page(request, side, SeddelForm.of(side), inhabil_rows(side, initial=side.inhabil), side.kan_oenskes)


def _move(request, side: Elevside):
    """One step up or down, on or off the list; what was typed comes along, and nothing is saved."""
    valg, afdeling = moved(read_list(request.POST, side), request.POST.get("handling", ""), side)
    context = {"ugemt": True, "besked": _told(side, valg, afdeling), **_focus(request, side, valg, afdeling)}
    return _page(request, side, SeddelForm.typed(request.POST), typed_rows(side, request.POST), valg, **context)


def _told(side: Elevside, valg, afdeling: int | None) -> str:
    if afdeling is None:
        return ""
    name = side.tilbud[afdeling].svar.afdeling.kortnavn
    rank = next((nr for nr, each in enumerate(valg, start=1) if each.afdeling == afdeling), None)
    return f"{name} er nr. {rank} af {len(valg)} på din liste." if rank else f"{name} er taget af din liste."


def _focus(request, side: Elevside, valg, afdeling: int | None) -> dict:
    """Which button the keyboard continues from: the same one, or its neighbour when that is gone."""
    what = request.POST.get("handling", "").partition(":")[0]
    ranks = [each.afdeling for each in valg]
    if what == "tilfoej":
        rest = side.rest(valg)
        return {"fokus": f"tilfoej:{rest[0].svar.afdeling_id}" if rest else f"op:{afdeling}"}
    if what == "op" and ranks and ranks[0] == afdeling:
        what = "ned"
    elif what == "ned" and ranks and ranks[-1] == afdeling:
        what = "op"
    return {"fokus": f"tilfoej:{afdeling}" if what == "fjern" else f"{what}:{afdeling}"}


def _save(request, side: Elevside):
    form, rows = SeddelForm(request.POST), inhabil_rows(side, request.POST)
    valg, indsend = read_list(request.POST, side), request.POST["handling"] == "indsend"
    if form.is_valid() and rows.is_valid():
        what = {"valg": valg, "inhabil": rows.valgte, "indsend": indsend, **form.cleaned_data}
        try:
            save_wishes(request.user, runde=side.runde, elev=side.elev, **what)
        except ValidationError as error:
            form.is_stale = isinstance(error, StaleError)
            add_errors(form, error)
            form.renew(side)
        else:
            done = "Dine ønsker er sendt ind." if indsend else "Kladden er gemt. Den er ikke sendt ind endnu."
            messages.success(request, done)
            return redirect("oensker")
    status = status_of(form) if form.errors else 422
    return _page(request, side, form, rows, valg, status=status, ugemt=True)


def _page(request, side: Elevside, form, rows, valg, *, status=200, **more):
    """htmx gets the list alone: what is being typed beside it is not touched."""
    context = {"side": side, "form": form, "raekker": rows, "linjer": side.linjer(valg), "rest": side.rest(valg)}
    template = "elevforloeb/oensker/liste.html" if request.htmx else "elevforloeb/oensker/oensker.html"
    return render(request, template, context | more, status=status)

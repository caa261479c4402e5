"""The fagprøver of everybody: the list, who writes together, and what follows when one is not passed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.excel import excel_response
from elevforloeb.core.models import Opslag
from skoleophold import permissions
from skoleophold.forms.fagproeve import FagproeveFilterForm, GruppeForm, RundevalgForm
from skoleophold.queries.fagproeve import liste as queries
from skoleophold.services.fagproeve import forsoeg as attempts
from skoleophold.services.fagproeve import gruppe as groups
from skoleophold.services.fagproeve.vejen import undo_hand_in
from skoleophold.views.faelles.fagproever import act, fetch, step

from .skolehold import trail

PER_PAGE = 50


def _found(request):
    skolehold, hold = queries.filter_choices()
    form = FagproeveFilterForm(request.GET, skolehold=skolehold, hold=hold)
    form.is_valid()
    chosen = {name: form.cleaned_data.get(name) or "" for name in ("q", "vis", "skolehold", "hold")}
    return form, chosen, queries.find_fagproever(**chosen)


def _log(request, chosen, art):
    audit.log_read(request, art=Opslag.Art.SOEG if chosen["q"] else art, soegetekst=chosen["q"])


@roles(Rolle.ELEVANSVARLIG)
def fagproever(request):
    form, chosen, found = _found(request)
    _log(request, chosen, Opslag.Art.LISTE)
    warned = chosen["vis"] == "advarsel"
    # Whether somebody is warned depends on her agreement, which is reckoned here; those under way are few.
    rows = queries.lines(found, only_warned=True) if warned else found
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("side"))
    lines = list(page) if warned else queries.lines(page.object_list)
    context = {"form": form, "side": page, "linjer": lines}
    return render(request, "skoleophold/fagproever.html", context | {"sti": trail(("Fagprøver", None))})


@roles(Rolle.ELEVANSVARLIG)
def fagproever_excel(request):
    form, chosen, found = _found(request)
    _log(request, chosen, Opslag.Art.HENT)
    lines = queries.lines(found, only_warned=chosen["vis"] == "advarsel")
    return excel_response("fagproever.xlsx", queries.sheet(lines))


@roles(Rolle.ELEVANSVARLIG)
def fagproeve_gruppe(request, pk):
    work = fetch(request, pk)
    others = queries.groupable(work)
    if request.method != "POST" and not others:
        messages.error(request, "Der er ingen på holdet at skrive sammen med: de andre er gået i gang hver for sig.")
        return redirect("fagproeve", pk)
    form = GruppeForm(request.POST or None, forsoeg=others)
    titel, done = "Hvem skriver sammen?", "De skriver nu fagprøven sammen."
    return step(request, work, form, groups.join_group, titel, "Lad dem skrive sammen", done, fagproeve=work)


def _forsoeg(request, pk):
    rows = permissions.editable_forsoeg(request.user)
    return get_object_or_404(rows.select_related("elev__bruger", "fagproeve__runde"), pk=pk)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def fagproeve_alene(request, pk):
    row = _forsoeg(request, pk)
    done = f"{row.elev} skriver nu alene, med en kopi af emne og tekst."
    return act(request, row.fagproeve, groups.leave_group, done, forsoeg=row)


@roles(Rolle.ELEVANSVARLIG)
def fagproeve_runde(request, pk):
    """Which dates it follows: as a rule those of the re-exam."""
    work = fetch(request, pk)
    form = RundevalgForm(request.POST or None, runder=queries.runder_for(work), initial={"runde": work.runde_id})
    titel, done = "Fagprøvens datoer", "Fagprøven følger nu de datoer."
    return step(request, work, form, attempts.set_runde, titel, "Gem", done, fagproeve=work)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def fagproeve_fortryd(request, pk):
    work = fetch(request, pk)
    return act(request, work, undo_hand_in, "Afleveringen er taget tilbage.", fagproeve=work)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def fagproeve_tillaeg(request, pk):
    row = _forsoeg(request, pk)
    act(request, row.fagproeve, attempts.settle_tillaeg, "Det er skrevet ned, at tillægget er ordnet.", forsoeg=row)
    return redirect("fagproeve", row.fagproeve_id)

"""What is done with an allocation: stopped, tried again, changed, compared, taken into the draft, deleted."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, add_errors
from elevforloeb.core.models import Opslag
from elevforloeb.forms.fordeling import WHAT_IF
from elevforloeb.hvadnuhvis import Aendring, change_in_words
from elevforloeb.permissions import visible_fordelinger
from elevforloeb.queries.fordeling.brug import get_brugsside, stand_with_agreements
from elevforloeb.queries.fordeling.liste import free_name
from elevforloeb.queries.fordeling.resultat import get_resultat
from elevforloeb.queries.fordeling.sammenlign import comparable, compare
from elevforloeb.queries.fordeling.umulig import changes_of
from elevforloeb.queries.oensker.runde import asked
from elevforloeb.queries.plan import get_draft, load_plan
from elevforloeb.services import fordeling as services

from .fordelinger import UNDERWAY, crumbs, find_fordeling

LONGEST_NAME = 60  # of the field; a heading ought to be shorter still


def _trail(found, titel) -> list[tuple]:
    return crumbs(found.runde.hold, (found.navn, reverse("fordeling", args=[found.pk])), (titel, None))


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def fordeling_stop(request, pk):
    services.stop_fordeling(request.user, fordeling=find_fordeling(request, pk))
    return redirect("fordeling", pk)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def fordeling_igen(request, pk):
    try:
        services.retry_fordeling(request.user, fordeling=find_fordeling(request, pk))
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("fordeling", pk)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def fordeling_slet(request, pk):
    found = find_fordeling(request, pk)
    try:
        services.delete_fordeling(request.user, fordeling=found)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("fordeling", pk)
    messages.success(request, f"Fordelingen {found.navn} er slettet.")
    return redirect("fordelinger", found.runde.hold_id)


# --- what if ------------------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def fordeling_hvis(request, pk):
    found = find_fordeling(request, pk)
    side, known = get_resultat(found), asked(found.runde)
    choices = {
        "trin": [(nr, f"{nr}. ophold, {days}") for nr, days in side.trin],
        "afdelinger": [(pk, each.navn) for pk, each in side.afdelinger.items() if pk in known],
        "elever": [(line.elev.pk, line.elev.bruger.navn) for line in side.linjer],
    }
    data = request.POST if request.method == "POST" else None
    forms = [kind(data, **choices) for kind in WHAT_IF]
    sent = next((form for form in forms if form.is_bound), None)
    new = sent and sent.is_valid() and _variant(request, found, side, [sent.aendring], genplan=True, form=sent)
    if new:
        return redirect("fordeling_sammenlign", new.pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    context = {"fordeling": found, "side": side, "forms": forms, "sti": _trail(found, "Hvad nu hvis")}
    return render(request, "elevforloeb/fordeling/hvis.html", context | {"form": sent}, status=_status(request, sent))


def _status(request, sent) -> int:
    return 422 if request.method == "POST" and (sent is None or sent.errors) else 200


def _variant(request, found, side, changes: list[Aendring], *, genplan: bool, form=None):
    """None: it could not be started, and the form or a message says why."""
    navn = (form and form.cleaned_data["navn"]) or _free_name(found, [change_in_words(c, side.navne) for c in changes])
    try:
        return services.start_variant(request.user, grundlag=found, navn=navn, aendringer=changes, genplan=genplan)
    except ValidationError as error:
        if form is None:
            messages.error(request, " ".join(error.messages))
        else:
            add_errors(form, error)
        return None


def _free_name(found, changes: list[str]) -> str:
    """What was changed, when it fits in a name and is not taken; the page tells all of it anyway."""
    words = ", ".join(changes)
    fits = len(words) <= LONGEST_NAME and not found.runde.fordelinger.filter(navn=words).exists()
    return words if fits else free_name(found.runde)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def fordeling_udvej(request, pk):
    """One of the ways out that the page of an impossible allocation offers, tried as a new one."""
    found = find_fordeling(request, pk)
    nr = request.POST.get("nr", "")
    if not (nr.isascii() and nr.isdigit() and int(nr[:4]) < len((found.resultat or {}).get("udveje", []))):
        messages.error(request, "Den udvej findes ikke længere. Vælg en af dem på siden.")
        return redirect("fordeling", pk)
    side = get_resultat(found)
    new = _variant(request, found, side, changes_of(side.udveje[int(nr)], side.problem), genplan=False)
    return redirect("fordeling", new.pk if new else pk)


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def fordeling_sammenlign(request, pk):
    """With the allocation that is asked for, with what it was made from, or with the published plan."""
    found = find_fordeling(request, pk)
    if found.status in UNDERWAY:  # there is nothing to compare yet; that page shows how far it is
        return redirect("fordeling", pk)
    med = request.GET.get("med", "")
    other = found.grundlag
    if med == "planen":
        other = None
    elif med:
        rows = visible_fordelinger(request.user).filter(runde=found.runde_id).select_related("runde__hold__model")
        if not (med.isascii() and med.isdigit() and len(med) < 10):
            raise Http404
        other = get_object_or_404(rows, pk=med)
    audit.log_read(request, art=Opslag.Art.LISTE)
    if other:
        other.runde = found.runde
    context = {"fordeling": found, "side": compare(found, other), "andre": comparable(found), "med": other}
    return render(request, "elevforloeb/fordeling/sammenlign.html", context | {"sti": _trail(found, "Sammenlign")})


# --- into the draft -----------------------------------------------------------------------------------------------


@roles(Rolle.ELEVANSVARLIG)
def fordeling_brug(request, pk):
    found = find_fordeling(request, pk)
    hold, fejl, status = found.runde.hold, None, 200
    if request.method == "POST":
        elever = {
            int(each) for each in request.POST.getlist("elev") if each.isascii() and each.isdigit() and len(each) < 10
        }
        try:
            services.accept_fordeling(request.user, fordeling=found, elever=elever, was=request.POST.get("was", ""))
        except ValidationError as error:
            fejl, status = error.messages, 409 if isinstance(error, StaleError) else 422
        else:
            messages.success(request, "Fordelingen er lagt i kladden. Ingen får besked, før du udgiver planen.")
            return redirect("plan", hold.pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    plan = load_plan(hold, get_draft(hold))
    context = {
        "fordeling": found,
        "hold": hold,
        "side": get_brugsside(plan, found),
        "was": stand_with_agreements(plan),
        "fejl": fejl,
        "sti": _trail(found, "Brug fordelingen"),
    }
    return render(request, "elevforloeb/fordeling/brug.html", context, status=status)

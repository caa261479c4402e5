"""One evaluation has one address: what stands there follows its state and who opens it."""

import json

from django.contrib import messages
from django.shortcuts import redirect, render

from afdelinger.guards import roles
from elevforloeb.core import seal
from elevforloeb.core.errors import accepted, status_of
from evaluering.forms.skridt import UnderskrivForm
from evaluering.models.skema import Part
from evaluering.permissions import can_view_evaluering
from evaluering.punkter import questions_of
from evaluering.queries import tekst
from evaluering.queries.felter import empty_form, get_fields
from evaluering.queries.sammen import differences, of_content, of_talk
from evaluering.queries.side import Side
from evaluering.queries.skema import in_force
from evaluering.services.underskrift import sign
from evaluering.views.find import DELTAGERE, find_evaluering, find_own, find_side, log


@roles(*DELTAGERE)
def evaluering(request, pk):
    side = find_side(request, pk)
    log(request, side.evaluering)
    return render(request, f"evaluering/{side.visning}.html", {"side": side} | context_of(side))


def context_of(side: Side, typed: dict | None = None, conflicts=()) -> dict:
    """What the state's own template needs. `typed`: what a window holds that is not saved."""
    if side.visning == "kladde":
        afsnit = get_fields(side.evaluering, side.part, typed, conflicts)
        return {"afsnit": afsnit, **count(afsnit)}
    if side.visning == "samtale":
        afsnit = get_fields(side.evaluering, Part.FAELLES, typed, conflicts)
        dele = of_talk(side.evaluering, side.user, afsnit, side.besvarelser)
        return {"dele": dele, "forskelle": differences(dele)}
    if side.visning == "laest":
        return read_only(side)
    return {}


def count(afsnit) -> dict:
    felter = [felt for each in afsnit for felt in each.felter]
    first = next((felt.punkt.pk for felt in felter if felt.mangler), None)
    return {"antal": len(felter), "besvaret": sum(felt.er_besvaret for felt in felter), "naeste": first}


def read_only(side: Side) -> dict:
    """The text as it is, or will be, sealed, and its fingerprint: what is signed is what was on the screen."""
    text = tekst.text(side.evaluering)
    dele = of_content(json.loads(text))
    context = {"dele": dele, "forskelle": differences(dele)}
    if side.kan_kvittere:
        context["form"] = UnderskrivForm(initial={"sha256": seal.fingerprint(text), "part": side.kvitterer_som})
    return context


@roles(*DELTAGERE)
def evaluering_underskriv(request, pk):
    """Read the whole text as it will stand, and acknowledge it. Also where the talk goes when it is over."""
    side = find_own(request, pk)
    if not side.kan_kvittere:
        return redirect("evaluering", pk)
    context = read_only(side)
    if request.method == "POST":
        form = UnderskrivForm(request.POST)
        if accepted(form, lambda laest, **text: sign(request.user, evaluering=side.evaluering, **text)):
            messages.success(request, "Du har kvitteret.")
            still = can_view_evaluering(request.user, form.result)  # of a stay long over: until it is sealed
            return redirect("evaluering", pk) if still else redirect("evalueringer")
        if getattr(form, "is_stale", False):
            form.renew(context["form"].initial["sha256"])
        context["form"] = form
    else:
        log(request, side.evaluering)
    return render(request, "evaluering/laest.html", {"side": side, **context}, status=status_of(context["form"]))


@roles(*DELTAGERE)
def evaluering_skema(request, pk):
    """The empty form, for paper."""
    found = find_evaluering(request, pk)
    skema = found.skema or in_force(found.art)
    if found.skema:
        punkter = found.punkter.order_by("nr")
    else:
        punkter = questions_of(skema, found.afdeling, found.elev.maalsaet) if skema else []
    return render(
        request, "evaluering/tomt_skema.html", {"evaluering": found, "skema": skema, "dele": empty_form(punkter)}
    )

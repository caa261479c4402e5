"""What the applicant can do beside writing: see how far it is, get the link or a copy, withdraw."""

from django.http import JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from elevforloeb.core.errors import status_of
from rekruttering.forms.ansoegning import AdresseForm
from rekruttering.limits import is_spent
from rekruttering.links import token as token_of
from rekruttering.models import Ansoegning
from rekruttering.queries.ansoegning import (
    answers,
    asked_of,
    export,
    status_of_application,
    timetable,
    told_steps,
    what_is_missing,
)
from rekruttering.queries.frist import can_edit
from rekruttering.services import ansoegning as services
from rekruttering.services.sletning import discard_draft
from rekruttering.services.tilstand import MOVES

from .ansoegning import page
from .linket import too_often, with_link


def can_withdraw(ansoegning: Ansoegning) -> bool:
    return ansoegning.er_kladde or Ansoegning.Tilstand.TRUKKET in MOVES[ansoegning.tilstand]


@with_link
def min_ansoegning(request, ansoegning):
    context = {
        "stand": status_of_application(ansoegning),
        "tidsplan": timetable(ansoegning.runde),
        "kan_rettes": can_edit(ansoegning),
        "kan_traekkes": can_withdraw(ansoegning),
        "mangler": what_is_missing(ansoegning) if ansoegning.er_kladde else [],
        "svar": answers(ansoegning),
        "bilag": ansoegning.bilag.select_related("fil"),
        "gang": told_steps(ansoegning),
        "beskeder": ansoegning.beskeder.all(),
        "venter": asked_of(ansoegning),
    }
    return page(request, ansoegning, "min_ansoegning", **context)


@with_link
def ansoegning_data(request, ansoegning):
    response = JsonResponse(export(ansoegning), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="min-ansoegning.json"'
    return response


@with_link
def ansoegning_senere(request, ansoegning):
    """Go on later: the link to copy, or by mail. The answer is the same whatever the address."""
    form = AdresseForm(request.POST if request.method == "POST" else None, initial={"email": ansoegning.email})
    if request.method == "POST" and form.is_valid():
        if is_spent(request, "mail"):
            return too_often(request)
        services.go_on_later(ansoegning=ansoegning, adresse=form.cleaned_data["email"])
        return page(request, ansoegning, "senere", sendt_til=form.cleaned_data["email"])
    return page(request, ansoegning, "senere", status_of(form), form=form)


@with_link
def ansoegning_traek(request, ansoegning):
    """Asks once more. A draft is deleted at once; what is sent is withdrawn."""
    if not can_withdraw(ansoegning):
        return redirect("min_ansoegning", token=request.token)
    if request.method != "POST":
        return page(request, ansoegning, "traek")
    if ansoegning.er_kladde:
        discard_draft(ansoegning=ansoegning)
        return page(request, ansoegning, "slettet")
    services.withdraw(ansoegning=ansoegning)
    return redirect("min_ansoegning", token=request.token)


@require_POST
@with_link
def ansoegning_nyt_link(request, ansoegning):
    found = services.new_link(ansoegning=ansoegning)
    return redirect("min_ansoegning", token=token_of(found.noegle))


@require_POST
@with_link
def ansoegning_kontakt(request, ansoegning):
    if not ansoegning.er_kladde:
        services.set_contact(ansoegning=ansoegning, ja=request.POST.get("svar") == "ja")
    return redirect("min_ansoegning", token=request.token)

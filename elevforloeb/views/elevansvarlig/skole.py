"""School for a whole hold: written once, or copied from an earlier hold."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb import permissions
from elevforloeb.core.errors import add_errors
from elevforloeb.core.words import count_noun
from elevforloeb.forms.kalender import HoldskoleForm, KopierSkoleForm
from elevforloeb.queries import hold as queries
from elevforloeb.services.kalender import add_school_to_hold


@roles(Rolle.ELEVANSVARLIG)
def hold_skole(request, pk):
    hold = get_object_or_404(permissions.visible_hold(request.user), pk=pk)
    form = HoldskoleForm(request.POST or None)
    perioder = form.perioder if form.is_valid() else []
    context = {"titel": "Tilføj skole", "knap": "Giv holdet skoleperioden", "perioder": []}
    return _give(request, hold, form, perioder, context)


@roles(Rolle.ELEVANSVARLIG)
def hold_skole_kopier(request, pk):
    hold = get_object_or_404(permissions.visible_hold(request.user), pk=pk)
    earlier = queries.earlier_hold_with_school(hold)
    newest = earlier.first()
    weeks = queries.whole_weeks_between(newest, hold) // 7 if newest else 52
    form = KopierSkoleForm(request.POST or None, hold=earlier, initial={"fra_hold": newest, "uger": weeks})
    perioder = []
    if form.is_valid():
        perioder = queries.school_moved(form.cleaned_data["fra_hold"], form.cleaned_data["uger"])
    context = {"titel": "Kopiér skole fra et andet hold", "knap": "Giv holdet skoleperioderne", "kan_ikke": not newest}
    if perioder and "gem" not in request.POST and "resten" not in request.POST:
        return _page(request, hold, form, context | {"perioder": perioder})  # the look before anything is saved
    return _give(request, hold, form, perioder, context | {"perioder": perioder})


def _give(request, hold, form, perioder, context):
    if perioder and form.is_valid():
        try:
            skip = "resten" in request.POST
            result = add_school_to_hold(request.user, hold=hold, perioder=perioder, skip_conflicts=skip)
        except ValidationError as error:
            add_errors(form, error)
        else:
            if skip or not result.konflikter:
                number = count_noun(len(result.gemt), "skoleperiode", "skoleperioder")
                messages.success(request, f"Gemt: {number} fordelt på holdets elever.")
                return redirect("hold", hold.pk)
            context["konflikter"] = result.konflikter
    return _page(request, hold, form, context)


def _page(request, hold, form, context):
    context |= {
        "hold": hold,
        "form": form,
        "sti": [
            ("Hold og plan", reverse("hold_liste")),
            (hold.navn, reverse("hold", args=[hold.pk])),
            (context["titel"], None),
        ],
    }
    wrong = form.errors or context.get("konflikter")
    return render(request, "elevforloeb/hold_skole.html", context, status=422 if wrong else 200)

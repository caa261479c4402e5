"""School, holiday and absence of one elev. The elevansvarlig writes all kinds, an elevvejleder some of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb import permissions
from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, accepted, status_of
from elevforloeb.forms.kalender import KalenderForm, RetKalenderForm
from elevforloeb.queries.elever import list_name
from elevforloeb.services import kalender as services


@roles(Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER)
def kalender_ny(request, pk):
    elev = get_object_or_404(permissions.visible_elever(request.user).select_related("bruger"), pk=pk)
    arter = permissions.kalender_arter(request.user, elev)
    if not arter:  # she may see the elev, who is not in her department today
        raise PermissionDenied
    form = KalenderForm(request.POST or None, arter=arter, initial={"art": request.GET.get("art")})
    inside = permissions.kalender_window(request.user, elev)
    if accepted(form, services.add_kalenderperiode, actor=request.user, elev=elev, inside=inside):
        messages.success(request, "Perioden er gemt.")
        return redirect("elev", pk)
    return _page(request, elev, form, f"Tilføj {form.hvad}")


@roles(Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER)
def kalender_ret(request, pk):
    row = _editable(request).filter(pk=pk).first()
    if row is None:
        return _gone(request, request.GET.get("elev", ""))
    form = _edit_form(request, row, request.POST or None)
    inside = permissions.kalender_window(request.user, row.elev)
    if accepted(form, services.update_kalenderperiode, actor=request.user, row=row, inside=inside):
        messages.success(request, "Perioden er rettet.")
        return redirect("elev", row.elev_id)
    if status_of(form) == 409:
        form.renew(form.initial["version"])
    return _page(request, row.elev, form, "Ret perioden", row)


@require_POST
@roles(Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER)
def kalender_slet(request, pk):
    row = _row(request, pk)
    try:
        services.delete_kalenderperiode(request.user, row=row, version=request.POST.get("version", ""))
    except StaleError as error:
        form = _edit_form(request, row)
        form.is_stale = True
        return _page(request, row.elev, form, "Ret perioden", row, fejl=error.message)
    messages.success(request, "Perioden er fjernet.")
    return redirect("elev", row.elev_id)


def _edit_form(request, row, data=None):
    return RetKalenderForm.of(row, data, arter=permissions.kalender_arter(request.user, row.elev))


def _editable(request):
    return permissions.editable_kalenderperioder(request.user).select_related("elev__bruger")


def _row(request, pk):
    return get_object_or_404(_editable(request), pk=pk)


def _gone(request, pk: str):
    """Somebody removed it under the open form: what was typed stands in the form for a new one.

    Who may write nothing for the elev is told no more than of a period that never was.
    """
    elever = permissions.visible_elever(request.user).select_related("bruger")
    known = request.method == "POST" and pk.isdecimal() and len(pk) < 10
    elev = elever.filter(pk=pk).first() if known else None
    arter = permissions.kalender_arter(request.user, elev) if elev else None
    if not arter:
        raise Http404
    form = KalenderForm(request.POST, arter=arter)
    form.is_stale = True
    fejl = "Perioden er fjernet, mens du rettede den. Det, du skrev, står her: gem det som en ny, eller fortryd."
    return _page(request, elev, form, f"Tilføj {form.hvad}", fejl=fejl)


def _page(request, elev, form, titel, row=None, fejl=""):
    audit.log_read(request, person=elev.bruger)
    url = reverse("elev", args=[elev.pk])
    context = {
        "form": form,
        "form_url": _form_url(elev, row),
        "elev": elev,
        "row": row,
        "titel": titel,
        "fejl": fejl,
        "fortryd_url": url,
        "sti": [(list_name(request.user), reverse("elever")), (elev.bruger.navn, url), (titel, None)],
    }
    return render(request, "elevforloeb/kalenderperiode.html", context, status=status_of(form))


def _form_url(elev, row):
    """That of a row names the elev too, for the day it is gone when the form is sent."""
    if row is None:
        return reverse("kalender_ny", args=[elev.pk])
    return reverse("kalender_ret", args=[row.pk], query={"elev": elev.pk})

"""School, holiday and absence of one elev. The elevansvarlig writes all kinds, an elevvejleder some of them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
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
    row = _row(request, pk)
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


def _row(request, pk):
    return get_object_or_404(permissions.editable_kalenderperioder(request.user).select_related("elev__bruger"), pk=pk)


def _page(request, elev, form, titel, row=None, fejl=""):
    audit.log_read(request, person=elev.bruger)
    url = reverse("elev", args=[elev.pk])
    context = {
        "form": form,
        "elev": elev,
        "row": row,
        "titel": titel,
        "fejl": fejl,
        "fortryd_url": url,
        "sti": [(list_name(request.user), reverse("elever")), (elev.bruger.navn, url), (titel, None)],
    }
    return render(request, "elevforloeb/kalenderperiode.html", context, status=status_of(form))

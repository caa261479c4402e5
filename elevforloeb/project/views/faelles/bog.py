"""The files about one elev: her uddannelsesbog is ordered, followed, stopped and fetched here."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit, filejob
from elevforloeb.core.errors import add_errors
from elevforloeb.core.models import Opslag
from elevforloeb.models import Elev
from elevforloeb.permissions import visible_elever
from elevforloeb.project import permissions
from elevforloeb.project import uddannelsesbog as services
from elevforloeb.project.forms import BogForm
from elevforloeb.project.models import Uddannelsesbog
from elevforloeb.project.queries import bog_choices

READERS = (Rolle.ELEVANSVARLIG, Rolle.ELEV)


@roles(*READERS)
def elev_bog(request, pk):
    elev = _elev(request, pk)
    allowed = permissions.allowed_in_bog(request.user, elev)
    form = BogForm(request.POST if request.method == "POST" else None, kan_vaelges=allowed)
    if form.is_valid():
        try:
            return redirect("bog", services.order(request.user, elev=elev, **form.cleaned_data).pk)
        except ValidationError as error:
            add_errors(form, error)
    audit.log_read(request, person=elev.bruger)
    context = {
        "elev": elev,
        "form": form,
        "boeger": permissions.visible_boeger(request.user).filter(elev=elev).select_related("bestilt_af").defer("fil"),
        "valg": bog_choices(elev),
        "dage": services.rules().slet_bog_dage,
    }
    return render(request, "project/elev_dokumenter.html", context, status=422 if form.errors else 200)


@require_safe
@roles(*READERS)
def bog(request, pk):
    """How far it is, and then the way to the file."""
    found = _bog(request, pk)
    audit.log_read(request, person=found.elev.bruger)
    context = {"bog": found, "job": found, "elev": found.elev, "url": reverse("bog", args=[pk]), "hvad": "del,dele"}
    return filejob.followed(request, found, "project/bog.html", context | {"dage": services.rules().slet_bog_dage})


@require_POST
@roles(*READERS)
def bog_stop(request, pk):
    filejob.stop(_bog(request, pk))
    return redirect("bog", pk)


@require_safe
@roles(*READERS)
def bog_hent(request, pk) -> HttpResponse:
    found = _bog(request, pk)
    if found.status != Uddannelsesbog.Status.FAERDIG:
        raise Http404
    audit.log_read(request, person=found.elev.bruger, art=Opslag.Art.HENT)
    return filejob.file_of(found, found.filnavn)


def _elev(request, pk) -> Elev:
    elev = get_object_or_404(visible_elever(request.user).select_related("bruger", "hold"), pk=pk)
    if not permissions.can_order_bog(request.user, elev):
        raise Http404
    return elev


def _bog(request, pk) -> Uddannelsesbog:
    rows = permissions.visible_boeger(request.user).defer("fil")
    return get_object_or_404(rows.select_related("elev__bruger", "elev__hold", "bestilt_af"), pk=pk)

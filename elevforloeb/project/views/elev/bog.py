"""What the elev lets others put in her uddannelsesbog."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.models import Elev
from elevforloeb.project import uddannelsesbog as services


@require_POST
@roles(Rolle.ELEV)
def bog_tillad(request, hvad):
    elev, what = _me(request), _what(hvad)
    services.allow(request.user, elev=elev, hvad=what)
    messages.success(request, f"Den elevansvarlige kan nu tage {what.label} med. Du kan tage det tilbage igen her.")
    return redirect("elev_bog", elev.pk)


@require_POST
@roles(Rolle.ELEV)
def bog_fortryd(request, hvad):
    elev, what = _me(request), _what(hvad)
    services.take_back(request.user, elev=elev, hvad=what)
    messages.success(
        request, f"Den elevansvarlige kan ikke længere tage {what.label} med. Bøger, hvor det var med, er slettet."
    )
    return redirect("elev_bog", elev.pk)


def _me(request) -> Elev:
    return get_object_or_404(Elev, bruger=request.user)


def _what(hvad: str) -> services.Hvad:
    if hvad not in services.Hvad:
        raise Http404
    return services.Hvad(hvad)

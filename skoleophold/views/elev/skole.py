"""The elev's own "Skole og karakterer", and whether her elevvejleder reads the grades."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.models import Elev
from skoleophold.queries.elev import with_fagproeve, with_sharing
from skoleophold.services import karakterer as services
from skoleophold.views.faelles.elever import show


@roles(Rolle.ELEV)
def min_skole(request):
    return show(request, _me(request))


@require_POST
@roles(Rolle.ELEV)
def karakterer_del(request):
    services.share(request.user, elev=_me(request))
    messages.success(request, "Din elevvejleder kan nu se dine karakterer. Du kan stoppe delingen igen her.")
    return redirect("min_skole")


@require_POST
@roles(Rolle.ELEV)
def karakterer_del_stop(request):
    services.stop_sharing(request.user, elev=_me(request))
    messages.success(request, "Dine karakterer er ikke længere delt.")
    return redirect("min_skole")


def _me(request) -> Elev:
    return get_object_or_404(
        with_fagproeve(with_sharing(Elev.objects.select_related("bruger", "hold"))), bruger=request.user
    )

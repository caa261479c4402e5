from django.shortcuts import render

from afdelinger.guards import roles
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core import audit
from elevforloeb.core.models import Opslag
from rekruttering.queries.samtaler import get_samtaleplan
from rekruttering.views.find import UDVALG, find_runde, trail


@roles(*UDVALG)
def samtaler(request, pk):
    runde = find_runde(request, pk)
    audit.log_read(request, nr=runde.pk, art=Opslag.Art.LISTE)
    context = {"plan": get_samtaleplan(request.user, runde), "styrer": is_elevansvarlig(request.user)}
    context["sti"] = [*trail(request, runde), ("Samtaler", None)]
    return render(request, "rekruttering/samtaler.html", context)

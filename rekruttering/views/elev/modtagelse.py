from django.shortcuts import render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.models import Opslag
from rekruttering.queries.samtaler import duties_of


@roles(Rolle.ELEV)
def modtagelse(request):
    """Whom I receive: name, time and room."""
    days = duties_of(request.user)
    if days:
        audit.log_read(request, art=Opslag.Art.LISTE)
    return render(request, "rekruttering/modtagelse.html", {"dage": days})

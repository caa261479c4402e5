from django.shortcuts import render
from django.views.decorators.http import require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from evaluering.queries.maalmatrix import get_matrix
from evaluering.views.find import find_elev


@require_safe
@roles(Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.ELEV)
def maalmatrix(request, pk):
    elev = find_elev(request, pk)
    audit.log_read(request, person=elev.bruger)
    return render(request, "evaluering/maalmatrix.html", {"matrix": get_matrix(request.user, elev), "elev": elev})

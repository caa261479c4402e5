from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.models import Opslag
from elevforloeb.models import Elev
from elevforloeb.permissions import visible_hold
from evaluering.queries.maalmatrix import get_matrices


@require_safe
@roles(Rolle.ELEVANSVARLIG)
def maalmatrix_hold(request, pk):
    """What is still open for each elev of the hold who is not finished."""
    hold = get_object_or_404(visible_hold(request.user), pk=pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    elever = Elev.objects.filter(hold=hold).employed_from(today()).select_related("bruger")
    context = {"hold": hold, "matricer": get_matrices(request.user, elever)}
    return render(request, "evaluering/maalmatrix_hold.html", context)

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.models import Opslag
from evaluering.permissions import afdelinger_with_billede
from evaluering.queries.billede import get_billedside


@require_safe
@roles(Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER)
def afdeling_billede(request, kode):
    """The look-up is logged: free text is what elever have written."""
    afdeling = get_object_or_404(afdelinger_with_billede(request.user), kode=kode)
    audit.log_read(request, art=Opslag.Art.LISTE)
    return render(request, "evaluering/billede.html", {"side": get_billedside(request.user, afdeling)})

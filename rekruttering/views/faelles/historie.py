from django.shortcuts import get_object_or_404

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core.files.serve import file_response
from rekruttering.permissions import visible_historier


@roles(Rolle.ELEV, Rolle.ELEVANSVARLIG)
def elevhistorie_billede(request, pk):
    """Before it is public, and when it no longer is. The public page has an address of its own for it."""
    rows = visible_historier(request.user).exclude(billede=None).select_related("billede")
    return file_response(request, get_object_or_404(rows, pk=pk).billede, inline=True)

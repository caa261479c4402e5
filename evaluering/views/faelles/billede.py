from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.models import Opslag
from evaluering.permissions import afdelinger_with_billede
from evaluering.queries.billede import get_billedside, with_answers


@require_safe
@roles(Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER)
def afdeling_billede(request, kode):
    """The look-up is logged: free text is what elever have written."""
    afdeling = get_object_or_404(afdelinger_with_billede(request.user), kode=kode)
    audit.log_read(request, art=Opslag.Art.LISTE)
    return render(request, "evaluering/billede.html", {"side": get_billedside(request.user, afdeling)})


@require_safe
@roles(Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER)
def afdeling_billeder(request):
    """The departments whose picture the reader may see; who has one goes straight to it."""
    found = list(afdelinger_with_billede(request.user).on(today()))
    if len(found) == 1:
        return redirect("afdeling_billede", found[0].kode)
    return render(request, "evaluering/billeder.html", {"afdelinger": with_answers(found)})

"""The elev's own "Fagprøve"."""

from django.shortcuts import get_object_or_404, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.models import Elev
from skoleophold.queries.fagproeve.side import latest_of
from skoleophold.views.faelles.fagproever import fetch, show


@roles(Rolle.ELEV)
def min_fagproeve(request):
    """The newest attempt, or what to expect when there is none yet."""
    mine = latest_of(get_object_or_404(Elev, bruger=request.user))
    if mine is None:
        return render(request, "skoleophold/fagproeve_ingen.html")
    return show(request, fetch(request, mine.fagproeve_id))

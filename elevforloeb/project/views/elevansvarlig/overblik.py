from django.shortcuts import render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.models import Opslag
from elevforloeb.project.handling import CARDS, WINGS
from elevforloeb.queries.overblik import get_overblik

FIRST = 6  # things to do before "Se alle"


@roles(Rolle.ELEVANSVARLIG)
def overblik(request):
    """The front page of the elevansvarlig, at /: a page of the roof, because the wings have lines on it."""
    hold = request.GET.get("hold", "")
    found = get_overblik(int(hold) if hold.isdecimal() and len(hold) < 10 else None, wings=WINGS, cards=CARDS)
    audit.log_read(request, art=Opslag.Art.LISTE)
    shown = found.handling if "alle" in request.GET else found.handling[:FIRST]
    return render(request, "project/overblik.html", {"overblik": found, "handling": shown})

from django.shortcuts import get_object_or_404, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.models import Elev
from elevforloeb.queries.fordeling.elevsvar import get_elevsvar
from elevforloeb.queries.forloeb import get_forloeb
from elevforloeb.queries.oensker.linjer import wish_line


@roles(Rolle.ELEV)
def mit_forloeb(request, template="elevforloeb/mit_forloeb.html", facts=None, **more):
    """The front page of an elev; the roof shows it at /, with what the wings have to say.

    `facts`: annotations of the elev, so that what a wing knows of her costs no statement of its own.
    """
    elever = Elev.objects.select_related("bruger", "hold__model").annotate(**facts or {})
    elev = get_object_or_404(elever, bruger=request.user)
    context = {
        "forloeb": get_forloeb(elev, viser_fravaer=True),
        "oensker": wish_line(elev),
        "svar": get_elevsvar(request.user, elev),
    }
    return render(request, template, context | more)

from django.shortcuts import get_object_or_404, render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.models import Elev
from elevforloeb.queries.fordeling.elevsvar import get_elevsvar
from elevforloeb.queries.forloeb import get_forloeb
from elevforloeb.queries.oensker.linjer import wish_line


@roles(Rolle.ELEV)
def mit_forloeb(request, template="elevforloeb/mit_forloeb.html", elever=None, **more):
    """The front page of an elev; the roof shows it at /, with what the wings have to say.

    `elever`: where she is found, with what a wing has added to her row.
    """
    rows = Elev.objects.all() if elever is None else elever
    elev = get_object_or_404(rows.select_related("bruger", "hold__model"), bruger=request.user)
    context = {
        "forloeb": get_forloeb(elev, viser_fravaer=True),
        "oensker": wish_line(elev),
        "svar": get_elevsvar(request.user, elev),
    }
    return render(request, template, context | more)

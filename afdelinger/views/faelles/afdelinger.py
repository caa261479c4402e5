"""Pages about departments, for everyone with a role."""

from django.shortcuts import get_object_or_404, render

from afdelinger import permissions
from afdelinger.guards import roles
from afdelinger.models import Rolle
from afdelinger.queries import afdelinger as queries
from elevforloeb.core import audit


@roles(*Rolle)
def afdelinger(request):
    q = request.GET.get("q", "").strip()[:100]
    liste = queries.afdelingsliste(permissions.visible_afdelinger(request.user), q)
    mine = request.user.afdelinger_som(Rolle.LEDER, Rolle.ELEVVEJLEDER)
    context = {"liste": liste, "q": q, "mine": mine, "kan_styre": permissions.can_govern_afdeling(request.user)}
    return render(request, "afdelinger/liste.html#liste" if request.htmx else "afdelinger/liste.html", context)


@roles(*Rolle)
def afdeling(request, kode):
    visible = permissions.visible_afdelinger(request.user).select_related("efterfoelger")
    this = get_object_or_404(queries.with_parts(visible), kode=kode)
    queries.add_people([this])
    maal = request.GET.get("maal", "")
    kan_rette = permissions.can_edit_afdeling(request.user, this)
    context = {
        "afdeling": this,
        "opgaver": queries.opgaveoversigt(this, maal),
        "valgt": maal,
        "pladser": this.pladser.all(),
        "kurser": queries.foreslaaede_kurser(this),
        "forgaengere": this.forgaengere.all(),
        "tidligere_navne": queries.tidligere_navne(this),
        "historik": audit.history(this)[:20] if kan_rette else None,
        "kan_rette": kan_rette,
        "kan_styre": permissions.can_govern_afdeling(request.user, this),
    }
    return render(request, "afdelinger/afdeling.html#opgaver" if request.htmx else "afdelinger/afdeling.html", context)

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_safe

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.models import Opslag
from evaluering.forms.liste import AfdelingslisteForm, ListeForm
from evaluering.permissions import is_elevansvarlig, visible_evalueringer
from evaluering.queries.liste import filter_choices, find_evalueringer, rows_of
from evaluering.queries.tidligere import earlier_talks
from evaluering.views.find import find_elev, find_self

PER_PAGE = 50
STAFF = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.LEDER)


@roles(*STAFF, Rolle.ELEV)
def evalueringer(request):
    """By deadline. An elev sees her own, all of them; who has many chooses by filters, which stay in the address."""
    user = request.user
    if not user.har_rolle(*STAFF):
        return _of_elev(request, find_self(request))
    form = filter_form(request)
    page = Paginator(find_evalueringer(visible_evalueringer(user), **form.chosen), PER_PAGE)
    page = page.get_page(request.GET.get("side"))
    q = form.chosen.get("q", "")
    audit.log_read(request, art=Opslag.Art.SOEG if q else Opslag.Art.LISTE, soegetekst=q)
    context = {"form": form, "side": page, "raekker": rows_of(page.object_list, user, opens=_opens(user))}
    return render(request, "evaluering/evalueringer.html", context | {"styrer": is_elevansvarlig(user)})


@require_safe
@roles(*STAFF, Rolle.ELEV)
def elev_evalueringer(request, pk):
    return _of_elev(request, find_elev(request, pk))


def _of_elev(request, elev):
    audit.log_read(request, person=elev.bruger)
    found = find_evalueringer(visible_evalueringer(request.user).filter(elev=elev), status="alle")
    context = {"elev": elev, "raekker": rows_of(found, request.user, opens=_opens(request.user))}
    if is_elevansvarlig(request.user):
        context["tidligere"] = len(earlier_talks([elev]))
    return render(request, "evaluering/elev_evalueringer.html", context)


def filter_form(request) -> AfdelingslisteForm:
    if not is_elevansvarlig(request.user):
        return AfdelingslisteForm(request.GET)
    hold, afdelinger = filter_choices()
    return ListeForm(request.GET, hold=hold, afdelinger=afdelinger)


def _opens(user) -> set[int] | None:
    """The departments whose evaluations are links. A leder's are lines in a list."""
    if is_elevansvarlig(user) or not user.har_rolle(Rolle.LEDER):
        return None
    return set(user.afdelinger_som(Rolle.ELEVVEJLEDER))

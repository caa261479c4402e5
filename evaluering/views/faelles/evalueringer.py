from django.core.paginator import Paginator
from django.shortcuts import render

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.models import Opslag
from evaluering.forms.liste import AfdelingslisteForm, ListeForm
from evaluering.permissions import is_elevansvarlig, visible_evalueringer
from evaluering.queries.liste import filter_choices, find_evalueringer, rows_of

PER_PAGE = 50
STAFF = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.LEDER)


@roles(*STAFF, Rolle.ELEV)
def evalueringer(request):
    """By deadline. An elev has few and sees them all; who has many chooses by filters, which stay in the address."""
    user = request.user
    form = filter_form(request) if user.har_rolle(*STAFF) else None
    found = find_evalueringer(visible_evalueringer(user), **(form.chosen if form else {"status": "alle"}))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    if form:
        q = form.chosen.get("q", "")
        audit.log_read(request, art=Opslag.Art.SOEG if q else Opslag.Art.LISTE, soegetekst=q)
    context = {"form": form, "side": page, "raekker": rows_of(page.object_list, user, opens=_opens(user))}
    context |= {"er_elev": form is None, "styrer": is_elevansvarlig(user)}
    return render(request, "evaluering/evalueringer.html", context)


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

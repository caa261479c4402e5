from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb import permissions
from elevforloeb.core import audit
from elevforloeb.core.excel import excel_response
from elevforloeb.core.models import Opslag
from elevforloeb.core.pdf import pdf_response
from elevforloeb.core.remember import remember, remembered
from elevforloeb.excel import course_sheet, elever_sheet
from elevforloeb.forms.elev import AfdelingsfilterForm, FilterForm
from elevforloeb.queries.elev import get_elevside
from elevforloeb.queries.elever import filter_choices, find_elever, list_name, rows_of
from elevforloeb.queries.forloeb import get_forloeb
from elevforloeb.queries.vejleder import stay_cards

PER_PAGE = 50
FEW = 10  # so many can be looked through without a search
COOKIE = "elevfiltre"
KEPT = ("hold", "afdeling", "status", "sort")
STAFF = (Rolle.ELEVANSVARLIG, Rolle.LEDER, Rolle.ELEVVEJLEDER)


@roles(*STAFF)
def elever(request):
    """The filters of last time come back with the page, in its address."""
    if not request.GET and (kept := remembered(request, COOKIE, KEPT)):
        return redirect(f"{reverse('elever')}?{kept}")
    form = _filter(request)
    found = find_elever(permissions.visible_elever(request.user), **form.chosen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    _log(request, form.chosen["q"], Opslag.Art.LISTE)
    context = {"form": form, "side": page, "raekker": rows_of(page), "listenavn": list_name(request.user)}
    if not permissions.is_elevansvarlig(request.user):
        context |= _of_the_department(request, page.paginator.count, form.chosen["q"])
    response = render(request, "elevforloeb/elever.html", context)
    remember(request, response, COOKIE, KEPT)
    return response


def _of_the_department(request, count: int, q: str) -> dict:
    """Few elever need no search. Whom the department gets later stands below those whose page it may open."""
    afdelinger = request.user.afdelinger_som(Rolle.ELEVVEJLEDER, Rolle.LEDER)
    return {
        "i_afdelingen": True,
        "vis_soegning": q or count > FEW,
        "senere": [] if q else stay_cards(request.user, afdelinger)[1],
        "regler": request.user.regler,
    }


@roles(*STAFF)
def elever_excel(request):
    form = _filter(request)
    found = find_elever(permissions.visible_elever(request.user), **form.chosen)
    _log(request, form.chosen["q"], Opslag.Art.HENT)
    return excel_response("elever.xlsx", elever_sheet(rows_of(found)))


@roles(*STAFF, Rolle.ELEV)
def elev(request, pk):
    found = _elev(request, pk)
    audit.log_read(request, person=found.bruger)
    return render(request, "elevforloeb/elev.html", {"side": get_elevside(request.user, found), "elev": found})


@roles(*STAFF, Rolle.ELEV)
def forloeb_pdf(request, pk):
    forloeb = _forloeb_to_take_away(request, pk)
    filename = f"forloeb-{forloeb.elev.pk}.pdf"
    return pdf_response(request, "elevforloeb/forloeb_pdf.html", {"forloeb": forloeb}, filename)


@roles(*STAFF, Rolle.ELEV)
def forloeb_excel(request, pk):
    forloeb = _forloeb_to_take_away(request, pk)
    return excel_response(f"forloeb-{forloeb.elev.pk}.xlsx", course_sheet(forloeb))


def _elev(request, pk):
    visible = permissions.visible_elever(request.user).select_related("bruger", "hold__model", "maalsaet")
    return get_object_or_404(visible, pk=pk)


def _forloeb_to_take_away(request, pk):
    found = _elev(request, pk)
    audit.log_read(request, person=found.bruger, art=Opslag.Art.HENT)
    return get_forloeb(found, viser_fravaer=permissions.can_see_absence(request.user, found))


def _filter(request) -> FilterForm | AfdelingsfilterForm:
    if not permissions.is_elevansvarlig(request.user):
        return AfdelingsfilterForm(request.GET)
    hold, afdelinger = filter_choices(permissions.visible_elever(request.user))
    return FilterForm(request.GET, hold=hold, afdelinger=afdelinger)


def _log(request, q, art) -> None:
    if q:
        art = Opslag.Art.SOEG if art == Opslag.Art.LISTE else art
    audit.log_read(request, art=art, soegetekst=q)

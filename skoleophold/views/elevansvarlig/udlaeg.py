"""All expenses: found, approved one by one or together, returned with a reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.errors import accepted
from elevforloeb.core.models import Opslag
from elevforloeb.core.remember import remember, remembered
from elevforloeb.core.words import count_noun
from skoleophold import permissions
from skoleophold.forms.udgifter import FilterForm, ReturnerForm
from skoleophold.models import Udlaeg
from skoleophold.queries import udlaeg as queries
from skoleophold.services import udlaeg as services
from skoleophold.views.faelles.udlaeg import fetch_udlaeg, show

PER_PAGE = 50
COOKIE = "udlaegfiltre"
KEPT = ("status", "hold", "art", "aar", "sort")


def trail(*steps):
    return [("Skole", reverse("skole")), ("Udlæg", reverse("udlaeg_liste")), *steps]


@roles(Rolle.ELEVANSVARLIG)
def udlaeg_liste(request):
    if not request.GET and (kept := remembered(request, COOKIE, KEPT)):
        return redirect(f"{reverse('udlaeg_liste')}?{kept}")
    hold, arter, aar = queries.filter_choices()
    form = FilterForm(request.GET, hold=hold, arter=arter, aar=aar)
    found = queries.find_udlaeg(permissions.udlaeg_to_decide(request.user), **form.chosen)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("side"))
    q = form.chosen["q"]
    audit.log_read(request, art=Opslag.Art.SOEG if q else Opslag.Art.LISTE, soegetekst=q)
    warnings = queries.find_warnings(request.user, page.object_list)
    context = {
        "form": form,
        "side": page,
        "raekker": [(row, warnings[row.pk]) for row in page.object_list],
        "i_alt": queries.total(found),
        "venter": form.chosen["status"] == Udlaeg.Status.SENDT,
        "sti": trail(),
    }
    response = render(request, "skoleophold/udlaeg/liste.html", context)
    remember(request, response, COOKIE, KEPT)
    return response


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def udlaeg_godkend(request, pk):
    if _is_taken_back(request, pk):
        return redirect("udlaeg_liste")
    found = fetch_udlaeg(request, pk)
    try:
        services.approve(request.user, udlaeg=found, version=_number(request.POST.get("version")))
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("udlaeg", pk)
    messages.success(request, f"{found} er godkendt, og {found.elev.bruger.fornavn} får en mail.")
    return _next(request, found)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def udlaeg_returner(request, pk):
    if _is_taken_back(request, pk):
        return redirect("udlaeg_liste")
    found = fetch_udlaeg(request, pk)
    form = ReturnerForm(request.POST)
    if not accepted(form, services.return_udlaeg, actor=request.user, udlaeg=found):
        return show(request, found, form)
    messages.success(request, f"{found} er sendt retur, og {found.elev.bruger.fornavn} får en mail.")
    return _next(request, found)


def _is_taken_back(request, pk) -> bool:
    """While the page was open. The page itself is the elev's alone again."""
    found = permissions.taken_back_udlaeg(request.user).filter(pk=pk).exists()
    if found:
        messages.error(request, services.REASONS[Udlaeg.Status.KLADDE])
    return found


def _next(request, done: Udlaeg):
    """The one that has waited longest, so that a pile is gone through without the list between."""
    following = queries.next_waiting(request.user, done)
    return redirect("udlaeg", following) if following else redirect("udlaeg_liste")


@roles(Rolle.ELEVANSVARLIG)
def udlaeg_godkend_flere(request):
    """A look at those that were chosen in the list, and then all of them, as they were seen, or none."""
    chosen = request.POST if request.method == "POST" else request.GET
    seen = dict(_chosen(value) for value in chosen.getlist("valgt")[:500])
    status = 200
    if request.method == "POST":
        try:
            rows = services.approve_many(request.user, seen=seen)
        except ValidationError as error:
            messages.error(request, f"{error.messages[0]} Der er ikke godkendt noget.")
            status = 409
        else:
            messages.success(request, f"{count_noun(len(rows), 'udlæg', 'udlæg')} er godkendt. Eleverne får en mail.")
            return redirect("udlaeg_liste")
    waiting = permissions.udlaeg_to_decide(request.user).filter(pk__in=seen)
    rows = list(queries.find_udlaeg(waiting, status=Udlaeg.Status.SENDT))
    warnings = queries.find_warnings(request.user, rows)
    audit.log_read(request, art=Opslag.Art.LISTE)
    context = {
        "raekker": [(row, warnings[row.pk]) for row in rows],
        "i_alt": sum(row.til_udbetaling for row in rows),
        "sti": trail(("Godkend flere", None)),
    }
    return render(request, "skoleophold/udlaeg/godkend_flere.html", context, status=status)


def _chosen(value: str) -> tuple[int, int]:
    """From the list: the id. From the page that shows what was chosen: id.version."""
    pk, _, version = value.partition(".")
    return _number(pk), _number(version)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else 0

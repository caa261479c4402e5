"""Payments: approved expenses gathered into a file for payroll or accounts."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import audit
from elevforloeb.core.csvfile import csv_response
from elevforloeb.core.excel import excel_response
from elevforloeb.core.models import Opslag
from elevforloeb.core.words import count_noun
from skoleophold import permissions, udbetalingsfil
from skoleophold.models import Udbetaling, Udlaeg
from skoleophold.queries.udlaeg import find_udlaeg
from skoleophold.services import udbetalinger as services

from .udlaeg import trail

PER_PAGE = 50


def udbetaling_trail(*steps):
    return trail(("Udbetalinger", reverse("udbetalinger")), *steps)


@roles(Rolle.ELEVANSVARLIG)
def udbetalinger(request):
    rows = permissions.visible_udbetalinger(request.user).select_related("lavet_af")
    waiting = permissions.visible_udlaeg(request.user).filter(status=Udlaeg.Status.GODKENDT).count()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("side"))
    context = {"side": page, "venter": waiting, "sti": trail(("Udbetalinger", None))}
    return render(request, "skoleophold/udlaeg/udbetalinger.html", context)


@roles(Rolle.ELEVANSVARLIG)
def udbetaling_ny(request):
    """All that is approved is shown; what is not ticked waits for the next."""
    status = 200
    if request.method == "POST":
        ids = [int(pk) for pk in request.POST.getlist("valgt") if pk.isascii() and pk.isdecimal() and len(pk) < 10]
        try:
            made = services.create_udbetaling(request.user, ids=ids)
        except ValidationError as error:
            messages.error(request, error.messages[0])
            status = 409
        else:
            messages.success(request, f"{made} er lavet med {count_noun(made.antal, 'udlæg', 'udlæg')}. Hent filen.")
            return redirect("udbetaling", made.pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    rows = list(find_udlaeg(permissions.visible_udlaeg(request.user), status=Udlaeg.Status.GODKENDT, sort="navn"))
    context = {"raekker": rows, "i_alt": sum(row.til_udbetaling for row in rows)}
    context["sti"] = udbetaling_trail(("Ny udbetaling", None))
    return render(request, "skoleophold/udlaeg/udbetaling_ny.html", context, status=status)


@roles(Rolle.ELEVANSVARLIG)
def udbetaling(request, pk):
    found = _fetch(request, pk)
    audit.log_read(request, art=Opslag.Art.LISTE)
    context = {"udbetaling": found, "raekker": _rows(found), "sti": udbetaling_trail((str(found), None))}
    return render(request, "skoleophold/udlaeg/udbetaling.html", context)


@roles(Rolle.ELEVANSVARLIG)
def udbetaling_excel(request, pk):
    found = _fetch(request, pk)
    audit.log_read(request, art=Opslag.Art.HENT)
    return excel_response(f"udbetaling-{pk}.xlsx", *udbetalingsfil.sheets(found, _rows(found)))


@roles(Rolle.ELEVANSVARLIG)
def udbetaling_csv(request, pk):
    found = _fetch(request, pk)
    audit.log_read(request, art=Opslag.Art.HENT)
    headings = [column.titel for column in udbetalingsfil.COLUMNS]
    rows = [*udbetalingsfil.lines(_rows(found)), udbetalingsfil.last_line(found)]
    return csv_response(f"udbetaling-{pk}.csv", headings, rows)


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def udbetaling_aflever(request, pk):
    return _act(request, pk, services.hand_over, "Udbetalingen er skrevet som afleveret.")


@require_POST
@roles(Rolle.ELEVANSVARLIG)
def udbetaling_fortryd(request, pk):
    return _act(request, pk, services.undo_udbetaling, "Udbetalingen er fortrudt. Udlæggene er godkendt igen.")


def _act(request, pk, act, done):
    try:
        act(request.user, udbetaling=_fetch(request, pk))
        messages.success(request, done)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("udbetaling", pk)


def _fetch(request, pk) -> Udbetaling:
    rows = permissions.visible_udbetalinger(request.user).select_related("lavet_af", "afleveret_af")
    return get_object_or_404(rows, pk=pk)


def _rows(found: Udbetaling) -> list[Udlaeg]:
    return list(find_udlaeg(found.udlaeg.select_related("behandlet_af"), status="alle", sort="navn"))

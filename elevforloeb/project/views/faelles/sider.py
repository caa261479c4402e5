from operator import attrgetter

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from afdelinger.guards import roles
from afdelinger.models import Rolle
from elevforloeb.core import outbox
from elevforloeb.core.audit import log_read
from elevforloeb.core.dates import today
from elevforloeb.core.delivery import MODES
from elevforloeb.core.models import Opslag
from elevforloeb.project import permissions, queries
from elevforloeb.project.forms import UdbakkeFilter
from elevforloeb.project.health import readiness
from elevforloeb.project.persondata import export
from elevforloeb.project.purposes import purpose
from elevforloeb.project.queries import search
from elevforloeb.project.views.elevansvarlig.overblik import overblik
from elevforloeb.queries.leder import get_lederside
from elevforloeb.queries.oensker.linjer import udbud_lines
from elevforloeb.queries.vejleder import get_vejlederside
from elevforloeb.views.elev.forloeb import mit_forloeb
from evaluering.queries.skylder import debts
from rekruttering.permissions import visible_runder
from rekruttering.queries.samtaler import next_duty
from skoleophold.queries.venter import get_skoleforside

PER_PAGE = 50


def forside(request):
    """Everybody's first page. Who has several roles gets the page with most to do."""
    user = request.user
    if user.har_rolle(Rolle.ELEVANSVARLIG):
        return overblik(request)
    if user.har_rolle(Rolle.ELEVVEJLEDER, Rolle.LEDER):
        return afdelingens_forside(request)
    if user.har_rolle(Rolle.ELEV):
        facts = {"modtager": next_duty()}
        return mit_forloeb(request, "project/forside_elev.html", facts, skylder=debts(user))
    if user.har_rolle(Rolle.ADMINISTRATOR):
        context = {"tilstand": queries.outbox_state(user), "drift": readiness(), "tal": queries.account_figures()}
        return render(request, "project/forside_administrator.html", context)
    return render(request, "project/uden_rolle.html", {"kommende": queries.coming_role(user)})


def afdelingens_forside(request):
    """An elevvejleder and a leder share a page; who is both gets both parts."""
    user = request.user
    log_read(request, art=Opslag.Art.LISTE)
    skole = get_skoleforside(user)
    context = {
        "dag": today(),
        "udbud": udbud_lines(user),
        "skylder": sorted([*debts(user), *skole.venter], key=attrgetter("frist")),
        "udvalg": visible_runder(user),
        "ture": skole.ture,
        "vejleder": get_vejlederside(user) if user.har_rolle(Rolle.ELEVVEJLEDER) else None,
        "leder": get_lederside(user) if user.har_rolle(Rolle.LEDER) else None,
    }
    return render(request, "project/forside_afdeling.html", context)


@roles(*Rolle)
def soeg(request):
    text = request.GET.get("q", "").strip()
    hits = search(request.user, text)
    if hits.elever or hits.brugere:
        log_read(request, art=Opslag.Art.SOEG, soegetekst=text)
    template = "project/soeg.html#resultat" if request.htmx else "project/soeg.html"
    return render(request, template, {"q": text, "fund": hits})


@roles(Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR)
def udbakke(request):
    form = UdbakkeFilter(request.GET)
    mails = queries.outbox_list(request.user, **form.chosen())
    side = Paginator(mails, PER_PAGE).get_page(request.GET.get("side"))
    log_read(request, art=Opslag.Art.LISTE, soegetekst=form.chosen().get("q", ""))
    context = {
        "form": form,
        "side": side,
        "tilstand": queries.outbox_state(request.user),
        "udsendelse": MODES[settings.MAIL_MODE],
        "fra": settings.MAIL_FRA,
        "loft": settings.MAIL_LOFT,
    }
    return render(request, "project/udbakke.html", context)


@require_POST
@roles(Rolle.ELEVANSVARLIG, Rolle.ADMINISTRATOR)
def udbakke_proev_igen(request, pk):
    mail = get_object_or_404(permissions.visible_mails(request.user), pk=pk)
    try:
        outbox.retry(request.user, mail=mail)
        messages.success(request, f"Mailen til {mail.modtager} bliver prøvet igen.")
    except ValidationError as problem:
        messages.error(request, problem.message)
    return redirect("udbakke")


def mine_opslag(request):
    """Everybody may see when and why their own data were looked up."""
    side = Paginator(queries.lookups_about(request.user), PER_PAGE).get_page(request.GET.get("side"))
    for opslag in side:
        opslag.formaal = purpose(opslag)
    return render(request, "project/mine_opslag.html", {"side": side, "vis_navne": settings.OPSLAG_VIS_NAVNE})


def mine_oplysninger(request):
    """A copy of everything about the person who is logged in, as a file."""
    response = JsonResponse(export(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="mine-oplysninger.json"'
    return response

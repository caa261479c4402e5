"""The pages that everybody can read. They ask for no log-in and set no cookie."""

from urllib.parse import urljoin

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from elevforloeb.core.dates import full_date
from elevforloeb.core.files.serve import file_response
from elevforloeb.core.words import count_noun
from rekruttering.forms.vej import VejForm
from rekruttering.jobopslag import job_posting
from rekruttering.models import Runde
from rekruttering.permissions import public_afdelinger, public_historier, public_runder
from rekruttering.queries import offentlig as queries
from rekruttering.vejviser import advice

OM = "Bliv kontorelev"
LAEST = 60  # seconds that a copy on the way may be old: a text that is taken down is soon gone


def open_page(view):
    return login_not_required(require_safe(cache_control(public=True, max_age=LAEST)(view)))


def page(request, template: str, *, titel: str, beskrivelse: str, sti: str = "", **context):
    """With what a shared link shows. `sti`: the page's own address, where it is shown at another one."""
    context |= {"titel": titel, "beskrivelse": beskrivelse, "base": settings.BASE_URL.rstrip("/")}
    context["kanonisk"] = urljoin(settings.BASE_URL, sti or request.path)
    return render(request, f"rekruttering/offentlig/{template}.html", context)


@open_page
def bliv_kontorelev(request):
    return forside(request, queries.get_forside())


def forside(request, found: queries.Forside, **more):
    """Also shown to the elevansvarlig with a draft in it."""
    runde = found.runder.aaben
    told = f"Søg senest {full_date(runde.fristdag)}. " if runde else ""
    beskrivelse = f"{told}To år med løn, skole og en vejleder hvert sted. Læs om afdelingerne, og find din vej ind."
    sti = reverse("bliv_kontorelev")
    return page(request, "forside", titel=OM, beskrivelse=beskrivelse, sti=sti, side=found, **more)


@open_page
def stillingsopslag(request, slug):
    return vis_stillingsopslag(request, get_object_or_404(public_runder(), slug=slug), queries.get_runder())


def vis_stillingsopslag(request, runde: Runde, runder: queries.Runder, **more):
    sti = reverse("stillingsopslag", args=[runde.slug])
    return page(
        request,
        "stillingsopslag",
        titel=runde.titel,
        beskrivelse=f"{count_noun(runde.pladser, 'elevplads', 'elevpladser')} fra {full_date(runde.startdato)}. "
        f"Søg senest {full_date(runde.fristdag)}.",
        sti=sti,
        runde=runde,
        runder=runder,
        kontakt=queries.get_sider("kontakt").get("kontakt"),
        jobopslag=job_posting(runde) if runde.er_aaben else None,
        **more,
    )


@open_page
def kontorelev_afdeling(request, kode):
    found = get_object_or_404(public_afdelinger(), kode=kode)
    text = found.elevens_rolle or found.beskrivelse
    side = queries.get_afdelingsside(found)
    return page(request, "afdeling", titel=f"{found.navn}: kontorelev", beskrivelse=text[:200], side=side)


@open_page
def kontorelev_vej(request):
    veje, runder = queries.get_veje(), queries.get_runder()
    start = full_date(runder.runde.startdato) if runder.runde else ""
    form = VejForm(request.GET or None, veje=veje, start=start)
    raad = advice(veje, **form.cleaned_data) if form.is_valid() else None
    beskrivelse = "Tre spørgsmål, så ved du, om du kan søge en elevplads, og hvad du skal have klar."
    return page(
        request,
        "vej",
        titel=f"{raad.titel}: din vej ind" if raad else "Hvilken vej har jeg?",
        beskrivelse=beskrivelse,
        form=form,
        raad=raad,
        runder=runder,
        veje=veje,
    )


@open_page
def kontorelev_oplysninger(request):
    found = queries.newest_oplysningstekst()
    if found is None:
        raise Http404
    beskrivelse = "Hvad vi bruger det til, som du skriver i din ansøgning, hvem der ser det, og hvornår det slettes."
    return page(request, "oplysninger", titel="Dine oplysninger", beskrivelse=beskrivelse, tekst=found)


@login_not_required
@require_safe
def kontorelev_billede(request, pk):
    """Only while the story is public. A copy on the way lives ten minutes."""
    row = get_object_or_404(public_historier().exclude(billede=None).select_related("billede"), pk=pk)
    response = file_response(request, row.billede, inline=True)
    if response.status_code == 200:
        response.headers["Cache-Control"] = "public, max-age=600"
    return response

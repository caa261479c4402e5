"""Sealed documents: one of them, its PDF, and whether a file that one was sent is the one that was sealed."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from afdelinger.guards import roles
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core import audit, seal
from elevforloeb.core.dates import now
from elevforloeb.core.models import Dokument, Opslag
from evaluering.forms.dokumenter import KontrolForm
from evaluering.permissions import readable_sealed, visible_dokumenter
from evaluering.queries.dokumenter import find_by_fingerprint, get_dokumentside
from evaluering.views.find import DELTAGERE

USUALLY_MADE_IN = timedelta(minutes=1)


def find_dokument(request, pk) -> Dokument:
    rows = visible_dokumenter(request.user).select_related("fil", "journalisering__bruger", "person")
    return get_object_or_404(rows, pk=pk)


@require_safe
@roles(*DELTAGERE)
def dokument(request, pk):
    found = find_dokument(request, pk)
    audit.log_read(request, person=found.person)
    context = {"side": get_dokumentside(found), "styrer": is_elevansvarlig(request.user)}
    return render(request, "evaluering/dokument.html", context)


@require_safe
@roles(*DELTAGERE)
def dokument_pdf(request, pk):
    return stored_pdf(request, find_dokument(request, pk))


@require_safe
@roles(*DELTAGERE)
def evaluering_pdf(request, pk):
    evaluering = get_object_or_404(readable_sealed(request.user), pk=pk)
    return stored_pdf(request, find_dokument(request, evaluering.dokument_id))


def stored_pdf(request, found: Dokument) -> HttpResponse:
    """The one that was made when it was sealed. It is never made again here: a worker makes it, once."""
    if not hasattr(found, "fil"):
        context = {"dokument": found, "forsinket": now() - found.forseglet > USUALLY_MADE_IN}
        response = render(request, "evaluering/dokument_paa_vej.html", context, status=503)
        response.headers["Retry-After"] = "5"
        return response
    audit.log_read(request, person=found.person, art=Opslag.Art.HENT)
    response = HttpResponse(bytes(found.fil.pdf), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{found.art}-{found.pk}.pdf"'
    return response


@roles(*DELTAGERE)
def dokumentkontrol(request):
    """A file that somebody was sent, held against what was sealed. Only what the user may see is answered for."""
    form = KontrolForm(request.POST, request.FILES) if request.method == "POST" else KontrolForm()
    context = {"form": form, "styrer": is_elevansvarlig(request.user), "seneste": seal.last_check()}
    if form.is_bound and form.is_valid():
        context["fund"] = find_by_fingerprint(visible_dokumenter(request.user), form.sha256)
        context["spurgt"] = True
        if context["fund"]:
            audit.log_read(request, person=context["fund"].dokument.person)
    return render(request, "evaluering/dokumentkontrol.html", context, status=422 if form.errors else 200)

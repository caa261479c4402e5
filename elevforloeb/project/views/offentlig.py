"""What other programs fetch without log-in: the address itself is the key."""

from hashlib import sha256

from allauth.core.internal.ratelimit import consume  # the public door counts no GET
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from elevforloeb.core.dates import today
from elevforloeb.core.ics import calendar
from elevforloeb.project import abonnement
from elevforloeb.project.kalender import entries, reach

WRONG_KEYS = {"kalender": "30/m/ip"}  # guesses are hopeless; the limit spares the database
PLAIN = "text/plain; charset=utf-8"


@login_not_required
@require_safe
def kalenderfil(request, noegle):
    """A right key always works, however many wrong ones come from the same company's servers."""
    row = abonnement.find(noegle)
    answer = _calendar(request, row) if row else _unknown(request)
    patch_cache_control(answer, private=True, no_store=True)
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _calendar(request, row) -> HttpResponse:
    found = entries(row.bruger, reach(today()))
    abonnement.note_fetch(request, row)
    etag = quote_etag(sha256(repr(found).encode()).hexdigest())
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged:
        return unchanged
    answer = HttpResponse(calendar(found, "Elevforløb"), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="elevforloeb.ics"'
    answer["ETag"] = etag
    return answer


def _unknown(request) -> HttpResponse:
    if consume(request, app="kalender", action="kalender", config=WRONG_KEYS, limit_get=True):
        return HttpResponse("Kalenderen findes ikke. Lav en ny adresse i Elevforløb.", status=404, content_type=PLAIN)
    words = "For mange forkerte adresser. Vent et minut, og prøv igen."
    return HttpResponse(words, status=429, content_type=PLAIN, headers={"Retry-After": "60"})

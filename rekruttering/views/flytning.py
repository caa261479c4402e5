"""The last moves of the person who is logged in, kept in her session for "Fortryd", and the way back to her board."""

from dataclasses import asdict
from datetime import datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from elevforloeb.core.dates import now
from rekruttering.models import Runde
from rekruttering.services.flyt import Flytning

KEY = "ansoegerflytning"
FRESH = timedelta(minutes=30)
MOMENTS = ("siden", "fra_siden")


def keep_moves(request, runde: Runde, moves: list[Flytning]) -> None:
    if moves:
        rows = [asdict(each) | {name: getattr(each, name).isoformat() for name in MOMENTS} for each in moves]
        request.session[KEY] = {"runde": runde.pk, "flyttet": rows}


def last_move(request, runde: Runde) -> list[Flytning]:
    """Of the last half hour: what is older, people have begun to act on."""
    kept = request.session.get(KEY)
    if not kept or kept["runde"] != runde.pk:
        return []
    found = [Flytning(**row | {name: datetime.fromisoformat(row[name]) for name in MOMENTS}) for row in kept["flyttet"]]
    return [each for each in found if each.siden > now() - FRESH]


def forget_moves(request) -> None:
    request.session.pop(KEY, None)


def board(request, runde: Runde) -> str:
    """With the filter that stood there. What a form says about it is only ever a query of that page."""
    query = urlencode(parse_qsl(request.POST.get("tilbage", ""))[:10])
    return f"{reverse('ansoegere', args=[runde.pk])}{'?' if query else ''}{query}"

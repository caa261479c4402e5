"""How every step on the board is answered: htmx gets the new board, a plain form is sent back to it."""

from datetime import date

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from elevforloeb.core.dates import Periode
from elevforloeb.core.errors import StaleError
from elevforloeb.services.plan import StayGone, Tilpasning

LONGEST = 40  # characters; no key and no choice of the board is longer, and all of it may end up in an address


def answer(request, hold, *, besked="", error=None, ret="", fokus=""):
    if request.htmx:
        from .plan import board

        status = 200 if error is None else 409 if isinstance(error, StaleError) else 422
        response = board(
            request, hold.pk, ret=ret, fejl=error and error.messages, status=status, besked=besked, fokus=fokus
        )
        response["HX-Replace-Url"] = _address(request, hold, ret)
        return response
    if error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, besked)
    return redirect(_address(request, hold, ret))


def _address(request, hold, ret: str) -> str:
    kept = {name: request.GET[name][:LONGEST] for name in ("vis", "mdr", "fra", "afd") if request.GET.get(name)}
    query = urlencode(kept | ({"ret": ret} if ret else {}))
    return reverse("plan", args=[hold.pk]) + (f"?{query}" if query else "")


def parse_fix(value: str) -> Tilpasning:
    """The value of a fix button: key, what the stay was, first day, the day after the last."""
    try:
        key, was, first, end = value.split()
        return Tilpasning(key, was, Periode(date.fromisoformat(first), date.fromisoformat(end)))
    except ValueError as error:
        raise StayGone from error


def parse_stay(value: str) -> tuple[str, str]:
    """Key and what the stay was, from one value."""
    key, _, was = value.partition(" ")
    return key[:LONGEST], was

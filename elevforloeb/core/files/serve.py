"""Hands a file out. The view that calls this has asked its permissions and writes its own line in the access log."""

import logging

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from ..models import Fil
from .store import Damaged, read

log = logging.getLogger(__name__)

STATUS = {"karantaene": 503, "smittet": 410, "mangler": 500}


def file_response(request, fil: Fil, *, inline: bool = False) -> HttpResponse:
    """The bytes to download, or to show when `inline` and the kind is harmless; or a page that says why not."""
    if not fil.kan_hentes:
        return _page(request, fil.tilstand)
    try:
        data = read(fil)
    except Damaged as problem:
        log.error("%s", problem)
        return _page(request, "mangler")
    show = inline and fil.kind.shown
    headers = {
        "Content-Disposition": content_disposition_header(not show, fil.navn),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store, private",
    }
    if not (show and fil.art == "pdf"):  # a browser draws no PDF in a sandbox; the policy of every page holds for it
        headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return HttpResponse(data, content_type=fil.kind.mime, headers=headers)


def _page(request, reason: str) -> HttpResponse:
    response = render(request, "core/fil_kan_ikke_hentes.html", {"grund": reason}, status=STATUS[reason])
    if reason == "karantaene":
        response.headers["Retry-After"] = "60"
    return response

"""The PDF of a sealed text: made once, after the sealing is committed, by a worker. It is never made again.

Sealing rings the bell; what a dead broker or a dead worker lost is found by the sweep, once a minute.
"""

import logging
import time
from collections.abc import Callable

from django.db import transaction

from . import seal
from .models import Dokument, Dokumentfil
from .pdf import PdfUnavailable

log = logging.getLogger(__name__)

RUN_TIME = 30  # seconds of one sweep; the next one goes on
# Kind of document -> what makes its PDF, from the sealed text alone. Each floor adds its own in AppConfig.ready().
PRINTERS: dict[str, Callable[[Dokument], bytes]] = {}


def print_document(pk: int) -> None:
    dokument = Dokument.objects.filter(pk=pk, fil=None, art__in=PRINTERS).first()
    if dokument:
        seal.store_pdf(dokument, PRINTERS[dokument.art](dokument))


def pdf_of(pk: int) -> bytes:
    """The stored PDF of a sealed text; made first where that was not done yet."""
    print_document(pk)
    return bytes(Dokumentfil.objects.values_list("pdf", flat=True).get(dokument=pk))


def print_missing() -> None:
    """One that cannot be made stops none of the others, and is tried again."""
    end = time.monotonic() + RUN_TIME
    for pk in unprinted().values_list("pk", flat=True):
        if time.monotonic() > end:
            return
        try:
            with transaction.atomic():
                print_document(pk)
        except PdfUnavailable as missing:
            return log.warning("No PDF can be made on this machine: %s", missing)
        except Exception:
            log.exception("The PDF of document %s could not be made", pk)


def unprinted():
    return Dokument.objects.filter(fil=None, art__in=PRINTERS).order_by("pk")

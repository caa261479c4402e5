"""Documents on their way into the municipality's case system, through an adapter.

A `Journalpost` is the outbox (here of sealed documents, upstairs of other things): a worker borrows the row by a
conditional UPDATE, writes the papers that belong to it, and says what came of it.
Writing twice does no harm: the same document has the same name. The adapter here writes to a folder that the case
system fetches from; another one is a class with `write`, named in `adapter()`.
"""

import json
import logging
import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple, Protocol

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from . import audit
from .errors import save_checked
from .models import Dokument, Journalisering, Journalpost

log = logging.getLogger(__name__)

S = Journalisering.Status
LEASE = timedelta(minutes=2)
PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)]
LAST_ATTEMPT = 24  # with the pauses above: after a day
BY_HAND = "Skrevet op i hånden"


class NotFiled(Exception):
    """The papers cannot be handed over now; the text is for people."""


class Paper(NamedTuple):
    metadata: dict  # with `dokument`, which names it, and `sha256` of the content
    indhold: bytes
    endelse: str = ".pdf"


class Adapter(Protocol):
    def write(self, paper: Paper) -> str:
        """Hand the document over and answer with a receipt in words. Raises OSError when it cannot be done now."""


class Folder:
    """A paper and its JSON beside each other. The JSON comes last: where it stands, both are whole."""

    def __init__(self, folder: Path):
        self.folder = folder

    def write(self, paper: Paper) -> str:
        name = f"{paper.metadata['dokument']}-{paper.metadata['sha256'][:16]}"
        self._put(f"{name}{paper.endelse}", paper.indhold)
        text = json.dumps(paper.metadata, ensure_ascii=False, indent=2, sort_keys=True)
        self._put(f"{name}.json", f"{text}\n".encode())
        return f"Lagt i mappen som {name}{paper.endelse}"

    def _put(self, name: str, content: bytes) -> None:
        """Whole or not at all: written under another name, and moved in one step."""
        unfinished = self.folder / f".{name}.ufaerdig"
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self.folder / name)


def adapter() -> Adapter | None:
    """None: the installation has no way into a case system, and it is written down by hand."""
    return Folder(Path(settings.JOURNAL_DIR)) if settings.JOURNAL_DIR else None


# --- Asked for by people ------------------------------------------------------------------------------------------
@transaction.atomic
def send(actor, *, dokument: Dokument, sagsnr: str, kle: str, bevares: str) -> Journalisering:
    if adapter() is None:
        raise ValidationError("Der er ikke sat en journal op. Journalisér i hånden, og skriv sagsnummeret her.")
    row = Journalisering(dokument=dokument, sagsnr=sagsnr, kle=kle, bevares=bevares, bruger=actor)
    return _enter(row, "dokument.journaliseres", f"Et dokument sendes til journalen, sag {sagsnr}")


@transaction.atomic
def note(actor, *, dokument: Dokument, sagsnr: str, kle: str, bevares: str) -> Journalisering:
    """Somebody has filed it already."""
    row = Journalisering(dokument=dokument, sagsnr=sagsnr, kle=kle, bevares=bevares, bruger=actor)
    row.status, row.svar = S.SKREVET, BY_HAND
    return _enter(row, "dokument.journaliseret", f"Et dokument er journaliseret i hånden, sag {sagsnr}")


def _enter(row: Journalisering, handling: str, tekst: str) -> Journalisering:
    """One that failed may be entered again, with the same or another number."""
    if earlier := Journalisering.objects.select_for_update().filter(dokument=row.dokument).first():
        if earlier.status != S.FEJLET:
            raise ValidationError(f"Dokumentet er allerede knyttet til sag {earlier.sagsnr}.")
        earlier.delete()
    save_checked(row)
    audit.record(row.bruger, handling, row.dokument, tekst, sagsnr=row.sagsnr)
    return row


# --- Done by a worker ---------------------------------------------------------------------------------------------
def file_waiting() -> None:
    """Those whose PDF is made."""
    rows = Journalisering.objects.filter(dokument__fil__isnull=False).select_related(
        "dokument__person", "dokument__fil"
    )
    work_off(rows, _papers, _filed)


def work_off(rows: QuerySet, papers: Callable[..., Iterable[Paper]], filed: Callable[..., None]) -> None:
    """One that fails stops none of the others. The last paper of a row is the one that its answer is about."""
    way = adapter()
    ready = rows.filter(status=S.VENTER, naeste__lte=timezone.now())
    for row in ready.order_by("pk")[:50] if way else ():
        if _borrow(row):
            _write(row, way, papers, filed)


def _borrow(row: Journalpost) -> bool:
    mine = type(row).objects.filter(pk=row.pk, status=S.VENTER, naeste=row.naeste)
    row.forsoeg += 1
    return bool(mine.update(naeste=timezone.now() + LEASE, forsoeg=row.forsoeg))


def _write(row: Journalpost, way: Adapter, papers: Callable, filed: Callable) -> None:
    try:
        svar, status = [way.write(paper) for paper in papers(row)][-1], S.SKREVET
    except (OSError, NotFiled) as problem:
        log.warning("%s %s could not be handed to the journal: %s", type(row).__name__, row.pk, type(problem).__name__)
        svar, status = _why(problem), S.FEJLET if row.forsoeg >= LAST_ATTEMPT else S.VENTER
    pause = PAUSES[min(row.forsoeg, len(PAUSES)) - 1]
    changes = {"status": status, "svar": svar[:300], "naeste": timezone.now() + pause}
    with transaction.atomic():
        still_mine = type(row).objects.filter(pk=row.pk, status=S.VENTER, forsoeg=row.forsoeg).update(**changes)
        if still_mine and status == S.SKREVET:
            filed(row)


def _why(problem: Exception) -> str:
    if isinstance(problem, NotFiled):
        return str(problem)
    return f"Journalen kunne ikke modtage dokumentet ({problem.strerror or type(problem).__name__})."


# --- Sealed documents ---------------------------------------------------------------------------------------------
def _filed(row: Journalisering) -> None:
    audit.record(None, "dokument.journaliseret", row.dokument, f"Et dokument er i journalen, sag {row.sagsnr}")


def _papers(row: Journalisering) -> list[Paper]:
    return [Paper(metadata(row), bytes(row.dokument.fil.pdf))]


def metadata(row: Journalisering) -> dict:
    dokument = row.dokument
    return {
        "dokument": dokument.pk,
        "art": dokument.art,
        "titel": dokument.titel,
        "person": dokument.person.navn if dokument.person else None,
        "dato": timezone.localtime(dokument.forseglet).date().isoformat(),
        "sagsnr": row.sagsnr,
        "kle": row.kle,
        "bevares": row.bevares,
        "sha256": dokument.fil.sha256,
        "sha256_tekst": dokument.sha256,
    }

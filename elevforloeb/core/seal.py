"""Sealed texts: written once, and told apart from a changed one for ever.

The text of a document is canonical JSON, so that the same content is the same bytes on every machine and in every year.
It holds not only what was signed but also title, person and time, so that its SHA-256 speaks for the whole row. The
line of history that the sealing writes carries the fingerprint once more, in another table that only grows.
"""

import hashlib
import json
import logging
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.utils import timezone

from . import audit, bell
from .dates import midnight, now
from .models import Dokument, Dokumentfil, Dokumentkontrol, Haendelse

log = logging.getLogger(__name__)

SEALED, PRINTED = "dokument.forseglet", "dokument.pdf"
PRINT = "elevforloeb.core.tasks.print_document"
# What another floor knows about its documents: kind -> a function that tells in words where its rows differ.
CHECKS: dict[str, Callable[[Dokument, dict], list[str]]] = {}


def fingerprint(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


# --- Canonical text -----------------------------------------------------------------------------------------------
def canonical(indhold: dict) -> str:
    """One text for one content: sorted keys, NFC, UTC, whole numbers. What could be written in two ways is refused."""
    return json.dumps(_plain(indhold), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value):
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", str(value))
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return _object(value)
    raise TypeError(f"Has no canonical form: {type(value).__name__}")


def _object(value: dict) -> dict:
    if not all(isinstance(key, str) for key in value):
        raise TypeError("A key has no canonical form: only text has")
    plain = {unicodedata.normalize("NFC", key): _plain(each) for key, each in value.items()}
    if len(plain) != len(value):
        raise ValueError("Two keys are the same text")
    return plain


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("A time without a zone is two times")
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


# --- Seal ---------------------------------------------------------------------------------------------------------
def seal(actor, *, art: str, titel: str, person, indhold: dict) -> Dokument:
    """Call it in the transaction of the act that seals. Nothing about it can be changed afterwards."""
    found = Dokument(art=art, titel=titel, person=person, forseglet=now())
    found.indhold = canonical(_cover(found) | {"indhold": indhold})
    found.sha256 = fingerprint(found.indhold)
    found.save(force_insert=True)
    audit.record(actor, SEALED, found, "Et dokument er forseglet", sha256=found.sha256)
    bell.ring_for_on_commit(PRINT, found.pk)
    return found


def content(dokument: Dokument) -> dict:
    """What was sealed, as it was given; times and dates as text."""
    return json.loads(dokument.indhold)["indhold"]


@transaction.atomic
def store_pdf(dokument: Dokument, pdf: bytes) -> bool:
    """Keep the PDF. False: another worker has kept one meanwhile, which then is the one."""
    sha256 = fingerprint(pdf)
    _, kept = Dokumentfil.objects.get_or_create(dokument=dokument, defaults={"pdf": pdf, "sha256": sha256})
    if kept:
        audit.record(None, PRINTED, dokument, "Dokumentets PDF er lavet", sha256=sha256)
    return kept


def _cover(dokument: Dokument) -> dict:
    return {
        "art": dokument.art,
        "titel": dokument.titel,
        "person": dokument.person_id,
        "forseglet": dokument.forseglet,
    }


# --- Verify -------------------------------------------------------------------------------------------------------
def verify(dokument: Dokument) -> list[str]:
    """What is wrong with it, in words. An empty list: it is as it was sealed, so far as anybody can tell."""
    return problems(dokument, witnesses([dokument.pk]))


def problems(dokument: Dokument, seen: dict) -> list[str]:
    """The same for one of many, whose lines of history were read at once by `witnesses`."""
    found = []
    if fingerprint(dokument.indhold) != dokument.sha256:
        found.append("Teksten passer ikke til sit fingeraftryk.")
    found += _against_history(dokument, seen[SEALED, dokument.pk], dokument.sha256, "Historikken")
    found += _file_problems(dokument, seen[PRINTED, dokument.pk])
    try:
        text = json.loads(dokument.indhold)
        cover = _plain(_cover(dokument))
        if cover != {key: text[key] for key in cover}:
            found.append("Titel, person eller tid er en anden end den, der blev forseglet.")
        return found + (CHECKS[dokument.art](dokument, text["indhold"]) if dokument.art in CHECKS else [])
    except (ValueError, KeyError, TypeError):
        return [*found, "Teksten kan ikke læses."]


def _file_problems(dokument: Dokument, told: set[str]) -> list[str]:
    fil = getattr(dokument, "fil", None)
    if fil is None:
        return ["PDF'en er væk."] if told else []
    found = [] if fingerprint(bytes(fil.pdf)) == fil.sha256 else ["PDF'en passer ikke til sit fingeraftryk."]
    return found + _against_history(dokument, told, fil.sha256, "Historikken om PDF'en")


def _against_history(dokument: Dokument, told: set[str], sha256: str, what: str) -> list[str]:
    """A line may be gone when its time is up (core/migrations/0004_slettefrist.py), and not before."""
    if not told:
        return [] if dokument.forseglet < _history_begins() else [f"{what} mangler."]
    return [] if told == {sha256} else [f"{what} har et andet fingeraftryk."]


def _history_begins() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select nullif(slettegraense('core_haendelse'), '-infinity')")
        return cursor.fetchone()[0] or datetime.min.replace(tzinfo=UTC)


def witnesses(pks: Iterable[int]) -> dict[tuple[str, int], set[str]]:
    """The fingerprints that history holds of each of these documents."""
    lines = Haendelse.objects.filter(
        objekttype=Dokument._meta.label, objekt_id__in=list(pks), handling__in=[SEALED, PRINTED]
    )
    seen = defaultdict(set)
    for handling, pk, sha256 in lines.values_list("handling", "objekt_id", "data__sha256"):
        seen[handling, pk].add(sha256)
    return seen


def missing() -> list[int]:
    """Documents that history knows of, that are gone, and that no erasure has taken."""
    lines = Haendelse.objects.filter(objekttype=Dokument._meta.label)
    gone = lines.filter(handling=SEALED).exclude(objekt_id__in=Dokument.objects.values("pk"))
    return sorted(
        gone.exclude(objekt_id__in=lines.filter(handling="dokument.slettet").values("objekt_id")).values_list(
            "objekt_id", flat=True
        )
    )


# --- All of them --------------------------------------------------------------------------------------------------
CHUNK = 50  # with their PDFs; so the memory is the same for ten documents and for ten thousand
NIGHT = 2  # o'clock


def verify_all() -> Dokumentkontrol:
    found, files = [], 0
    pks = list(Dokument.objects.order_by("pk").values_list("pk", flat=True))
    for some in (pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK)):
        seen = witnesses(some)
        for dokument in Dokument.objects.filter(pk__in=some).select_related("fil").order_by("pk"):
            files += hasattr(dokument, "fil")
            found += [[dokument.pk, problem] for problem in problems(dokument, seen)]
    found += [[pk, "Dokumentet er væk."] for pk in missing()]
    return Dokumentkontrol.objects.create(dokumenter=len(pks), filer=files, problemer=found)


def verify_every_night() -> None:
    """Once a day, after two; later in the day when the machine was off."""
    moment = timezone.localtime()
    if moment.hour < NIGHT or Dokumentkontrol.objects.filter(tid__gte=midnight(moment.date())).exists():
        return
    if found := verify_all().problemer:
        log.error("%d problems with sealed documents: run manage.py verificer", len(found))


def last_check() -> Dokumentkontrol | None:
    return Dokumentkontrol.objects.first()

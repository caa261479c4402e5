"""Rows and bytes together: kept, read, scanned again, swept.

Bytes are written before their row and removed after it is gone for good, so that no row is ever without its bytes. What
a crash leaves between the two is found by `sweep_files`.
"""

import hashlib
import logging
import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Sum
from django.utils import timezone

from ..audit import record
from ..models import Fil
from . import scanner
from .disk import NoRoom, path_of, remove_bytes, write_bytes
from .examine import CheckedFile
from .reasons import WORDS
from .uses import MB

SWEEP_EVERY = timedelta(hours=1)
# A file whose row is still being written is no orphan; no transaction takes a day.
ORPHAN_AFTER = timedelta(days=1)
# More orphans than this are rather the files of another database than ours: nothing is removed.
MOST_ORPHANS = 0.5
SCANS_A_MINUTE = 50

log = logging.getLogger(__name__)


class Damaged(Exception):
    """The bytes are not there, or not those that were put away."""


@transaction.atomic
def keep(actor, checked: CheckedFile) -> Fil:
    """Puts the bytes away and answers the row. ValidationError: no room for it."""
    _check_day(actor, len(checked.data))
    fil = Fil(
        navn=checked.navn,
        art=checked.kind.key,
        stoerrelse=len(checked.data),
        sha256=checked.sha256,
        tilstand=checked.tilstand,
        oprettet_af=actor,
    )
    try:
        write_bytes(fil.lager, checked.data)
    except NoRoom as problem:
        log.error("A file could not be written: %s", problem)
        raise ValidationError(WORDS["ingen_plads"], code="ingen_plads") from problem
    fil.save()
    return fil


def _check_day(actor, more: int) -> None:
    """So that no single account can fill the disk."""
    if actor is None:
        return
    today = Fil.objects.filter(oprettet_af=actor, oprettet__gt=timezone.now() - timedelta(days=1))
    if (today.aggregate(sum=Sum("stoerrelse"))["sum"] or 0) + more > settings.FILE_DAILY_MB * MB:
        raise ValidationError(WORDS["dagsloft"], code="dagsloft")


def read(fil: Fil) -> bytes:
    try:
        data = path_of(fil.lager).read_bytes()
    except OSError as problem:
        raise Damaged(f"File {fil.pk} cannot be read: {problem.strerror}") from problem
    if hashlib.sha256(data).hexdigest() != fil.sha256:
        raise Damaged(f"File {fil.pk} has been changed on the disk")
    return data


# --- What happens by itself, each minute ---


def scan_waiting() -> None:
    """Files that came while the scanner was away, or before there was one."""
    if not settings.CLAMD_URL:
        return
    waiting = Fil.objects.filter(tilstand__in=[Fil.Tilstand.KARANTAENE, Fil.Tilstand.IKKE_SCANNET])
    for fil in waiting.order_by(F("forsoegt").asc(nulls_first=True), "pk")[:SCANS_A_MINUTE]:
        try:
            _scan(fil)
        except scanner.ScannerDown as problem:
            log.warning("The virus scanner does not answer: %s", problem)
            return


def _scan(fil: Fil) -> None:
    state, fund = fil.tilstand, ""
    try:
        fund = scanner.virus_in(read(fil))
        state = Fil.Tilstand.SMITTET if fund else Fil.Tilstand.REN
    except (scanner.NotScanned, Damaged) as problem:
        log.error("File %s could not be scanned: %s", fil.pk, problem)
    seen = Fil.objects.filter(pk=fil.pk, tilstand=fil.tilstand)
    if seen.update(tilstand=state, fund=fund[:100], forsoegt=timezone.now()) and fund:
        record(None, "fil.smittet", fil, "Virusscanneren fandt virus i en fil. Den er slettet.", fund=fund[:100])
        transaction.on_commit(lambda: remove_bytes([fil.lager]))


def sweep_files() -> None:
    """Once an hour: removes rows that nobody points to and bytes that no row knows, and says when bytes are gone."""
    root = Path(settings.FILE_ROOT)
    mark = root / "fejet"
    now = timezone.now().timestamp()
    if not root.is_dir() or (mark.exists() and now - mark.stat().st_mtime < SWEEP_EVERY.total_seconds()):
        return
    mark.touch()
    os.utime(mark, (now, now))
    forget_ownerless()
    there = {path.name: path for path in root.glob("??/*")}
    known = set(Fil.objects.exclude(tilstand=Fil.Tilstand.SMITTET).values_list("lager", flat=True))
    if missing := known - set(there):
        log.error("%s files are missing on the disk", len(missing))
    old = now - ORPHAN_AFTER.total_seconds()
    _remove_orphans([path for name, path in there.items() if name not in known and path.stat().st_mtime < old], there)


def _remove_orphans(orphans: list[Path], there: dict) -> None:
    if len(orphans) > max(20, MOST_ORPHANS * len(there)):
        log.error("%s of %s files have no row. Is this the right database? Nothing removed", len(orphans), len(there))
        return
    for path in orphans:
        path.unlink(missing_ok=True)


def forget_ownerless() -> None:
    """Whoever pointed to them is gone, perhaps erased: so must they be."""
    rows = Fil.objects.filter(oprettet__lt=timezone.now() - ORPHAN_AFTER)
    for model, field in owners():
        rows = rows.exclude(Exists(model._base_manager.filter(**{field: OuterRef("pk")})))
    rows.delete()


def owners() -> list[tuple]:
    """The models that point to a Fil, and by which field."""
    relations = [field for field in Fil._meta.get_fields(include_hidden=True) if field.auto_created]
    return [(each.related_model, each.field.name) for each in relations if not each.concrete]

"""Sealed evaluations in one file: ordered in a request, made by a worker, fetched, and forgotten.

As an allocation (elevforloeb/services/fordeling/koersel.py): the row is claimed by a conditional UPDATE, the worker
gives a sign of life each second, and where that stops the row is free again. One PDF at a time is in memory besides
the file.
"""

import logging
import time
import zipfile
from datetime import timedelta
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from elevforloeb.core import audit, bell, prints
from elevforloeb.core.models import Dokumentfil
from evaluering.models import Dokumentsamling, Evaluering
from evaluering.permissions import readable_evalueringer
from evaluering.queries.forseglede import sealed

log = logging.getLogger(__name__)

TASK = "evaluering.tasks.make_samling"
SILENT = timedelta(minutes=2)  # without a sign of life
WAITED = timedelta(seconds=45)  # and nobody has begun
ATTEMPTS = 3  # one that takes the worker down with it is not tried for ever
KEPT = timedelta(hours=24)
S = Dokumentsamling.Status


class Stopped(Exception):
    """Somebody pressed Stop."""


def in_samling(samling: Dokumentsamling) -> QuerySet[Evaluering]:
    """The newest edition of each sealed evaluation that the one who asks may read."""
    rows = readable_evalueringer(samling.bestilt_af).filter(pk__in=sealed().values("pk"))
    about = {"elev__hold": samling.hold_id} if samling.hold_id else {"elev": samling.elev_id}
    return rows.filter(**about).order_by("elev__bruger__sortering", "forseglet", "pk")


@transaction.atomic
def order(actor, *, form: str, hold=None, elev=None) -> Dokumentsamling:
    samling = Dokumentsamling(hold=hold, elev=elev, bestilt_af=actor, form=form)
    samling.antal = in_samling(samling).count()
    if not samling.antal:
        raise ValidationError("Der er ingen forseglede evalueringer at samle endnu.")
    samling.save()
    text = f"{samling} bestilt samlet i en fil ({samling.antal})"
    audit.record(actor, "evaluering.samlet", hold or elev, text, samling=samling.pk)
    bell.ring_for_on_commit(TASK, samling.pk)
    return samling


def stop(samling: Dokumentsamling) -> None:
    """One that nobody has begun ends at once, a running one within a second."""
    rows = Dokumentsamling.objects.filter(pk=samling.pk)
    if not rows.filter(status=S.VENTER).update(status=S.STOPPET, slut=timezone.now()):
        rows.filter(status=S.KOERER).update(stop=True)


# --- The worker ---------------------------------------------------------------------------------------------------
def make(pk: int) -> None:
    rows = Dokumentsamling.objects.filter(pk=pk)
    if not rows.filter(status=S.VENTER).update(status=S.KOERER, puls=timezone.now(), gjort=0):
        return
    running = rows.filter(status=S.KOERER)
    try:
        content = _collect(rows.select_related("bestilt_af", "hold", "elev__bruger").get())
        running.update(status=S.FAERDIG, fil=content, gjort=F("antal"), slut=timezone.now())
    except Stopped:
        running.update(status=S.STOPPET, slut=timezone.now())
    except Exception:
        log.exception("Collection %s failed", pk)
        running.update(status=S.FEJLET, slut=timezone.now())


def _collect(samling: Dokumentsamling) -> bytes:
    parts = in_samling(samling).select_related("elev__bruger", "afdeling")
    Dokumentsamling.objects.filter(pk=samling.pk).update(antal=len(parts))
    file = Zip() if samling.form == Dokumentsamling.Form.ZIP else _joiner(str(samling))
    pulse = Pulse(samling.pk)
    for number, evaluering in enumerate(parts, start=1):
        pulse.beat(number - 1)
        prints.print_document(evaluering.dokument_id)  # where it has not been made yet
        file.add(str(evaluering), bytes(Dokumentfil.objects.get(dokument=evaluering.dokument_id).pdf))
    return file.finish()


def _joiner(titel: str):
    from elevforloeb.core.joined import Joiner  # its library is for the worker that joins, and for nobody else

    return Joiner(titel)


class Zip:
    """The same two words as Joiner. PDFs are compressed already."""

    def __init__(self):
        self.written = BytesIO()
        self.file = zipfile.ZipFile(self.written, "w", zipfile.ZIP_STORED)
        self.number = 0

    def add(self, titel: str, content: bytes) -> None:
        self.number += 1
        name = slugify(titel.lower().translate({ord("æ"): "ae", ord("ø"): "oe", ord("å"): "aa"}))[:90]
        entry = zipfile.ZipInfo(f"{self.number:03}-{name}.pdf", timezone.localtime().timetuple()[:6])
        self.file.writestr(entry, content)

    def finish(self) -> bytes:
        self.file.close()
        return self.written.getvalue()


class Pulse:
    """Tells the row how far it is and asks it whether somebody wants to stop, once a second at most."""

    def __init__(self, pk: int):
        self.rows = Dokumentsamling.objects.filter(pk=pk)
        self.due = 0.0

    def beat(self, gjort: int) -> None:
        if time.monotonic() < self.due:
            return
        self.rows.update(gjort=gjort, puls=timezone.now())
        if self.rows.filter(stop=True).exists():
            raise Stopped
        self.due = time.monotonic() + 1


# --- Every minute -------------------------------------------------------------------------------------------------
def tend_samlinger() -> None:
    """What is old goes; what a dead worker had begun waits again; what was not heard is rung for once more."""
    Dokumentsamling.objects.filter(slut__lt=timezone.now() - KEPT).delete()
    silent = Dokumentsamling.objects.filter(status=S.KOERER, puls__lt=timezone.now() - SILENT)
    silent.filter(forsoeg__gte=ATTEMPTS - 1).update(status=S.FEJLET, slut=timezone.now())
    silent.update(status=S.VENTER, forsoeg=F("forsoeg") + 1)
    for pk in _waiting():
        bell.ring_for_on_commit(TASK, pk)


def make_waiting() -> None:
    """Where there is no bell, the sweep itself makes them."""
    if not settings.REDIS_URL:
        for pk in _waiting():
            make(pk)


def _waiting() -> list[int]:
    rows = Dokumentsamling.objects.filter(status=S.VENTER, puls__lt=timezone.now() - WAITED)
    return list(rows.order_by("pk").values_list("pk", flat=True))

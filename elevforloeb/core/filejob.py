"""A file that somebody asks for and a worker makes: ordered in a request, followed, stopped, fetched, and forgotten.

The row is claimed by a conditional UPDATE, the worker gives a sign of life each second, and where that stops the row is
free again. The bell only says that there is work: what nobody heard is found by the sweep, once a minute.
"""

import logging
import time
from collections.abc import Callable
from datetime import timedelta

from django.db import connection, models
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from psycopg import Cursor, sql

from . import bell
from .dates import now

log = logging.getLogger(__name__)

SILENT = timedelta(minutes=2)  # without a sign of life
WAITED = timedelta(seconds=45)  # and nobody has begun
ATTEMPTS = 3  # one that takes the worker down with it is not tried for ever


class Stopped(Exception):
    """Somebody pressed Stop."""


class FileJob(models.Model):
    """The subclass says what is asked for, by whom, and what the file is called."""

    class Status(models.TextChoices):
        VENTER = "venter", "Venter"
        KOERER = "koerer", "Samler"
        FAERDIG = "faerdig", "Færdig"
        STOPPET = "stoppet", "Stoppet"
        FEJLET = "fejlet", "Fejlet"

    UNDERVEJS = [Status.VENTER, Status.KOERER]
    FIL_NAAR_FAERDIG = Q(status="faerdig", fil__isnull=False) | ~Q(status="faerdig") & Q(fil=None)

    status = models.CharField("status", max_length=10, choices=Status, default=Status.VENTER)
    antal = models.PositiveIntegerField("dele", default=0)
    gjort = models.PositiveIntegerField("samlet indtil nu", default=0)
    stop = models.BooleanField("stop ønsket", default=False)
    puls = models.DateTimeField("seneste livstegn", default=timezone.now)  # of the one who asked, then of the worker
    forsoeg = models.PositiveSmallIntegerField("forsøg, der gik i stå", default=0)
    oprettet = models.DateTimeField("bestilt", default=now)
    slut = models.DateTimeField("slut", null=True, blank=True)  # by the real clock: the file goes some time later
    fil = models.BinaryField("fil", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def er_undervejs(self) -> bool:
        return self.status in self.UNDERVEJS

    @property
    def har_ventet_laenge(self) -> bool:
        """So long that there may be no worker at all."""
        return self.status == self.Status.VENTER and timezone.now() - self.puls > SILENT

    @property
    def procent(self) -> int:
        return 100 * self.gjort // self.antal if self.antal else 0


S = FileJob.Status


def stop(job: FileJob) -> None:
    """One that nobody has begun ends at once, a running one within a second."""
    rows = type(job).objects.filter(pk=job.pk)
    if not rows.filter(status=S.VENTER).update(status=S.STOPPET, slut=timezone.now()):
        rows.filter(status=S.KOERER).update(stop=True)


# --- The worker ---------------------------------------------------------------------------------------------------
class Pulse:
    """Tells the row how far it is and asks it whether somebody wants to stop, once a second at most."""

    def __init__(self, job: FileJob):
        self.rows = type(job).objects.filter(pk=job.pk)
        self.due = 0.0

    def begin(self, antal: int) -> None:
        self.rows.update(antal=antal)

    def beat(self, gjort: int) -> None:
        if time.monotonic() < self.due:
            return
        self.rows.update(gjort=gjort, puls=timezone.now())
        if self.rows.filter(stop=True).exists():
            raise Stopped
        self.due = time.monotonic() + 1


def work(model: type[FileJob], pk: int, make: Callable[[FileJob, Pulse], bytes]) -> None:
    rows = model.objects.filter(pk=pk)
    if not rows.filter(status=S.VENTER).update(status=S.KOERER, puls=timezone.now(), gjort=0):
        return
    running = rows.filter(status=S.KOERER)
    try:
        job = rows.get()
        _store(model, pk, make(job, Pulse(job)))
    except Stopped:
        running.update(status=S.STOPPET, slut=timezone.now())
    except Exception:
        log.exception("%s %s failed", model.__name__, pk)
        running.update(status=S.FEJLET, slut=timezone.now())


def _store(model: type[FileJob], pk: int, content: bytes) -> None:
    """Sent as it is. Django writes values into the text of a statement, where a file takes eight times its size."""
    table, values = sql.Identifier(model._meta.db_table), [S.FAERDIG, content, timezone.now(), pk, S.KOERER]
    statement = sql.SQL("update {} set status = %s, fil = %b, gjort = antal, slut = %s where id = %s and status = %s")
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        cursor.execute(statement.format(table), values)


# --- Every minute -------------------------------------------------------------------------------------------------
def tend(model: type[FileJob], task: str, kept: timedelta) -> None:
    """What is old goes; what a dead worker had begun waits again; what was not heard is rung for once more."""
    model.objects.filter(slut__lt=timezone.now() - kept).delete()
    silent = model.objects.filter(status=S.KOERER, puls__lt=timezone.now() - SILENT)
    silent.filter(forsoeg__gte=ATTEMPTS - 1).update(status=S.FEJLET, slut=timezone.now())
    silent.update(status=S.VENTER, forsoeg=F("forsoeg") + 1)
    for pk in waiting(model):
        bell.ring_for_on_commit(task, pk)


def waiting(model: type[FileJob]) -> list[int]:
    rows = model.objects.filter(status=S.VENTER, puls__lt=timezone.now() - WAITED)
    return list(rows.order_by("pk").values_list("pk", flat=True))


# --- For people ---------------------------------------------------------------------------------------------------
def followed(request, job: FileJob, template: str, context: dict) -> HttpResponse:
    """The page of one job. htmx asks for the progress alone, and for the whole page when it is over."""
    if not request.htmx:
        return render(request, template, context)
    response = render(request, "komponenter/fremdrift.html", context)
    if not job.er_undervejs:
        response["HX-Refresh"] = "true"
    return response


def file_of(job: FileJob, filename: str) -> HttpResponse:
    kind = "application/zip" if filename.endswith(".zip") else "application/pdf"
    response = HttpResponse(bytes(job.fil), content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response

"""Solve an allocation, in the request or in a worker. The row says what there is to do and how far it is.

A row is claimed by a conditional UPDATE, and the one who solves it writes a sign of life each second. Where that stops,
the row is free again after two minutes. Two who solve the same row find the same answer, and the first writes it.
"""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from elevforloeb.core import audit, bell
from elevforloeb.core.dates import now
from elevforloeb.fordeling.maal import MAAL
from elevforloeb.fordeling.solver import Fremdrift, solve
from elevforloeb.models import Elev, Fordeling, Tildeling
from elevforloeb.queries.fordeling.instans import read_problem

from .svar import answer_rows, result_of, why_impossible

log = logging.getLogger(__name__)

TASK = "elevforloeb.tasks.solve_fordeling"
SECONDS = 500  # of solving; what is best then is the answer, and the page says that it is not proved
SILENT = timedelta(minutes=2)  # without a sign of life
WAITED = timedelta(seconds=45)  # and nobody has begun
ATTEMPTS = 3  # a problem that takes the worker down with it is not tried for ever
Status = Fordeling.Status


def solve_fordeling(pk: int) -> None:
    if not _claim(pk):
        return
    try:
        _solve(Fordeling.objects.select_related("runde__hold").get(pk=pk))
    except Exception:
        log.exception("Allocation %s failed", pk)
        _open(pk).update(status=Status.FEJLET, skridt="", slut=now())


def _open(pk: int):
    return Fordeling.objects.filter(pk=pk, status__in=[Status.VENTER, Status.KOERER])


def _claim(pk: int) -> bool:
    waiting = Fordeling.objects.filter(pk=pk, status=Status.VENTER)
    return bool(waiting.update(status=Status.KOERER, puls=timezone.now(), skridt="Læser ønsker og pladser"))


def _solve(fordeling: Fordeling) -> None:
    names = dict(Elev.objects.filter(hold=fordeling.runde.hold_id).values_list("pk", "bruger__navn"))
    problem = read_problem(fordeling.instans, names)
    pulse = Pulse(fordeling.pk)
    answer = solve(problem, progress=pulse.progress, stop=pulse.stop, seconds=SECONDS)
    stopped = answer.afbrudt and pulse.stopped
    if stopped and answer.mangler:
        return _write(fordeling.pk, Status.STOPPET, None, [])  # it had found nothing worth keeping
    result = result_of(problem, answer) | (why_impossible(problem, pulse) if answer.mangler else {})
    rows = answer_rows(fordeling, problem, answer, pulse)
    status = Status.UMULIG if answer.mangler else Status.FAERDIG
    _write(fordeling.pk, Status.STOPPET if stopped else status, result, rows)


@transaction.atomic
def _write(pk: int, status: str, resultat: dict | None, rows: list[Tildeling]) -> None:
    if _open(pk).update(status=status, resultat=resultat, fremdrift=100, skridt="", slut=now()):
        Tildeling.objects.bulk_create(rows, batch_size=1000)


class Pulse:
    """Tells the row how far it is and asks it whether somebody wants to stop, once a second at most."""

    def __init__(self, pk: int):
        self.row = Fordeling.objects.filter(pk=pk)
        self.news: dict = {}
        self.due = time.monotonic() + 1
        self.stopped = False

    def progress(self, state: Fremdrift) -> None:
        goal = MAAL[state.maal].navn if state.maal in MAAL else "Trækker lod mellem lige gode planer"
        self.say(goal, 80 * (state.nummer - 1) // state.antal)

    def say(self, skridt: str, fremdrift: int) -> None:
        self.news = {"skridt": skridt, "fremdrift": fremdrift}
        self.stop()

    def stop(self) -> bool:
        if not self.stopped and time.monotonic() >= self.due:
            self.row.update(puls=timezone.now(), **self.news)
            self.stopped = self.row.filter(stop=True).exists()
            self.due = time.monotonic() + 1
        return self.stopped


# --- stop, and start again ----------------------------------------------------------------------------------------


@transaction.atomic
def stop_fordeling(actor, *, fordeling: Fordeling) -> None:
    """One that nobody has begun ends at once; a running one ends within a second with the best it has found."""
    waiting = Fordeling.objects.filter(pk=fordeling.pk, status=Status.VENTER)
    if waiting.update(status=Status.STOPPET, slut=now()) or _open(fordeling.pk).update(stop=True):
        text = f"Fordelingen {fordeling} stoppet"
        audit.record(actor, "fordeling.stoppet", fordeling.runde.hold, text, fordeling=fordeling.pk)


def recover_lost_fordelinger() -> None:
    """What a dead worker had begun waits again; what waits and was not heard is rung for once more."""
    silent = Fordeling.objects.filter(status=Status.KOERER, puls__lt=timezone.now() - SILENT)
    for fordeling in silent:
        again = fordeling.forsoeg < ATTEMPTS
        Fordeling.objects.filter(pk=fordeling.pk, status=Status.KOERER, puls=fordeling.puls).update(
            status=Status.VENTER if again else Status.FEJLET, forsoeg=fordeling.forsoeg + 1, skridt="", fremdrift=0
        )
    for pk in _waiting():
        bell.ring_for_on_commit(TASK, pk)


def solve_waiting() -> None:
    """Where there is no bell, the sweep itself solves."""
    if not settings.REDIS_URL:
        for pk in _waiting():
            solve_fordeling(pk)


def _waiting() -> list[int]:
    rows = Fordeling.objects.filter(status=Status.VENTER, puls__lt=timezone.now() - WAITED)
    return list(rows.order_by("pk").values_list("pk", flat=True))

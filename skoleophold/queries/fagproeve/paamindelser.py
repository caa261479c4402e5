"""What an elev is reminded of on her way to the fagprøve."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from elevforloeb.core.dates import add_months, today
from elevforloeb.core.rules import Rules
from elevforloeb.models import Elev
from skoleophold.models import Fagproeveforsoeg

from .vej import S, behind, with_exam_day

BEFORE_HAND_IN = ("emne_senest", "problem_senest", "godkendt_senest", "data_senest", "afleveres")


def under_way(day: date) -> QuerySet[Fagproeveforsoeg]:
    rows = with_exam_day(Fagproeveforsoeg.objects.filter(vaerdi="", elev__in=Elev.objects.aktive(day)))
    return rows.exclude(fagproeve__runde=None).select_related("elev__bruger", "fagproeve__runde")


def due_reminders(now: Rules) -> Iterator[tuple[str, Fagproeveforsoeg, date]]:
    """The letter, to whom, and the date that it is about. In one statement."""
    day = now.day
    topic_from = add_months(day, now.fagproeve_emne_paamindelse_maaneder)
    writing_from = day + timedelta(days=now.fagproeve_skrive_paamindelse_dage)
    near = Q(fagproeve__runde__periode__startswith__lte=max(topic_from, writing_from))
    for row in under_way(day).filter(near | behind(day)):
        start, work = row.fagproeve.runde.startdato, row.fagproeve
        if work.status == S.EMNE and day < start <= topic_from:
            yield "fagproeve_emne", row, start
        if work.status != S.AFLEVERET and day < start <= writing_from:
            yield "fagproeve_skriveperiode", row, start
        if missed := [each for each in _dates(row) if each < day]:
            yield "fagproeve_bagud", row, max(missed)


def _dates(row: Fagproeveforsoeg) -> list[date]:
    """The dates of steps that are not done."""
    work, runde = row.fagproeve, row.fagproeve.runde
    order = [S.EMNE, S.SKRIVES, S.SENDT]
    found = [row.eksamensdag]
    if work.status in order:
        names = ["emne_senest", "problem_senest", "godkendt_senest"][order.index(work.status) :]
        found += [getattr(runde, name) for name in names]
    if work.status != S.AFLEVERET:
        found += [runde.afleveres] + [runde.data_senest] * (work.data_indsamlet is None)
    return [day for day in found if day]


def is_behind(forsoeg: Fagproeveforsoeg) -> bool:
    day = today()
    return under_way(day).filter(behind(day), pk=forsoeg.pk).exists()

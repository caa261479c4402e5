"""Oplæringserklæringer by themselves: a draft before each school period and the last one before the agreement ends.

Asks "what should exist by now?": it may run twice, late and after an outage. It sends no mail.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from elevforloeb.core import audit
from elevforloeb.core.dates import Periode
from elevforloeb.core.errors import create_checked
from elevforloeb.core.periods import DateRange
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev, Kalenderperiode
from evaluering.erklaeringstekst import draft
from evaluering.models import Oplaeringserklaering
from evaluering.queries.erklaeringsplan import adoptable, ends_soon, open_erklaeringer, orphans, school_soon
from evaluering.queries.grundlag import get_grundlag

S = Oplaeringserklaering.Status


@dataclass(frozen=True)
class Due:
    """What a declaration should say of its time and its deadline, as the calendar is now."""

    elev: Elev
    skole: Kalenderperiode | None
    periode: Periode
    frist: date


def prepare_erklaeringer() -> None:
    """The moved ones first, so that a school period that was written anew finds its declaration again."""
    now = rules()
    _adopt_orphans(now)
    _follow_the_calendar(now)
    _make_new(now)


def _make_new(now: Rules) -> None:
    ahead = now.day + timedelta(days=now.erklaering_kladde_dage)
    due = [*_before_school(school_soon(now.day, ahead), now), *_last_ones(ends_soon(now.day, ahead), now)]
    new = [
        Oplaeringserklaering(
            elev=each.elev,
            skole=each.skole,
            afsluttende=each.skole is None,
            periode=_range(each.periode),
            frist=each.frist,
            **draft(get_grundlag(each.elev, each.periode)),
        )
        for each in due
    ]
    create_checked(new)
    audit.record_many(None, "erklaering.oprettet", ((row.elev, f"{row} er klar som kladde", {}) for row in new))


def _before_school(rows: Iterable[Kalenderperiode], now: Rules) -> Iterator[Due]:
    for row in rows:
        if found := _before(row, now):
            yield found


def _before(row: Kalenderperiode, now: Rules) -> Due | None:
    """None: the elev has not been in training since she was at school, so there is nothing to tell."""
    begin = max(row.forrige_slut or row.elev.startdato, row.elev.startdato)
    if begin >= row.startdato:
        return None
    return Due(row.elev, row, Periode(begin, row.startdato), row.startdato - _ahead(now))


def _last_ones(elever: Iterable[Elev], now: Rules) -> Iterator[Due]:
    for elev in elever:
        begin = max(elev.forrige_slut or elev.startdato, elev.startdato)
        if begin < elev.slutdato:
            yield Due(elev, None, Periode(begin, elev.slutdato), elev.sidste_dag - _ahead(now))


def _ahead(now: Rules) -> timedelta:
    return timedelta(days=now.erklaering_frist_dage)


def _range(periode: Periode) -> DateRange:
    return DateRange(periode.startdato, periode.slutdato)


# --- What has moved -----------------------------------------------------------------------------------------------
def _follow_the_calendar(now: Rules) -> None:
    """Deadline and time of what is not signed yet. The text stays: somebody may have written in it."""
    moved = []
    for row in open_erklaeringer():
        if row.elev.stoppet and row.elev.stoppet <= (row.skole.startdato if row.skole else row.elev.sidste_dag):
            _lapse(row, "Eleven er stoppet")
        elif (due := _due(row, now)) and (row.frist, row.span) != (due.frist, due.periode):
            row.frist, row.periode = due.frist, _range(due.periode)
            moved.append(row)
    Oplaeringserklaering.objects.bulk_update(moved, ["frist", "periode"])
    audit.record_many(
        None, "erklaering.flyttet", ((row.elev, f"{row}: fristen følger kalenderen", {}) for row in moved)
    )


def _due(row: Oplaeringserklaering, now: Rules) -> Due | None:
    if row.skole:
        row.skole.elev, row.skole.forrige_slut = row.elev, row.forrige_slut
        return _before(row.skole, now)
    if not row.afsluttende:
        return None
    row.elev.forrige_slut = row.sidste_skole
    return next(_last_ones([row.elev], now), None)


def _adopt_orphans(now: Rules) -> None:
    """Its school period is gone. Written anew, it takes over; otherwise there is nothing to declare for."""
    for row in orphans():
        near = adoptable(row, now.day).first()
        if near:
            Oplaeringserklaering.objects.filter(pk=row.pk).update(skole=near)
        else:
            _lapse(row, "Skoleperioden er fjernet")


def _lapse(row: Oplaeringserklaering, why: str) -> None:
    if Oplaeringserklaering.objects.filter(pk=row.pk, status=row.status).update(status=S.BORTFALDET):
        audit.record(None, "erklaering.bortfaldet", row.elev, f"{row} er bortfaldet: {why}", erklaering=row.pk)

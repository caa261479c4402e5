"""When answers about a department may be counted: in batches, on fixed days, so that no two pictures differ by a few.

Who reads two pictures can subtract one from the other. So a question's answers enter on two days a year and only
together: those that are new since the last batch, if they come from enough different elever. Otherwise they wait for
the next day. A batch is counted once and kept as numbers; nothing that happens later to an answer (a correction, an
erasure) or to the rule changes a picture that somebody may have seen. Every picture is a row of whole batches from the
first, so that two pictures of a question differ by whole batches, which is nobody or at least the minimum.

Imports no Django.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

DAYS = ((1, 1), (7, 1))  # month and day on which answers enter


@dataclass(frozen=True)
class Bidrag:
    """One elev's answer about one stay. `forseglet`: when the first edition was; a later one does not enter again."""

    elev: int
    forseglet: date
    svar: str


@dataclass(frozen=True)
class Bundt:
    """Answers that have entered together, sealed before `til` and not in an earlier batch."""

    til: date
    elever: int
    svar: dict[str, int]


def batches(answers: Iterable[Bidrag], *, after: date | None, minimum: int, today: date) -> list[Bundt]:
    """What enters by today. `after`: the day of the newest batch that is kept already."""
    pending = sorted(
        (each for each in answers if after is None or each.forseglet >= after), key=lambda each: each.forseglet
    )
    found = []
    for day in _days(pending, after, today):
        ready = [each for each in pending if each.forseglet < day]
        if len({each.elev for each in ready}) >= minimum:
            found.append(Bundt(day, len({each.elev for each in ready}), dict(Counter(each.svar for each in ready))))
            pending = [each for each in pending if each.forseglet >= day]
    return found


def waiting(answers: Iterable[Bidrag], *, after: date | None) -> int:
    """How many elever have answered since the newest batch."""
    return len({each.elev for each in answers if after is None or each.forseglet >= after})


def last_day(today: date) -> date:
    """The newest of the fixed days."""
    return max(day for year in (today.year - 1, today.year) for day in _in_year(year) if day <= today)


def next_day(today: date) -> date:
    """The next of the fixed days, later than today."""
    return next(day for year in (today.year, today.year + 1) for day in _in_year(year) if day > today)


def _days(pending: list[Bidrag], after: date | None, today: date) -> Iterator[date]:
    """The fixed days from the first answer that waits until today."""
    if pending:
        for year in range(pending[0].forseglet.year, today.year + 1):
            yield from (day for day in _in_year(year) if pending[0].forseglet < day <= today and day != after)


def _in_year(year: int) -> list[date]:
    return [date(year, month, day) for month, day in DAYS]

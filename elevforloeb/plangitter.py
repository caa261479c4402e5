"""The paper of the planning board: columns of half a month, and where a period lies on them.

Stays begin on the 1st or the 16th. Other dates are rounded to the nearest of the two, for the drawing only.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from elevforloeb.core.dates import Periode, add_months, first_of_month

MOST_MONTHS = 36


@dataclass(frozen=True)
class Gitter:
    """`maaneder` whole months from `start`, which is the first of a month."""

    start: date
    maaneder: int

    @property
    def kolonner(self) -> int:
        return 2 * self.maaneder

    @cached_property  # asked once a bar
    def periode(self) -> Periode:
        return Periode(self.start, add_months(self.start, self.maaneder))

    @cached_property
    def alle_maaneder(self) -> tuple[date, ...]:
        first = 12 * self.start.year + self.start.month - 1
        return tuple(date(number // 12, number % 12 + 1, 1) for number in range(first, first + self.maaneder))

    def aar(self) -> list[tuple[int, int]]:
        """(year, columns) for the heading over the months."""
        return [(year, 2 * number) for year, number in Counter(m.year for m in self.alle_maaneder).items()]

    def kolonne(self, day: date) -> int:
        """The nearest border between two columns; may lie outside the paper."""
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        return 2 * months + (0 if day.day <= 8 else 1 if day.day <= 23 else 2)

    def spand(self, period: Periode) -> tuple[int, int] | None:
        """First column and the one after the last, cut at the edges; None when the period is outside."""
        if period.slutdato <= self.start or period.startdato >= self.periode.slutdato:
            return None
        first = min(max(self.kolonne(period.startdato), 0), self.kolonner - 1)
        return first, min(max(self.kolonne(period.slutdato), first + 1), self.kolonner)

    def kolonne_med(self, day: date) -> int:
        """The column that holds the day; may lie outside the paper."""
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        return 2 * months + (day.day > 15)


def paper(periods: Iterable[Periode]) -> Gitter:
    """The paper that holds all of them, in whole months, but not more than three years."""
    periods = list(periods)
    start = first_of_month(min(period.startdato for period in periods))
    end = max(period.sidste_dag for period in periods)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    return Gitter(start, min(months, MOST_MONTHS))


def lanes(spans: Iterable[tuple[int, int, object]]) -> list[list[tuple[int, int, object]]]:
    """Bars on as few rows as possible: each goes to the first row in which its columns are free."""
    rows: list[list] = []
    for first, end, thing in sorted(spans, key=lambda span: span[:2]):
        for row in rows:
            if row[-1][1] <= first:
                row.append((first, end, thing))
                break
        else:
            rows.append([(first, end, thing)])
    return rows


def with_blanks(row: Iterable[tuple[int, int, object]], columns: int) -> Iterator[tuple[int, object]]:
    """(columns, thing) from the left edge to the right; None where there is nothing."""
    cursor = 0
    for first, end, thing in row:
        if first > cursor:
            yield first - cursor, None
        yield end - first, thing
        cursor = end
    if cursor < columns:
        yield columns - cursor, None


def move_halves(day: date, halves: int) -> date:
    """The same place `halves` half months later (or earlier): the 1st and the 16th change places."""
    months, later_half = divmod(halves + (day.day > 15), 2)
    target = add_months(first_of_month(day), months)
    offset = day.day - (16 if day.day > 15 else 1)
    moved = target.replace(day=16 if later_half else 1) + timedelta(days=offset)
    last = add_months(target, 1) - timedelta(days=1)  # the 14th of February has no counterpart after the 28th
    return min(moved, last)

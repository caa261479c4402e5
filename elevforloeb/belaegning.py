"""How full an afdeling is over time: a sweep over the days where the number of elever or of places changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from elevforloeb.core.dates import Periode

Pladser = Iterable[tuple[Periode, int]]  # dated places; a day that no row covers has none
ALTID = Periode(date.min, date.max)


@dataclass(frozen=True)
class Belaegning:
    """A stretch of days with the same number of elever and of places."""

    periode: Periode
    elever: int
    pladser: int

    @property
    def ledige(self) -> int:
        return self.pladser - self.elever


def occupancy(periods: Iterable[Periode], places: Pladser = ()) -> Iterator[Belaegning]:
    """The whole time line, cut where something changes; stretches with neither elever nor places are left out."""
    change: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    for period in periods:
        change[period.startdato][0] += 1
        change[period.slutdato][0] -= 1
    for period, number in places:
        change[period.startdato][1] += number
        change[period.slutdato][1] -= number
    load = room = 0
    cuts = sorted(change)
    for start, end in pairwise(cuts):
        load += change[start][0]
        room += change[start][1]
        if load or room:
            yield Belaegning(Periode(start, end), load, room)


def peak_load(periods: Iterable[Periode]) -> int:
    return max((step.elever for step in occupancy(periods)), default=0)


def overbookings(periods: Iterable[Periode], places: Pladser) -> list[Belaegning]:
    return overbooked_stretches(occupancy(periods, places))


def overbooked_stretches(steps: Iterable[Belaegning]) -> list[Belaegning]:
    """One line per unbroken stretch with more elever than places, with the figures of its worst day."""
    found: list[Belaegning] = []
    for step in steps:
        if step.ledige >= 0:
            continue
        if found and found[-1].periode.slutdato == step.periode.startdato:
            worst = min(found[-1], step, key=lambda each: each.ledige)
            whole = Periode(found[-1].periode.startdato, step.periode.slutdato)
            found[-1] = Belaegning(whole, worst.elever, worst.pladser)
        else:
            found.append(step)
    return found


def free_places(periods: Iterable[Periode], places: Pladser, wanted: Periode) -> int:
    """How many more elever there is room for on every day of `wanted` (negative when it is overbooked)."""
    load = (part for period in periods if (part := period.overlap(wanted)))
    room = ((part, number) for period, number in places if (part := period.overlap(wanted)))
    steps = list(occupancy(load, room))
    least = min((step.ledige for step in steps), default=0)
    empty_days = wanted.days - sum(step.periode.days for step in steps)
    return min(least, 0) if empty_days else least

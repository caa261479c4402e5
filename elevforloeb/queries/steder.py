"""Stays as lists need them: plain tuples. Model objects of a stay, its department and its elevvejleder cost ten times
as much, and lists have many.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from elevforloeb.core.dates import Periode
from elevforloeb.models import Ophold


class Afdelingsnavn(NamedTuple):
    pk: int
    navn: str
    kortnavn: str
    farve: int


class Vejledernavn(NamedTuple):
    pk: int
    navn: str


class Sted(NamedTuple):
    """Where an elev is in a period."""

    elev_id: int
    span: Periode
    afdeling: Afdelingsnavn
    elevvejleder: Vejledernavn | None

    @property
    def startdato(self) -> date:
        return self.span.startdato

    @property
    def slutdato(self) -> date:
        return self.span.slutdato


class Elevsted(NamedTuple):
    """A stay, with what a line of its own says about the elev."""

    sted: Sted
    navn: str
    hold: int
    startdato: date  # of the agreement


FIELDS = ("elev_id", "periode__startswith", "periode__endswith", "elevvejleder_id", "elevvejleder__navn")
FIELDS += tuple(f"afdeling__{name}" for name in Afdelingsnavn._fields)


def steder_of(stays: QuerySet[Ophold]) -> dict[int, list[Sted]]:
    """By elev, in order of time."""
    found = defaultdict(list)
    for sted, *_ in _read(stays.order_by("periode")):
        found[sted.elev_id].append(sted)
    return found


def elevsteder(stays: QuerySet[Ophold]) -> list[Elevsted]:
    """In order of time and name."""
    stays = stays.order_by("periode", "elev__bruger__sortering")
    more = ("elev__bruger__navn", "elev__hold_id", "elev__periode__startswith")
    return [Elevsted(*row) for row in _read(stays, *more)]


def _read(stays: QuerySet[Ophold], *more: str) -> Iterator[tuple]:
    """Each stay, with the fields of `more`."""
    spans, afdelinger, length = {}, {}, len(FIELDS)
    for row in stays.values_list(*FIELDS, *more):
        elev, start, end, vejleder, navn, *afdeling = row[:length]
        span = spans.get((start, end)) or spans.setdefault((start, end), Periode(start, end))
        where = afdelinger.get(afdeling[0]) or afdelinger.setdefault(afdeling[0], Afdelingsnavn(*afdeling))
        yield Sted(elev, span, where, Vejledernavn(vejleder, navn) if vejleder else None), *row[length:]

"""Stays as lists need them: plain tuples. Model objects of a stay, its department and its elevvejleder cost ten times
as much, and there are thousands of them on the front page of the elevansvarlig.
"""

from collections import defaultdict
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


FIELDS = ("elev_id", "periode__startswith", "periode__endswith", "elevvejleder_id", "elevvejleder__navn")
FIELDS += tuple(f"afdeling__{name}" for name in Afdelingsnavn._fields)


def steder_of(stays: QuerySet[Ophold]) -> dict[int, list[Sted]]:
    """By elev, in order of time."""
    found, spans, afdelinger = defaultdict(list), {}, {}
    for elev, start, end, vejleder, navn, *afdeling in stays.order_by("periode").values_list(*FIELDS):
        span = spans.get((start, end)) or spans.setdefault((start, end), Periode(start, end))
        where = afdelinger.get(afdeling[0]) or afdelinger.setdefault(afdeling[0], Afdelingsnavn(*afdeling))
        found[elev].append(Sted(elev, span, where, Vejledernavn(vejleder, navn) if vejleder else None))
    return found

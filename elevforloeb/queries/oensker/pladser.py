"""What the departments of a round offer, and how much of their room the elever of other hold take."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

from afdelinger.models import Pladser
from elevforloeb.belaegning import free_places, peak_load
from elevforloeb.core.dates import Periode
from elevforloeb.models import Oenskerunde, Ophold, Udbud, Udbudssvar

from .runde import etaper_for

DATES = {"fra": "periode__startswith", "til": "periode__endswith"}


@dataclass(frozen=True)
class Plads:
    """One department in one stay of the round."""

    trin: int
    periode: Periode
    minimum: int
    maksimum: int
    andre: int  # elever of other hold on the fullest day
    ledige: int  # room on the fullest day, as the department's places say; negative when it is overbooked

    @property
    def for_mange(self) -> bool:
        """More is offered than there is room for."""
        return self.maksimum > max(self.ledige, 0)


@dataclass(frozen=True)
class Afdelingssvar:
    svar: Udbudssvar
    pladser: tuple[Plads, ...]

    @property
    def tilbyder(self) -> bool:
        return self.svar.svar == Udbudssvar.Svar.TILBYDER

    @property
    def i_alt(self) -> int:
        return sum(plads.maksimum for plads in self.pladser)

    @property
    def tilbudte(self) -> tuple[Plads, ...]:
        return tuple(plads for plads in self.pladser if plads.maksimum)


def answers_of(rows: QuerySet[Udbudssvar], runde: Oenskerunde) -> list[Afdelingssvar]:
    """Two queries, however many departments."""
    offers = Udbud.objects.filter(svar=OuterRef("pk")).values(row=JSONObject(**{n: n for n in _OFFER}))
    places = Pladser.objects.filter(afdeling=OuterRef("afdeling")).values(row=JSONObject(antal="antal", **DATES))
    rows = rows.filter(runde=runde).select_related("afdeling", "besvaret_af")
    answers = list(rows.annotate(tilbud=ArraySubquery(offers), antal_pladser=ArraySubquery(places)))
    load = _load(runde, [svar.afdeling_id for svar in answers])
    return [_answer(svar, runde, load[svar.afdeling_id]) for svar in answers]


_OFFER = ("trin", "minimum", "maksimum")


def _answer(svar: Udbudssvar, runde: Oenskerunde, load: list[Periode]) -> Afdelingssvar:
    svar.runde = runde
    offers = {row["trin"]: row for row in svar.tilbud}
    places = [(_periode(row), row["antal"]) for row in svar.antal_pladser]
    found = []
    for trin, days in etaper_for(svar).items():
        offer = offers.get(trin, {"minimum": 0, "maksimum": 0})
        here = [part for span in load if (part := span.overlap(days))]
        room = free_places(here, places, days)
        found.append(Plads(trin, days, offer["minimum"], offer["maksimum"], peak_load(here), room))
    return Afdelingssvar(svar, tuple(found))


def _load(runde: Oenskerunde, afdelinger: Iterable[int]) -> dict[int, list[Periode]]:
    """The published stays of all other hold in the days of the round."""
    days = list(runde.etaper.values())
    rows = Ophold.objects.within(days[0].startdato, days[-1].sidste_dag).filter(afdeling__in=afdelinger)
    found = defaultdict(list)
    for afdeling, start, end in rows.exclude(elev__hold=runde.hold_id).values_list("afdeling_id", *DATES.values()):
        found[afdeling].append(Periode(start, end))
    return found


def _periode(row: dict) -> Periode:
    end = row["til"]
    return Periode(date.fromisoformat(row["fra"]), date.fromisoformat(end) if end else date.max)

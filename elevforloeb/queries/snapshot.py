"""All elever of today and later with their stays, calendars and drafts: what the elevansvarlig's overview looks at.

Read in eight queries, however many elever there are, and as plain tuples, because there are thousands of rows.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, F, OuterRef, Subquery

from afdelinger.models import Afdeling
from elevforloeb.belaegning import Belaegning, overbookings
from elevforloeb.core.dates import Periode, today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev, Hold, Kalenderperiode, Ophold, Udkast, Udkastophold
from elevforloeb.proevetid import Proevetid

from . import figures
from .oensker.linjer import Rundetal, open_rounds
from .steder import Sted, steder_of


class Dage(NamedTuple):
    """Days away from the department. Equal for elever who go to school together."""

    art: str
    titel: str
    span: Periode

    def __str__(self):
        return self.titel or Kalenderperiode.Art(self.art).label


@dataclass(frozen=True)
class Snapshot:
    dag: date
    rules: Rules
    elever: list[Elev]  # each with har_ophold: in the past too
    steder: dict[int, list[Sted]]  # published stays that have not ended, by elev
    kalender: dict[int, tuple[Dage, ...]]  # school and absence, by elev
    afdelinger: list[Afdeling]  # each with pladser
    kladder: dict[int, list[Sted]]  # the stays of the newest draft of each hold, by elev
    runder: list[Rundetal]  # open rounds of wishes

    @cached_property
    def igang(self) -> list[Elev]:
        return [elev for elev in self.elever if self.dag in elev.span]

    @cached_property
    def hold(self) -> list[Hold]:
        """Those with elever from today on, the newest first."""
        found = {elev.hold_id: elev.hold for elev in self.elever}
        return sorted(found.values(), key=lambda hold: (hold.startdato, hold.navn), reverse=True)

    @cached_property
    def ophold(self) -> list[Sted]:
        """Published stays that have not ended, in the order of the elever."""
        return [stay for elev in self.elever for stay in self.steder.get(elev.pk, ())]

    @cached_property
    def elev_of(self) -> dict[int, Elev]:
        return {elev.pk: elev for elev in self.elever}

    @cached_property
    def hold_med_kladde(self) -> set[int]:
        return {self.elev_of[pk].hold_id for pk in self.kladder}

    @cached_property
    def som_planlagt(self) -> dict[int, list[Sted]]:
        """By department: the stays as they will be when the drafts are published."""
        found = defaultdict(list)
        drafts = [stay for stays in self.kladder.values() for stay in stays]
        kept = [stay for stay in self.ophold if self.elev_of[stay.elev_id].hold_id not in self.hold_med_kladde]
        for stay in kept + drafts:
            found[stay.afdeling.pk].append(stay)
        return found

    @cached_property
    def overbookede(self) -> list[tuple[Afdeling, Belaegning]]:
        """Departments that get more elever than places from today on, with the worst day of each stretch."""
        return [(afdeling, found) for afdeling in self.afdelinger for found in self._overbooked(afdeling)]

    def _overbooked(self, afdeling: Afdeling) -> list[Belaegning]:
        future = Periode(self.dag, date.max)
        spans = [stay.span for stay in self.som_planlagt.get(afdeling.pk, ())]
        load = [part for span in spans if (part := span.overlap(future))]
        return overbookings(load, [(row.span, row.antal) for row in afdeling.pladser.all()])

    def kalender_of(self, elev: Elev) -> tuple[Dage, ...]:
        return self.kalender.get(elev.pk, ())

    def proevetid(self, elev: Elev) -> Proevetid:
        """The same days at school, the same prøvetid: calculated once for most of a hold."""
        rows = self.kalender_of(elev)
        key = elev.startdato, rows
        return self._known.get(key) or self._known.setdefault(key, figures.proevetid(elev, rows, self.rules))

    @cached_property
    def _known(self) -> dict[tuple, Proevetid]:
        return {}


def take_snapshot() -> Snapshot:
    day = today()
    employed = Elev.objects.employed_from(day)
    har_ophold = Exists(Ophold.objects.filter(elev=OuterRef("pk")))
    return Snapshot(
        dag=day,
        rules=rules(),
        elever=list(employed.select_related("bruger", "hold").annotate(har_ophold=har_ophold)),
        steder=steder_of(Ophold.objects.filter(elev__in=employed, periode__endswith__gt=day)),
        kalender=_kalender(employed),
        afdelinger=list(Afdeling.objects.within(day).defer("beskrivelse", "elevens_rolle").prefetch_related("pladser")),
        kladder=steder_of(_drafts(employed, day)),
        runder=open_rounds(),
    )


def _kalender(elever) -> dict[int, tuple[Dage, ...]]:
    rows = Kalenderperiode.objects.filter(elev__in=elever).exclude(art=Kalenderperiode.Art.FERIE).order_by("periode")
    found, known = defaultdict(tuple), {}
    for elev, *what in rows.values_list("elev_id", "art", "titel", "periode__startswith", "periode__endswith"):
        art, titel, start, end = key = tuple(what)
        found[elev] += (known.get(key) or known.setdefault(key, Dage(art, titel, Periode(start, end))),)
    return found


def _drafts(elever, day: date):
    newest = Udkast.objects.filter(hold=OuterRef("udkast__hold")).order_by("-id").values("pk")[:1]
    stays = Udkastophold.objects.within(day).filter(elev__in=elever, elev__hold=F("udkast__hold"))
    return stays.filter(udkast=Subquery(newest))

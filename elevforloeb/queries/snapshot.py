"""All elever of today and later with their stays, calendars and drafts: what the elevansvarlig's overview looks at.

Read in seven queries, however many elever there are.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from afdelinger.models import Afdeling
from elevforloeb.belaegning import Belaegning, overbookings
from elevforloeb.core.dates import Periode, today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev, Hold, Ophold, Udkastophold

from .elever import COURSE


@dataclass(frozen=True)
class Snapshot:
    dag: date
    rules: Rules
    elever: list[Elev]  # each with alle_ophold and kalenderperioder
    afdelinger: list[Afdeling]  # each with pladser
    kladder: list[Udkastophold]

    @cached_property
    def igang(self) -> list[Elev]:
        return [elev for elev in self.elever if self.dag in elev.span]

    @cached_property
    def hold(self) -> list[Hold]:
        """Those with elever from today on, the newest first."""
        found = {elev.hold_id: elev.hold for elev in self.elever}
        return sorted(found.values(), key=lambda hold: (hold.startdato, hold.navn), reverse=True)

    @cached_property
    def ophold(self) -> list[Ophold]:
        """Published stays that have not ended."""
        return [stay for elev in self.elever for stay in elev.alle_ophold if stay.slutdato > self.dag]

    @cached_property
    def hold_med_kladde(self) -> dict[int, Hold]:
        return {stay.udkast.hold_id: stay.elev.hold for stay in self.kladder}

    @cached_property
    def som_planlagt(self) -> list:
        """The stays as they will be when the drafts are published: the newest draft stands for its hold."""
        newest = {}
        for stay in self.kladder:
            hold = stay.udkast.hold_id
            newest[hold] = max(newest.get(hold, 0), stay.udkast_id)
        drafts = [stay for stay in self.kladder if newest[stay.udkast.hold_id] == stay.udkast_id]
        hold_of = {elev.pk: elev.hold_id for elev in self.elever}
        return [stay for stay in self.ophold if hold_of[stay.elev_id] not in newest] + drafts

    @cached_property
    def overbookede(self) -> list[tuple[Afdeling, Belaegning]]:
        """Departments that get more elever than places from today on, with the worst day of each stretch."""
        return [(afdeling, found) for afdeling in self.afdelinger for found in self._overbooked(afdeling)]

    def _overbooked(self, afdeling: Afdeling) -> list[Belaegning]:
        future = Periode(self.dag, date.max)
        spans = [stay.span for stay in self.som_planlagt if stay.afdeling_id == afdeling.pk]
        load = [part for span in spans if (part := span.overlap(future))]
        return overbookings(load, [(row.span, row.antal) for row in afdeling.pladser.all()])


def take_snapshot() -> Snapshot:
    day = today()
    elever = Elev.objects.employed_from(day).select_related("bruger", "hold").prefetch_related(COURSE)
    return Snapshot(
        dag=day,
        rules=rules(),
        elever=list(elever.prefetch_related("kalenderperioder")),
        afdelinger=list(Afdeling.objects.within(day).prefetch_related("pladser")),
        kladder=list(
            Udkastophold.objects.within(day)
            .filter(elev__in=Elev.objects.employed_from(day))
            .select_related("udkast", "elev__hold", "elev__bruger", "afdeling")
        ),
    )

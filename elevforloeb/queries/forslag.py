"""A proposal for the base year of a hold, beside what is planned now."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from afdelinger.models import Afdeling
from elevforloeb.core.dates import Periode, today
from elevforloeb.placering import Placering
from elevforloeb.planregler import holes
from elevforloeb.rotation import Fastlagt, Rotation, propose_rotation

from .plan import Elevinfo, Holdplan
from .vejledere import turns


@dataclass(frozen=True)
class Forslagsophold:
    """One stage of one elev: what is proposed, and whether it stands there already."""

    periode: Periode
    afdeling: int
    fast: bool  # begun, or asked to be kept
    elevvejleder: int | None = None

    @property
    def vaelg_selv(self) -> bool:
        """Nobody is elevvejleder there in the whole period."""
        return self.elevvejleder is None and not self.fast


@dataclass(frozen=True)
class Elevforslag:
    """`nu` is what the draft has for the stages now, `ophold` what it would have."""

    elev: Elevinfo
    nu: tuple[Placering, ...]
    ophold: tuple[Forslagsophold, ...]

    @property
    def nye(self) -> list[Forslagsophold]:
        """What is proposed and not there already."""
        there = {_facts(stay) for stay in self.nu}
        return [stay for stay in self.ophold if _facts(stay) not in there]

    @property
    def aendrer(self) -> bool:
        return {_facts(stay) for stay in self.nu} != {_facts(stay) for stay in self.ophold}


def _facts(stay: Placering | Forslagsophold) -> tuple:
    return stay.periode, stay.afdeling, stay.elevvejleder


@dataclass(frozen=True)
class Planforslag:
    trin: tuple[Periode, ...]
    elever: tuple[Elevforslag, ...]
    rotation: Rotation

    @property
    def aendrer(self) -> bool:
        return any(each.aendrer for each in self.elever)


def propose_base_year(plan: Holdplan, *, behold: bool, seed: int | None = None) -> Planforslag:
    """Every elev once in each afdeling of the base year. What has begun stays; `behold` keeps all that is planned."""
    stages = tuple(days for days, art in plan.trin if art == Afdeling.Art.GRUND)
    afdelinger = [each for each in plan.plan.afdelinger if plan.afdelinger[each.id].art == Afdeling.Art.GRUND]
    in_time = [elev for elev in plan.plan.elever if stages and any(elev.aftale.overlap(days) for days in stages)]
    now = {elev.id: _stays_within(plan, elev.id, stages) for elev in in_time}
    kept = {elev: [stay for stay in stays if behold or _begun(stay)] for elev, stays in now.items()}
    settled = [pin for stays in kept.values() for pin in _pins(stays, stages)]
    rotation = propose_rotation(
        [elev.id for elev in in_time], afdelinger, stages, others=plan.plan.andre, settled=settled, seed=seed
    )
    found: dict[int, list[Placering]] = {elev.id: [] for elev in in_time}
    for stay in rotation.placeringer:
        found[stay.elev].append(stay)
    wanted = {elev.id: _fit(found[elev.id], kept[elev.id], elev.aftale) for elev in in_time}
    wanted = _with_vejledere(plan, now, wanted)
    elever = tuple(Elevforslag(plan.elever[elev.id], tuple(now[elev.id]), wanted[elev.id]) for elev in in_time)
    return Planforslag(stages, elever, rotation)


def _with_vejledere(plan: Holdplan, now: dict, wanted: dict) -> dict[int, tuple[Forslagsophold, ...]]:
    """Each proposed stay with its elevvejleder. A stay that is there already, and has one, keeps her."""
    own = {(stay.elev, stay.periode, stay.afdeling): stay.elevvejleder for stays in now.values() for stay in stays}
    replaced = {stay.id for stays in now.values() for stay in stays}
    turn = turns(plan, [stay for stay in plan.plan.placeringer if stay.id not in replaced])
    stays = [(stay, elev) for elev, proposed in wanted.items() for stay in proposed]
    for stay, elev in stays:
        turn.take(own.get((elev, stay.periode, stay.afdeling)), stay.periode)
    found: dict[int, list[Forslagsophold]] = {elev: [] for elev in wanted}
    for stay, elev in sorted(stays, key=lambda each: each[0].periode):  # in turn through a stage, then the next
        person = own.get((elev, stay.periode, stay.afdeling))
        if person is None and not stay.fast:
            person = turn.next(stay.afdeling, stay.periode)
            turn.take(person, stay.periode)
        found[elev].append(replace(stay, elevvejleder=person))
    return {elev: tuple(stays) for elev, stays in found.items()}


def _begun(stay: Placering) -> bool:
    return stay.startdato <= today()


def _stays_within(plan: Holdplan, elev: int, stages: Iterable[Periode]) -> list[Placering]:
    return [stay for stay in plan.index.by_elev[elev] if any(stay.periode.overlap(days) for days in stages)]


def _pins(stays: Iterable[Placering], stages: tuple[Periode, ...]) -> Iterable[Fastlagt]:
    """Each kept stay holds the stage in which it has most of its days."""
    for stay in stays:
        shared = [(part.days if (part := stay.periode.overlap(days)) else 0) for days in stages]
        yield Fastlagt(stay.elev, shared.index(max(shared)), stay.afdeling)


def _fit(proposed: list[Placering], kept: list[Placering], aftale: Periode) -> tuple[Forslagsophold, ...]:
    """What is kept, and of each proposed stay the longest part inside the agreement and beside what is kept."""
    stays = [Forslagsophold(stay.periode, stay.afdeling, fast=True) for stay in kept]
    taken = [stay.periode for stay in kept]
    for stay in proposed:
        if stay.afdeling in {each.afdeling for each in kept} or not (inside := stay.periode.overlap(aftale)):
            continue
        free = holes(inside, taken)
        if free:
            stays.append(Forslagsophold(max(free, key=lambda part: part.days), stay.afdeling, fast=False))
    return tuple(sorted(stays, key=lambda stay: stay.periode))

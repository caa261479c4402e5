"""A proposal for who is where in the base year: every elev once in each afdeling, as evenly as can be.

Where places are plenty and nothing is settled beforehand, the elever get the rows of Latin squares (`fair_orders`):
in every stage an afdeling then has n/k elever, rounded up or down, and every order of the afdelinger is used equally
often, give or take one. That needs no search and is right by construction.

Otherwise two exact steps find the plan:
1. `EvenLoads` decides how many elever each afdeling has in each stage: a cheapest flow, which is certain to break the
   places as little as possible and to be as even as possible after that.
2. The loads are taken apart into one order per elev. By Birkhoff's theorem that always succeeds for elever who are
   free. For elever with settled stays it can fail; then the elev is placed alone and the rest is counted again.
Step 1 is a bound for any plan, so `bevist` says honestly whether the plan is proved to be the best there is.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, islice, pairwise, permutations

from elevforloeb.belaegning import free_places
from elevforloeb.core.dates import Periode, add_months
from elevforloeb.placering import Placering
from elevforloeb.plandata import PlanAfdeling
from elevforloeb.rotation_flow import EvenLoads, Order, Picker, Room, cost, count_orders, count_pins

Pins = dict[int, dict[int, int]]  # per elev {stage: afdeling number}
MOST_ORDERS = 720  # how many orders are compared for fairness: all of them with up to six afdelinger
ATTEMPTS = 300  # attempts times elever: a small hold gets many, a large one few, and the time stays under a second


@dataclass(frozen=True)
class Fastlagt:
    """A stay that is settled beforehand: the proposal keeps it."""

    elev: int
    etape: int
    afdeling: int


@dataclass(frozen=True)
class Pladsmangel:
    """Where the proposal puts more elever than there are places, and how many more."""

    etape: int
    periode: Periode
    afdeling: int
    pladser: int


@dataclass(frozen=True)
class Rotation:
    """`mangler` is empty when there is room for all; `afvist` are settled stays that contradict something."""

    placeringer: tuple[Placering, ...] = ()
    mangler: tuple[Pladsmangel, ...] = ()
    afvist: tuple[Fastlagt, ...] = ()
    manglende_afdelinger: int = 0
    bevist: bool = True
    seed: int | None = None


def stage_periods(start: date, months: Iterable[int]) -> tuple[Periode, ...]:
    """The periods of a uddannelsesmodel: 4, 4, 4, 6, 6 months from the start."""
    cuts, total = [start], 0
    for number in months:
        total += number  # counted from the start, so that a start on the 31st does not slide
        cuts.append(add_months(start, total))
    return tuple(Periode(first, end) for first, end in pairwise(cuts))


def propose_rotation(
    elever: Sequence[int],
    afdelinger: Sequence[PlanAfdeling],
    stages: Sequence[Periode],
    *,
    others: Iterable[Placering] = (),
    settled: Iterable[Fastlagt] = (),
    seed: int | None = None,
) -> Rotation:
    """The same arguments give the same proposal; another seed deals the orders out to other elever."""
    if len(afdelinger) < len(stages):
        return Rotation(manglende_afdelinger=len(stages) - len(afdelinger), seed=seed)
    elever = list(elever)
    if seed is not None:
        random.Random(seed).shuffle(elever)  # noqa: S311 - to be fair, not secret
    pins, rejected = _sort_pins(settled, elever, [afdeling.id for afdeling in afdelinger], len(stages))
    if not elever or not stages:
        return Rotation(afvist=rejected, seed=seed)
    room = _room(afdelinger, stages, list(others))
    plan, proved = _simple_plan(elever, room, pins), True
    if plan is None:
        plan, proved = _counted_plan(elever, room, pins)
    placeringer = _placeringer(plan, afdelinger, stages)
    lacking = _lacking(plan, room, afdelinger, stages)
    return Rotation(placeringer, lacking, rejected, bevist=proved, seed=seed)


def fair_orders(afdelinger: int, stages: int) -> Iterator[Order]:
    """Every order of the afdelinger (by number), in groups of k that are the rows of a Latin square.

    Moving all of an order's numbers by 1, 2, … k-1 gives k orders that differ in every stage. Taken from the front and
    begun again at the end, no order is used twice more than another and no stage is more than one out of balance.
    """
    for rest in permutations(range(1, afdelinger), stages - 1):
        for shift in range(afdelinger):
            yield tuple((number + shift) % afdelinger for number in (0, *rest))


def _room(afdelinger: Sequence[PlanAfdeling], stages: Sequence[Periode], others: list[Placering]) -> Room:
    def places(afdeling: PlanAfdeling, stage: Periode) -> int | None:
        if not afdeling.aaben.covers(stage):
            return None
        load = [stay.periode for stay in others if stay.afdeling == afdeling.id]
        return max(0, free_places(load, afdeling.pladser, stage))

    return [[places(afdeling, stage) for afdeling in afdelinger] for stage in stages]


def _sort_pins(settled, elever, afdelinger: list[int], stages: int) -> tuple[Pins, tuple[Fastlagt, ...]]:
    """Per elev {stage: afdeling number}, and the settled stays that no plan can keep."""
    pins: Pins = {elev: {} for elev in elever}
    rejected = []
    for pin in dict.fromkeys(settled):
        if pin.elev not in pins or pin.etape not in range(stages) or pin.afdeling not in afdelinger:
            rejected.append(pin)
            continue
        own, number = pins[pin.elev], afdelinger.index(pin.afdeling)
        if pin.etape in own or number in own.values():
            rejected.append(pin)
        else:
            own[pin.etape] = number
    return pins, tuple(rejected)


def _simple_plan(elever: list[int], room: Room, pins: Pins) -> dict[int, Order] | None:
    """The fair orders as they come, unless something is settled or an afdeling gets too full by it."""
    if any(pins.values()):
        return None
    orders = dict(zip(elever, cycle(fair_orders(len(room[0]), len(room))), strict=False))
    closed, over, _ = cost(count_orders(orders.values(), room), room)
    return None if closed or over else orders


def _counted_plan(elever: list[int], room: Room, pins: Pins) -> tuple[dict[int, Order], bool]:
    """The best of some attempts, each with the elever in another order; the first that is proved best ends it."""
    best: tuple = ()
    for attempt in range(max(1, ATTEMPTS // len(elever))):
        waiting = random.Random(attempt).sample(elever, len(elever)) if attempt else list(elever)  # noqa: S311
        plan, bound = _attempt(waiting, room, pins)
        price = cost(count_orders(plan.values(), room), room)
        if not best or price < best[0]:
            best = (price, plan)
        if price == bound:
            return plan, True
    return best[1], False


def _attempt(elever: list[int], room: Room, pins: Pins) -> tuple[dict[int, Order], tuple[int, ...]]:
    """A plan, and the cost that no plan can be below. Those with most settled come first: they have least to choose."""
    waiting = sorted(elever, key=lambda elev: -len(pins[elev]))
    plan: dict[int, Order] = {}
    usage = dict.fromkeys(islice(fair_orders(len(room[0]), len(room)), MOST_ORDERS), 0)
    picker = bound = None
    for place, elev in enumerate(waiting):
        if picker is None:
            reserved = count_pins([pins[other] for other in waiting[place:]], room)
            loads = EvenLoads(len(waiting) - place, count_orders(plan.values(), room), room, reserved)
            picker = Picker(loads.load, loads.number, reserved)
            bound = bound or cost(loads.load, room)
        order = _fairest(picker, usage, pins[elev])
        if order:
            picker.take(order, pins[elev])
        else:
            order = _alone(plan, room, pins[elev])
            picker = None  # the loads no longer hold: count again for those who are left
        usage[order] = usage.get(order, 0) + 1
        plan[elev] = order
    return plan, bound


def _fairest(picker: Picker, usage: dict[Order, int], settled: dict[int, int]) -> Order | None:
    """The least used order that fits; `usage` is not all there are when the afdelinger are many."""
    return min(picker.fitting(usage, settled), key=usage.get, default=None) or picker.any_order(settled)


def _alone(plan: dict[int, Order], room: Room, settled: dict[int, int]) -> Order:
    """The cheapest order for one elev beside those already placed, when the loads have none that keeps the pins."""
    used = count_orders(plan.values(), room)
    load = EvenLoads(1, used, room, count_pins([settled], room)).load
    return tuple(row.index(1) for row in load)


def _placeringer(plan: dict[int, Order], afdelinger, stages) -> tuple[Placering, ...]:
    return tuple(
        Placering(elev, afdelinger[number].id, stages[stage])
        for elev, order in sorted(plan.items())
        for stage, number in enumerate(order)
    )


def _lacking(plan: dict[int, Order], room: Room, afdelinger, stages) -> tuple[Pladsmangel, ...]:
    load = count_orders(plan.values(), room)
    return tuple(
        Pladsmangel(stage, stages[stage], afdelinger[number].id, missing)
        for stage, row in enumerate(load)
        for number, elever in enumerate(row)
        if (missing := elever - (room[stage][number] or 0)) > 0
    )

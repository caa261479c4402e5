"""The two exact steps behind `rotation`: even loads by a cheapest flow, and orders taken out of the loads.

Here elever, stages and afdelinger are numbers. A grid has a row per stage and a column per afdeling.
"""

from collections.abc import Iterable
from itertools import chain
from operator import sub

Order = tuple[int, ...]  # the afdeling of stage 0, 1, 2, …
Grid = list[list[int]]
Room = list[list[int | None]]  # places; None where the afdeling is closed

CLOSED, FULL, SETTLED = 10**9, 10**6, 10**12


def empty_grid(room: Room) -> Grid:
    return [[0] * len(row) for row in room]


def cost(load: Grid, room: Room) -> tuple[int, int, int]:
    """What a plan is judged by, the worst first: elever in closed afdelinger, elever without a place, unevenness."""
    cells = [cell for rows in zip(load, room, strict=True) for cell in zip(*rows, strict=True)]
    closed = sum(number for number, places in cells if places is None)
    over = sum(max(0, number - places) for number, places in cells if places is not None)
    return closed, over, sum(number * number for number, _ in cells)


class EvenLoads:
    """Spreads `number` elever over the afdelinger in every stage, beside those already `used`.

    Each next elev in a cell costs more than the one before (squares, and a lot more beyond the places), so a cheapest
    flow is a plan with the least `cost`. `reserved` elever are settled in their cell and always get in. No afdeling
    can have more than `number` in all its stages together, because nobody comes twice.
    """

    def __init__(self, number: int, used: Grid, room: Room, reserved: Grid):
        self.number, self.used, self.room, self.reserved = number, used, room, reserved
        self.load = empty_grid(room)
        self.visits = [0] * len(room[0])
        for stage in range(len(room)):
            for _ in range(number):
                self._place_one(stage)

    def _price(self, stage: int, afdeling: int, load: int) -> int:
        """The price of the elev that comes when there are `load` before."""
        if load < self.reserved[stage][afdeling]:
            return -SETTLED
        places = self.room[stage][afdeling]
        total = self.used[stage][afdeling] + load
        return 2 * total + 1 + (CLOSED if places is None else FULL if total >= places else 0)

    def _place_one(self, start: int):
        """Places one more elev in stage `start` on the cheapest path, which may push others along to make room."""
        entered, left = self._cheapest_paths(start)
        afdeling = min((price, number) for number, (price, _) in entered.items() if self.visits[number] < self.number)[
            1
        ]
        self.visits[afdeling] += 1
        while True:
            stage = entered[afdeling][1]
            self.load[stage][afdeling] += 1
            if stage == start:
                return
            afdeling = left[stage][1]
            self.load[stage][afdeling] -= 1

    def _cheapest_paths(self, start: int):
        """{afdeling: (price, stage it is entered from)} and {stage: (price, afdeling it is left for)}: Bellman-Ford."""
        entered: dict[int, tuple[int, int]] = {}
        left: dict[int, tuple[int, int | None]] = {start: (0, None)}
        queue = [start]
        for stage in queue:  # grows while it is walked
            for afdeling, load in enumerate(self.load[stage]):
                price = left[stage][0] + self._price(stage, afdeling, load)
                if afdeling in entered and price >= entered[afdeling][0]:
                    continue
                entered[afdeling] = (price, stage)
                for other, row in enumerate(self.load):
                    if not row[afdeling]:
                        continue
                    refund = price - self._price(other, afdeling, row[afdeling] - 1)
                    if other not in left or refund < left[other][0]:
                        left[other] = (refund, afdeling)
                        queue.append(other)
        return entered, left


class Picker:
    """Takes the loads apart, one elev's order at a time. `waiting` elever are left, `reserved` of them in a cell."""

    def __init__(self, load: Grid, waiting: int, reserved: Grid):
        self.load, self.waiting, self.reserved = load, waiting, reserved

    def fitting(self, orders: Iterable[Order], settled: dict[int, int]) -> list[Order]:
        must, choices = self._must(), [set(row) for row in self._choices(settled)]
        return [
            order
            for order in orders
            if all(afdeling in row for afdeling, row in zip(order, choices, strict=True)) and must.issubset(order)
        ]

    def any_order(self, settled: dict[int, int]) -> Order | None:
        """Some order that fits, by bipartite matching; it exists for every free elev (Birkhoff).

        With fewer stages than afdelinger the afdelinger that nobody goes to are matched with stages that are not
        there; one that every waiting elev must go to cannot be among them.
        """
        stages, afdelinger, must = len(self.load), len(self.load[0]), self._must()
        nobody = [number for number in range(afdelinger) if number not in must]
        taken_by = match(self._choices(settled) + [nobody] * (afdelinger - stages))
        if taken_by is None:
            return None
        stage_of = {stage: afdeling for afdeling, stage in taken_by.items()}
        return tuple(stage_of[stage] for stage in range(stages))

    def take(self, order: Order, settled: dict[int, int]):
        self.waiting -= 1
        for stage, afdeling in enumerate(order):
            self.load[stage][afdeling] -= 1
            self.reserved[stage][afdeling] -= settled.get(stage) == afdeling

    def _choices(self, settled: dict[int, int]) -> list[list[int]]:
        """Per stage the afdelinger with room for this elev beside those who are settled there."""
        taken = settled.values()
        return [
            [settled[stage]]
            if stage in settled
            else [number for number, free in enumerate(map(sub, *rows)) if free > 0 and number not in taken]
            for stage, rows in enumerate(zip(self.load, self.reserved, strict=True))
        ]

    def _must(self) -> set[int]:
        """The afdelinger that all who wait must go to, or the last of them could not get there in time."""
        return {number for number, column in enumerate(zip(*self.load, strict=True)) if sum(column) == self.waiting}


def match(choices: list[list[int]]) -> dict[int, int] | None:
    """{choice: row} with a choice of its own for every row (augmenting paths), or None when there is no such thing."""
    taken_by: dict[int, int] = {}

    def give(row: int, seen: set[int]) -> bool:
        for choice in choices[row]:
            if choice not in seen:
                seen.add(choice)
                if choice not in taken_by or give(taken_by[choice], seen):
                    taken_by[choice] = row
                    return True
        return False

    return taken_by if all(give(row, set()) for row in range(len(choices))) else None


def count_orders(orders: Iterable[Order], room: Room) -> Grid:
    return _count((enumerate(order) for order in orders), room)


def count_pins(pins: Iterable[dict[int, int]], room: Room) -> Grid:
    return _count((settled.items() for settled in pins), room)


def _count(cells: Iterable[Iterable[tuple[int, int]]], room: Room) -> Grid:
    grid = empty_grid(room)
    for stage, afdeling in chain.from_iterable(cells):
        grid[stage][afdeling] += 1
    return grid

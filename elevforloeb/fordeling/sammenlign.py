"""Two allocations side by side, and how the wishes of one were met."""

from collections import Counter
from dataclasses import dataclass

from elevforloeb.fordeling.problem import Fordeling, Id, Problem, Tildeling


@dataclass(frozen=True)
class Flytning:
    """What one elev has in one trin before and after; None: nothing."""

    elev: Id
    trin: int
    foer: Tildeling | None
    efter: Tildeling | None


@dataclass(frozen=True)
class Statistik:
    """`rang[n]` is how many stays are somebody's n-th wish. `uden_oensker` are stays of elever who gave none."""

    rang: dict[int, int]
    uoenskede: int
    uden_oensker: int
    mangler: int
    ikke_svaret: tuple[Id, ...]


def compare(before: Fordeling, after: Fordeling) -> list[Flytning]:
    """Only what differs, by elev and trin: those are the people to tell."""
    old = {(row.elev, row.trin): row for row in before.tildelinger}
    new = {(row.elev, row.trin): row for row in after.tildelinger}
    cells = sorted(old.keys() | new.keys(), key=lambda cell: (str(cell[0]), cell[1]))
    return [Flytning(*cell, old.get(cell), new.get(cell)) for cell in cells if _place(old, cell) != _place(new, cell)]


def _place(rows: dict, cell: tuple[Id, int]) -> Id | None:
    return rows[cell].afdeling if cell in rows else None


def statistics(problem: Problem, fordeling: Fordeling) -> Statistik:
    ranks = Counter(row.rang for row in fordeling.tildelinger)
    return Statistik(
        rang={rang: number for rang, number in sorted((r, n) for r, n in ranks.items() if r)},
        uoenskede=ranks[None],
        uden_oensker=ranks[0],
        mangler=len(fordeling.mangler),
        ikke_svaret=tuple(elev.id for elev in problem.elever if not elev.oensker),
    )

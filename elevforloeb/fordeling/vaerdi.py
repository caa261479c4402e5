"""What a finished allocation is worth on each goal, counted from the plan alone: knows nothing of the solver."""

from collections.abc import Iterable, Iterator

from elevforloeb.fordeling.indeks import Celle, Indeks
from elevforloeb.fordeling.maal import PLADS
from elevforloeb.fordeling.problem import Id, Tildeling

Rows = dict[Celle, Tildeling]


def value_of(goal: str, indeks: Indeks, tildelinger: Iterable[Tildeling]) -> int:
    """Less is better, for every goal. A missing stay counts as something that was not wished."""
    return COUNTERS[goal](indeks, {(row.elev, row.trin): row for row in tildelinger})


def _ranks(indeks: Indeks, rows: Rows) -> Iterator[tuple[Id, int | None]]:
    for cell in indeks.skal_fyldes:
        yield cell[0], (rows[cell].rang if cell in rows else None)


def _plads(indeks: Indeks, rows: Rows) -> int:
    return sum(cell not in rows for cell in indeks.skal_fyldes)


def _uoensket(indeks: Indeks, rows: Rows) -> int:
    return sum(rang is None for _, rang in _ranks(indeks, rows))


def _vaerste(indeks: Indeks, rows: Rows) -> int:
    """What is not wished is left out when a goal above has counted it."""
    counted = counts_unwished(indeks)
    ranks = [indeks.tal(rang) for _, rang in _ranks(indeks, rows) if counted or rang is not None]
    return max(ranks, default=0)


def counts_unwished(indeks: Indeks) -> bool:
    """Whether the worst rank is also about what is not wished at all."""
    goals = indeks.problem.maal
    return "uoensket" not in goals or goals.index("uoensket") > goals.index("vaerste")


def _rangsum(indeks: Indeks, rows: Rows) -> int:
    return sum(indeks.tal(rang) for _, rang in _ranks(indeks, rows))


def _byrde(indeks: Indeks, rows: Rows) -> int:
    return sum(indeks.elever[elev].byrde * indeks.tal(rang) for elev, rang in _ranks(indeks, rows))


def _oplaering(indeks: Indeks, rows: Rows) -> int:
    still_open = {elev.id: set(elev.aabne_maal) for elev in indeks.elever.values()}
    for row in rows.values():
        still_open[row.elev].difference_update(indeks.afdelinger[row.afdeling].maal)
    return sum(len(goals) for goals in still_open.values())


def _aendringer(indeks: Indeks, rows: Rows) -> int:
    """A stay that is planned now and is another after; one that leave takes out counts for every plan."""
    return sum(cell not in rows or rows[cell].afdeling != now for cell, now in indeks.nuvaerende.items())


COUNTERS = {
    PLADS: _plads,
    "uoensket": _uoensket,
    "vaerste": _vaerste,
    "rangsum": _rangsum,
    "byrde": _byrde,
    "oplaering": _oplaering,
    "aendringer": _aendringer,
}

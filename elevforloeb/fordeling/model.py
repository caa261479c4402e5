"""The problem as a linear model: columns, rows and what each goal costs. Knows no solver.

x[elev, trin, afdeling] is 1 when the elev comes there. Helpers beside it take their right value by themselves:
u[elev, trin] is left without a place, y[afdeling, trin] is used (where `mindst` is 2 or more), and what stays uncovered
of the oplæringsmål (daekning.py). Only x and y must be whole, and mostly come out so: the model is nearly a network.

In a large problem most x are about afdelinger that the elev never mentioned, and are all alike to most goals. They
are pooled: s[elev, trin] is "any other afdeling", z[afdeling, trin] how many come from the pool. That forgets a few
rules about single elever, so what is found is a bound, until `expand` (udfold.py) puts the x in for those who can
still be in the pool.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable

from elevforloeb.fordeling.indeks import Celle, Indeks
from elevforloeb.fordeling.lod import lots
from elevforloeb.fordeling.maal import PLADS
from elevforloeb.fordeling.problem import Id
from elevforloeb.fordeling.vaerdi import counts_unwished

INF = float("inf")
POOL_FROM = 20_000  # columns; below, pooling saves nothing


class Rows:
    """Rows of a sparse matrix, one after the other, as the solver wants them."""

    def __init__(self):
        self.start, self.index = array("i"), array("i")
        self.value, self.lower, self.upper = array("d"), array("d"), array("d")

    def add(self, columns: Iterable[int], lower: float, upper: float, extra: Iterable[tuple[int, float]] = ()) -> int:
        """`columns` count 1 each, `extra` what stands beside it. Gives the number of the row."""
        self.start.append(len(self.index))
        self.index.extend(columns)
        self.value.extend([1.0] * (len(self.index) - len(self.value)))
        for column, value in extra:
            self.index.append(column)
            self.value.append(value)
        self.lower.append(lower)
        self.upper.append(upper)
        return len(self.lower) - 1


class Model:
    def __init__(self, indeks: Indeks, *, pool: bool | None = None):
        self.indeks = indeks
        self.celler: list[Celle] = indeks.skal_fyldes
        self.muligheder = [indeks.muligheder(*cell) for cell in self.celler]
        self.pooled = sum(map(len, self.muligheder)) > POOL_FROM if pool is None else pool
        self.upper = array("d")
        self.rows = Rows()
        self.x: dict[int, tuple[int, Id]] = {}  # column: (number of the celle, afdeling)
        self.s: dict[int, int] = {}  # column: number of the celle
        self.rang: dict[int, int | None] = {}  # of every x and s
        self.own: list[list[int]] = [[] for _ in self.celler]  # per celle its x and s
        self.par: dict[tuple[Id, Id], list[int]] = defaultdict(list)  # (elev, afdeling): its x
        self._add_x()
        self.u = self.add_columns(len(self.celler))
        for u, cell in zip(self.u, self.celler, strict=True):
            self.upper[u] = cell not in indeks.laaste
        self.plads_row = [self.rows.add([*own, u], 1, 1) for own, u in zip(self.own, self.u, strict=True)]
        self.z: dict[Celle, int] = self._add_pool()
        self.brugt: dict[Celle, int] = {}  # y
        self.rum_rows: dict[Celle, list[int]] = self._add_room()
        self.par_row: dict[tuple[Id, Id], int] = {}
        self.add_different(self.rows, 0)
        self.udaekket: dict[int, int] = {}  # what a column costs of oplæringsmål: see daekning.py
        self.fast_udaekket = 0  # and how many that no column decides

    def add_columns(self, number: int, upper: float = 1.0) -> range:
        first = len(self.upper)
        self.upper.extend([upper] * number)
        return range(first, first + number)

    def add_x(self, number: int, afdeling: Id) -> int:
        column, (elev, trin) = self.add_columns(1)[0], self.celler[number]
        self.x[column] = number, afdeling
        self.rang[column] = self.indeks.rang_of(elev, trin, afdeling)
        self.own[number].append(column)
        self.par[elev, afdeling].append(column)
        return column

    def _add_x(self):
        for number, choices in enumerate(self.muligheder):
            for afdeling in choices:
                if not self._belongs_to_pool(number, afdeling):
                    self.add_x(number, afdeling)
            if len(self.own[number]) < len(choices):
                column = self.add_columns(1)[0]
                self.s[column] = number
                self.rang[column] = None if self.indeks.elever[self.celler[number][0]].oensker else 0
                self.own[number].append(column)

    def _belongs_to_pool(self, number: int, afdeling: Id) -> bool:
        elev, trin = self.celler[number]
        mentioned = (afdeling, trin) in self.indeks.rang[elev] or self.indeks.nuvaerende.get((elev, trin)) == afdeling
        return self.pooled and not mentioned and len(self.muligheder[number]) > 1

    def _add_pool(self) -> dict[Celle, int]:
        """Those in the pool come somewhere: one row per trin."""
        z: dict[Celle, int] = {}
        for trin in self.indeks.trin:
            pool = [column for column, number in self.s.items() if self.celler[number][1] == trin]
            if pool:
                there = {(afdeling, trin): self.add_columns(1, INF)[0] for afdeling in self.indeks.aabne[trin]}
                self.rows.add(pool, 0, 0, [(column, -1) for column in there.values()])
                z |= there
        return z

    def _add_room(self) -> dict[Celle, list[int]]:
        coming: dict[Celle, list[int]] = defaultdict(list)
        for column, (number, afdeling) in self.x.items():
            coming[afdeling, self.celler[number][1]].append(column)
        for cell, column in self.z.items():
            coming[cell].append(column)
        return {cell: self._add_places(cell, columns) for cell, columns in coming.items()}

    def _add_places(self, cell: Celle, columns: list[int]) -> list[int]:
        least, most = self.indeks.plads(*cell)
        rows = [self.rows.add(columns, -INF, most)]
        if least > 1:
            used = self.brugt[cell] = self.add_columns(1)[0]
            rows.append(self.rows.add(columns, 0, INF, [(used, -least)]))
            rows.append(self.rows.add(columns, -INF, 0, [(used, -most)]))
        return rows

    def add_different(self, rows: Rows, first: int):
        """Never the same afdeling twice; `first` is the number that the first of these rows gets."""
        for pair, columns in self.par.items():
            if len(columns) > 1 and pair not in self.par_row:
                self.par_row[pair] = first + rows.add(columns, -INF, self.indeks.most_visits(*pair))

    # --- goals ------------------------------------------------------------------------------------

    def no_cost(self) -> array:
        return array("d", bytes(8 * len(self.upper)))

    def cost(self, goal: str) -> array:
        """What one in each column costs; the worst rank is asked about with `worse_than` instead."""
        cost = self.no_cost()
        COSTS[goal](self, cost)
        return cost

    def offset(self, goal: str) -> int:
        """What `cost` leaves out because no plan can change it."""
        return {"aendringer": len(self.indeks.nuvaerende), "oplaering": self.fast_udaekket}.get(goal, 0)

    def worse_than(self, rang: int) -> list[int]:
        """The columns that are worse than this wish, as far as the goal of the worst rank counts them."""
        counted = counts_unwished(self.indeks) and rang < self.indeks.uoensket_rang
        worse = [column for column, own in self.rang.items() if (counted if own is None else own > rang)]
        return [*worse, *self.u] if counted else worse

    def cost_of_lots(self) -> array:
        """The last word: lots drawn from the seed and the ids, so that every run draws the same."""
        cost, draw = self.no_cost(), lots(self.indeks.problem.seed)
        for column, (number, afdeling) in self.x.items():
            cost[column] = draw(*self.celler[number], afdeling)
        return cost

    def add_rank_cost(self, cost: array, weight: Callable[[Id], int]):
        """A missing stay counts as something unwished."""
        worst = self.indeks.uoensket_rang
        for number, (elev, _) in enumerate(self.celler):
            factor = weight(elev)
            cost[self.u[number]] = factor * worst
            for column in self.own[number]:
                cost[column] = factor * self.indeks.tal(self.rang[column])


def _plads(model: Model, cost: array):
    for column in model.u:
        cost[column] = 1


def _uoensket(model: Model, cost: array):
    for column in model.u:
        cost[column] = 1
    for column, rang in model.rang.items():
        cost[column] = rang is None


def _rangsum(model: Model, cost: array):
    model.add_rank_cost(cost, lambda elev: 1)


def _byrde(model: Model, cost: array):
    model.add_rank_cost(cost, lambda elev: model.indeks.elever[elev].byrde)


def _oplaering(model: Model, cost: array):
    for column, weight in model.udaekket.items():
        cost[column] = weight


def _aendringer(model: Model, cost: array):
    for column, (number, afdeling) in model.x.items():
        if model.indeks.nuvaerende.get(model.celler[number]) == afdeling:
            cost[column] = -1


COSTS = {
    PLADS: _plads,
    "uoensket": _uoensket,
    "rangsum": _rangsum,
    "byrde": _byrde,
    "oplaering": _oplaering,
    "aendringer": _aendringer,
}

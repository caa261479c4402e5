"""The problem as a linear model: columns, rows and what each goal costs. Knows no solver.

x[elev, trin, afdeling] is 1 when the elev comes there. Beside it stand helpers that take their right value by themselves:
u[elev, trin] the trin is left without a place, w[elev] the elev gets something unwished, y[afdeling, trin] the afdeling
is used (only where `mindst` is 2 or more), c[elev, …] oplæringsmål that stay uncovered. Only x must be whole numbers; with
few exceptions they come out whole by themselves, because the model is nearly a network.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from elevforloeb.fordeling.indeks import Celle, Indeks
from elevforloeb.fordeling.lod import lots
from elevforloeb.fordeling.maal import PLADS
from elevforloeb.fordeling.problem import Id
from elevforloeb.fordeling.vaerdi import counts_unwished

INF = float("inf")


@dataclass
class Rows:
    """Rows of a sparse matrix, one after the other, as the solver wants them."""

    start: array = field(default_factory=lambda: array("i"))
    index: array = field(default_factory=lambda: array("i"))
    value: array = field(default_factory=lambda: array("d"))
    lower: array = field(default_factory=lambda: array("d"))
    upper: array = field(default_factory=lambda: array("d"))

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
    def __init__(self, indeks: Indeks):
        self.indeks = indeks
        self.celler: list[Celle] = indeks.skal_fyldes
        self.kolonner: list[tuple[int, Id]] = []  # x: (number of the celle, afdeling)
        self.rang: list[int | None] = []
        self.span: list[tuple[int, int]] = []  # per celle its first column of x and the one after its last
        self.upper = array("d")
        self.rows = Rows()
        self.par: dict[tuple[Id, Id], list[int]] = defaultdict(list)  # (elev, afdeling): its columns of x
        self.par_row: dict[tuple[Id, Id], int] = {}
        self._add_x()
        self.antal_x = len(self.kolonner)
        self.u = self._add_columns(len(self.celler))
        self._one_place_each()
        self.krav = self._room()
        self._different()
        self.w = self._unwished() if "uoensket" in indeks.problem.maal else {}
        self.c = self._uncovered() if "oplaering" in indeks.problem.maal else []

    def _add_columns(self, number: int, upper: float = 1.0) -> range:
        first = len(self.upper)
        self.upper.extend([upper] * number)
        return range(first, first + number)

    def _add_x(self):
        for number, (elev, trin) in enumerate(self.celler):
            first = len(self.kolonner)
            for afdeling in self.indeks.muligheder(elev, trin):
                self.par[elev, afdeling].append(len(self.kolonner))
                self.kolonner.append((number, afdeling))
                self.rang.append(self.indeks.rang_of(elev, trin, afdeling))
            self.span.append((first, len(self.kolonner)))
        self._add_columns(len(self.kolonner))

    def _one_place_each(self):
        for (first, end), u in zip(self.span, self.u, strict=True):
            self.rows.add([*range(first, end), u], 1, 1)

    def _room(self) -> dict[Celle, tuple[list[int], int]]:
        """`hoejst` per afdeling and trin; gives the columns of those with a minimum, for `broken_minimum`."""
        coming: dict[Celle, list[int]] = defaultdict(list)
        for column, (number, afdeling) in enumerate(self.kolonner):
            coming[afdeling, self.celler[number][1]].append(column)
        minima, self.brugt = {}, []
        for cell, columns in coming.items():
            least, most = self.indeks.plads(*cell)
            self.rows.add(columns, -INF, most)
            if least > 1:
                used = self._add_columns(1)[0]
                self.brugt.append(used)
                self.rows.add(columns, 0, INF, [(used, -least)])
                self.rows.add(columns, -INF, 0, [(used, -min(most, len(columns)))])
                minima[cell] = (columns, least)
        return minima

    def _different(self):
        """Never the same afdeling twice: where it is wished from the start, elsewhere when it happens (`twice`)."""
        for (elev, afdeling), columns in self.par.items():
            if len(columns) > 1 and any(self.rang[column] for column in columns):
                self.par_row[elev, afdeling] = self.rows.add(columns, -INF, self.most_visits(elev, afdeling))

    def most_visits(self, elev: Id, afdeling: Id) -> int:
        """1, but what is locked has happened."""
        cells = ((elev, trin) for trin in self.indeks.trin)
        return max(1, sum(self.indeks.laaste.get(cell) == afdeling for cell in cells))

    def _unwished(self) -> dict[Id, int]:
        """w is 1 as soon as one trin is filled with nothing wished."""
        w: dict[Id, int] = {}
        for number, (elev, _) in enumerate(self.celler):
            if elev not in w:
                w[elev] = self._add_columns(1)[0]
            wished = [column for column in range(*self.span[number]) if self.rang[column] is not None]
            self.rows.add([*wished, w[elev]], 1, INF)
        return w

    def _uncovered(self) -> list[tuple[int, int]]:
        """(column, how many goals it stands for): goals that the same afdelinger cover share a column."""
        teaches: dict[Id, frozenset] = self._teachers()
        found, self.haabloese = [], 0
        for elev in self.indeks.elever.values():
            groups: dict[tuple[int, ...], int] = defaultdict(int)
            for goal in set(elev.aabne_maal):
                places = teaches.get(goal, ())
                columns = tuple(sorted(c for afdeling in places for c in self.par.get((elev.id, afdeling), ())))
                if columns:
                    groups[columns] += 1
                else:
                    self.haabloese += 1
            for columns, weight in sorted(groups.items()):
                column = self._add_columns(1)[0]
                self.rows.add([*columns, column], 1, INF)
                found.append((column, weight))
        return found

    def _teachers(self) -> dict[Id, frozenset]:
        teaches: dict[Id, set] = defaultdict(set)
        for afdeling in self.indeks.afdelinger.values():
            for goal in afdeling.maal:
                teaches[goal].add(afdeling.id)
        return {goal: frozenset(places) for goal, places in teaches.items()}

    # --- goals ------------------------------------------------------------------------------------

    def no_cost(self) -> array:
        return array("d", bytes(8 * len(self.upper)))

    def offset(self, goal: str) -> int:
        """What no plan can change, and the costs therefore leave out."""
        return {"oplaering": self.haabloese, "aendringer": len(self.indeks.nuvaerende)}.get(goal, 0)

    def cost(self, goal: str) -> array:
        """What one in each column costs of the goal; the worst rank is asked about with `worse_than`."""
        cost = self.no_cost()
        if goal == PLADS:
            self._cost_u(cost, lambda elev: 1)
        elif goal == "uoensket":
            for column in self.w.values():
                cost[column] = 1
        elif goal == "rangsum":
            self._cost_rank(cost, lambda elev: 1)
        elif goal == "byrde":
            self._cost_rank(cost, lambda elev: self.indeks.elever[elev].byrde)
        elif goal == "oplaering":
            for column, weight in self.c:
                cost[column] = weight
        elif goal == "aendringer":
            for column, (number, afdeling) in enumerate(self.kolonner):
                if self.indeks.nuvaerende.get(self.celler[number]) == afdeling:
                    cost[column] = -1
        return cost

    def _cost_u(self, cost: array, weight) -> None:
        for u, (elev, _) in zip(self.u, self.celler, strict=True):
            cost[u] = weight(elev)

    def _cost_rank(self, cost: array, weight) -> None:
        worst = self.indeks.uoensket_rang
        self._cost_u(cost, lambda elev: weight(elev) * worst)
        for number, (elev, _) in enumerate(self.celler):
            factor = weight(elev)
            for column in range(*self.span[number]):
                rang = self.rang[column]
                cost[column] = factor * (worst if rang is None else rang)

    def worse_than(self, rang: int) -> list[int]:
        """The columns that are worse than this wish, as far as the goal of the worst rank counts them."""
        counted = counts_unwished(self.indeks) and rang < self.indeks.uoensket_rang
        worse = [c for c, own in enumerate(self.rang) if (counted if own is None else own > rang)]
        return [*worse, *self.u] if counted else worse

    def cost_of_lots(self) -> array:
        """The last word: lots drawn from the seed and the ids, so that every run draws the same."""
        cost = self.no_cost()
        draw = lots(self.indeks.problem.seed)
        for column, (number, afdeling) in enumerate(self.kolonner):
            cost[column] = draw(*self.celler[number], afdeling)
        return cost

    # --- answers ----------------------------------------------------------------------------------

    def chosen(self, x: list[float]) -> list[int]:
        return [column for column in range(self.antal_x) if x[column] > 0.5]

    def is_whole(self, x: list[float]) -> bool:
        return all(value < 1e-6 or value > 1 - 1e-6 for value in x[: self.antal_x])

    def broken_minimum(self, chosen: list[int]) -> bool:
        there = set(chosen)
        counts = ((sum(c in there for c in columns), least) for columns, least in self.krav.values())
        return any(0 < number < least for number, least in counts)

    def twice(self, x: list[float]) -> list[tuple[Id, Id]]:
        """(elev, afdeling) that are together more often than allowed and have no row against it yet."""
        used: dict[tuple[Id, Id], float] = defaultdict(float)
        for column in range(self.antal_x):
            if x[column] > 1e-6:
                number, afdeling = self.kolonner[column]
                used[self.celler[number][0], afdeling] += x[column]
        return [
            pair for pair, value in used.items() if pair not in self.par_row and value > self.most_visits(*pair) + 1e-6
        ]

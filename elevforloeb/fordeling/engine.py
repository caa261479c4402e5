"""HiGHS behind a few verbs: set a cost, minimise, keep what was reached. Only this and heltal.py know it.

Whoever solves imports them in that moment: with numpy it takes 35 MB, which a web worker has no use for.

Every goal is solved as a linear program first. Its dual prices say exactly which columns and rows every optimal
plan has at their bound (complementary slackness), and fixing those keeps the goal without a row that would spoil
the network.
"""

import math
from array import array
from collections.abc import Callable, Iterable

import highspy
from highspy import HighsModelStatus, HighsVarType, MatrixFormat, ObjSense

from elevforloeb.fordeling.daekning import Uncovered
from elevforloeb.fordeling.model import INF, Model
from elevforloeb.fordeling.pairs import WORSE, PairSearch
from elevforloeb.fordeling.step import DUAL, Step, Stopped
from elevforloeb.fordeling.udfold import Tilbygning, expand

TINY = 1e-6
ENUMERATION = 1 << 16  # a step of presolving that in HiGHS 1.15.1 loses plans, so that the best is not found
OPTIONS = {
    "output_flag": False,
    "parallel": "off",
    "random_seed": 0,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.9,  # every cost is a whole number
    "presolve_rule_off": ENUMERATION,
}

# Twice as fast as simplex on large problems, slower on small. It need only come near: simplex does the rest.
LARGE = {"solver": "ipm", "ipm_optimality_tolerance": 1e-4}


class Engine:
    def __init__(self, model: Model, stop: Callable[[], bool] = lambda: False):
        self.model, self.stop = model, stop
        self.cost = model.no_cost()
        self.row_lower, self.row_upper = model.rows.lower[:], model.rows.upper[:]
        self.lower, self.upper = model.no_cost(), model.upper[:]
        self.highs = highspy.Highs()
        for name, value in (OPTIONS | LARGE if model.pooled else OPTIONS).items():
            self.highs.setOptionValue(name, value)
        self._pass_model()
        self._listen()
        self.expanded = False
        self.pairs: dict[int, tuple[int, int]] = {}  # column: the two x that it stands for (pairs.py)
        self.search: PairSearch | None = None  # before the pairs that the best plans can have are columns
        self.complete = INF  # plans with a higher cost by the present goal may lack columns
        self.plan: list[float] | None = None  # the last one that was found: every later goal can begin from it
        self.used: list[int] | None = None  # columns above 0 in the last linear program: what is kept allows that much
        if not model.pooled:
            self.expand()

    def _pass_model(self):
        rows, columns = self.model.rows, len(self.upper)
        continuous = array("i", bytes(4 * columns))
        sizes = columns, len(rows.lower), len(rows.index), MatrixFormat.kRowwise.value, ObjSense.kMinimize.value, 0.0
        bounds = self.cost, self.lower, self.upper, rows.lower, rows.upper
        self.highs.passModel(*sizes, *bounds, rows.start, rows.index, rows.value, continuous)

    def _listen(self):
        def ask(event):
            if self.stop():
                event.interrupt()

        self.highs.cbSimplexInterrupt.subscribe(ask)
        self.highs.cbMipInterrupt.subscribe(ask)

    # --- minimising ---------------------------------------------------------------------------------

    def set_cost(self, cost: array):
        """Begins from nothing: the old basis is a bad place to start from for another goal."""
        self.cost, full = cost, cost[:]
        for pair, (one, other) in self.pairs.items():
            full[pair] += cost[one] + cost[other]
        self.highs.changeColsCost(len(full), array("i", range(len(full))), full)
        self.highs.clearSolver()

    def change_cost(self, columns: list[int], cost: float):
        """For a while, and the search goes on from where it is."""
        self.highs.changeColsCost(len(columns), array("i", columns), array("d", [cost] * len(columns)))

    def minimise(self) -> Step | None:
        """By the linear program. None when no plan keeps to what is kept."""
        if self._run() == HighsModelStatus.kInfeasible:
            return None
        solution, least = self.highs.getSolution(), self.highs.getInfo().objective_function_value
        x, value = self._spread(solution.col_value), math.ceil(least - TINY)
        self.used = [column for column, share in enumerate(x) if share > TINY]
        step = Step(self.cost, value, value, None, (list(solution.col_dual), list(solution.row_dual)), value - least)
        if step.is_tight and self._is_plan(x):
            step.chosen = self._chosen(x)
        return step

    def _spread(self, values: list[float]) -> list[float]:
        """A pair is the two x that it stands for."""
        x = list(values)
        for pair, (one, other) in self.pairs.items():
            if x[pair]:
                x[one] += x[pair]
                x[other] += x[pair]
        return x

    def minimise_whole(self, gap: float = 0.0) -> Step | None:
        """As `minimise`, but a plan. Only for an expanded model. `gap` is the share that it may cost too much."""
        self.highs.setOptionValue("mip_rel_gap", gap)
        if self.search:
            search, self.search = self.search, None
            step = search.minimise()
            self.complete = step.value + WORSE if step else INF
            return step
        step = self.minimise()
        return step and self.whole(step)

    def whole(self, relaxed: Step) -> Step | None:
        return relaxed if relaxed.chosen is not None else self._branch(relaxed)

    def _branch(self, relaxed: Step) -> Step | None:
        basis = self.highs.getBasis()
        self._set_kind(HighsVarType.kInteger)
        self._start_from_plan()
        try:
            if self._run() == HighsModelStatus.kInfeasible:
                return None
            return self._found(relaxed)
        except Stopped:
            feasible = self.highs.getInfo().primal_solution_status == 2
            raise Stopped(self._found(relaxed) if feasible else None) from None
        finally:
            self._set_kind(HighsVarType.kContinuous)
            self.highs.setBasis(basis)

    def _start_from_plan(self):
        if self.plan:
            start = highspy.HighsSolution()
            start.col_value = [*self.plan, *([0.0] * (len(self.upper) - len(self.plan)))]
            self.highs.setSolution(start)

    def _found(self, relaxed: Step) -> Step:
        info = self.highs.getInfo()
        value = round(info.objective_function_value)
        bound = min(value, math.ceil(info.mip_dual_bound - TINY))
        self.plan = list(self.highs.getSolution().col_value)
        chosen, slack = self._chosen(self._spread(self.plan)), relaxed.slack + value - relaxed.value
        return Step(self.cost, value, bound, chosen, relaxed.duals, slack)

    def _run(self) -> HighsModelStatus:
        if self.stop():
            raise Stopped
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == HighsModelStatus.kInterrupt:
            raise Stopped
        if status not in (HighsModelStatus.kOptimal, HighsModelStatus.kInfeasible, HighsModelStatus.kModelEmpty):
            raise RuntimeError(f"HiGHS: {self.highs.modelStatusToString(status)}")
        return status

    def _set_kind(self, kind: HighsVarType):
        columns = array("i", [*self.model.x, *self.pairs, *self.model.brugt.values()])
        self.highs.changeColsIntegrality(len(columns), columns, array("B", [int(kind)] * len(columns)))

    def _chosen(self, x: list[float]) -> list[int]:
        return [column for column in self.model.x if x[column] > 0.5]

    def _is_plan(self, x: list[float]) -> bool:
        """y need not be whole itself: where a minimum is kept, it may as well be 1."""
        if not self.expanded or any(TINY < x[column] < 1 - TINY for column in self.model.x):
            return False
        counts: dict = {}
        for column in self._chosen(x):
            number, afdeling = self.model.x[column]
            cell = afdeling, self.model.celler[number][1]
            counts[cell] = counts.get(cell, 0) + 1
        return all(counts.get(cell, least) >= least for cell, least in self._minima())

    def _minima(self):
        return ((cell, self.model.indeks.plads(*cell)[0]) for cell in self.model.brugt)

    # --- keeping ------------------------------------------------------------------------------------

    def keep(self, step: Step):
        """From now on only plans that are as good by this cost as `step`."""
        self.complete = INF
        if not step.is_tight:
            columns = [column for column, cost in enumerate(step.cost) if cost]
            self.add_row(columns, [step.cost[column] for column in columns], -INF, step.value)
        if step.value == 0 and all(cost >= 0 for cost in step.cost):
            self.close([column for column, cost in enumerate(step.cost) if cost])
        column_duals, row_duals = step.duals
        self._fix(column_duals, step.slack, self.lower, self.upper, self.highs.changeColsBounds)
        self._fix(row_duals, step.slack, self.row_lower, self.row_upper, self.highs.changeRowsBounds)

    def _fix(self, duals: list[float], slack: float, lower: array, upper: array, change: Callable):
        """One that is not at its bound costs its price more than the linear program did, and that is too much."""
        fixed, price = array("i"), slack + DUAL
        for number, dual in enumerate(duals):
            if -price < dual < price or lower[number] == upper[number]:
                continue
            if dual > 0:
                upper[number] = lower[number]
            else:
                lower[number] = upper[number]
            fixed.append(number)
        if fixed:
            change(len(fixed), fixed, array("d", [lower[i] for i in fixed]), array("d", [upper[i] for i in fixed]))

    def add_row(self, columns, values, least: float, most: float) -> int:
        row = dict(zip(columns, values, strict=True))
        for pair, halves in self.pairs.items():
            if value := row.get(pair, 0.0) + sum(row.get(half, 0.0) for half in halves):
                row[pair] = value
        self.highs.addRow(least, most, len(row), array("i", row), array("d", row.values()))
        self.row_lower.append(least)
        self.row_upper.append(most)
        return len(self.row_lower) - 1

    def drop_rows(self, first: int):
        """This row and all after it."""
        numbers = array("i", range(first, len(self.row_lower)))
        self.highs.deleteRows(len(numbers), numbers)
        del self.row_lower[first:], self.row_upper[first:]

    def basis(self):
        return self.highs.getBasis()

    def set_basis(self, basis):
        """Back to where a search left off, so that questions in between do not change what is found next."""
        self.highs.setBasis(basis)

    def close(self, columns: Iterable[int]):
        """Nobody gets these, nor a pair with one of them."""
        closed = set(columns)
        self.close_alone([*closed, *(pair for pair, halves in self.pairs.items() if not closed.isdisjoint(halves))])

    def close_alone(self, columns: list[int]):
        """Nobody gets these, except in a pair."""
        for column in columns:
            self.lower[column] = self.upper[column] = 0.0
        zeros = array("d", bytes(8 * len(columns)))
        if columns:
            self.highs.changeColsBounds(len(columns), array("i", columns), zeros, zeros)

    # --- growing ------------------------------------------------------------------------------------

    def expand(self):
        """From bounds to plans: the pool of the model is put out (udfold.py). Costs must be set again after."""
        if self.expanded:
            return
        self.expanded = True
        self._add(expand(self.model, self.lower, self.upper, self.row_lower))

    def cover(self):
        """What stays uncovered of oplæringsmål becomes columns (daekning.py). Costs must be set again after."""
        uncovered = Uncovered(self.model, self.lower, self.upper)
        self._add(uncovered.added)
        if uncovered.couples:
            self.search = PairSearch(self, uncovered.couples)

    def _add(self, added: Tilbygning):
        self._add_columns([*added.entries, *([[]] * added.plain)])
        rows = added.rows
        self.highs.addRows(len(rows.lower), rows.lower, rows.upper, len(rows.index), rows.start, rows.index, rows.value)
        self.row_lower.extend(rows.lower)
        self.row_upper.extend(rows.upper)
        self.close(added.closed)

    def _add_columns(self, entries: list[list[int]]):
        """Columns that the model has already, each with the rows it stands in."""
        start, index = array("i"), array("i")
        for rows in entries:
            start.append(len(index))
            index.extend(rows)
        number = len(start)
        zeros, ones = array("d", bytes(8 * number)), array("d", [1.0] * number)
        self.highs.addCols(number, zeros, zeros, ones, len(index), start, index, array("d", [1.0] * len(index)))
        self.upper.extend(ones)
        self.lower.extend(zeros)

    def add_pairs(self, pairs: list[tuple[int, int, int]]):
        """Two x, and what they leave uncovered: what the pair costs by the goal that is being solved."""
        start, index, value = array("i"), array("i"), array("d")
        for one, other, uncovered in pairs:
            column = self.model.add_columns(1)[0]
            self.pairs[column] = one, other
            self.model.udaekket[column] = uncovered
            self.cost.append(uncovered)
            start.append(len(index))
            for row, number in self._entries(one, other).items():
                index.append(row)
                value.append(number)
        number = len(pairs)
        costs, zeros = self.cost[len(self.cost) - number :], array("d", bytes(8 * number))
        ones = array("d", [1.0] * number)
        self.highs.addCols(number, costs, zeros, ones, len(index), start, index, value)
        self.upper.extend(ones)
        self.lower.extend(zeros)

    def _entries(self, *columns: int) -> dict[int, float]:
        """What these columns together have in the rows."""
        total: dict[int, float] = {}
        for column in columns:
            _, rows, values = self.highs.getColEntries(column)
            for row, value in zip(rows.tolist(), values.tolist(), strict=True):
                total[row] = total.get(row, 0.0) + value
        return total

"""HiGHS behind five verbs: set a cost, minimise, keep what was reached, force, and stop. The only module that knows it.

Every goal is solved as a linear program first. Its dual prices then say exactly which columns and rows every optimal plan
has at their bound (complementary slackness), and fixing those keeps the goal without adding a row that would spoil the
network. Only when a solution is not whole, or breaks a minimum, is it solved again with whole numbers.
"""

import math
from array import array
from collections.abc import Callable
from dataclasses import dataclass

import highspy
from highspy import HighsModelStatus, HighsVarType, MatrixFormat, ObjSense

from elevforloeb.fordeling.model import INF, Model

TINY = 1e-6
DUAL = 1e-5  # a price below is noise: costs are whole numbers and the matrix holds small ones
OPTIONS = {"output_flag": False, "parallel": "off", "random_seed": 0, "mip_rel_gap": 0.0, "mip_abs_gap": 0.9}


class Stopped(Exception):
    """Somebody asked for it, or time was up."""


@dataclass
class Step:
    """The best plan found for the cost that was set; nothing can be below `bound`."""

    chosen: list[int]
    value: int
    bound: int
    duals: tuple | None = None  # of columns and rows, when the linear program reaches `value`
    cost: array | None = None
    stopped: bool = False


class Engine:
    def __init__(self, model: Model, stop: Callable[[], bool] = lambda: False):
        self.model, self.stop = model, stop
        self.cost = array("d", bytes(8 * len(model.upper)))
        self.row_lower, self.row_upper = model.rows.lower[:], model.rows.upper[:]
        self.lower, self.upper = array("d", bytes(8 * len(model.upper))), model.upper[:]
        self.highs = highspy.Highs()
        for name, value in OPTIONS.items():
            self.highs.setOptionValue(name, value)
        self._pass_model()
        self._listen()

    def _pass_model(self):
        rows, columns = self.model.rows, len(self.upper)
        whole = array("i", bytes(4 * columns))
        sizes = columns, len(rows.lower), len(rows.index), MatrixFormat.kRowwise.value, ObjSense.kMinimize.value, 0.0
        bounds = self.cost, self.lower, self.upper, rows.lower, rows.upper
        self.highs.passModel(*sizes, *bounds, rows.start, rows.index, rows.value, whole)

    def _listen(self):
        def ask(event):
            if self.stop():
                event.interrupt()

        self.highs.cbSimplexInterrupt.subscribe(ask)
        self.highs.cbMipInterrupt.subscribe(ask)

    # --- what to minimise, and doing it -------------------------------------------------------------

    def set_cost(self, cost: array):
        self.cost = cost
        self.highs.changeColsCost(len(cost), array("i", range(len(cost))), cost)

    def minimise(self) -> Step | None:
        """None when no plan keeps to what is forced and kept."""
        while True:
            if self._run() is HighsModelStatus.kInfeasible:
                return None
            solution = self.highs.getSolution()
            x = list(solution.col_value)
            if not self._forbid_twice(x):
                break
        value = self.highs.getInfo().objective_function_value
        duals = (list(solution.col_dual), list(solution.row_dual))
        chosen = self.model.chosen(x)
        if self.model.is_whole(x) and not self.model.broken_minimum(chosen):
            return Step(chosen, round(value), round(value), duals, self.cost)
        return self._minimise_whole(value, duals)

    def _run(self) -> HighsModelStatus:
        if self.stop():
            raise Stopped
        self.highs.run()
        status = self.highs.getModelStatus()
        if status is HighsModelStatus.kInterrupt:
            raise Stopped
        if status not in (HighsModelStatus.kOptimal, HighsModelStatus.kInfeasible):
            raise RuntimeError(f"HiGHS: {self.highs.modelStatusToString(status)}")
        return status

    def _minimise_whole(self, least: float, duals: tuple) -> Step | None:
        basis = self.highs.getBasis()
        self._set_whole(HighsVarType.kInteger)
        try:
            while True:
                if self._run() is HighsModelStatus.kInfeasible:
                    return None
                x = list(self.highs.getSolution().col_value)
                if not self._forbid_twice(x):
                    break
            info = self.highs.getInfo()
            value, bound = round(info.objective_function_value), math.ceil(info.mip_dual_bound - TINY)
        finally:
            self._set_whole(HighsVarType.kContinuous)
            if basis.valid and len(basis.row_status) == self.highs.getNumRow():
                self.highs.setBasis(basis)
        tight = value < least + TINY
        return Step(self.model.chosen(x), value, bound, duals if tight else None, self.cost)

    def _set_whole(self, kind: HighsVarType):
        columns = [*range(self.model.antal_x), *self.model.brugt]
        kinds = array("B", [int(kind)] * len(columns))
        self.highs.changeColsIntegrality(len(columns), array("i", columns), kinds)

    def _forbid_twice(self, x: list[float]) -> bool:
        """Rows that were left out of the model, for those who would come to the same afdeling twice."""
        pairs = self.model.twice(x)
        for pair in pairs:
            self.model.par_row[pair] = len(self.row_lower)
            self._add_row(self.model.par[pair], [1.0] * len(self.model.par[pair]), self.model.most_visits(*pair))
        return bool(pairs)

    def _add_row(self, columns: list[int], values: list[float], most: float):
        self.highs.addRow(-INF, most, len(columns), array("i", columns), array("d", values))
        self.row_lower.append(-INF)
        self.row_upper.append(most)

    # --- keeping and forcing ------------------------------------------------------------------------

    def keep(self, step: Step):
        """From now on only plans that are as good by this cost as `step`."""
        if step.duals is None:
            columns = [column for column, cost in enumerate(step.cost) if cost]
            self._add_row(columns, [step.cost[column] for column in columns], step.value)
            return
        column_duals, row_duals = step.duals
        self._fix(column_duals, self.lower, self.upper, self.highs.changeColsBounds)
        self._fix(row_duals, self.row_lower, self.row_upper, self.highs.changeRowsBounds)

    def _fix(self, duals: list[float], lower: array, upper: array, change):
        fixed = array("i")
        for number, dual in enumerate(duals):
            if lower[number] == upper[number] or -DUAL < dual < DUAL:
                continue
            if dual > 0:
                upper[number] = lower[number]
            else:
                lower[number] = upper[number]
            fixed.append(number)
        if fixed:
            change(len(fixed), fixed, array("d", [lower[i] for i in fixed]), array("d", [upper[i] for i in fixed]))

    def close(self, columns: list[int]):
        """Nobody gets these."""
        for column in columns:
            self.upper[column] = 0.0
        zeros = array("d", bytes(8 * len(columns)))
        if columns:
            self.highs.changeColsBounds(len(columns), array("i", columns), zeros, zeros)

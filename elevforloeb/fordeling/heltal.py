"""A small model in whole numbers, built column by column and row by row. Plans are found by engine.py."""

from collections.abc import Callable

import highspy

from elevforloeb.fordeling.engine import OPTIONS
from elevforloeb.fordeling.step import Stopped


class Heltal:
    def __init__(self, stop: Callable[[], bool] = lambda: False):
        self.highs = highspy.Highs()
        for name, value in OPTIONS.items():
            self.highs.setOptionValue(name, value)
        self.stop = stop
        self.highs.cbMipInterrupt.subscribe(lambda event: event.interrupt() if stop() else None)

    def column(self, cost: float = 0.0, most: float = 1.0) -> int:
        number = self.highs.getNumCol()
        self.highs.addVar(0.0, most)
        self.highs.changeColCost(number, cost)
        self.highs.changeColIntegrality(number, highspy.HighsVarType.kInteger)
        return number

    def row(self, entries: dict[int, float], lower: float, upper: float):
        self.highs.addRow(lower, upper, len(entries), list(entries), list(entries.values()))

    def minimise(self) -> list[float] | None:
        """None when there is no solution."""
        self.highs.run()
        status = self.highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInterrupt:
            raise Stopped
        solved = status in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty)
        return list(self.highs.getSolution().col_value) if solved else None

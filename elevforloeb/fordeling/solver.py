"""The best allocation: one goal after the other, each without giving up anything of those above it.

    fordeling = solve(problem, progress=print, stop=flag.is_set)

The answer is the same for the same problem, whatever order its rows stand in: the model is built in the order of the ids,
and where plans are equally good the lots decide, which are drawn from the seed and the ids.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from elevforloeb.fordeling.engine import Engine, Step, Stopped
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.maal import PLADS
from elevforloeb.fordeling.model import Model
from elevforloeb.fordeling.problem import Fordeling, Maaltal, Mangel, Problem
from elevforloeb.fordeling.vaerdi import value_of

VERSION = "1"  # changes whenever the same problem may get another answer
LOD = "lod"


@dataclass(frozen=True)
class Fremdrift:
    """Goal number `nummer` of `antal` is about to be solved."""

    nummer: int
    antal: int
    maal: str
    sekunder: float


def solve(
    problem: Problem,
    *,
    progress: Callable[[Fremdrift], None] = lambda state: None,
    stop: Callable[[], bool] = lambda: False,
    seconds: float | None = None,
) -> Fordeling:
    """Stopped, or after `seconds`, it answers with the best so far; `graense` says how far each goal is proved."""
    began = time.monotonic()
    run = Run(Indeks(problem), lambda: stop() or (seconds is not None and time.monotonic() - began > seconds))
    goals, steps = [*run.goals(), LOD], []
    stopped = False
    try:
        for number, goal in enumerate(goals, start=1):
            progress(Fremdrift(number, len(goals), goal, time.monotonic() - began))
            steps.append(run.solve(goal))
            run.keep(goal)
    except Stopped:
        stopped = True
    return run.answer(steps, time.monotonic() - began, stopped)


class Run:
    """One pass through the goals. `solve` and `keep` in turn; between them one may ask what else would cost."""

    def __init__(self, indeks: Indeks, stop: Callable[[], bool]):
        self.indeks = indeks
        self.model = Model(indeks)
        self.engine = Engine(self.model, stop)
        self.chosen: list[int] = []
        self.step: Step | None = None

    def goals(self) -> list[str]:
        return [PLADS, *self.indeks.problem.maal]

    def solve(self, goal: str) -> Step:
        self.step = self.solve_worst() if goal == "vaerste" else self.minimise(goal)
        self.chosen = self.step.chosen
        return self.step

    def minimise(self, goal: str) -> Step:
        self.engine.set_cost(self.model.cost_of_lots() if goal == LOD else self.model.cost(goal))
        return self.engine.minimise()

    def solve_worst(self) -> Step:
        """The lowest rank that nobody has to go below, by halving: does anybody have to be below the middle?"""
        low, high, chosen = 0, self.worst(self.chosen), self.chosen
        while low < high:
            middle = (low + high) // 2
            step = self.below(middle)
            if step.value == 0:
                high, chosen = self.worst(step.chosen), step.chosen
            else:
                low = middle + 1
        return Step(chosen, high, low)

    def below(self, rang: int) -> Step:
        """As few as possible below this wish."""
        cost = self.model.no_cost()
        for column in self.model.worse_than(rang):
            cost[column] = 1
        self.engine.set_cost(cost)
        return self.engine.minimise()

    def keep(self, goal: str):
        if goal == "vaerste":
            self.engine.close(self.model.worse_than(self.step.value))
        elif goal != LOD:
            self.engine.keep(self.step)

    def worst(self, chosen: list[int]) -> int:
        return value_of("vaerste", self.indeks, self.tildelinger(chosen))

    def tildelinger(self, chosen: list[int]) -> list:
        return list(self._rows(chosen))

    def _rows(self, chosen: list[int]) -> Iterator:
        for column in chosen:
            number, afdeling = self.model.kolonner[column]
            yield self.indeks.tildeling(*self.model.celler[number], afdeling)

    def answer(self, steps: list[Step], seconds: float, stopped: bool) -> Fordeling:
        rows = self.tildelinger(self.chosen)
        filled = {(row.elev, row.trin) for row in rows}
        missing = tuple(Mangel(*cell) for cell in self.model.celler if cell not in filled)
        bounds = {goal: step.bound for goal, step in zip(self.goals(), steps, strict=False)}
        tal = tuple(
            Maaltal(goal, value_of(goal, self.indeks, rows), self._bound(goal, bounds.get(goal)))
            for goal in self.goals()
        )
        seed = self.indeks.problem.seed
        return Fordeling(tuple(rows), missing, tal, seed, seconds, stopped, self.version())

    def _bound(self, goal: str, bound: int | None) -> int | None:
        return None if bound is None else bound + self.model.offset(goal)

    def version(self) -> str:
        return f"{VERSION} (HiGHS {self.engine.highs.version()})"

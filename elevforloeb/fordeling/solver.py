"""The best allocation: one goal after the other, each without giving up anything of those above it.

    fordeling = solve(problem, progress=print, stop=flag.is_set)

Goals are solved as linear programs, whose values are bounds that no plan can beat. Only at the end must the plan be
whole; when it is, it has all those values, and so every goal is proved at once. When it cannot be, some goal was
promised too much: then that goal is solved in whole numbers too, the last one first.

The answer is the same for the same problem, whatever order its rows stand in: the model is built in the order of
the ids, and where plans are equally good lots decide, which are drawn from the seed and the ids.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.maal import PLADS
from elevforloeb.fordeling.model import Model
from elevforloeb.fordeling.problem import Fordeling, Maaltal, Mangel, Problem, Tildeling
from elevforloeb.fordeling.step import Step, Stopped
from elevforloeb.fordeling.vaerdi import value_of

VERSION = "2"  # changes whenever the same problem may get another answer
LOD = "lod"
# In large problems lots choose among what is found at once; the model's order is drawn too, so nobody is favoured.
ROUGH_LOTS = 0.25
NEEDS_ALL = {"oplaering", LOD}  # goals to which the afdelinger of the pool are not alike


@dataclass(frozen=True)
class Fremdrift:
    """Goal number `nummer` of `antal` is about to be solved."""

    nummer: int
    antal: int
    maal: str
    sekunder: float


class Impossible(Exception):
    """No whole plan keeps what was promised for the goals above number `goal`."""

    def __init__(self, goal: int):
        self.goal = goal


def solve(
    problem: Problem,
    *,
    progress: Callable[[Fremdrift], None] = lambda state: None,
    stop: Callable[[], bool] = lambda: False,
    seconds: float | None = None,
    pool: bool | None = None,
) -> Fordeling:
    """Stopped, or after `seconds`, it answers with the best so far; `graense` says how far each goal is proved.

    `pool` is for tests: large problems pool what is alike, small ones do not.
    """
    began = time.monotonic()

    def over() -> bool:
        return stop() or (seconds is not None and time.monotonic() - began > seconds)

    def tell(run: Run, number: int, goal: str):
        progress(Fremdrift(number + 1, len(run.goals), goal, time.monotonic() - began))

    run, stopped = last_run(Indeks(problem), before=tell, stop=over, pool=pool)
    return run.answer(time.monotonic() - began, stopped)


Hook = Callable[["Run", int, str], None]


def last_run(indeks: Indeks, *, stop, before: Hook = lambda *_: None, after: Hook = lambda *_: None, pool=None):
    """The pass that found the plan, and why it stopped, if it did. `after` may ask what else would cost."""
    whole: frozenset[int] = frozenset()
    while True:
        run = Run(indeks, stop=stop, whole=whole, pool=pool)
        try:
            for number, goal in enumerate(run.goals):
                before(run, number, goal)
                run.solve(number)
                after(run, number, goal)
                run.keep(number)
        except Impossible as failed:
            whole = _more_whole(whole, failed.goal)
        except Stopped as stopped:
            return run, stopped
        else:
            return run, None


def is_possible(problem: Problem, gentager: frozenset = frozenset(), stop: Callable[[], bool] = lambda: False) -> bool:
    """Whether there is a place for everybody."""
    run, stopped = last_run(Indeks(replace(problem, maal=()), gentager), stop=stop)
    if stopped:
        raise stopped
    return run.bounds[PLADS] == 0


def _more_whole(whole: frozenset[int], failed: int) -> frozenset[int]:
    """The last goal before the failed one that was not solved in whole numbers; those after it get another chance."""
    last = max(goal for goal in range(failed) if goal not in whole)
    return frozenset({last, *(goal for goal in whole if goal < last)})


class Run:
    """One pass through the goals, `solve` and `keep` in turn; those in `whole` are solved in whole numbers at once."""

    def __init__(self, indeks: Indeks, *, stop=lambda: False, whole: frozenset[int] = frozenset(), pool=None):
        from elevforloeb.fordeling.engine import Engine

        self.indeks, self.whole = indeks, whole
        self.model = Model(indeks, pool=pool)
        self.engine = Engine(self.model, stop)
        self.goals = [PLADS, *indeks.problem.maal, LOD]
        self.first_whole = len(self.goals)  # from here the problem is small enough for whole numbers at once
        self.bounds: dict[str, int] = {}
        self.chosen: list[int] = []
        self.step: Step | None = None

    def solve(self, number: int):
        """The best by goal `number` among the plans that are best by those before it."""
        goal = self.goals[number]
        if goal in NEEDS_ALL:
            self.first_whole = min(self.first_whole, number)
        whole = number in self.whole or number >= self.first_whole
        if whole:
            self.engine.expand()
        if goal == "oplaering":
            self.engine.cover()
        rough = goal == LOD and self.model.pooled
        step = self._worst(whole) if goal == "vaerste" else self._minimise(lambda: self._cost(goal), whole, rough)
        if step is None:
            raise Impossible(number)
        self.step, self.bounds[goal] = step, step.bound
        if step.chosen is not None:
            self.chosen = step.chosen

    def keep(self, number: int):
        goal = self.goals[number]
        if goal == "vaerste":
            self.engine.close(self.model.worse_than(self.step.value))
        elif goal != LOD:
            self.engine.keep(self.step)

    def _cost(self, goal: str):
        return self.model.cost_of_lots() if goal == LOD else self.model.cost(goal)

    def _minimise(self, cost: Callable, whole: bool, rough: bool = False) -> Step | None:
        self.engine.set_cost(cost())
        step = None if whole else self.engine.minimise()
        if step and step.is_tight:
            return step
        self.engine.expand()  # the value is no whole number, so it is not the value of a plan
        self.engine.set_cost(cost())
        return self.engine.minimise_whole(ROUGH_LOTS if rough else 0.0)

    def _worst(self, whole: bool) -> Step | None:
        """The wish that nobody has to go below: from the lowest one in use down, as long as nobody has to."""
        lowest = self._lowest_in_use if not whole else lambda: self.indeks.uoensket_rang  # a plan may need more
        rang, best = lowest(), None
        while rang > 0:
            step = self._minimise(lambda rang=rang: self.cost_below(rang - 1), whole)
            if step is None:
                return None
            if step.value > 0:
                break
            rang, best = min(rang - 1, lowest()), step
        return Step(self.engine.cost, rang, rang, best.chosen if best else None)

    def _lowest_in_use(self) -> int:
        """By the last linear program, which kept all that is kept now: there is no need to ask whether one can."""
        used = set(self.engine.used)
        rang = self.indeks.uoensket_rang
        while rang > 0 and used.isdisjoint(self.model.worse_than(rang - 1)):
            rang -= 1
        return rang

    def cost_below(self, rang: int):
        cost = self.model.no_cost()
        for column in self.model.worse_than(rang):
            cost[column] = 1
        return cost

    # --- the answer ---------------------------------------------------------------------------------

    def answer(self, seconds: float, stopped: Stopped | None = None) -> Fordeling:
        if stopped and stopped.step:
            self.chosen = stopped.step.chosen
        rows = tuple(self.tildelinger(self.chosen))
        filled = {(row.elev, row.trin) for row in rows}
        missing = tuple(sorted((Mangel(*cell) for cell in self.model.celler if cell not in filled), key=_by_elev))
        tal = tuple(Maaltal(goal, value_of(goal, self.indeks, rows), self._bound(goal)) for goal in self.goals[:-1])
        version = f"{VERSION} (HiGHS {self.engine.highs.version()})"
        return Fordeling(rows, missing, tal, self.indeks.problem.seed, seconds, stopped is not None, version)

    def tildelinger(self, chosen: list[int]) -> list[Tildeling]:
        places = (self.model.x[column] for column in chosen)
        rows = [self.indeks.tildeling(*self.model.celler[number], afdeling) for number, afdeling in places]
        return sorted(rows, key=_by_elev)

    def _bound(self, goal: str) -> int | None:
        bound = self.bounds.get(goal)
        return None if bound is None else bound + self.model.offset(goal)


def _by_elev(row: Tildeling | Mangel):
    return isinstance(row.elev, str), row.elev, row.trin

"""Why an elev did not get the first wish: the plan is made again with that wish forced, and then something else is
worse.

The goals are walked as when the plan was made. At each, everybody still waiting for a reason is tried in turn; the
first goal that gets worse is the reason. Where none does, another plan was as good and the lots decided.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.maal import PLADS
from elevforloeb.fordeling.model import Model
from elevforloeb.fordeling.problem import Fordeling, Id, Problem, Tildeling
from elevforloeb.fordeling.solver import LOD, Run, last_run
from elevforloeb.fordeling.step import Step

# Beside the goals and LOD: the rules do not let the elev come there; and, in problems too large to ask for whole plans,
# that the goals together would be worse, but not which.
UMULIGT, SAMLET = "umuligt", "samlet"


@dataclass(frozen=True)
class Plads:
    """What a first wish was up against in one trin."""

    trin: int
    pladser: int
    oensket_af: int


@dataclass(frozen=True)
class Forklaring:
    """`maal` would have been `vaerdi` instead of `nu`. `anden_plan` is what that plan does otherwise, if known."""

    elev: Id
    afdeling: Id
    fik: tuple[Tildeling, ...]
    pladser: tuple[Plads, ...]
    maal: str
    nu: int = 0
    vaerdi: int = 0
    anden_plan: tuple[Tildeling, ...] = ()


def explain(
    problem: Problem,
    fordeling: Fordeling,
    *,
    elever: Iterable[Id] | None = None,
    progress: Callable[[int, int], None] = lambda done, all: None,
    stop: Callable[[], bool] = lambda: False,
    pool: bool | None = None,
) -> list[Forklaring]:
    """For those of `elever` (all) who have wishes and not the first of them. Stopped: those that were found by then."""
    indeks = Indeks(problem)
    waiting = [elev for elev in indeks.elever if missed_first(indeks, fordeling, elev)]
    if elever is not None:
        waiting = [elev for elev in waiting if elev in set(elever)]
    found = _first_worse(indeks, waiting, fordeling, progress, stop, pool)
    doubtful = [elev for elev, (goal, _, _) in found.items() if goal == SAMLET]
    if doubtful and not is_large(indeks):
        found |= _first_worse(indeks, doubtful, fordeling, progress, stop, pool=False, exactly=True)
    return [_forklaring(indeks, fordeling, elev, *found[elev]) for elev in waiting if elev in found]


def missed_first(indeks: Indeks, fordeling: Fordeling, elev: Id) -> bool:
    ranks = [row.rang for row in fordeling.tildelinger if row.elev == elev]
    return bool(indeks.elever[elev].oensker) and bool(ranks) and 1 not in ranks


def _first_worse(indeks, waiting, fordeling, progress, stop, pool, exactly=False) -> dict[Id, tuple]:
    """Per elev (goal, its value then, the other plan). SAMLET: a linear program promised what no plan can keep."""
    found: dict[Id, tuple] = {}

    def ask(run: Run, number: int, goal: str):
        if number == 0:
            found.clear()
        basis = run.engine.basis()
        for elev in waiting:
            if elev not in found:
                worse = Forced(run, goal, elev, fordeling, exactly).worse()
                if worse:
                    found[elev] = worse
                    progress(len(found), len(waiting))
        run.engine.set_basis(basis)

    last_run(indeks, after=ask, stop=stop, pool=pool)
    return found


class Forced:
    """One elev's first wish, forced on the plans that are still the best by the goals before this one."""

    def __init__(self, run: Run, goal: str, elev: Id, fordeling: Fordeling, exactly: bool):
        self.run, self.engine, self.goal, self.exactly = run, run.engine, goal, exactly
        self.best, self.fordeling = run.step.value, fordeling
        wish = run.indeks.elever[elev].oensker[0]
        trin = wish.trin or run.indeks.trin
        self.columns = [
            column
            for column in run.model.par.get((elev, wish.afdeling), ())
            if run.model.celler[run.model.x[column][0]][1] in trin
        ]

    def worse(self) -> tuple | None:
        """None while this goal is as good as without force."""
        if not self.columns:
            return UMULIGT, 0, ()
        if self.goal == "vaerste":
            self.engine.set_cost(self.run.cost_below(self.best))
        row = self.engine.add_row(self.columns, [1.0] * len(self.columns), 1, len(self.columns))
        try:
            return self._judged()
        finally:
            self.engine.drop_rows(row)

    def _judged(self) -> tuple | None:
        step = self._minimise(self.exactly or self.goal == LOD)
        if self.goal == PLADS and step is None:
            return UMULIGT, 0, ()
        if step and self.goal != LOD:
            if step.value <= (0 if self.goal == "vaerste" else self.best):
                return None
            # A plan here shows that the goals above could be kept; without one the linear programs promised too much.
            step = self._minimise(True)
        if step is None:
            return (UMULIGT if self.goal == PLADS else SAMLET), 0, ()
        if self.goal == LOD:
            return LOD, 0, self._changes()
        if self.goal == "vaerste":
            return self.goal, self._new_worst(), self._changes(0)
        return self.goal, step.value + self.run.model.offset(self.goal), self._changes(step.value)

    def _minimise(self, whole: bool) -> Step | None:
        return self.engine.minimise_whole() if whole and self.engine.expanded else self.engine.minimise()

    def _new_worst(self) -> int:
        rang, worse = self.best, True
        while worse:
            rang += 1
            self.engine.set_cost(self.run.cost_below(rang))
            worse = self._minimise(True).value > 0
        return rang

    def _changes(self, most: int | None = None) -> tuple[Tildeling, ...]:
        """What such a plan has to do differently at least. Only for problems small enough to ask for a whole plan."""
        if not self.engine.expanded:
            return ()
        limit, cost = None, self.engine.cost
        used = [column for column, each in enumerate(cost) if each]
        if most is not None and used:
            limit = self.engine.add_row(used, [cost[column] for column in used], -float("inf"), most)
        self.engine.set_cost(self._keeping())
        step = self.engine.minimise_whole()
        if limit is not None:
            self.engine.drop_rows(limit)
        self.engine.set_cost(cost)
        if step is None:
            return ()
        present = set(self.fordeling.tildelinger)
        return tuple(row for row in self.run.tildelinger(step.chosen) if row not in present)

    def _keeping(self):
        model, cost = self.run.model, self.run.model.no_cost()
        chosen = {(row.elev, row.trin): row.afdeling for row in self.fordeling.tildelinger}
        for column, (number, afdeling) in model.x.items():
            if chosen.get(model.celler[number]) == afdeling:
                cost[column] = -1
        return cost


def is_large(indeks: Indeks) -> bool:
    return Model(indeks).pooled


def _forklaring(
    indeks: Indeks, fordeling: Fordeling, elev: Id, goal: str | None, value: int, other: tuple
) -> Forklaring:
    wish = indeks.elever[elev].oensker[0]
    now = next((each.vaerdi for each in fordeling.maaltal if each.maal == goal), 0)
    got = tuple(row for row in fordeling.tildelinger if row.elev == elev)
    places = tuple(
        Plads(trin, indeks.plads(wish.afdeling, trin)[1], wanted_by(indeks, wish.afdeling, trin))
        for trin in wish.trin or indeks.trin
    )
    return Forklaring(elev, wish.afdeling, got, places, goal, now, value, other)


def wanted_by(indeks: Indeks, afdeling: Id, trin: int) -> int:
    """How many have the afdeling on their list for this trin."""
    return sum((afdeling, trin) in indeks.rang[elev] for elev in indeks.elever)

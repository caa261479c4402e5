"""Why an elev did not get a wish: the plan is made again with that wish forced, and then something else is worse.

Asked is about the highest wish that was not granted although something lower was. What the elev got above it is forced
too: nobody wants to hear that the second wish could be had for the first.

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
    """What a wish was up against in one trin."""

    trin: int
    pladser: int
    oensket_af: int


@dataclass(frozen=True)
class Forklaring:
    """With wish number `nummer`, `maal` would have been `vaerdi` instead of `nu`; at least, when not `eksakt`.

    `anden_plan` is what that plan does otherwise, if known.
    """

    elev: Id
    nummer: int
    afdeling: Id
    fik: tuple[Tildeling, ...]
    pladser: tuple[Plads, ...]
    maal: str
    nu: int = 0
    vaerdi: int = 0
    anden_plan: tuple[Tildeling, ...] = ()
    eksakt: bool = True


def explain(
    problem: Problem,
    fordeling: Fordeling,
    *,
    elever: Iterable[Id] | None = None,
    progress: Callable[[int, int], None] = lambda done, all: None,
    stop: Callable[[], bool] = lambda: False,
    pool: bool | None = None,
) -> list[Forklaring]:
    """For those of `elever` (all) who missed a wish. Stopped: those that were found by then."""
    indeks = Indeks(problem)
    waiting = missed_wishes(indeks, fordeling, indeks.elever if elever is None else elever)
    found = _first_worse(indeks, waiting, fordeling, progress, stop, pool)
    doubtful = {elev: waiting[elev] for elev, worse in found.items() if worse.maal == SAMLET}
    if doubtful and not is_large(indeks):
        found |= _first_worse(indeks, doubtful, fordeling, progress, stop, pool=False, exactly=True)
    return [_forklaring(indeks, fordeling, elev, waiting[elev], found[elev]) for elev in waiting if elev in found]


Rows = dict[int, Tildeling]  # what one elev got in each trin


def missed_wishes(indeks: Indeks, fordeling: Fordeling, elever: Iterable[Id]) -> dict[Id, int]:
    """Per elev who missed one, the number of the wish to ask about."""
    got: dict[Id, Rows] = {elev: {} for elev in indeks.elever}
    for row in fordeling.tildelinger:
        got[row.elev][row.trin] = row
    chosen = set(elever)
    numbers = {elev: _missed(indeks, elev, rows) for elev, rows in got.items() if elev in chosen}
    return {elev: number for elev, number in numbers.items() if number}


def _missed(indeks: Indeks, elev: Id, got: Rows) -> int | None:
    """The highest that was not granted, though it fits where something lower was. What was fixed is no matter of it."""
    granted = {row.rang for row in got.values()}
    for number, wish in enumerate(indeks.elever[elev].oensker, start=1):
        fits = wish.trin or indeks.trin
        if number not in granted and any(_could_be(indeks, row, number, fits) for row in got.values()):
            return number
    return None


def _could_be(indeks: Indeks, row: Tildeling, number: int, fits: Iterable[int]) -> bool:
    """The stay is lower than the wish, and neither begun nor decided beforehand."""
    fixed = (row.elev, row.trin) in indeks.laaste or row.afdeling in indeks.fastlagte.get((row.elev, row.trin), ())
    return not fixed and row.trin in fits and (row.rang is None or row.rang > number)


def is_about(indeks: Indeks, reason: Forklaring, row: Tildeling) -> bool:
    """The stay is one that the wish could have been."""
    return _could_be(indeks, row, reason.nummer, [each.trin for each in reason.pladser])


@dataclass(frozen=True)
class Vaerre:
    """The first goal that is worse with the wish, its value then, and what another plan does."""

    maal: str
    vaerdi: int = 0
    anden_plan: tuple[Tildeling, ...] = ()
    eksakt: bool = True


def _first_worse(indeks, waiting, fordeling, progress, stop, pool, exactly=False) -> dict[Id, Vaerre]:
    """Per elev. SAMLET: a linear program promised what no plan can keep."""
    found: dict[Id, Vaerre] = {}

    def ask(run: Run, number: int, goal: str):
        if number == 0:
            found.clear()
        basis = run.engine.basis()
        for elev in waiting:
            if elev not in found:
                worse = Forced(run, goal, elev, waiting[elev], fordeling, exactly).worse()
                if worse:
                    found[elev] = worse
                    progress(len(found), len(waiting))
        run.engine.set_basis(basis)

    last_run(indeks, after=ask, stop=stop, pool=pool)
    return found


class Forced:
    """One elev's wish, and what she got above it, forced on the plans that are still the best by the goals before."""

    def __init__(self, run: Run, goal: str, elev: Id, number: int, fordeling: Fordeling, exactly: bool):
        self.run, self.engine, self.goal, self.exactly = run, run.engine, goal, exactly
        self.best, self.fordeling = run.step.value, fordeling
        above = {row.rang for row in fordeling.tildelinger if row.elev == elev and row.rang and row.rang < number}
        self.wishes = [self._columns(elev, each) for each in sorted({*above, number})]

    def _columns(self, elev: Id, number: int) -> list[int]:
        model, wish = self.run.model, self.run.indeks.elever[elev].oensker[number - 1]
        return [column for column in model.par.get((elev, wish.afdeling), ()) if model.rang[column] == number]

    def worse(self) -> Vaerre | None:
        """None while this goal is as good as without force."""
        if not all(self.wishes):
            return Vaerre(UMULIGT)
        if self.goal == "vaerste":
            self.engine.set_cost(self.run.cost_below(self.best))
        rows = [self.engine.add_row(each, [1.0] * len(each), 1, len(each)) for each in self.wishes]
        try:
            return self._judged()
        finally:
            self.engine.drop_rows(rows[0])

    def _judged(self) -> Vaerre | None:
        step = self._minimise(self.exactly or self.goal == LOD)
        if self.goal == PLADS and step is None:
            return Vaerre(UMULIGT)
        if step and self.goal != LOD:
            if step.value <= (0 if self.goal == "vaerste" else self.best):
                return None
            # A plan here shows that the goals above could be kept; without one the linear programs promised too much.
            step = self._minimise(True)
        if step is None:
            return Vaerre(UMULIGT if self.goal == PLADS else SAMLET)
        if self.goal == LOD:
            return Vaerre(LOD, 0, self._changes())
        if step.value > self.engine.complete:
            return Vaerre(self.goal, self.engine.complete + 1 + self.run.model.offset(self.goal), (), False)
        exact = self.engine.expanded
        if self.goal == "vaerste":
            return Vaerre(self.goal, self._new_worst(), self._changes(0), exact)
        return Vaerre(self.goal, step.value + self.run.model.offset(self.goal), self._changes(step.value), exact)

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


def _forklaring(indeks: Indeks, fordeling: Fordeling, elev: Id, number: int, worse: Vaerre) -> Forklaring:
    wish = indeks.elever[elev].oensker[number - 1]
    now = next((each.vaerdi for each in fordeling.maaltal if each.maal == worse.maal), 0)
    got = tuple(row for row in fordeling.tildelinger if row.elev == elev)
    places = tuple(
        Plads(trin, indeks.plads(wish.afdeling, trin)[1], wanted_by(indeks, wish.afdeling, trin))
        for trin in wish.trin or indeks.trin
    )
    what = worse.maal, now, worse.vaerdi, worse.anden_plan, worse.eksakt
    return Forklaring(elev, number, wish.afdeling, got, places, *what)


def wanted_by(indeks: Indeks, afdeling: Id, trin: int) -> int:
    """How many have the afdeling on their list for this trin."""
    return sum((afdeling, trin) in indeks.rang[elev] for elev in indeks.elever)

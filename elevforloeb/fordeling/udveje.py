"""The cheapest changes after which there is a place for everybody: every rule may be broken, at a price.

Each way out is a set of changes that can be applied to the problem, and it has been: what does not work is not shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from elevforloeb.core.words import count_noun, join_words
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.model import INF
from elevforloeb.fordeling.problem import Id, Pladser, Problem
from elevforloeb.fordeling.solver import is_possible

MOST_WAYS = 3


class Skridt(StrEnum):
    PLADS = "plads"  # more places
    MINDST = "mindst"  # a lower minimum
    HAFT = "haft"  # the same afdeling again
    FASTLAGT = "fastlagt"  # drop a pin
    AABN = "aabn"  # open an afdeling that takes nobody
    FORBUD = "forbud"


# What a step costs the people who must ask for it: a place that there is room for is a phone call, inhabilitet is close
# to the law.
PRISER = {Skridt.PLADS: 10, Skridt.MINDST: 11, Skridt.HAFT: 25, Skridt.FASTLAGT: 30, Skridt.AABN: 40}
UDEN_RUM = 12  # more, for a place that the afdeling has not
FORBUDSPRIS = {"hensyn": 60, "inhabilitet": 1000}


@dataclass(frozen=True)
class Aendring:
    """`antal`: the places that are added or opened, or the new minimum."""

    skridt: Skridt
    elev: Id | None = None
    afdeling: Id | None = None
    trin: int | None = None
    antal: int = 0


@dataclass(frozen=True)
class Udvej:
    aendringer: tuple[Aendring, ...]
    pris: int
    tekst: str


def ways_out(problem: Problem, *, stop: Callable[[], bool] = lambda: False) -> Iterator[Udvej]:
    """At most three, the cheapest first. None holds another: what is more than one before it would be for nothing."""
    elastic = Elastic(Indeks(problem), stop)
    for _ in range(MOST_WAYS):
        changes = elastic.cheapest()
        if not changes:
            return
        if is_possible(apply_changes(problem, changes), stop=stop):
            yield Udvej(tuple(changes), elastic.price, ways_text(elastic.indeks, changes))


class Elastic:
    """One column for every placement, and one for every way to break a rule."""

    def __init__(self, indeks: Indeks, stop: Callable[[], bool]):
        from elevforloeb.fordeling.heltal import Heltal

        self.indeks, self.price = indeks, 0
        self.model = Heltal(stop)
        self.changes: dict[int, Aendring] = {}
        self.pris: dict[int, int] = {}
        self.most: dict[int, float] = {}
        self.coming: dict[tuple[Id, int], list[int]] = {}
        self.pairs: dict[tuple[Id, Id], list[int]] = {}
        for elev, trin in indeks.skal_fyldes:
            self._place(elev, trin)
        self._different()
        self._again_and_forbidden()
        for cell, columns in self.coming.items():
            self._room(cell, columns)

    def _step(self, change: Aendring, price: int, most: float = 1.0) -> int:
        column = self.model.column(price, most)
        self.changes[column], self.pris[column], self.most[column] = change, price, most
        return column

    def _place(self, elev: Id, trin: int):
        settled = self.indeks.laaste.get((elev, trin))
        columns = {}
        for afdeling in [settled] if settled is not None else self.indeks.afdelinger:
            column = columns[afdeling] = self.model.column()
            self.coming.setdefault((afdeling, trin), []).append(column)
            self.pairs.setdefault((elev, afdeling), []).append(column)
        self.model.row(dict.fromkeys(columns.values(), 1), 1, 1)
        if settled is None:
            self._pins(elev, trin, columns)

    def _pins(self, elev: Id, trin: int, columns: dict[Id, int]):
        for pinned in sorted(self.indeks.fastlagte.get((elev, trin), ()), key=str):
            drop = self._step(Aendring(Skridt.FASTLAGT, elev, pinned, trin), PRISER[Skridt.FASTLAGT])
            self.model.row({columns[pinned]: 1, drop: 1}, 1, INF)

    def _different(self):
        for pair, columns in self.pairs.items():
            if len(columns) > 1:
                self.model.row(dict.fromkeys(columns, 1), -INF, self.indeks.most_visits(*pair))

    def _again_and_forbidden(self):
        for row in self.indeks.problem.forbud:
            self._break(Aendring(Skridt.FORBUD, row.elev, row.afdeling), FORBUDSPRIS[row.art])
        if self.indeks.problem.ikke_igen:
            for elev in self.indeks.elever.values():
                for afdeling in sorted(set(elev.har_haft), key=str):
                    self._break(Aendring(Skridt.HAFT, elev.id, afdeling), PRISER[Skridt.HAFT])

    def _break(self, change: Aendring, price: int):
        columns = [
            column
            for column in self.pairs.get((change.elev, change.afdeling), [])
            if column not in self._locked_columns()
        ]
        if columns:
            broken = self._step(change, price)
            for column in columns:
                self.model.row({column: 1, broken: -1}, -INF, 0)

    def _locked_columns(self) -> set[int]:
        """Locked stays ask no rule."""
        if not hasattr(self, "_locked"):
            cells = self.indeks.laaste.items()
            self._locked = {
                column
                for (elev, trin), afdeling in cells
                for column in self.pairs[elev, afdeling]
                if column in self.coming[afdeling, trin]
            }
        return self._locked

    def _room(self, cell: tuple[Id, int], columns: list[int]):
        least, most = self.indeks.plads(*cell)
        coming, people = dict.fromkeys(columns, 1), len(self.indeks.elever)
        more = self._step(Aendring(Skridt.PLADS, None, *cell), PRISER[Skridt.PLADS], people)
        self.model.row(coming | {more: -1}, -INF, most)
        self._beyond(cell, most, more)
        if cell[0] not in self.indeks.aabne[cell[1]]:
            opened = self._step(Aendring(Skridt.AABN, None, *cell), PRISER[Skridt.AABN])
            self.model.row({more: 1, opened: -people}, -INF, 0)
        elif least > 1:
            used = self.model.column()
            lower = self._step(Aendring(Skridt.MINDST, None, *cell), PRISER[Skridt.MINDST], least - 1)
            self.model.row(coming | {used: -least, lower: 1}, 0, INF)
            self.model.row(coming | {used: -people}, -INF, 0)

    def _beyond(self, cell: tuple[Id, int], most: int, more: int):
        """Places that there is no room for cost more."""
        offer = self.indeks.pladser.get(cell)
        if offer is not None and offer.rum is not None:
            beyond = self.model.column(UDEN_RUM, self.most[more])
            self.pris[beyond] = UDEN_RUM
            self.model.row({more: 1, beyond: -1}, -INF, max(0, offer.rum - most))

    def cheapest(self) -> list[Aendring]:
        """The steps of the cheapest plan that does not take all the steps of one before it."""
        x = self.model.minimise()
        if x is None:
            return []
        used = {column: round(x[column]) for column in self.changes if x[column] > 0.5}
        self.price = sum(price * round(x[column]) for column, price in self.pris.items())
        self._leave_out_some(used)
        return _joined([self._told(column, number) for column, number in used.items()])

    def _leave_out_some(self, used: dict[int, int]):
        """From now on at least one of these steps is shorter, or not taken."""
        shorter = {self.model.column(): column for column in used}
        for flag, column in shorter.items():
            self.model.row({column: 1, flag: self.most[column] - used[column] + 1}, -INF, self.most[column])
        if shorter:
            self.model.row(dict.fromkeys(shorter, 1), 1, INF)

    def _told(self, column: int, number: int) -> Aendring:
        change = self.changes[column]
        if change.skridt is Skridt.MINDST:
            number = self.indeks.plads(change.afdeling, change.trin)[0] - number
        return replace(change, antal=number if change.skridt in (Skridt.PLADS, Skridt.MINDST) else 0)


def _joined(changes: list[Aendring]) -> list[Aendring]:
    """To open an afdeling and to give it places is one step."""
    opened = {(each.afdeling, each.trin) for each in changes if each.skridt is Skridt.AABN}
    places = [each for each in changes if each.skridt is Skridt.PLADS and (each.afdeling, each.trin) in opened]
    rest = [each for each in changes if each.skridt is not Skridt.AABN and each not in places]
    return [*(replace(each, skridt=Skridt.AABN) for each in places), *rest]


def apply_changes(problem: Problem, changes: list[Aendring] | tuple[Aendring, ...]) -> Problem:
    """The problem after the changes: what one click on a way out does."""
    for change in changes:
        problem = APPLY[change.skridt](problem, change)
    return problem


def _apply_room(problem: Problem, change: Aendring) -> Problem:
    rows = {(row.afdeling, row.trin): row for row in problem.pladser}
    cell = change.afdeling, change.trin
    row = rows.get(cell, Pladser(*cell, hoejst=0))
    settled = sum((each.afdeling, each.trin) == cell and each.laast for each in problem.nuvaerende)
    if change.skridt is Skridt.MINDST:
        rows[cell] = replace(row, mindst=change.antal)
    else:
        most = max(row.hoejst if row.aaben else 0, settled) + change.antal
        rows[cell] = replace(row, aaben=True, hoejst=most, mindst=row.mindst if row.aaben and row.hoejst else 0)
    return replace(problem, pladser=tuple(rows.values()))


def _apply_pin(problem: Problem, change: Aendring) -> Problem:
    pin = change.elev, change.trin, change.afdeling
    kept = tuple(row for row in problem.fastlagte if (row.elev, row.trin, row.afdeling) != pin)
    return replace(problem, fastlagte=kept)


def _apply_forbud(problem: Problem, change: Aendring) -> Problem:
    pair = change.elev, change.afdeling
    return replace(problem, forbud=tuple(row for row in problem.forbud if (row.elev, row.afdeling) != pair))


def _apply_again(problem: Problem, change: Aendring) -> Problem:
    elever = (
        replace(elev, har_haft=tuple(had for had in elev.har_haft if had != change.afdeling))
        if elev.id == change.elev
        else elev
        for elev in problem.elever
    )
    return replace(problem, elever=tuple(elever))


APPLY: dict[Skridt, Callable[[Problem, Aendring], Problem]] = {
    Skridt.PLADS: _apply_room,
    Skridt.MINDST: _apply_room,
    Skridt.AABN: _apply_room,
    Skridt.FASTLAGT: _apply_pin,
    Skridt.FORBUD: _apply_forbud,
    Skridt.HAFT: _apply_again,
}


def ways_text(indeks: Indeks, changes: list[Aendring]) -> str:
    text = join_words([change_text(indeks, change) for change in changes])
    return f"{text[0].upper()}{text[1:]}."


def change_text(indeks: Indeks, change: Aendring) -> str:
    elev = indeks.elever[change.elev].navn if change.elev is not None else ""
    afdeling = indeks.afdelinger[change.afdeling].navn
    trin = indeks.trinnavn.get(change.trin, "")
    return {
        Skridt.PLADS: f"{count_noun(change.antal, 'plads', 'pladser')} mere i {afdeling} i {trin}"
        + _without_room(indeks, change),
        Skridt.MINDST: f"sæt minimum i {afdeling} ned til {change.antal} i {trin}",
        Skridt.HAFT: f"lad {elev} komme i {afdeling} igen",
        Skridt.FASTLAGT: f"ophæv, at {elev} er fastlagt til {afdeling} i {trin}",
        Skridt.AABN: f"åbn {afdeling} for {count_noun(change.antal, 'elev', 'elever')} i {trin}",
        Skridt.FORBUD: f"lad {elev} komme i {afdeling} trods hensynet",
    }[change.skridt]


def _without_room(indeks: Indeks, change: Aendring) -> str:
    offer = indeks.pladser.get((change.afdeling, change.trin))
    if change.skridt is not Skridt.PLADS or offer is None or offer.rum is None:
        return ""
    most = indeks.plads(change.afdeling, change.trin)[1]
    return f" (der er kun plads til {offer.rum} i afdelingen)" if most + change.antal > offer.rum else ""

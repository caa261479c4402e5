"""A change to the question of an allocation: what would come of it if a department closed, or an elev went on leave?

Changes are plain data, so that a run remembers what was changed for it. No database: `queries` gives the names.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace

from elevforloeb.core.words import count_noun
from elevforloeb.fordeling.problem import Fravaer, Pladser, Problem


@dataclass(frozen=True)
class Aendring:
    """`art` is a key of ARTER. `trin` 0: all of them."""

    art: str
    trin: int = 0
    afdeling: int = 0
    elev: int = 0
    antal: int = 0

    def as_json(self) -> dict:
        return {key: value for key, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Navne:
    """Who and what the ids are."""

    elever: dict[int, str]
    afdelinger: dict[int, str]

    def elev(self, pk: int) -> str:
        return self.elever.get(pk, "En elev, der ikke længere er på holdet")

    def afdeling(self, pk: int) -> str:
        return self.afdelinger.get(pk, "En afdeling, der ikke længere findes")


def read_changes(rows: Iterable[dict]) -> tuple[Aendring, ...]:
    return tuple(Aendring(**row) for row in rows)


def apply_changes(problem: Problem, changes: Iterable[Aendring]) -> Problem:
    for change in changes:
        problem = ARTER[change.art][0](problem, change)
    return problem


def change_in_words(change: Aendring, navne: Navne) -> str:
    return ARTER[change.art][1](change, navne)


def sort_out(changes: Iterable[Aendring], new: Iterable[Aendring]) -> tuple[Aendring, ...]:
    """With the new ones last; each replaces an earlier one about the same."""

    def about(change: Aendring) -> tuple:
        return change.art, change.trin, change.afdeling, change.elev

    return tuple({about(change): change for change in [*changes, *new]}.values())


# --- what each does to the problem --------------------------------------------------------------------------------


def _trin_of(problem: Problem, change: Aendring) -> set[int]:
    return {change.trin} if change.trin else {trin.nr for trin in problem.trin}


def _close(problem: Problem, change: Aendring) -> Problem:
    trin = _trin_of(problem, change)
    return replace(
        problem,
        pladser=tuple(each for each in problem.pladser if each.afdeling != change.afdeling or each.trin not in trin),
    )


def _set_places(problem: Problem, change: Aendring) -> Problem:
    """Also where the department offered nothing."""
    rest = _close(problem, change).pladser
    old = {each.trin: each for each in problem.pladser if each.afdeling == change.afdeling}
    new = []
    for trin in sorted(_trin_of(problem, change)):
        row = old.get(trin, Pladser(change.afdeling, trin, 0))
        new.append(replace(row, hoejst=change.antal, mindst=min(row.mindst, change.antal), aaben=True))
    return replace(problem, pladser=(*rest, *new))


def _set_minimum(problem: Problem, change: Aendring) -> Problem:
    trin = _trin_of(problem, change)
    return replace(
        problem,
        pladser=tuple(
            replace(each, mindst=change.antal) if each.afdeling == change.afdeling and each.trin in trin else each
            for each in problem.pladser
        ),
    )


def _drop_pin(problem: Problem, change: Aendring) -> Problem:
    gone = (change.elev, change.trin, change.afdeling)
    return replace(
        problem,
        fastlagte=tuple(pin for pin in problem.fastlagte if (pin.elev, pin.trin, pin.afdeling) != gone),
    )


def _allow(problem: Problem, change: Aendring) -> Problem:
    """Neither an exclusion nor that the elev has been there before stands in the way."""
    pair = (change.elev, change.afdeling)
    elever = tuple(
        replace(elev, har_haft=tuple(each for each in elev.har_haft if each != change.afdeling))
        if elev.id == change.elev
        else elev
        for elev in problem.elever
    )
    return replace(
        problem, elever=elever, forbud=tuple(each for each in problem.forbud if (each.elev, each.afdeling) != pair)
    )


def _again(problem: Problem, change: Aendring) -> Problem:
    return replace(problem, ikke_igen=False)


def _away(which: Callable[[int, int], bool], grund: str) -> Callable[[Problem, Aendring], Problem]:
    """The elev is not to be placed in the trin that `which` says; what is begun there stays."""

    def act(problem: Problem, change: Aendring) -> Problem:
        fixed = {(each.elev, each.trin) for each in problem.fravaer}
        fixed |= {(each.elev, each.trin) for each in problem.nuvaerende if each.laast}
        new = tuple(
            Fravaer(change.elev, trin.nr, grund)
            for trin in problem.trin
            if which(trin.nr, change.trin) and (change.elev, trin.nr) not in fixed
        )
        gone = {(each.elev, each.trin) for each in new}
        pins = tuple(pin for pin in problem.fastlagte if (pin.elev, pin.trin) not in gone)
        return replace(problem, fravaer=problem.fravaer + new, fastlagte=pins)

    return act


# --- in words -----------------------------------------------------------------------------------------------------


def _when(change: Aendring) -> str:
    return f"i {change.trin}. ophold" if change.trin else "i hvert ophold"


def _closed_in_words(change: Aendring, navne: Navne) -> str:
    return f"{navne.afdeling(change.afdeling)} tager ingen{f' {_when(change)}' if change.trin else ''}"


def _places_in_words(change: Aendring, navne: Navne) -> str:
    return f"{navne.afdeling(change.afdeling)} har {count_noun(change.antal, 'plads', 'pladser')} {_when(change)}"


def _minimum_in_words(change: Aendring, navne: Navne) -> str:
    if change.antal < 2:
        return f"{navne.afdeling(change.afdeling)} kan nøjes med én elev {_when(change)}"
    return f"{navne.afdeling(change.afdeling)} kan nøjes med {change.antal} elever {_when(change)}"


def _pin_in_words(change: Aendring, navne: Navne) -> str:
    return f"{navne.elev(change.elev)} er ikke låst til {navne.afdeling(change.afdeling)} {_when(change)}"


ARTER: dict[str, tuple[Callable, Callable]] = {
    "luk": (_close, _closed_in_words),
    "pladser": (_set_places, _places_in_words),
    "mindst": (_set_minimum, _minimum_in_words),
    "slip": (_drop_pin, _pin_in_words),
    "tillad": (
        _allow,
        lambda change, navne: f"{navne.elev(change.elev)} må komme i {navne.afdeling(change.afdeling)}",
    ),
    "igen": (_again, lambda change, navne: "Eleverne må komme igen i en afdeling, de har været i"),
    "orlov": (
        _away(lambda trin, asked: trin == asked, "er på orlov"),
        lambda change, navne: f"{navne.elev(change.elev)} er på orlov {_when(change)}",
    ),
    "stop": (
        _away(lambda trin, asked: trin >= asked, "er stoppet"),
        lambda change, navne: f"{navne.elev(change.elev)} er stoppet før {change.trin}. ophold",
    ),
    "sen": (
        _away(lambda trin, asked: trin < asked, "er ikke begyndt endnu"),
        lambda change, navne: f"{navne.elev(change.elev)} begynder først i {change.trin}. ophold",
    ),
}

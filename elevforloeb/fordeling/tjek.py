"""What is wrong with a problem before anybody tries to solve it: each with the place where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass

from elevforloeb.fordeling.maal import MAAL, PLADS
from elevforloeb.fordeling.problem import Problem

ARTER = ("hensyn", "inhabilitet")
MOST = {"byrde": 1000, "hoejst": 100_000, "seed": 10**18}  # beyond these the arithmetic is no longer exact


@dataclass(frozen=True)
class Fejl:
    """`sted` is a path as in the JSON format: "elever[3].oensker[0].afdeling"."""

    sted: str
    tekst: str

    def __str__(self) -> str:
        return f"{self.sted}: {self.tekst}" if self.sted else self.tekst


def check(problem: Problem) -> list[Fejl]:
    """Empty when the problem makes sense. It may still be impossible; that is what umulig.py is for."""
    return [
        *_twice("trin", [each.nr for each in problem.trin]),
        *_twice("afdelinger", [each.id for each in problem.afdelinger]),
        *_twice("elever", [each.id for each in problem.elever]),
        *_twice("pladser", [(each.afdeling, each.trin) for each in problem.pladser]),
        *_twice("nuvaerende", [(each.elev, each.trin) for each in problem.nuvaerende]),
        *_numbers(problem),
        *_goals(problem),
        *_references(problem),
    ]


def _twice(name: str, keys: list) -> Iterator[Fejl]:
    seen: dict = {}
    for number, key in enumerate(keys):
        text = tuple(map(str, key)) if isinstance(key, tuple) else str(key)  # lots and order see ids as text
        if text in seen:
            yield Fejl(f"{name}[{number}]", f"står der allerede: det samme som {name}[{seen[text]}].")
        seen.setdefault(text, number)


def _numbers(problem: Problem) -> Iterator[Fejl]:
    for number, elev in enumerate(problem.elever):
        yield from _between(f"elever[{number}].byrde", elev.byrde, MOST["byrde"])
    for number, offer in enumerate(problem.pladser):
        place = f"pladser[{number}]"
        yield from _between(f"{place}.hoejst", offer.hoejst, MOST["hoejst"])
        yield from _between(f"{place}.mindst", offer.mindst, MOST["hoejst"])
        yield from _between(f"{place}.rum", offer.rum or 0, MOST["hoejst"])
        if offer.aaben and 0 <= offer.hoejst < offer.mindst:
            yield Fejl(f"{place}.mindst", f"er {offer.mindst}, men der er højst plads til {offer.hoejst}.")
    yield from _between("seed", problem.seed, MOST["seed"])


def _between(place: str, value: int, most: int) -> Iterator[Fejl]:
    if not 0 <= value <= most:
        yield Fejl(place, f"skal være mellem 0 og {most}.")


def _goals(problem: Problem) -> Iterator[Fejl]:
    yield from _twice("maal", list(problem.maal))
    for number, goal in enumerate(problem.maal):
        if goal == PLADS or goal not in MAAL:
            known = ", ".join(key for key in MAAL if key != PLADS)
            yield Fejl(f"maal[{number}]", f"kender ikke målet {goal!r}. Brug: {known}.")


def _references(problem: Problem) -> Iterator[Fejl]:
    known = {
        "trin": {each.nr for each in problem.trin},
        "afdeling": {each.id for each in problem.afdelinger},
        "elev": {each.id for each in problem.elever},
    }
    for place, kind, key in _named(problem):
        if key not in known[kind]:
            yield Fejl(place, f"kender ikke {kind} {key!r}.")
    for number, row in enumerate(problem.forbud):
        if row.art not in ARTER:
            yield Fejl(f"forbud[{number}].art", f"er {row.art!r}; det skal være en af: {', '.join(ARTER)}.")


def _named(problem: Problem) -> Iterator[tuple[str, str, object]]:
    """(place, what it names, the id) of everything that points at something else."""
    for number, elev in enumerate(problem.elever):
        place = f"elever[{number}]"
        for wish_number, wish in enumerate(elev.oensker):
            yield f"{place}.oensker[{wish_number}].afdeling", "afdeling", wish.afdeling
            yield from ((f"{place}.oensker[{wish_number}].trin", "trin", trin) for trin in wish.trin)
        yield from ((f"{place}.har_haft", "afdeling", each) for each in elev.har_haft)
    for name in ("pladser", "fastlagte", "forbud", "fravaer", "nuvaerende"):
        for number, row in enumerate(getattr(problem, name)):
            for kind in ("elev", "afdeling", "trin"):
                if hasattr(row, kind):
                    yield f"{name}[{number}].{kind}", kind, getattr(row, kind)

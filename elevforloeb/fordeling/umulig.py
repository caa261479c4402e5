"""Why there is not a place for everybody: a smallest set of rules that collide, and the cheapest ways out.

The set is irreducible: all its rules together leave no plan, and without any one of them there is one. There may be
other such sets; when this one is solved, another may show.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from elevforloeb.core.words import count_noun, join_words
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Problem
from elevforloeb.fordeling.regler import Art, Regel, all_rules, rule_text, without
from elevforloeb.fordeling.solver import is_possible
from elevforloeb.fordeling.step import Stopped
from elevforloeb.fordeling.udveje import Udvej, ways_out

MOST_NAMES = 5


@dataclass(frozen=True)
class Umulighed:
    """`tekst` tells the collision in words; `udveje` are the cheapest there are, each tried and found to work.

    Stopped, it holds what was found by then: the ways out come first, for they are what somebody can act on.
    """

    regler: tuple[Regel, ...]
    tekst: str
    udveje: tuple[Udvej, ...]


def explain_impossible(problem: Problem, *, stop: Callable[[], bool] = lambda: False) -> Umulighed | None:
    """None when there is a place for everybody."""
    if is_possible(problem, stop=stop):
        return None
    indeks = Indeks(problem)
    ways = sorted(_until_stopped(ways_out(problem, stop=stop)), key=lambda way: (way.pris, way.tekst))
    rules = sorted(_until_stopped(_colliding(problem, stop)), key=_by_kind)
    return Umulighed(tuple(rules), collision_text(indeks, rules), tuple(ways))


def _colliding(problem: Problem, stop: Callable[[], bool]) -> Iterator[Regel]:
    yield from colliding_rules(problem, stop=stop)


def _until_stopped(found: Iterator) -> list:
    rows = []
    try:
        for each in found:
            rows.append(each)
    except Stopped:
        pass
    return rows


def _by_kind(rule: Regel):
    return list(Art).index(rule.art), str(rule.elev), str(rule.afdeling), str(rule.trin)


def colliding_rules(problem: Problem, *, stop: Callable[[], bool] = lambda: False) -> list[Regel]:
    """An irreducible set, by halving (Junker's QuickXplain). Demands come last in the list, so that few are needed."""
    rules = all_rules(Indeks(problem))

    def collide(kept: list[Regel]) -> bool:
        there = set(kept)
        return not is_possible(*without(problem, [rule for rule in rules if rule not in there]), stop=stop)

    return _narrow([], False, rules, collide)


def _narrow(sure: list[Regel], grew: bool, rules: list[Regel], collide: Callable[[list[Regel]], bool]) -> list[Regel]:
    """The rules of `rules` that are needed for a collision beside those in `sure`."""
    if grew and collide(sure):
        return []
    if len(rules) == 1:
        return rules
    middle = len(rules) // 2
    first, second = rules[:middle], rules[middle:]
    from_second = _narrow(sure + first, bool(first), second, collide)
    from_first = _narrow(sure + from_second, bool(from_second), first, collide)
    return from_first + from_second


def collision_text(indeks: Indeks, rules: list[Regel]) -> str:
    """The demands of many elever in one trin are one sentence; the rest one each."""
    demands: dict[int, list[str]] = {}
    for rule in rules:
        if rule.art is Art.PLADS:
            demands.setdefault(rule.trin, []).append(indeks.elever[rule.elev].navn)
    sentences = [_demand(indeks.trinnavn[trin], names) for trin, names in sorted(demands.items())]
    sentences += [rule_text(indeks, rule) for rule in rules if rule.art is not Art.PLADS]
    return f"Det her kan ikke lade sig gøre på samme tid: {join_words(sentences)}." if sentences else ""


def _demand(trin: str, names: list[str]) -> str:
    who = join_words(names) if len(names) <= MOST_NAMES else count_noun(len(names), "elev", "elever")
    return f"{who} skal have en afdeling i {trin}"

"""The hard rules of a problem one by one, each in Danish words, and the same problem without some of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from elevforloeb.core.words import count_noun
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Fravaer, Id, Pladser, Problem


class Art(StrEnum):
    PLADS = "plads"  # the elev must have an afdeling in the trin
    HOEJST = "hoejst"
    MINDST = "mindst"
    LUKKET = "lukket"
    FASTLAGT = "fastlagt"
    FORBUD = "forbud"
    HAFT = "haft"
    FORSKELLIGE = "forskellige"


@dataclass(frozen=True)
class Regel:
    """`antal` is the number of a `hoejst` or `mindst`."""

    art: Art
    elev: Id | None = None
    afdeling: Id | None = None
    trin: int | None = None
    antal: int = 0


def all_rules(indeks: Indeks) -> list[Regel]:
    """Those that could be dropped. Locked stays are facts, and no rule speaks of the stays they fill."""
    return [*_of_afdelinger(indeks), *_of_elever(indeks)]


def _of_afdelinger(indeks: Indeks) -> Iterator[Regel]:
    for afdeling in indeks.afdelinger:
        for trin in indeks.trin:
            offer = indeks.pladser.get((afdeling, trin))
            if afdeling not in indeks.aabne[trin]:
                yield Regel(Art.LUKKET, None, afdeling, trin)
                continue
            yield Regel(Art.HOEJST, None, afdeling, trin, offer.hoejst)
            if offer.mindst > 1:
                yield Regel(Art.MINDST, None, afdeling, trin, offer.mindst)


def _of_elever(indeks: Indeks) -> Iterator[Regel]:
    for row in dict.fromkeys((pin.elev, pin.afdeling, pin.trin) for pin in indeks.problem.fastlagte):
        yield Regel(Art.FASTLAGT, *row)
    for elev, afdeling in sorted(indeks.forbud, key=str):
        yield Regel(Art.FORBUD, elev, afdeling)
    for elev in indeks.elever.values():
        if indeks.problem.ikke_igen:
            yield from (Regel(Art.HAFT, elev.id, afdeling) for afdeling in sorted(set(elev.har_haft), key=str))
        if len(indeks.trin) > 1:
            yield Regel(Art.FORSKELLIGE, elev.id)
    for elev, trin in indeks.skal_fyldes:
        if (elev, trin) not in indeks.laaste:
            yield Regel(Art.PLADS, elev, None, trin)


def without(problem: Problem, dropped: Iterable[Regel]) -> tuple[Problem, frozenset[Id]]:
    """The problem without these rules, and who may now come to the same afdeling twice."""
    by_art: dict[Art, set[Regel]] = {art: set() for art in Art}
    for rule in dropped:
        by_art[rule.art].add(rule)
    pairs = {art: {(rule.elev, rule.afdeling) for rule in by_art[art]} for art in (Art.FORBUD, Art.HAFT)}
    pins = {(rule.elev, rule.trin, rule.afdeling) for rule in by_art[Art.FASTLAGT]}
    changed = replace(
        problem,
        fastlagte=tuple(row for row in problem.fastlagte if (row.elev, row.trin, row.afdeling) not in pins),
        forbud=tuple(row for row in problem.forbud if (row.elev, row.afdeling) not in pairs[Art.FORBUD]),
        fravaer=problem.fravaer + tuple(Fravaer(rule.elev, rule.trin) for rule in by_art[Art.PLADS]),
        elever=tuple(
            replace(elev, har_haft=tuple(had for had in elev.har_haft if (elev.id, had) not in pairs[Art.HAFT]))
            for elev in problem.elever
        ),
        pladser=_places(problem, by_art),
    )
    return changed, frozenset(rule.elev for rule in by_art[Art.FORSKELLIGE])


def _places(problem: Problem, by_art: dict[Art, set[Regel]]) -> tuple[Pladser, ...]:
    rows = {(row.afdeling, row.trin): row for row in problem.pladser}
    plenty = len(problem.elever)
    for rule in by_art[Art.LUKKET]:
        cell = rule.afdeling, rule.trin
        rows[cell] = Pladser(*cell, hoejst=plenty)
    for rule in by_art[Art.HOEJST]:
        cell = rule.afdeling, rule.trin
        rows[cell] = replace(rows[cell], hoejst=max(plenty, rows[cell].hoejst))
    for rule in by_art[Art.MINDST]:
        cell = rule.afdeling, rule.trin
        rows[cell] = replace(rows[cell], mindst=0)
    return tuple(rows.values())


def rule_text(indeks: Indeks, rule: Regel) -> str:
    elev = indeks.elever[rule.elev].navn if rule.elev is not None else ""
    afdeling = indeks.afdelinger[rule.afdeling].navn if rule.afdeling is not None else ""
    trin = indeks.trinnavn.get(rule.trin, "")
    return {
        Art.PLADS: f"{elev} skal have en afdeling i {trin}",
        Art.HOEJST: f"{afdeling} har {count_noun(rule.antal, 'plads', 'pladser')} i {trin}",
        Art.MINDST: f"{afdeling} tager mindst {rule.antal} i {trin}, eller ingen",
        Art.LUKKET: f"{afdeling} {_why_nobody(indeks, rule)} i {trin}",
        Art.FASTLAGT: f"{elev} er fastlagt til {afdeling} i {trin}",
        Art.FORBUD: f"{elev} kan ikke være i {afdeling}",
        Art.HAFT: f"{elev} har været i {afdeling} før",
        Art.FORSKELLIGE: f"{elev} skal have forskellige afdelinger",
    }[rule.art]


def _why_nobody(indeks: Indeks, rule: Regel) -> str:
    if rule.art is not Art.LUKKET:
        return ""
    offer = indeks.pladser.get((rule.afdeling, rule.trin))
    if offer is None:
        return "har ikke svaret om pladser" if indeks.afdelinger[rule.afdeling].uden_svar else "tager ingen"
    return "har ingen ledige pladser" if offer.aaben else "er ikke åben hele tiden"

"""What a change would lead to, before it is saved; and whom an elev could swap with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from elevforloeb.belaegning import free_places
from elevforloeb.core.dates import Periode, today
from elevforloeb.placering import Placering
from elevforloeb.plandata import Forslag, PlanAfdeling, Problem
from elevforloeb.planregler import check_plan

from .plan import Holdplan, seen


@dataclass(frozen=True)
class Rettelse:
    """A problem with the neighbours that could be moved in the same step: (value of the button, its words)."""

    problem: Problem
    knapper: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Foelger:
    loest: tuple[Problem, ...]
    nye: tuple[Rettelse, ...]
    fortsat: tuple[Problem, ...]  # concerns this stay, and is no better for the change

    def __bool__(self) -> bool:
        return bool(self.loest or self.nye or self.fortsat)


def consequences(plan: Holdplan, before: Placering | None, after: Placering | None) -> Foelger:
    """The problems that go, come and stay when `before` becomes `after`."""
    stays = tuple(stay for stay in plan.plan.placeringer if stay != before)
    changed = replace(plan.plan, placeringer=(*stays, after) if after else stays)
    new = check_plan(changed, since=today())
    old_words, new_words = {each.tekst for each in plan.problemer}, {each.tekst for each in new}
    came = [each for each in new if each.tekst not in old_words]
    solved = [each for each in plan.problemer if each.tekst not in new_words and not _lives_on(each, came)]
    stay = after or before
    return Foelger(
        tuple(solved),
        tuple(Rettelse(each, tuple(_buttons(plan, each.forslag, stay))) for each in came),
        tuple(each for each in new if each.tekst in old_words and _concerns(each, stay)),
    )


def _lives_on(problem: Problem, others: Iterable[Problem]) -> bool:
    """It has only changed its figures or dates."""
    return any(
        other.kode == problem.kode
        and other.afdelinger == problem.afdelinger
        and set(other.elever) & set(problem.elever)
        and other.periode.overlap(problem.periode)
        for other in others
    )


def _concerns(problem: Problem, stay: Placering) -> bool:
    return stay.elev in problem.elever and bool(problem.periode.overlap(stay.periode))


def _buttons(plan: Holdplan, fixes: Iterable[Forslag], stay: Placering) -> Iterable[tuple[str, str]]:
    for fix in fixes:
        if fix.placering and fix.placering.id != stay.id and fix.periode != fix.placering.periode:
            yield fix_value(plan, fix), fix.tekst


def fix_value(plan: Holdplan, fix: Forslag) -> str:
    """A neighbour's new dates as the value of a button: key, what it was, first day, the day after the last."""
    other = fix.placering
    return f"{plan.noegle(other)} {seen(other)} {fix.periode.startdato} {fix.periode.slutdato}"


# --- choices ------------------------------------------------------------------------------------------------------


def places_in_words(plan: Holdplan, afdeling: PlanAfdeling, days: Periode, without: Placering | None) -> str:
    if not afdeling.aaben.covers(days):
        return "lukket i perioden"
    load = list(plan.index.load(afdeling.id))
    if without and without.afdeling == afdeling.id:
        load.remove(without.periode)
    free = free_places(load, afdeling.pladser, days)
    if free <= 0:
        return "fuldt i en del af perioden"
    return f"{free} ledig plads" if free == 1 else f"{free} ledige pladser"


@dataclass(frozen=True)
class Byttevalg:
    vaerdi: str
    tekst: str


def swap_choices(plan: Holdplan, stay: Placering) -> list[tuple[str, list[Byttevalg]]]:
    """Stays in other afdelinger that are not over: of others at the same time first, then the elev's own."""
    groups: dict[str, list[Byttevalg]] = {"Samme tid": [], "Overlapper": [], "Elevens egne ophold": []}
    for other in plan.plan.placeringer:
        if other.afdeling == stay.afdeling or other.periode.slutdato <= today():
            continue
        if other.elev == stay.elev:
            group = "Elevens egne ophold"
        elif other.periode == stay.periode:
            group = "Samme tid"
        elif other.periode.overlap(stay.periode):
            group = "Overlapper"
        else:
            continue
        where, who = plan.afdelinger[other.afdeling].kortnavn, plan.elever[other.elev].navn
        groups[group].append(Byttevalg(f"{plan.noegle(other)} {seen(other)}", f"{who}: {where} {other.periode}"))
    return [(name, sorted(choices, key=lambda each: each.tekst)) for name, choices in groups.items() if choices]

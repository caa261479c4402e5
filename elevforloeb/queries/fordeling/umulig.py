"""Why there is not a place for everybody, as it is kept: ids that the page puts names on, and ways out to click."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.urls import reverse

from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Problem
from elevforloeb.fordeling.regler import Art, Regel, rule_text
from elevforloeb.fordeling.udveje import Aendring as Loesning
from elevforloeb.fordeling.udveje import Skridt, ways_text
from elevforloeb.fordeling.umulig import Umulighed, collision_text
from elevforloeb.hvadnuhvis import Aendring

OFFER = ("#afdelinger", "Se afdelingens svar")
LINKS = {
    Art.HOEJST: OFFER,
    Art.MINDST: OFFER,
    Art.LUKKET: OFFER,
    Art.FASTLAGT: ("#h-bindinger", "Se bindingen"),
    Art.FORBUD: ("#h-bindinger", "Se bindingen"),
}


@dataclass(frozen=True)
class Regellinje:
    tekst: str
    url: str = ""
    link: str = ""


def keep(found: Umulighed | None) -> dict:
    """For the row of the allocation."""
    if found is None:
        return {}
    return {
        "kollision": [asdict(rule) for rule in found.regler],
        "udveje": [[asdict(change) for change in way.aendringer] for way in found.udveje],
    }


def collision_lines(kept: Iterable[dict], problem: Problem, hold: int) -> list[Regellinje]:
    """The demands of many elever in one stay are one line; the rest one each, with where it is written."""
    rules = [Regel(**row | {"art": Art(row["art"])}) for row in kept]
    indeks = Indeks(problem)
    lines = []
    for trin in sorted({rule.trin for rule in rules if rule.art is Art.PLADS}):
        own = [rule for rule in rules if rule.art is Art.PLADS and rule.trin == trin]
        lines.append(Regellinje(collision_text(indeks, own).partition(": ")[2]))
    for rule in rules:
        if rule.art is not Art.PLADS:
            where, words = LINKS.get(rule.art, ("", ""))
            url = reverse("hold_oensker", args=[hold]) + where if where else ""
            lines.append(Regellinje(f"{rule_text(indeks, rule)}.", url, words))
    return lines


def ways_out(kept: Iterable[list], problem: Problem) -> list[str]:
    """In words, in the order of the buttons."""
    indeks = Indeks(problem)
    return [ways_text(indeks, list(_read(way))) for way in kept]


def changes_of(way: list[dict], problem: Problem) -> list[Aendring]:
    """What a click on the button changes. More places are told as how many there are then."""
    indeks = Indeks(problem)
    return [_change(step, indeks) for step in _read(way) if step.skridt is not Skridt.AABN]


def _read(way: list[dict]) -> Iterable[Loesning]:
    return (Loesning(**row | {"skridt": Skridt(row["skridt"])}) for row in way)


def _change(step: Loesning, indeks: Indeks) -> Aendring:
    if step.skridt is Skridt.PLADS:
        most = indeks.plads(step.afdeling, step.trin)[1]
        return Aendring("pladser", step.trin, step.afdeling, antal=most + step.antal)
    if step.skridt is Skridt.MINDST:
        return Aendring("mindst", step.trin, step.afdeling, antal=step.antal)
    if step.skridt is Skridt.FASTLAGT:
        return Aendring("slip", step.trin, step.afdeling, step.elev)
    return Aendring("tillad", 0, step.afdeling, step.elev)

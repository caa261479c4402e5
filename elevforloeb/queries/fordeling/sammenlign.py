"""Two allocations, or an allocation and the published plan, side by side: who gets something else, and who is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from afdelinger.models import Afdeling, Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from elevforloeb.models import Elev, Fordeling, Tildeling

from .ord import Maallinje, Rang, goal_lines, rank_of
from .resultat import Resultat, get_resultat


@dataclass(frozen=True)
class Skift:
    """One stay before and after."""

    elev: Elev
    trin: int
    foer: Afdeling | None
    efter: Afdeling | None
    rang_foer: Rang | None
    rang_efter: Rang | None


@dataclass(frozen=True)
class Sammenligning:
    foer: Resultat | None  # None: the published plan
    efter: Resultat
    skift: tuple[Skift, ...]
    uaendrede: int
    afdelingsfolk: tuple[tuple[Bruger, str], ...]

    @property
    def elever(self) -> list[Elev]:
        return list(dict.fromkeys(each.elev for each in self.skift))

    @property
    def maal(self) -> list[tuple[str, Maallinje | None, Maallinje | None]]:
        old = {line.key: line for line in goal_lines(self.foer.fordeling)} if self.foer else {}
        new = {line.key: line for line in self.efter.maal}
        keys = [*new, *(key for key in old if key not in new)]
        return [((new.get(key) or old[key]).kort, old.get(key), new.get(key)) for key in keys]


def compare(efter: Fordeling, foer: Fordeling | None) -> Sammenligning:
    after = get_resultat(efter)
    before = get_resultat(foer) if foer else None
    old, new = _old_cells(after, before), {(row.elev_id, row.trin): row for row in after.rows}
    changed, same = [], 0
    for key in sorted(old.keys() | new.keys(), key=lambda key: (_place(after, key[0]), key[1])):
        if key[0] not in after.elever:
            continue
        was, row = old.get(key, (None, None)), new.get(key)
        if (was[0] and was[0].pk) == (row and row.afdeling_id):
            same += 1
        else:
            changed.append(
                Skift(after.elever[key[0]], key[1], was[0], row and row.afdeling, was[1], row and rank_of(row))
            )
    return Sammenligning(before, after, tuple(changed), same, tuple(_people(changed)))


def _old_cells(after: Resultat, before: Resultat | None) -> dict:
    """(elev, trin): the afdeling and what it was to the elev, if that is known."""
    if before:
        return {(row.elev_id, row.trin): (row.afdeling, rank_of(row)) for row in before.rows}
    present = after.problem.nuvaerende
    return {(each.elev, each.trin): (after.afdelinger.get(each.afdeling), None) for each in present}


def _place(after: Resultat, elev: int) -> int:
    return list(after.elever).index(elev) if elev in after.elever else -1


def _people(changed: Iterable[Skift]) -> Iterable[tuple[Bruger, str]]:
    """Ledere and elevvejledere, today, of the departments that lose or get somebody: each once."""
    afdelinger = {each.pk: each for skift in changed for each in (skift.foer, skift.efter) if each}
    roles = Rolletildeling.objects.on(today()).filter(
        afdeling__in=afdelinger, rolle__in=[Rolle.LEDER, Rolle.ELEVVEJLEDER], bruger__is_active=True
    )
    found: dict[Bruger, set[str]] = {}
    for role in roles.select_related("bruger").order_by("bruger__sortering"):
        found.setdefault(role.bruger, set()).add(afdelinger[role.afdeling_id].kortnavn)
    return [(person, ", ".join(sorted(names))) for person, names in found.items()]


def comparable(fordeling: Fordeling) -> list[Fordeling]:
    """Other runs of the round that have an answer."""
    with_rows = Tildeling.objects.filter(fordeling__runde=fordeling.runde_id).values("fordeling")
    others = Fordeling.objects.filter(pk__in=with_rows).exclude(pk=fordeling.pk)
    return list(others.only("pk", "navn", "runde").order_by("-id"))

"""What publishing a draft would change, in sentences for the elev and with who must be told.

A draft's stay carries the `id` of the published stay it came from. One without is paired by content, so that removing
a stay and making it again is no news to anybody.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from elevforloeb.placering import Placering


class Aendringsart(StrEnum):
    UAENDRET = "uaendret"
    NY = "ny"
    FJERNET = "fjernet"
    AFDELING = "afdeling"  # another afdeling, perhaps at another time too
    FLYTTET = "flyttet"  # other dates in the same afdeling
    VEJLEDER = "vejleder"  # only the elevvejleder is another


@dataclass(frozen=True)
class Aendring:
    """One stay before and after. `afdelinger` and `vejledere` are those it concerns, old and new."""

    art: Aendringsart
    foer: Placering | None
    efter: Placering | None
    tekst: str

    @property
    def elev(self) -> int:
        return (self.efter or self.foer).elev

    @property
    def afdelinger(self) -> frozenset[int]:
        return frozenset(stay.afdeling for stay in (self.foer, self.efter) if stay)

    @property
    def vejledere(self) -> frozenset[int]:
        both = (stay.elevvejleder for stay in (self.foer, self.efter) if stay)
        return frozenset(vejleder for vejleder in both if vejleder is not None)


@dataclass(frozen=True)
class Elevaendringer:
    """All that changes for one elev, and who must be told: the elev, and these afdelinger and elevvejledere."""

    elev: int
    aendringer: tuple[Aendring, ...]
    uaendrede: int

    @property
    def afdelinger(self) -> frozenset[int]:
        return frozenset().union(*(each.afdelinger for each in self.aendringer))

    @property
    def vejledere(self) -> frozenset[int]:
        return frozenset().union(*(each.vejledere for each in self.aendringer))


def compare_plans(
    published: Iterable[Placering],
    draft: Iterable[Placering],
    afdelinger: Mapping[int, str],
    vejledere: Mapping[int, str],
) -> list[Elevaendringer]:
    """One line per elev whose plan changes, in the elev's order of id; names come by id."""
    before, after = _by_elev(published), _by_elev(draft)
    found = []
    for elev in sorted(before.keys() | after.keys()):
        pairs = sorted(_pair(before.get(elev, []), after.get(elev, [])), key=_when)
        all_changes = [_describe(old, new, afdelinger, vejledere) for old, new in pairs]
        changes = tuple(each for each in all_changes if each.art != Aendringsart.UAENDRET)
        if changes:
            found.append(Elevaendringer(elev, changes, len(all_changes) - len(changes)))
    return found


def _by_elev(stays: Iterable[Placering]) -> dict[int, list[Placering]]:
    found: dict[int, list[Placering]] = {}
    for stay in sorted(stays, key=lambda each: each.periode):
        if stay.afdeling is not None:
            found.setdefault(stay.elev, []).append(stay)
    return found


def _when(pair: tuple[Placering | None, Placering | None]):
    old, new = pair
    return (new or old).periode


# --- which stay became which ----------------------------------------------------------------------

Same = Callable[[Placering, Placering], bool]
ALIKE: tuple[Same, ...] = (
    lambda old, new: old.periode == new.periode and old.afdeling == new.afdeling,
    lambda old, new: new.id is not None and old.id == new.id,
    lambda old, new: old.afdeling == new.afdeling and old.periode.overlap(new.periode) is not None,
    lambda old, new: old.periode == new.periode,
)


def _pair(before: list[Placering], after: list[Placering]) -> Iterator[tuple[Placering | None, Placering | None]]:
    """What people would call the same stay first, then what the rows say; what has no partner is new or gone."""
    old_left, new_left = list(before), list(after)
    for alike in ALIKE:
        for new in list(new_left):
            old = next((each for each in old_left if alike(each, new)), None)
            if old:
                old_left.remove(old)
                new_left.remove(new)
                yield old, new
    yield from ((old, None) for old in old_left)
    yield from ((None, new) for new in new_left)


# --- in words -------------------------------------------------------------------------------------


def _describe(old: Placering | None, new: Placering | None, afdelinger, vejledere) -> Aendring:
    art = _kind(old, new)
    stay = new or old
    place, time = afdelinger[stay.afdeling], stay.periode
    if art == Aendringsart.NY:
        text = f"Kommer til {place} {time}{_with_vejleder(new, vejledere)}"
    elif art == Aendringsart.FJERNET:
        text = f"Opholdet i {place} {time} udgår"
    elif art == Aendringsart.AFDELING:
        since = "" if old.periode == new.periode else f" {old.periode}"
        text = f"Flyttes fra {afdelinger[old.afdeling]}{since} til {place} {time}{_with_vejleder(new, vejledere)}"
    elif art == Aendringsart.FLYTTET:
        text = f"Er i {place} {time} i stedet for {old.periode}"
        text += "" if old.elevvejleder == new.elevvejleder else _with_vejleder(new, vejledere)
    elif art == Aendringsart.VEJLEDER:
        text = _new_vejleder(old, new, place, vejledere)
    else:
        text = f"Er i {place} {time}"
    return Aendring(art, old, new, text)


def _kind(old: Placering | None, new: Placering | None) -> Aendringsart:
    if old is None or new is None:
        return Aendringsart.NY if old is None else Aendringsart.FJERNET
    if old.afdeling != new.afdeling:
        return Aendringsart.AFDELING
    if old.periode != new.periode:
        return Aendringsart.FLYTTET
    return Aendringsart.UAENDRET if old.elevvejleder == new.elevvejleder else Aendringsart.VEJLEDER


def _with_vejleder(stay: Placering, vejledere) -> str:
    if stay.elevvejleder is None:
        return ""
    return f" med {vejledere[stay.elevvejleder]} som elevvejleder"


def _new_vejleder(old: Placering, new: Placering, place: str, vejledere) -> str:
    if new.elevvejleder is None:
        return f"Har ikke længere {vejledere[old.elevvejleder]} som elevvejleder i {place}"
    text = f"Får {vejledere[new.elevvejleder]} som elevvejleder i {place}"
    return text if old.elevvejleder is None else f"{text} i stedet for {vejledere[old.elevvejleder]}"

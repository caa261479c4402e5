"""The elevvejledere of a plan: whose turn it is, and the stays that have none."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from elevforloeb.core.dates import Periode, today
from elevforloeb.core.words import count_noun
from elevforloeb.placering import Placering
from elevforloeb.vejledertur import Vejledertur

from .plan import Afdelingsinfo, Elevinfo, Holdplan, seen


def turns(plan: Holdplan, stays: Iterable[Placering]) -> Vejledertur:
    """`stays` of this hold count, and the published ones of every other hold."""
    return Vejledertur(plan.plan.vejlederroller, [*stays, *plan.plan.andre])


def vejleder_name(plan: Holdplan, bruger: int | None) -> str:
    """Somebody who has lost the role since is still the elevvejleder of the stay."""
    return plan.index.vejleder.get(bruger, "Nuværende elevvejleder") if bruger else ""


# --- stays without ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Manglende:
    """A stay without elevvejleder, who can be chosen, and whose turn it is."""

    noegle: str
    elev: Elevinfo
    afdeling: Afdelingsinfo
    periode: Periode
    valg: tuple[tuple[int, str], ...]
    tur: int | None


def lacking(plan: Holdplan) -> list[Placering]:
    """The stays without elevvejleder that are not over, in order of time."""
    stays = [each for each in plan.plan.placeringer if each.elevvejleder is None and each.slutdato > today()]
    names = {afdeling.id: nr for nr, afdeling in enumerate(plan.plan.afdelinger)}
    people = {elev: nr for nr, elev in enumerate(plan.elever)}
    return sorted(stays, key=lambda stay: (stay.startdato, names[stay.afdeling], people[stay.elev]))


def lacking_stand(plan: Holdplan) -> str:
    """What a page that lists them was drawn from."""
    lines = [f"{plan.noegle(stay)}.{seen(stay)}" for stay in lacking(plan)]
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def missing_vejledere(plan: Holdplan) -> list[Manglende]:
    turn = turns(plan, plan.plan.placeringer)
    stays = lacking(plan)
    choices = [_choices(plan, turn, stay) for stay in stays]  # counted before the turns below are dealt out
    found = []
    for stay, valg in zip(stays, choices, strict=True):
        person = turn.next(stay.afdeling, stay.periode)
        turn.take(person, stay.periode)
        elev, afdeling = plan.elever[stay.elev], plan.afdelinger[stay.afdeling]
        found.append(Manglende(plan.noegle(stay), elev, afdeling, stay.periode, valg, person))
    return found


def _choices(plan: Holdplan, turn: Vejledertur, stay: Placering) -> tuple[tuple[int, str], ...]:
    """The afdeling's people, first those who are there in the whole stay."""
    whole = turn.covering(stay.afdeling, stay.periode)
    part = [who for who, days in turn.roles[stay.afdeling].items() if any(day.overlap(stay.periode) for day in days)]
    return tuple((who, _words(plan, turn, who, stay, who in whole)) for who in dict.fromkeys([*whole, *part]))


def _words(plan: Holdplan, turn: Vejledertur, who: int, stay: Placering, whole: bool) -> str:
    elever = count_noun(turn.elever(who, stay.periode), "elev", "elever")
    return f"{plan.index.vejleder[who]} ({elever} i perioden{'' if whole else ', men kun en del af den'})"

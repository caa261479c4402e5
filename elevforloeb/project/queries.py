"""The search of the top bar: elever, departments and people, each through what the user may see."""

from dataclasses import dataclass

from afdelinger.permissions import visible_afdelinger, visible_brugere
from elevforloeb.permissions import visible_elever

LIMIT = 20  # of each kind; more than that is better narrowed down than read


@dataclass(frozen=True)
class Hits:
    elever: list
    afdelinger: list
    brugere: list

    @property
    def antal(self) -> int:
        return len(self.elever) + len(self.afdelinger) + len(self.brugere)

    @property
    def flere(self) -> bool:
        return LIMIT in (len(self.elever), len(self.afdelinger), len(self.brugere))


def search(user, text: str) -> Hits:
    """What the folded `text` is part of. An elev is shown as an elev, not once more as a person."""
    text = text.strip()[:100]
    if len(text) < 2:
        return Hits([], [], [])
    elever = visible_elever(user).filter(bruger__soegenoegle__finder=text).select_related("bruger", "hold")
    brugere = visible_brugere(user).filter(soegenoegle__finder=text, elev=None)
    return Hits(
        list(elever[:LIMIT]),
        list(visible_afdelinger(user).filter(soegenoegle__finder=text)[:LIMIT]),
        list(brugere[:LIMIT]),
    )

"""The pages of one elev, and of one hold, that lie here."""

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.rules import Rules
from elevforloeb.models import Elev
from elevforloeb.queries.henvisninger import ELEVFANER, HOLDFANER, Henvisning, is_own
from evaluering.permissions import visible_erklaeringer

from .erklaeringer import missing_line


def by_those_with_her(user, elev: Elev) -> bool:
    """A leder sees that there are evaluations, in the list, and opens nothing else."""
    return is_own(user, elev) or user.har_rolle(Rolle.ELEVVEJLEDER) or is_elevansvarlig(user)


def missing(user, elev: Elev, now: Rules) -> str:
    return missing_line(elev, visible_erklaeringer(user), now)


ELEVFANER += [
    Henvisning(20, "Evalueringer", "elev_evalueringer", egen="evalueringer", under="evalueringer"),
    Henvisning(30, "Udvikling", "udvikling", by_those_with_her),
    Henvisning(40, "Mål", "udvikling_maal", by_those_with_her),
    Henvisning(
        50,
        "Erklæringer",
        "elev_erklaeringer",
        by_those_with_her,
        egen="erklaeringer",
        mangler=missing,
        under="evalueringer",
    ),
]
HOLDFANER += [
    Henvisning(40, "Mål", "hold_maal"),
    Henvisning(50, "Evalueringer", "hold_evalueringer"),
    Henvisning(90, "Dokumenter", "hold_dokumenter"),
]

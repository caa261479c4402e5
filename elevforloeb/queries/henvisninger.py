"""Where the pages of an elev and of a hold lead on to. This floor cannot know the wings: they enter what they have here
in AppConfig.ready(), as letters are entered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from elevforloeb.core.rules import Rules
from elevforloeb.models import Elev, Hold


@dataclass(frozen=True)
class Henvisning:
    """A link. `advarsel`: something that is missing and is said at the top of the page."""

    tekst: str
    url: str
    advarsel: str = ""


ELEVSIDE: list[Callable[[object, Elev, Rules], Iterable[Henvisning]]] = []  # for the reader, in one statement at most
HOLDSIDE: list[Callable[[Hold], Iterable[Henvisning]]] = []  # for the elevansvarlig, without a statement


def of_elev(user, elev: Elev, now: Rules) -> list[Henvisning]:
    return [link for source in ELEVSIDE for link in source(user, elev, now)]


def of_hold(hold: Hold) -> list[Henvisning]:
    return [link for source in HOLDSIDE for link in source(hold)]

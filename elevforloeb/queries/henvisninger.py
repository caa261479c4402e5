"""Where the page of an elev leads on to, and what is missing there.

This floor cannot know the wings: they enter what they have here in AppConfig.ready(), as letters are entered.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from elevforloeb.core.rules import Rules
from elevforloeb.models import Elev


@dataclass(frozen=True)
class Henvisning:
    """A link. `advarsel`: something that is missing and is said at the top of the page."""

    tekst: str
    url: str
    advarsel: str = ""


ELEVSIDE: list[Callable[[object, Elev, Rules], Iterable[Henvisning]]] = []  # for the reader, in one statement at most


def of_elev(user, elev: Elev, now: Rules) -> list[Henvisning]:
    return [link for source in ELEVSIDE for link in source(user, elev, now)]

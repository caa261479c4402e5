"""The pages about one elev, or about one hold, as tabs and menus. They lie in many apps that do not know each other.

Each app enters its own pages in AppConfig.ready(), as letters are entered: one line a page (CONTRIBUTING, "Add a tab").
A template below the wings names no page of theirs.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from operator import attrgetter

from django.urls import reverse

from elevforloeb.core.dates import today
from elevforloeb.core.rules import Rules
from elevforloeb.models import Elev, Hold

from .elever import list_name, status_of
from .figures import month


def is_own(user, elev: Elev) -> bool:
    return elev.bruger_id == user.pk


def is_not_own(user, elev: Elev) -> bool:
    return not is_own(user, elev)


def by_everybody(user, row) -> bool:
    return True


@dataclass(frozen=True)
class Henvisning:
    """A page that takes the number of the elev or of the hold.

    `maa_aabne`: may this reader, who sees the elev, open it? Answer from the roles of the reader, without a statement.
    `egen`: the elev's own address of the same page, which takes no number. `ogsaa`: pages below it.
    `under`: the tab of her menu that it stands under: her row names only the pages of that tab.
    `mangler`: what is missing there, for the reader to be told on the page of the elev; one statement at most.
    """

    plads: int  # the order
    tekst: str
    url_navn: str
    maa_aabne: Callable[[object, object], bool] = by_everybody
    egen: str = ""
    ogsaa: tuple[str, ...] = ()
    mangler: Callable[[object, Elev, Rules], str] | None = None
    nummer: Callable[[object], int] = attrgetter("pk")
    under: str = "forside"

    def is_open(self, here: str) -> bool:
        return here in (self.url_navn, self.egen or None, *self.ogsaa)

    def link(self, user, row, here: str = "") -> "Link":
        own = self.egen and is_own(user, row)
        url = reverse(self.egen) if own else reverse(self.url_navn, args=[self.nummer(row)])
        current = {self.url_navn: "page", self.egen: "page"} | dict.fromkeys(self.ogsaa, "true")
        return Link(self.tekst, url, current.get(here, "") if here else "")


@dataclass(frozen=True)
class Link:
    tekst: str
    url: str
    aktuel: str = ""  # what aria-current says: "page", or "true" for a page below it


@dataclass(frozen=True)
class Advarsel:
    tekst: str
    link: Link


ELEVFANER: list[Henvisning] = [
    Henvisning(10, "Forløb", "elev", is_not_own),
    Henvisning(10, "Aftale og fravær", "elev", is_own),
]
ELEVMENU: list[Henvisning] = []  # what is done more seldom: in the menu of the elev's page
HOLDFANER: list[Henvisning] = [
    Henvisning(10, "Holdet", "hold"),
    Henvisning(15, "Plan", "plan"),
    Henvisning(20, "Ønsker", "hold_oensker"),
    Henvisning(30, "Fordeling", "fordelinger"),
]


def links(entered: Iterable[Henvisning], user, row: Elev | Hold, here: str = "") -> list[Link]:
    """Those that this reader may open, in order. `here`: the url name of the page they stand on."""
    allowed = [each for each in entered if each.maa_aabne(user, row)]
    return [each.link(user, row, here) for each in sorted(allowed, key=attrgetter("plads"))]


def warnings_about(user, elev: Elev, now: Rules) -> list[Advarsel]:
    asked = [each for each in ELEVFANER if each.mangler and each.maa_aabne(user, elev)]
    found = [(each.mangler(user, elev, now), each) for each in asked]
    return [Advarsel(text, each.link(user, elev)) for text, each in found if text]


@dataclass(frozen=True)
class Elevhoved:
    """The head of every page about one elev. It asks nothing of the database."""

    elev: Elev
    er_egen: bool
    listenavn: str  # of the list that the reader came from
    status: str
    faner: list[Link]

    @property
    def titel(self) -> str:
        """Of the tab that is open."""
        return next((fane.tekst for fane in self.faner if fane.aktuel), "")


def get_elevhoved(user, elev: Elev, here: str) -> Elevhoved:
    status, maaned = status_of(elev, today()), month(elev)
    if status == "I gang":
        status = f"måned {maaned.nummer} af {maaned.antal}"
    entered = _beside(user, elev, here) if is_own(user, elev) else ELEVFANER
    faner = links(entered, user, elev, here)
    return Elevhoved(elev, is_own(user, elev), list_name(user), status, faner)


def _beside(user, elev: Elev, here: str) -> list[Henvisning]:
    """The pages under the same tab of the elev's own menu as the one that is open."""
    own = [each for each in ELEVFANER if each.maa_aabne(user, elev)]
    under = next((each.under for each in own if each.is_open(here)), "forside")
    return [each for each in own if each.under == under]

"""The tabs of each role, and the pages of a tab that has several. A person with two roles gets each tab once."""

from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from afdelinger.models import Rolle
from elevforloeb.queries.elever import LISTENAVNE

R = Rolle


class Side(NamedTuple):
    """A page in the row under its tab. `begyndelser`: the start of the url names that belong to it."""

    tekst: str
    url_navn: str
    begyndelser: tuple[str, ...]
    roller: tuple[str, ...] = tuple(R)


class Tab(NamedTuple):
    tekst: str
    url_navn: str
    ikon: str
    roller: tuple[str, ...]
    begyndelser: tuple[str, ...]  # and those of its pages
    sider: tuple[Side, ...] = ()

    @property
    def alle_begyndelser(self) -> tuple[str, ...]:
        return self.begyndelser + tuple(start for side in self.sider for start in side.begyndelser)


class Item(NamedTuple):
    tekst: str
    url: str
    aktuel: bool
    ikon: str = ""
    under: tuple["Item", ...] = ()  # only of the tab that is open


STAFF = (R.ELEVVEJLEDER, R.LEDER, R.ELEVANSVARLIG)
ET_FORLOEB = ("elev", "forloeb", "udvikling", "dialognote", "bog")  # the pages about one elev
UDGIFTER = ("udlaeg", "bilag", "udbetaling", "budget", "udgiftsart")

EVALUERING = (
    Side("Evalueringer", "evalueringer", ("evaluering", "dokument"), STAFF),
    Side("Oplæringserklæringer", "erklaeringer", ("erklaering",), (R.ELEVANSVARLIG, R.ELEVVEJLEDER)),
    Side("Elevernes billede", "afdeling_billeder", ("afdeling_billede",), STAFF),
    Side("Skemaer", "skemaer", ("skema",), (R.ELEVANSVARLIG,)),
)
SKOLE = (
    Side("Skolehold", "skole", ("skole", "indlaesning", "karakter", "fagvalg", "studietur", "tur")),
    Side("Fagprøver", "fagproever", ("fagproeve", "tegngraense")),
    Side("Udlæg", "udlaeg_liste", UDGIFTER),
    Side("AUB", "aub", ("aub",)),
)
RUNDER = ("runde", "ansoeg", "inhabil", "bedoemmelse", "notat", "reference", "partshoering", "fortrinssag")
RUNDER += (
    "samtale",
    "breve",
    "beskeder",
    "brevskabelon",
    "tilbud",
    "tilbagetraekning",
    "ansaet",
    "begrundelse",
    "sagsmappe",
)
OFFENTLIGT = ("offentligt", "side_", "fakta", "adgangsvej", "spoergsmaal", "oplysningstekst", "elevhistorie")
REKRUTTERING = (
    Side("Runder", "runder", RUNDER),
    Side("De offentlige sider", "offentligt", OFFENTLIGT),
    Side("Før start", "opstartsliste", ("opstart",)),
    Side("Besked om næste runde", "talentliste", ("talentliste",)),
    Side("Tal", "rundetal", ("rundetal",)),
)
AFDELINGER = (
    Side("Afdelinger", "afdelinger", ("afdeling",)),
    Side("Mål", "maal", ("maal",)),
    Side("Kurser", "kurser", ("kurs",)),
    Side("Regler", "regler", ("regel", "regler")),
)
BRUGERE = (
    Side("Brugere", "brugere", ("bruger",)),
    Side("Udbakke", "udbakke", ("udbakke",)),
    Side("Hvad er der sket?", "haendelser", ("haendelser",)),
    Side("Hvem har set hvad?", "opslag", ("opslag",)),
    Side("Sletning", "sletning", ("sletning",)),
)
MIN_SKOLE = ("min_skole", "karakter", "fagvalg", "fagproeve", "min_fagproeve", "mine_udlaeg", "skolevejledning")

TABS = [
    Tab("Overblik", "forside", "home", (*STAFF, R.ADMINISTRATOR), ("forside",)),
    Tab("Mit forløb", "forside", "home", (R.ELEV,), ("forside", "modtagelse", *ET_FORLOEB)),
    Tab("Mine ønsker", "oensker", "star", (R.ELEV,), ("oensker",)),
    Tab(LISTENAVNE[R.ELEVANSVARLIG], "elever", "groups", (R.ELEVANSVARLIG,), ("kalender", *ET_FORLOEB)),
    Tab(LISTENAVNE[R.ELEVVEJLEDER], "elever", "groups", (R.ELEVVEJLEDER,), ("kalender", *ET_FORLOEB)),
    Tab(LISTENAVNE[R.LEDER], "elever", "groups", (R.LEDER,), ET_FORLOEB),
    Tab("Hold og plan", "hold_liste", "calendar-month", (R.ELEVANSVARLIG,), ("hold", "plan", "udbud", "fordeling")),
    Tab("Evalueringer", "evalueringer", "assignment", (*STAFF, R.ELEV), (), EVALUERING),
    Tab("Skole", "skole", "student", (R.ELEVANSVARLIG,), (), SKOLE),
    Tab("Skole og karakterer", "min_skole", "student", (R.ELEV,), (*MIN_SKOLE, "studietur", *UDGIFTER)),
    Tab("Rekruttering", "runder", "person-add", (R.ELEVANSVARLIG,), (), REKRUTTERING),
    Tab("Kalender", "min_kalender", "time", tuple(R), ("min_kalender",)),
    Tab("Afdelinger", "afdelinger", "business", tuple(R), (), AFDELINGER),
    Tab("Brugere og log", "brugere", "settings", (R.ELEVANSVARLIG,), (), BRUGERE),
    Tab("Brugere", "brugere", "persons", (R.ADMINISTRATOR,), ("bruger",)),
    Tab("Udbakke", "udbakke", "email", (R.ADMINISTRATOR,), ("udbakke",)),
]
DEMO_TABS = [Tab("Postkasse", "postkasse", "forum", tuple(R), ("postkasse",))]

# What the search finds, and for whom.
SEARCHED = [
    ("elev", STAFF),
    ("afdeling", tuple(R)),
    ("person", (R.ELEVANSVARLIG, R.ADMINISTRATOR)),
]


def searched(user) -> list[str]:
    return _searched(_roles_of(user)) if user.is_authenticated else []


def _searched(roller: frozenset[str]) -> list[str]:
    return [word for word, roles in SEARCHED if roller.intersection(roles)]


def _roles_of(user) -> frozenset[str]:
    return frozenset(each.rolle for each in user.roller)


class Menuer(NamedTuple):
    """HTML. All who have the same roles see the same on a page, and every page has it: written once."""

    hoved: SafeString
    bund: SafeString
    soeg: SafeString
    bruger: SafeString


def menus(request) -> Menuer | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    return _written(navigation(request), _roles_of(user))


@lru_cache(maxsize=500)
def _written(tabs: tuple[Item, ...], roller: frozenset[str]) -> Menuer:
    facts = {"navigation": tabs, "soeger": _searched(roller), "er_elev": R.ELEV in roller, "har_rolle": bool(roller)}
    return Menuer(*(render_to_string(f"komponenter/{name}menu.html", facts) for name in Menuer._fields))


def navigation(request) -> tuple[Item, ...]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return ()
    here = (request.resolver_match and request.resolver_match.url_name) or ""
    return _items(_roles_of(user), here, settings.DEMO)


@lru_cache(maxsize=2000)  # as above
def _items(roller: frozenset[str], here: str, demo: bool) -> tuple[Item, ...]:
    tabs = _tabs_of(roller, TABS + DEMO_TABS * demo)
    current = max(tabs, key=lambda tab: _fits(here, tab.alle_begyndelser), default=None)
    return tuple(_item(tab, roller, here, is_current=tab is current) for tab in tabs)


def _tabs_of(roller: frozenset[str], tabs: list[Tab]) -> list[Tab]:
    found: dict[str, Tab] = {}
    for tab in tabs:
        if roller.intersection(tab.roller):
            found.setdefault(tab.url_navn, tab)
    return list(found.values())


def _fits(here: str, starts: tuple[str, ...]) -> int:
    """How much of a page's name is a tab's. The longest wins: elevhistorie begins as elev, but is of Rekruttering."""
    return max((len(start) for start in starts if here.startswith(start)), default=0)


def _item(tab: Tab, roller: frozenset[str], here: str, *, is_current: bool) -> Item:
    is_current = is_current and _fits(here, tab.alle_begyndelser) > 0
    under = _pages(tab, roller, here) if is_current else ()
    return Item(tab.tekst, reverse(tab.url_navn), is_current, tab.ikon, under=under)


def _pages(tab: Tab, roller: frozenset[str], here: str) -> tuple[Item, ...]:
    found = [side for side in tab.sider if roller.intersection(side.roller)]
    if len(found) < 2:
        return ()
    best = max(_fits(here, side.begyndelser) for side in found)
    return tuple(Item(s.tekst, reverse(s.url_navn), best > 0 and _fits(here, s.begyndelser) == best) for s in found)

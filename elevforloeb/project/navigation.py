"""The tabs of each role. A person with two roles gets the tabs of both, each once."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.queries.elever import LISTENAVNE

R = Rolle


class Item(NamedTuple):
    tekst: str
    url: str
    aktuel: bool
    ikon: str
    tal: int | None = None


WITH_ELEVER = (R.ELEV, R.ELEVVEJLEDER, R.LEDER, R.ELEVANSVARLIG)

EVALUERING = ("evaluering", "skema", "erklaering")
ET_FORLOEB = ("elev", "forloeb", "udvikling", "dialognote", "bog")  # the pages about one elev
UDGIFTER = ("udlaeg", "bilag", "udbetaling", "budget", "udgiftsart")

REKRUTTERING = ("runde", "ansoeg", "offentligt", "side_", "fakta", "adgangsvej", "spoergsmaal", "oplysningstekst")
REKRUTTERING += ("elevhistorie", "inhabil", "bedoemmelse", "notat", "reference", "partshoering", "fortrinssag")
REKRUTTERING += ("samtale", "breve", "brevskabelon", "tilbud", "ansaet", "begrundelse")
REKRUTTERING += ("sagsmappe", "talentliste", "opstart")

# (text, url name, icon, roles, the start of the url names that belong to the tab)
TABS = [
    ("Overblik", "forside", "home", (R.ELEVANSVARLIG, R.LEDER, R.ELEVVEJLEDER, R.ADMINISTRATOR), ("forside",)),
    ("Mit forløb", "forside", "home", (R.ELEV,), ("forside", *ET_FORLOEB)),
    ("Mine ønsker", "oensker", "star", (R.ELEV,), ("oensker",)),
    (LISTENAVNE[R.ELEVANSVARLIG], "elever", "groups", (R.ELEVANSVARLIG,), ("kalender", *ET_FORLOEB)),
    (LISTENAVNE[R.ELEVVEJLEDER], "elever", "groups", (R.ELEVVEJLEDER,), ("kalender", *ET_FORLOEB)),
    (LISTENAVNE[R.LEDER], "elever", "groups", (R.LEDER,), ET_FORLOEB),
    (
        "Evalueringer",
        "evalueringer",
        "assignment",
        WITH_ELEVER,
        EVALUERING,
    ),
    ("Hold og plan", "hold_liste", "calendar-month", (R.ELEVANSVARLIG,), ("hold", "plan", "udbud", "fordeling")),
    (
        "Skole",
        "skole",
        "student",
        (R.ELEVANSVARLIG,),
        (
            "skole",
            "indlaesning",
            "karakter",
            "fagvalg",
            "fagproeve",
            "tegngraense",
            "aub",
            "studietur",
            "tur",
            *UDGIFTER,
        ),
    ),
    (
        "Skole og karakterer",
        "min_skole",
        "student",
        (R.ELEV,),
        (
            "min_skole",
            "karakter",
            "fagvalg",
            "fagproeve",
            "min_fagproeve",
            "mine_udlaeg",
            "skolevejledning",
            "studietur",
            *UDGIFTER,
        ),
    ),
    ("Rekruttering", "runder", "person-add", (R.ELEVANSVARLIG,), REKRUTTERING),
    ("Kalender", "min_kalender", "time", tuple(R), ("min_kalender",)),
    ("Afdelinger", "afdelinger", "business", tuple(R), ("afdeling", "maal", "kurs", "regel", "regler")),
    ("Brugere", "brugere", "persons", (R.ELEVANSVARLIG, R.ADMINISTRATOR), ("bruger",)),
    ("Udbakke", "udbakke", "email", (R.ELEVANSVARLIG, R.ADMINISTRATOR), ("udbakke",)),
    ("Log og sletning", "haendelser", "visibility", (R.ELEVANSVARLIG,), ("haendelser", "opslag", "sletning")),
]
DEMO_TABS = [("Postkasse", "postkasse", "forum", tuple(R), ("postkasse",))]

# What the search finds, and for whom.
SEARCHED = [
    ("elev", (R.ELEVANSVARLIG, R.ELEVVEJLEDER, R.LEDER)),
    ("afdeling", tuple(R)),
    ("person", (R.ELEVANSVARLIG, R.ADMINISTRATOR)),
]


def searched(user) -> list[str]:
    return [word for word, roles in SEARCHED if user.is_authenticated and user.har_rolle(*roles)]


def navigation(request) -> list[Item]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    here = (request.resolver_match and request.resolver_match.url_name) or ""
    items, seen = [], set()
    for text, name, icon, roles, starts in TABS + DEMO_TABS * settings.DEMO:
        if name not in seen and user.har_rolle(*roles):
            seen.add(name)
            items.append(Item(text, reverse(name), here.startswith(starts), icon))
    return items

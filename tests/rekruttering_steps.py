"""A round with applicants and a committee, as tests need them. The names are invented."""

from datetime import date, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from elevforloeb.core.dates import now, today
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.kinds import TXT
from elevforloeb.core.files.store import keep
from elevforloeb.core.models import Fil
from elevforloeb.core.periods import period
from rekruttering.models import Adgangsvej, Ansoegning, Ansoegningsbilag, Runde, Samtaledag, Tilbud, Udvalgsmedlem
from rekruttering.services.bedoemmelse import hand_in
from rekruttering.services.flyt import place_one
from rekruttering.services.samtaler import add_times
from rekruttering.services.tilbud import offer
from rekruttering.services.udvalg import add_medlem, declare

from .factories import LONG_AGO

DANMARK = ZoneInfo("Europe/Copenhagen")


def make_round(slug="kontorelever-2028", **more) -> Runde:
    """Open on the tests' day, 2027-10-15; the deadline is 1 November at noon."""
    values = {
        "titel": "Kontorelever 2028",
        "pladser": 4,
        "startdato": date(2028, 9, 1),
        "aabner": datetime(2027, 10, 1, 8, tzinfo=DANMARK),
        "frist": datetime(2027, 11, 1, 12, tzinfo=DANMARK),
        "tilstand": Runde.Tilstand.OFFENTLIG,
        "slettes_efter_maaneder": 6,
    }
    return Runde.objects.create(slug=slug, **values | more)


def route() -> Adgangsvej:
    values = {"navn": "EUX Business", "krav": "Bestået", "kilde": "test", "periode": period(LONG_AGO)}
    return Adgangsvej.objects.get_or_create(kode="eux", defaults=values)[0]


def applied(runde: Runde, fornavn="Ida", **more) -> Ansoegning:
    """One who has sent her application, a moment after the one before."""
    number = runde.ansoegninger.count() + 1
    values = {
        "tilstand": Ansoegning.Tilstand.NY,
        "nummer": number,
        "formular": uuid4(),
        "efternavn": "Prøvesen",
        "email": f"{fornavn.lower()}@example.invalid",
        "adgangsvej": route(),
        "motivation": "Jeg vil gerne arbejde med mennesker.",
        "indsendt": now() - timedelta(hours=2) + timedelta(seconds=number),
    }
    return Ansoegning.objects.create(runde=runde, fornavn=fornavn, **values | more)


def seat(bruger, runde: Runde, *, inhabil=()) -> Udvalgsmedlem:
    """In the committee, and has said about everybody whether she is partial."""
    medlem = add_medlem(bruger, runde=runde, bruger=bruger)
    declare(bruger, medlem=medlem, asked=runde.ansoegninger.exclude(indsendt=None), partial=inhabil)
    medlem.refresh_from_db()
    return medlem


def assess(medlem: Udvalgsmedlem, ansoegning: Ansoegning, indstilling="samtale", begrundelse="Skriver klart."):
    ansoegning.refresh_from_db()
    act = {"ansoegning": ansoegning, "medlem": medlem, "indstilling": indstilling, "begrundelse": begrundelse}
    row = hand_in(medlem.bruger, **act)
    ansoegning.refresh_from_db()
    return row


def interviewed(medlem: Udvalgsmedlem, ansoegning: Ansoegning) -> Ansoegning:
    """Read by the only member, and called to an interview."""
    assess(medlem, ansoegning)
    place_one(medlem.bruger, ansoegning=ansoegning, to=Ansoegning.Tilstand.SAMTALE)
    ansoegning.refresh_from_db()
    return ansoegning


def refused(medlem: Udvalgsmedlem, ansoegning: Ansoegning) -> Ansoegning:
    assess(medlem, ansoegning, "ikke", "Mangler erfaring.")
    place_one(medlem.bruger, ansoegning=ansoegning, to=Ansoegning.Tilstand.AFSLAG)
    ansoegning.refresh_from_db()
    return ansoegning


def offered(medlem: Udvalgsmedlem, ansoegning: Ansoegning) -> Tilbud:
    row = offer(medlem.bruger, ansoegning=interviewed(medlem, ansoegning), frist=today() + timedelta(days=7))
    ansoegning.refresh_from_db()
    return row


def times(actor, runde: Runde, **more) -> Samtaledag:
    """Three interviews in the morning of Tuesday 7 December 2027, when all elever are at work."""
    values = {"nr": 1, "dato": date(2027, 12, 7), "lokale": "Lokale 3", "fra": time(9), "til": time(12)}
    return add_times(actor, runde=runde, **values | {"minutter": 45, "pause": 15} | more)


def attach(ansoegning: Ansoegning, navn="cv.txt", data=b"Mit CV") -> Ansoegningsbilag:
    fil = keep(None, CheckedFile(navn=navn, kind=TXT, data=data, tilstand=Fil.Tilstand.REN))
    return Ansoegningsbilag.objects.create(ansoegning=ansoegning, art=Ansoegningsbilag.Art.CV, fil=fil)

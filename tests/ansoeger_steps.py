"""Applicants for tests: an open round, and an application on its way through the services."""

from datetime import date, datetime
from io import BytesIO
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from elevforloeb.core.files.examine import examine
from elevforloeb.core.periods import period
from rekruttering.links import token
from rekruttering.models import Adgangsvej, Ansoegning, Interesse, Oplysningstekst, Runde
from rekruttering.queries.ansoegning import newest_oplysningstekst, step_version
from rekruttering.services.ansoegning import begin, save_draft, send
from rekruttering.services.bilag import add_bilag
from rekruttering.services.interesse import ask_for_notice
from rekruttering.trin import SKEMAER
from rekruttering.uses import BILAG

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
ANSWERS = {
    "om-dig": {"fornavn": "Signe", "efternavn": "Søsted", "email": "signe@example.invalid", "telefon": ""},
    "uddannelse": {"skole": "Sundby Handelsskole", "faerdig_maaned": 6, "faerdig_aar": 2027, "uddannelse_note": ""},
    "motivation": {"motivation": "Jeg vil gerne arbejde med borgere.", "erfaring": "Kasse i en butik.", "hoert": "ven"},
}


def moment(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """In November 2027, when the deadline of the tests' round is: the 15th at 23.59."""
    return datetime(2027, 11, day, hour, minute, second, tzinfo=COPENHAGEN)


def open_round(**changes) -> Runde:
    """Everything that a round needs; tests live on 15 October 2027, a month before its deadline."""
    Oplysningstekst.objects.get_or_create(
        tekst="Kommunen er dataansvarlig.", defaults={"udgivet": moment(1, 8).replace(month=9)}
    )
    Adgangsvej.objects.get_or_create(
        kode="eux",
        defaults={"navn": "EUX Business", "krav": "x", "periode": period(date(2020, 1, 1)), "kilde": "x"},
    )
    fields = {
        "titel": "Kontorelever 2028",
        "slug": f"kontorelever-{uuid4().hex[:6]}",
        "pladser": 5,
        "startdato": date(2028, 9, 1),
        "aabner": moment(1, 8).replace(month=10),
        "frist": moment(15, 23, 59),
        "svar_senest": date(2028, 1, 31),
        "samtaler": "Uge 50 på rådhuset",
        "tilstand": Runde.Tilstand.OFFENTLIG,
        "slettes_efter_maaneder": 6,
    }
    return Runde.objects.create(**fields | changes)


def begun(runde: Runde | None = None) -> Ansoegning:
    return begin(runde=runde or open_round(), formular=uuid4())


def save(ansoegning: Ansoegning, slug: str, **changes) -> Ansoegning:
    trin = SKEMAER[slug]
    valid = ANSWERS[slug] | changes
    if slug == "uddannelse":
        valid.setdefault("adgangsvej", Adgangsvej.objects.first())
    version = step_version(Ansoegning.objects.get(pk=ansoegning.pk), trin)
    return save_draft(ansoegning=ansoegning, trin=trin, valid=valid, typed={}, version=version)


def filled(runde: Runde | None = None, **changes) -> Ansoegning:
    """A draft that lacks nothing. `changes`: of the first step."""
    found = begun(runde)
    for slug in SKEMAER:
        found = save(found, slug, **(changes if slug == "om-dig" else {}))
    return found


def deliver(ansoegning: Ansoegning, **changes) -> Ansoegning:
    fresh = Ansoegning.objects.get(pk=ansoegning.pk)
    how = {"version": fresh.version, "oplysningstekst": newest_oplysningstekst(), "kontakt": False} | changes
    return send(ansoegning=fresh, **how)


def sent(runde: Runde | None = None, **changes) -> Ansoegning:
    return deliver(filled(runde, **changes))


def picture(colour: int = 100, size: int = 40) -> bytes:
    file = BytesIO()
    Image.new("RGB", (size, size), (colour, 80, 80)).save(file, "JPEG")
    return file.getvalue()


def upload(navn="bevis.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(navn, data or picture(), "image/jpeg")


def attach(ansoegning: Ansoegning, navn="bevis.jpg", data: bytes | None = None, art="bevis"):
    return add_bilag(ansoegning=ansoegning, art=art, fil=examine(upload(navn, data), BILAG))


def notice() -> dict:
    """The link of somebody who wants to hear about the next round."""
    ask_for_notice(email="venter@example.invalid")
    return {"token": token(Interesse.objects.get(email="venter@example.invalid").noegle)}


def link(ansoegning: Ansoegning) -> dict:
    return {"token": token(Ansoegning.objects.get(pk=ansoegning.pk).noegle)}

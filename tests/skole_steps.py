"""Short words for tests of school. Today is 2027-10-15; Åse has a Skoleophold 1 in November in her calendar already."""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from elevforloeb.core.files.examine import CheckedFile, examine
from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode
from skoleophold.demo_filer import demo_file
from skoleophold.models import (
    Aub,
    Aubsats,
    Fag,
    Indlaesning,
    Karakter,
    Noedkontakt,
    Skole,
    Skolehold,
    Skoleophold,
    Skoleperiode,
    Studietur,
    Studieturpunkt,
)
from skoleophold.queries.foelger import find_skift, stand
from skoleophold.services import indlaesning as files
from skoleophold.services.aub import FIELDS as AUB_FIELDS
from skoleophold.services.aub import aub_version, save_aub
from skoleophold.services.kalender import save_perioder
from skoleophold.services.karakterer import add_karakter
from skoleophold.services.skolehold import create_skolehold, join, joining
from skoleophold.services.studietur import create_studietur, save_noedkontakt
from skoleophold.uses import SKOLELISTE
from tests.cast import Cast

LONG_AGO = date(2020, 1, 1)
START = date(2027, 9, 1)


def make_fag(kode="LOV", navn="Lovgivning", **fields) -> Fag:
    fields = {"navn": navn, "kilde": "test", "periode": period(LONG_AGO)} | fields
    return Fag.objects.get_or_create(kode=kode, defaults=fields)[0]


def make_class(cast: Cast, navn="KOF 27-2", **fields) -> Skolehold:
    skole = Skole.objects.get_or_create(kode="skolen", defaults={"navn": "Handelsskolen"})[0]
    return create_skolehold(cast.elevansvarlig, skole=skole, navn=navn, **fields)


def periode(skolehold: Skolehold, nr: int, first: date, last: date, **fields) -> Skoleperiode:
    """Not saved."""
    return Skoleperiode(skolehold=skolehold, nr=nr, periode=period(first, last), **fields)


def save(cast: Cast, *rows: Skoleperiode) -> list:
    return save_perioder(cast.elevansvarlig, perioder=list(rows), was=stand(find_skift(list(rows))))


def follow(cast: Cast, skolehold: Skolehold, *elever, fra: date = START):
    was = stand(joining(skolehold, list(elever), fra))
    return join(cast.elevansvarlig, skolehold=skolehold, elever=list(elever), fra=fra, was=was)


def class_at_school(cast: Cast, **fields) -> Skolehold:
    """Åse and Bo follow a class that was at school in September, and goes again in January."""
    skolehold = make_class(cast, **fields)
    follow(cast, skolehold, cast.aase, cast.bo)
    save(
        cast,
        periode(skolehold, 1, date(2027, 9, 6), date(2027, 9, 17), sted="Lokale 1"),
        periode(skolehold, 2, date(2028, 1, 10), date(2028, 1, 28)),
    )
    return skolehold


def first_period(skolehold: Skolehold) -> Skoleperiode:
    return skolehold.skoleperioder.get(nr=1)


def give(cast: Cast, elev, vaerdi="7", *, skoleperiode=None, fag=None, **fields) -> Karakter:
    more = {"fag": fag or make_fag(), "skoleperiode": skoleperiode, "vaerdi": vaerdi, "dato": None} | fields
    return add_karakter(cast.elevansvarlig, elev=elev, **more)


def stay_of(elev, nr: int) -> Skoleophold:
    return Skoleophold.objects.select_related("kalenderperiode").get(elev=elev, skoleperiode__nr=nr)


def school_of(elev) -> list[str]:
    rows = Kalenderperiode.objects.filter(elev=elev, art="skole")
    return [f"{row} {row.startdato:%d-%m-%Y} {row.sidste_dag:%d-%m-%Y}" for row in rows]


def upload(content: str | bytes, name="skole.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def read(cast: Cast, art: str, content: str | bytes, **more) -> Indlaesning:
    return files.read_file(cast.elevansvarlig, art=art, fil=examine(upload(content), SKOLELISTE), **more)


def verdicts(indlaesning: Indlaesning) -> list[tuple[int, str]]:
    return [(linje["nr"], linje["udfald"]) for linje in indlaesning.linjer]


def reasons(indlaesning: Indlaesning) -> dict[int, str]:
    return {linje["nr"]: " ".join(linje["fejl"]) for linje in indlaesning.linjer if linje["fejl"]}


@cache
def pdf_file(name="fra-skolen.pdf", *lines: str) -> CheckedFile:
    """Examined once in a run: that takes a process of its own. Every `keep` makes a row and bytes of its own."""
    return demo_file(name, *(lines or ("Fra skolen",)))


def sats(art="1", beloeb="3110", fra=date(2027, 1, 1)) -> Aubsats:
    fields = {"beloeb": Decimal(beloeb), "kilde": "test", "periode": period(fra)}
    return Aubsats.objects.get_or_create(art=art, defaults=fields)[0]


def write_aub(cast: Cast, ophold: Skoleophold, **fields) -> Aub:
    """As the form does: what is not named stays as it was."""
    there = Aub.objects.filter(skoleophold=ophold).first() or Aub(skoleophold=ophold)
    fields = {name: getattr(there, name) for name in AUB_FIELDS} | fields
    return save_aub(cast.elevansvarlig, ophold=ophold, version=aub_version(there), **fields)


def make_trip(cast: Cast, periode: Skoleperiode | None = None, **fields) -> Studietur:
    """Tuesday to Friday of the first week of the class's school in January, with a passport and a contact to think of.

    Vera, who has Åse now, travels along.
    """
    if periode is None:
        skolehold = Skolehold.objects.filter(navn="KOF 27-2").first() or class_at_school(cast)
        periode = skolehold.skoleperioder.get(nr=2)
    there = Studietur.objects.filter(skoleperiode=periode).first()
    if there:
        return there
    add_trip_points()
    first = periode.startdato + timedelta(days=1 if periode.span.days > 4 else 0)
    days = {"startdato": first, "sidste_dag": min(first + timedelta(days=3), periode.sidste_dag)}
    fields = days | {"destination": "Bruxelles", "program": "", "kontakt": "", "ledsager": cast.vejleder} | fields
    return create_studietur(cast.elevansvarlig, skoleperiode=periode, **fields)


def add_trip_points() -> None:
    for kode, art, days in (("pas", "kryds", 60), ("noedkontakt", "noedkontakt", 14)):
        fields = {"navn": kode.capitalize(), "art": art, "dage_foer": days, "kilde": "test"}
        Studieturpunkt.objects.get_or_create(kode=kode, defaults=fields)


def noedkontakt(cast: Cast, elev, navn="Kanariefugl Sisken") -> Noedkontakt:
    fields = {"navn": navn, "telefon": "12345678", "hvem": "mor"}
    return save_noedkontakt(elev.bruger, tur=make_trip(cast), elev=elev, **fields)

"""Invented people for the demo: elevansvarlig, administrator, and a leder and two elevvejledere in each department."""

from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from afdelinger.models import Afdeling, Bruger, Kursus, Rolle
from afdelinger.services import create_bruger, give_role, register_kursus

PASSWORD = "kontorelev-demo"  # noqa: S105  shown on the log-in page of a demo, and valid nowhere else
DOMAIN = "demo.invalid"

LEDERE = [
    "Birgitte Aagaard", "Henning Østergaard", "Susanne Krogh", "Torben Ladegaard",
    "Lene Vestergaard", "Jesper Holmgaard", "Anette Bundgaard", "Claus Ørsted",
]  # fmt: skip
VEJLEDERE = [
    "Lone Kirkegaard", "Peter Søgaard", "Dorthe Ågesen", "Morten Bech", "Kirsten Ullerup", "Nadia Hamdan",
    "Steen Ravn", "Charlotte Æbelø", "Ole Tvede", "Ditte Marcussen", "Jan Hvilsted", "Rikke Sandholm",
    "Bo Engelund", "Tine Fjeldsø", "Asger Lynge", "Hanne Overby",
]  # fmt: skip


def make_people(*, since: date) -> Bruger:
    """Everybody but the elever, with roles from `since`. Returns the elevansvarlig."""
    elevansvarlig = person("Mette Lindegaard", "Elevansvarlig i Personale & Udvikling")
    give_role(None, bruger=elevansvarlig, rolle=Rolle.ELEVANSVARLIG, fra=since)
    administrator = person("Anton Skovgaard", "Systemadministrator")
    give_role(elevansvarlig, bruger=administrator, rolle=Rolle.ADMINISTRATOR, fra=since)
    vejledere = iter(VEJLEDERE)
    for afdeling, leder in zip(Afdeling.objects.order_by("art", "kode"), LEDERE, strict=False):
        add_role(elevansvarlig, leder, Rolle.LEDER, afdeling, since)
        for navn in (next(vejledere), next(vejledere)):
            vejleder = add_role(elevansvarlig, navn, Rolle.ELEVVEJLEDER, afdeling, since)
        complete_a_course(vejleder, since)
    return elevansvarlig


def person(navn: str, stilling: str = "") -> Bruger:
    return create_bruger(None, email=address(navn), navn=navn, stilling=stilling, telefon="00 00 00 00")


def address(navn: str) -> str:
    letters = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
    return f"{navn.lower().translate(letters).replace(' ', '.')}@{DOMAIN}"


def add_role(actor, navn: str, rolle: str, afdeling: Afdeling, since: date) -> Bruger:
    bruger = person(navn, f"{Rolle(rolle).label}, {afdeling.kortnavn}")
    give_role(actor, bruger=bruger, rolle=rolle, afdeling=afdeling, fra=max(since, afdeling.startdato))
    return bruger


def complete_a_course(vejleder: Bruger, since: date) -> None:
    kursus = Kursus.objects.filter(for_elevvejledere=True).order_by("nummer").last()
    if kursus:
        register_kursus(vejleder, kursus=kursus, dato=since)


@transaction.atomic
def open_accounts() -> None:
    """Everyone in the demo has the same password: hashed once, for hashing is slow on purpose."""
    Bruger.objects.filter(email__endswith=f"@{DOMAIN}").update(password=make_password(PASSWORD))

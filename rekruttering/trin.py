"""The steps of an application: what each asks, and what must be answered before it can be sent.

Never asked: age, birth date, CPR, photo, gender, health. tests/rekruttering/test_ansoegning.py holds the list.
"""

from dataclasses import dataclass

from django.utils.text import capfirst

from rekruttering.models import Ansoegning


@dataclass(frozen=True)
class Trin:
    slug: str
    navn: str
    felter: tuple[str, ...] = ()
    kraeves: tuple[str, ...] = ()


OM_DIG = Trin(
    "om-dig",
    "Om dig",
    ("fornavn", "efternavn", "email", "telefon", "fortrinsadgang"),
    ("fornavn", "efternavn", "email"),
)
UDDANNELSE = Trin(
    "uddannelse",
    "Uddannelse",
    ("adgangsvej", "skole", "faerdig_maaned", "faerdig_aar", "uddannelse_note"),
    ("adgangsvej", "skole", "faerdig_maaned", "faerdig_aar"),
)
MOTIVATION = Trin("motivation", "Motivation", ("motivation", "erfaring", "hoert"), ("motivation",))
BILAG = Trin("filer", "Bilag")
SEND = Trin("send", "Tjek og send")

ALLE = [OM_DIG, UDDANNELSE, MOTIVATION, BILAG, SEND]
SKEMAER = {trin.slug: trin for trin in (OM_DIG, UDDANNELSE, MOTIVATION)}


# Where the name of the field alone is no question.
SPOERGSMAAL = {
    "adgangsvej": "Hvilken uddannelse har du, eller er du i gang med?",
    "faerdig_maaned": "Hvilken måned er eller var du færdig?",
    "faerdig_aar": "Hvilket år er eller var du færdig?",
}


# What one must do when there is no answer.
MANGLER = {
    "fornavn": "Skriv dit fornavn",
    "efternavn": "Skriv dit efternavn",
    "email": "Skriv din e-mail",
    "adgangsvej": "Vælg den uddannelse, du har eller er i gang med",
    "skole": "Skriv, hvad skolen hedder",
    "faerdig_maaned": "Vælg den måned, du er eller var færdig",
    "faerdig_aar": "Skriv det år, du er eller var færdig",
    "motivation": "Skriv, hvorfor du vil være kontorelev hos os",
}


def label(name: str) -> str:
    return SPOERGSMAAL.get(name) or capfirst(Ansoegning._meta.get_field(name).verbose_name)


def after(trin: Trin) -> Trin:
    return ALLE[ALLE.index(trin) + 1]


def before(trin: Trin) -> Trin | None:
    return ALLE[ALLE.index(trin) - 1] if trin != ALLE[0] else None

"""The states of an application: one table of legal moves, each with a line in the case log."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.errors import StaleError
from rekruttering.models import Ansoegning, Sagsskridt

T = Ansoegning.Tilstand

MOVES = {
    T.KLADDE: {T.NY},
    T.NY: {T.VURDERES, T.SAMTALE, T.AFSLAG, T.TRUKKET},
    T.VURDERES: {T.NY, T.SAMTALE, T.AFSLAG, T.TRUKKET},
    T.SAMTALE: {T.VURDERES, T.VENTELISTE, T.TILBUD, T.AFSLAG, T.TRUKKET},
    T.VENTELISTE: {T.SAMTALE, T.TILBUD, T.AFSLAG, T.TRUKKET},
    T.TILBUD: {T.VENTELISTE, T.ANSAT, T.TRUKKET},  # to the waiting list by taking the offer back
    T.AFSLAG: {T.VURDERES},
    T.ANSAT: set(),
    T.TRUKKET: set(),
}

# What the history of the house says of a step: never what stands in it. The other steps are called as they are.
IN_HISTORY = {
    "bedoemmelse": "bedømmelse afgivet",
    "bedoemmelse-tilbage": "bedømmelse taget tilbage",
    "begrundelse": "begrundelse sendt",
    "begrundelse-oensket": "begrundelse ønsket",
    "fortrinssag": "sag om fortrinsadgang",
    "kontakt": "svar om en senere runde",
    "notat": "notat skrevet",
    "partshoering": "partshøring åbnet",
    "partshoering-sendt": "partshøring sendt",
    "partshoering-svar": "partshøring besvaret",
    "reference": "reference indhentet",
    "reference-samtykke": "samtykke til en reference",
    "tilbagetraekning-fortrudt": "tilbagetrækning fortrudt",
    "tilbud-ja": "ja tak til tilbuddet",
}

ASSESSED = [T.NY, T.VURDERES]  # the members can still hand in what they think


@transaction.atomic
def move(actor, *, ansoegning: Ansoegning, to: str, tekst: str, **fields) -> None:
    """Conditional on the old state: of two at once, the later one is refused and changes nothing.

    `actor` is None when the applicant does it. `tekst` stands in the case log, which the applicant can read.
    """
    if to not in MOVES[ansoegning.tilstand]:
        raise ValidationError(f"{ansoegning} er “{ansoegning.get_tilstand_display()}” og kan ikke flyttes dertil.")
    fields |= {"tilstand": to, "tilstand_siden": now()}
    if not Ansoegning.objects.filter(pk=ansoegning.pk, tilstand=ansoegning.tilstand).update(**fields):
        raise StaleError("En anden har flyttet ansøgeren imens. Genindlæs siden.")
    for name, value in fields.items():
        setattr(ansoegning, name, value)
    write_step(actor, ansoegning=ansoegning, art=f"tilstand-{to}", tekst=tekst)


def write_step(actor, *, ansoegning: Ansoegning, art: str, tekst: str) -> None:
    """One line in the case log, and one without personal data in the history."""
    Sagsskridt.objects.create(ansoegning=ansoegning, bruger=actor, art=art, tekst=tekst)
    audit.record(actor, f"ansoegning.{art}", ansoegning, f"{ansoegning}: {_in_history(art)}")


def _in_history(art: str) -> str:
    kind, _, state = art.partition("-")
    if kind == "tilstand":
        return f"nu “{T(state).label}”"
    return IN_HISTORY.get(art, art.replace("-", " "))

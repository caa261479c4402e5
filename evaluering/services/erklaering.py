"""The way of one declaration: written, read by the elev, signed, sealed, and sent to the school.

kladde -> til_elev -> set -> underskrevet -> sendt; before it is signed also back to kladde, and to bortfaldet.
"""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, now, today
from elevforloeb.core.errors import StaleError, compared, conflict
from elevforloeb.core.rules import rules
from elevforloeb.core.seal import seal
from evaluering.models import Oplaeringserklaering
from evaluering.queries.erklaeringstekst import content

S = Oplaeringserklaering.Status
TEXTS = ("arbejdsomraader", "behov_skole", "behov_oplaering")
KIND = "oplaeringserklaering"  # of the sealed document
# What each step may be taken from.
MOVES = {
    S.TIL_ELEV: [S.KLADDE],
    S.SET: [S.TIL_ELEV],
    S.UNDERSKREVET: [S.SET, S.TIL_ELEV],
    S.SENDT: [S.UNDERSKREVET],
    S.KLADDE: [S.TIL_ELEV, S.SET, S.BORTFALDET],
    S.BORTFALDET: [S.KLADDE, S.TIL_ELEV, S.SET],
}


def _locked(erklaering: Oplaeringserklaering) -> Oplaeringserklaering:
    rows = Oplaeringserklaering.objects.select_for_update(of=("self",))
    return rows.select_related("elev__bruger", "elev__hold", "skole").get(pk=erklaering.pk)


def _move(row: Oplaeringserklaering, to: str, **fields) -> Oplaeringserklaering:
    """`row` is locked. Each step counts as a version, so that nobody sends or signs another text than the one read."""
    if row.status not in MOVES[to]:
        raise StaleError(f"Erklæringen er nu “{row.get_status_display().lower()}”. Se den igen, før du går videre.")
    row.status = to
    row.version += 1
    for name, value in fields.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def _same_text(row: Oplaeringserklaering, version: int) -> None:
    if row.version != version:
        raise StaleError("Erklæringen er ændret, siden du åbnede den. Læs den igen, før du går videre.")


@transaction.atomic
def save_text(actor, *, erklaering: Oplaeringserklaering, version: int, **texts: str) -> Oplaeringserklaering:
    """What the elevansvarlig and the elevvejleder write. Whoever was slower gets both texts."""
    row = _locked(erklaering)
    if row.status != S.KLADDE:
        raise StaleError("Erklæringen er sendt til eleven og kan ikke rettes, før den er hentet tilbage.")
    if row.version != version:
        raise conflict(audit.last_actor(row), compared(row, texts))
    if {name: getattr(row, name) for name in texts} == texts:
        return row
    for name in TEXTS:
        setattr(row, name, texts[name])
    row.version += 1
    row.full_clean()
    row.save()
    audit.record(actor, "erklaering.rettet", row, f"{row} er rettet")
    return row


@transaction.atomic
def send_to_elev(actor, *, erklaering: Oplaeringserklaering, version: int) -> None:
    row = _locked(erklaering)
    _same_text(row, version)
    if not row.arbejdsomraader.strip():
        raise ValidationError("Skriv, hvilke arbejdsområder og funktioner eleven har haft, før du sender den.")
    _move(row, S.TIL_ELEV, elev_set=None)
    audit.record(actor, "erklaering.til_elev", row.elev, f"{row} er sendt til eleven", erklaering=row.pk)


@transaction.atomic
def take_back(actor, *, erklaering: Oplaeringserklaering) -> None:
    """To be corrected, or opened again after it lapsed. The elev is asked anew; what she remarked stays."""
    row = _locked(erklaering)
    _move(row, S.KLADDE, elev_set=None)
    audit.record(actor, "erklaering.tilbage", row.elev, f"{row} er kladde igen", erklaering=row.pk)


@transaction.atomic
def acknowledge(actor, *, erklaering: Oplaeringserklaering, version: int, bemaerkning: str) -> None:
    """The elev has read it."""
    row = _locked(erklaering)
    _same_text(row, version)
    _move(row, S.SET, elev_set=now(), elev_bemaerkning=bemaerkning.strip())
    audit.record(actor, "erklaering.set", row.elev, f"{row} er set af eleven", erklaering=row.pk)


@transaction.atomic
def sign(actor, *, erklaering: Oplaeringserklaering, version: int, grund: str = "") -> Oplaeringserklaering:
    """Sealed in the same transaction. `grund`: why it is signed although the elev has not seen it."""
    row = _locked(erklaering)
    _same_text(row, version)
    if row.status == S.TIL_ELEV:
        if rules().erklaering_elev_underskriver:
            raise ValidationError("Kommunen kræver, at eleven skriver under. Vent på eleven.")
        if not grund.strip():
            raise ValidationError({"grund": "Skriv, hvorfor eleven ikke har set erklæringen."})
    before = row.status
    if before not in MOVES[S.UNDERSKREVET]:
        raise StaleError("Erklæringen kan ikke underskrives nu. Se den igen.")
    row.underskrevet, row.underskrevet_af = now(), actor
    text = content(row, grund=grund.strip() if before == S.TIL_ELEV else "")
    dokument = seal(actor, art=KIND, titel=str(row), person=row.elev.bruger, indhold=text)
    _move(row, S.UNDERSKREVET, dokument=dokument)
    audit.record(actor, "erklaering.underskrevet", row.elev, f"{row} er underskrevet", erklaering=row.pk)
    return row


@transaction.atomic
def mark_sent(actor, *, erklaering: Oplaeringserklaering, sendt: date, hvordan: str) -> None:
    """By whatever way it went: the system sends nothing to the school itself."""
    row = _locked(erklaering)
    if sendt > today():
        raise ValidationError({"sendt": "Vælg i dag eller en tidligere dag."})
    if row.underskrevet and sendt < row.underskrevet.date():
        raise ValidationError({"sendt": "Vælg en dag, efter at erklæringen blev underskrevet."})
    _move(row, S.SENDT, sendt=sendt, sendt_hvordan=hvordan.strip())
    words = f"{row} er sendt eller afleveret {full_date(sendt)}: {hvordan.strip()}"
    audit.record(actor, "erklaering.sendt", row.elev, words, erklaering=row.pk)


@transaction.atomic
def lapse(actor, *, erklaering: Oplaeringserklaering, grund: str) -> None:
    row = _locked(erklaering)
    _move(row, S.BORTFALDET)
    words = f"{row} skal ikke skrives: {grund.strip()}"
    audit.record(actor, "erklaering.bortfaldet", row.elev, words, erklaering=row.pk)

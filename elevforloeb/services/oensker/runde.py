"""A round of wishes: opened, its dates changed, closed and opened again."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, now
from elevforloeb.core.errors import StaleError, fingerprint, mendable, save_checked
from elevforloeb.models import Hold, Oenskerunde, Udbudssvar
from elevforloeb.queries.oensker.runde import default_afdelinger
from elevforloeb.services.plan.kladde import lock_hold

DATES = ("udbud_fra", "udbudsfrist", "oenske_fra", "oenskefrist")
CHANGEABLE = ("navn", *DATES, "besked")


def round_version(runde: Oenskerunde) -> str:
    return fingerprint(runde, (*CHANGEABLE, "lukket"))


def lock_round(runde: Oenskerunde) -> Oenskerunde:
    """The round as it is now. Who answers, wishes or closes waits here, so that nothing slips in after the end."""
    locked = Oenskerunde.objects.select_for_update(of=("self",), no_key=True).select_related("hold__model")
    return locked.get(pk=runde.pk)


@transaction.atomic
def open_round(actor, *, hold: Hold, foerste_trin: int, sidste_trin: int, **fields) -> Oenskerunde:
    """Asks every department of the right kind that is open in one of the stays. Mail goes out on the first day."""
    lock_hold(hold)
    runde = Oenskerunde(
        hold=hold, foerste_trin=foerste_trin, sidste_trin=sidste_trin, oprettet_af=actor, **_fields(fields)
    )
    last = len(hold.model.alle_trin)
    if sidste_trin > last:
        raise ValidationError({"sidste_trin": f"Modellen har kun {last} ophold. Vælg et af dem."})
    if sidste_trin < foerste_trin:
        raise ValidationError({"sidste_trin": "Vælg det samme ophold som det første eller et senere."})
    _check_dates(runde)
    save_checked(runde)
    Udbudssvar.objects.bulk_create(Udbudssvar(runde=runde, afdeling=each) for each in default_afdelinger(runde))
    audit.record(actor, "oenskerunde.aabnet", hold, f"Ønskerunden {runde.navn} åbnet", runde=runde.pk)
    return runde


@transaction.atomic
def update_round(actor, *, runde: Oenskerunde, version: str, **fields) -> Oenskerunde:
    """Name, dates and message. Which stays it is about stays: what the departments offer hangs on them."""
    runde = lock_round(runde)
    if version != round_version(runde):
        raise StaleError("Runden er rettet af en anden, mens du skrev. Gem igen for at bruge din udgave.")
    if runde.lukket:
        raise ValidationError("Runden er lukket. Åbn den igen, før du retter datoerne.")
    before = {name: str(getattr(runde, name)) for name, new in fields.items() if getattr(runde, name) != new}
    for name, value in _fields(fields).items():
        setattr(runde, name, value)
    _check_dates(runde)
    save_checked(runde)
    if before:
        audit.record(actor, "oenskerunde.rettet", runde.hold, f"Ønskerunden {runde.navn} rettet", foer=before)
    return runde


def _fields(fields: dict) -> dict:
    if unknown := set(fields) - set(CHANGEABLE):
        raise TypeError(f"No such field of a round: {unknown}")
    return fields


def _check_dates(runde: Oenskerunde) -> None:
    """The elever know what there is before they wish, and there is time left before the stay begins."""
    begin: date = runde.etaper[runde.foerste_trin].startdato
    if runde.udbudsfrist < runde.udbud_fra:
        raise ValidationError({"udbudsfrist": "Vælg en frist på den første dag eller senere."})
    if runde.oenske_fra <= runde.udbudsfrist:
        words = f"Vælg en dag efter afdelingernes frist, {full_date(runde.udbudsfrist)}. Så ved eleverne, hvad der er."
        raise ValidationError({"oenske_fra": words})
    if runde.oenskefrist < runde.oenske_fra:
        raise ValidationError({"oenskefrist": "Vælg en frist på elevernes første dag eller senere."})
    if runde.oenskefrist >= begin:
        raise ValidationError({"oenskefrist": f"Vælg en dag, før opholdet begynder {full_date(begin)}."})


@transaction.atomic
def close_round(actor, *, runde: Oenskerunde) -> None:
    """Nobody can answer or wish any more, and nobody is reminded. The elevansvarlig may still correct."""
    runde = lock_round(runde)
    if not Oenskerunde.objects.filter(pk=runde.pk, lukket=None).update(lukket=now()):
        raise StaleError("Runden er allerede lukket.")
    audit.record(actor, "oenskerunde.lukket", runde.hold, f"Ønskerunden {runde.navn} lukket", runde=runde.pk)


@transaction.atomic
def reopen_round(actor, *, runde: Oenskerunde) -> None:
    """It was closed too early. The dates decide who may answer and wish."""
    runde = lock_round(runde)
    with mendable(Oenskerunde):
        if not Oenskerunde.objects.filter(pk=runde.pk, lukket__isnull=False).update(lukket=None):
            raise StaleError("Runden er allerede åben.")
    audit.record(actor, "oenskerunde.genaabnet", runde.hold, f"Ønskerunden {runde.navn} åbnet igen", runde=runde.pk)

"""Dated facts and entry routes, questions, and the editions of what applicants are told about their data."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import ONE_DAY, full_date, now
from elevforloeb.core.errors import compared, conflict, fingerprint, save_checked
from elevforloeb.core.periods import period
from rekruttering.models import Adgangsvej, Fakta, Oplysningstekst, Spoergsmaal
from rekruttering.slugs import to_slug

KEY = {Adgangsvej: "kode", Fakta: "noegle"}
NAME = {Adgangsvej: "navn", Fakta: "overskrift"}
DatedRow = Adgangsvej | Fakta


def row_version(row) -> str:
    return fingerprint(row, [field.name for field in row._meta.concrete_fields])


def _record(actor, row, act: str, words: str) -> None:
    audit.record(actor, f"{row._meta.model_name}.{act}", row, f"{str(row._meta.verbose_name).capitalize()}: {words}")


# --- dated rows ---------------------------------------------------------------------------------------------------


@transaction.atomic
def create_dated(actor, *, model: type[DatedRow], fra: date, **fields) -> DatedRow:
    row = model(periode=period(fra), **{KEY[model]: _free_key(model, fields[NAME[model]])}, **fields)
    save_checked(row)
    _record(actor, row, "oprettet", f"{row} gælder fra {full_date(fra)}")
    return row


def _free_key(model: type[DatedRow], name: str) -> str:
    key = to_slug(name, 30)
    taken = set(model.objects.filter(**{f"{KEY[model]}__startswith": key}).values_list(KEY[model], flat=True))
    return next(k for k in [key, *(f"{key}-{nr}" for nr in range(2, 200))] if k not in taken)


@transaction.atomic
def change_dated(actor, *, row: DatedRow, version: str, fra: date, **fields) -> DatedRow:
    """A new row from `fra`, and the old one ends the day before: what was said in between can be explained."""
    row = _locked(row, version, fields)
    if fra < row.startdato:
        words = f"Vælg {full_date(row.startdato)} eller senere. Den gældende tekst begynder den dag."
        raise ValidationError({"fra": words})
    if row.slutdato and fra >= row.slutdato:
        raise ValidationError({"fra": "Vælg en dag, før teksten holder op med at gælde."})
    if fra > row.startdato:
        new = type(row)(periode=_from(row, fra), **{KEY[type(row)]: getattr(row, KEY[type(row)])})
        row.periode = period(row.startdato, fra - ONE_DAY)
        save_checked(row)
        row = new
    for name, value in fields.items():
        setattr(row, name, value)
    save_checked(row)
    _record(actor, row, "rettet", f"{row} har ny tekst fra {full_date(fra)}")
    return row


def _from(row, fra: date):
    return period(fra, row.sidste_dag)


@transaction.atomic
def end_dated(actor, *, row: DatedRow, version: str, sidste_dag: date) -> None:
    row = _locked(row, version, {})
    if sidste_dag < row.startdato:
        raise ValidationError({"sidste_dag": f"Vælg {full_date(row.startdato)} eller senere."})
    row.periode = period(row.startdato, sidste_dag)
    save_checked(row)
    _record(actor, row, "stoppet", f"{row} gælder til og med {full_date(sidste_dag)}")


def _locked(row, version: str, fields: dict):
    locked = type(row).objects.select_for_update().get(pk=row.pk)
    if version != row_version(locked):
        raise conflict(audit.last_actor(locked), compared(locked, fields))
    return locked


# --- questions ----------------------------------------------------------------------------------------------------


@transaction.atomic
def create_spoergsmaal(actor, **fields) -> Spoergsmaal:
    row = Spoergsmaal(**fields)
    save_checked(row)
    _record(actor, row, "oprettet", f"“{row}” oprettet")
    return row


@transaction.atomic
def update_spoergsmaal(actor, *, row: Spoergsmaal, version: str, **fields) -> Spoergsmaal:
    row = _locked(row, version, fields)
    for name, value in fields.items():
        setattr(row, name, value)
    save_checked(row)
    _record(actor, row, "rettet", f"“{row}” rettet")
    return row


# --- what applicants are told about their data ---------------------------------------------------------------------


@transaction.atomic
def publish_oplysningstekst(actor, *, tekst: str, kilde: str) -> Oplysningstekst:
    """Always a new edition: each application points to the one that its sender was shown."""
    row = Oplysningstekst(tekst=tekst, kilde=kilde, udgivet=now())
    save_checked(row)
    _record(actor, row, "udgivet", "ny udgave udgivet")
    return row

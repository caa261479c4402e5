"""School, holiday and absence: one elev at a time, or school for a whole hold."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import Periode, format_period
from elevforloeb.core.errors import StaleError, conflict, fingerprint, mendable, save_checked
from elevforloeb.core.periods import checked_period, period
from elevforloeb.core.words import join_words
from elevforloeb.models import Elev, Hold, Kalenderperiode

Art = Kalenderperiode.Art


def kalender_version(row: Kalenderperiode) -> str:
    return fingerprint(row, ("art", "titel", "periode"))


@dataclass(frozen=True)
class Skoleperiode:
    """What a whole hold gets: a title and the two days that people write."""

    titel: str
    startdato: date
    sidste_dag: date

    def __str__(self) -> str:
        return f"{self.titel} {format_period(self.startdato, self.sidste_dag)}"

    def moved(self, days: int) -> "Skoleperiode":
        gap = timedelta(days=days)
        return Skoleperiode(self.titel, self.startdato + gap, self.sidste_dag + gap)


@dataclass
class Holdresultat:
    """Who got the school period, and why the others did not: pairs of elev and sentence."""

    gemt: list[Elev] = field(default_factory=list)
    konflikter: list[tuple[Elev, str]] = field(default_factory=list)


@transaction.atomic
def add_kalenderperiode(
    actor, *, elev: Elev, art: str, startdato: date, sidste_dag: date, titel: str = "", inside: Periode | None = None
) -> Kalenderperiode:
    """`inside` narrows where the actor may write (an elevvejleder: the stay in the own department)."""
    row = Kalenderperiode(elev=elev, art=art, titel=titel)
    _place(row, startdato, sidste_dag, inside)
    audit.record(actor, "kalender.oprettet", elev, _sentence(row, "registreret"), **_facts(row))
    return row


@transaction.atomic
def update_kalenderperiode(
    actor,
    *,
    row: Kalenderperiode,
    art: str,
    startdato: date,
    sidste_dag: date,
    version: str,
    titel: str = "",
    inside: Periode | None = None,
) -> Kalenderperiode:
    row = _locked(row)
    if version != kalender_version(row):
        raise conflict(audit.last_actor(row.elev), [("periode", _words(row), None)])
    before = _facts(row)
    row.art, row.titel = art, titel
    _place(row, startdato, sidste_dag, inside)
    audit.record(actor, "kalender.rettet", row.elev, _sentence(row, "rettet"), **_facts(row), foer=before)
    return row


@transaction.atomic
def delete_kalenderperiode(actor, *, row: Kalenderperiode, version: str) -> None:
    row = _locked(row)
    if version != kalender_version(row):
        raise StaleError(
            f"{audit.last_actor(row.elev)} har rettet perioden til {_words(row)}, mens du så på den. "
            "Den er ikke fjernet. Fjern den igen, hvis det stadig er rigtigt."
        )
    audit.record(actor, "kalender.fjernet", row.elev, _sentence(row, "fjernet"), **_facts(row))
    row.delete()


def _locked(row: Kalenderperiode) -> Kalenderperiode:
    return Kalenderperiode.objects.select_for_update(of=("self",)).select_related("elev__bruger").get(pk=row.pk)


@transaction.atomic
def add_school_to_hold(
    actor, *, hold: Hold, perioder: list[Skoleperiode], skip_conflicts: bool = False
) -> Holdresultat:
    """Give each elev of the hold the school periods. With conflicts nothing is saved, unless they are to be skipped."""
    result = Holdresultat()
    new: dict[Elev, list[Kalenderperiode]] = {}
    for elev in hold.elever.select_related("bruger").prefetch_related("kalenderperioder"):
        for periode in perioder:
            problem = _conflict(elev, periode, new.get(elev, []))
            if problem:
                result.konflikter.append((elev, problem))
            else:
                new.setdefault(elev, []).append(_school_row(elev, periode))
                result.gemt.append(elev)
    if result.konflikter and not skip_conflicts:
        return Holdresultat(konflikter=result.konflikter)
    with mendable(Kalenderperiode):
        Kalenderperiode.objects.bulk_create([row for rows in new.values() for row in rows])
    audit.record_many(actor, "kalender.holdskole", [_school_act(elev, rows) for elev, rows in new.items()])
    return result


def _school_act(elev: Elev, rows: list[Kalenderperiode]) -> tuple[Elev, str, dict]:
    """One line in the history of each elev, however many periods the hold was given."""
    words = join_words([_words(row) for row in rows])
    return elev, f"{words} registreret", {"perioder": [_facts(row) for row in rows]}


def _school_row(elev: Elev, periode: Skoleperiode) -> Kalenderperiode:
    days = period(periode.startdato, periode.sidste_dag)
    return Kalenderperiode(elev=elev, art=Art.SKOLE, titel=periode.titel, periode=days)


def _conflict(elev: Elev, periode: Skoleperiode, new: list[Kalenderperiode]) -> str:
    """Why this elev cannot have the period, or nothing."""
    wanted = Periode.until_last_day(periode.startdato, periode.sidste_dag)
    if not elev.span.covers(wanted):
        return f"{periode} ligger uden for aftalen, {format_period(elev.startdato, elev.sidste_dag)}"
    for row in (*elev.kalenderperioder.all(), *new):
        if wanted.overlap(row.span):
            return f"{periode}: har allerede {_short(row)}"
    return ""


def _place(row: Kalenderperiode, startdato: date, sidste_dag: date, inside: Periode | None) -> None:
    """Save the row on these days, or say at which field they do not fit."""
    elev = row.elev
    row.periode = checked_period(startdato, sidste_dag)
    wanted = row.span
    if not elev.span.covers(wanted):
        raise _at_field(elev.startdato, wanted, "elevens aftale", format_period(elev.startdato, elev.sidste_dag))
    if inside and not inside.covers(wanted):
        raise _at_field(inside.startdato, wanted, "opholdet i din afdeling", str(inside))
    if row.art != Art.SKOLE:
        row.titel = ""
    other = elev.kalenderperioder.exclude(pk=row.pk).within(startdato, sidste_dag).first()
    if other:
        days = format_period(other.startdato, other.sidste_dag)
        text = f"Eleven har allerede skole, ferie eller fravær {days}. Vælg andre dage, eller ret den anden periode."
        raise ValidationError({"startdato": text})
    save_checked(row)


def _at_field(earliest: date, wanted: Periode, what: str, days: str) -> ValidationError:
    field = "startdato" if wanted.startdato < earliest else "sidste_dag"
    return ValidationError({field: f"Vælg en dag inden for {what}, {days}."})


def _short(row: Kalenderperiode) -> str:
    return f"{str(row).lower()} {format_period(row.startdato, row.sidste_dag)}"


def _sentence(row: Kalenderperiode, verb: str) -> str:
    return f"{_words(row)} {verb}"


def _words(row: Kalenderperiode) -> str:
    return f"{row} {format_period(row.startdato, row.sidste_dag)}"


def _facts(row: Kalenderperiode) -> dict:
    return {"periode": row.pk, "art": row.art, "fra": str(row.startdato), "til": str(row.sidste_dag)}

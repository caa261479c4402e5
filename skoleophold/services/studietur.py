"""Study trips: made and kept by the elevansvarlig; each elev ticks her own checklist and says whom to call."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import format_period, today
from elevforloeb.core.errors import compared, conflict, create_checked, fingerprint, save_checked
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.store import keep
from elevforloeb.core.models import Fil
from elevforloeb.core.periods import checked_period
from elevforloeb.core.rules import rules
from elevforloeb.core.words import count_noun
from elevforloeb.models import Elev
from skoleophold.models import (
    Noedkontakt,
    Punktart,
    Skoleperiode,
    Studietur,
    Studieturpunkt,
    Turfil,
    Turkryds,
    Turpunkt,
)
from skoleophold.queries.studietur import deltagere, over_before

FIELDS = ("destination", "periode", "program", "kontakt", "ledsager_id")


def tur_version(tur: Studietur) -> str:
    return fingerprint(tur, FIELDS)


@transaction.atomic
def create_studietur(actor, *, skoleperiode: Skoleperiode, startdato: date, sidste_dag: date, **felter) -> Studietur:
    """With the checklist of the reference data. The elever are told, and so is who travels along."""
    tur = Studietur(skoleperiode=skoleperiode, **felter)
    tur.periode = _days(skoleperiode, startdato, sidste_dag)
    save_checked(tur)
    points = Studieturpunkt.objects.values("navn", "hjaelp", "art", "dage_foer")
    create_checked([Turpunkt(studietur=tur, **fields) for fields in points])
    outbox.queue_many([_mail(elev.bruger, "studietur_klar", tur) for elev in deltagere(tur)])
    _tell_ledsager(tur)
    audit.record(actor, "studietur.oprettet", skoleperiode.skolehold, f"{tur} oprettet")
    return tur


@transaction.atomic
def update_studietur(actor, *, tur: Studietur, version: str, startdato: date, sidste_dag: date, **felter) -> Studietur:
    tur = Studietur.objects.select_for_update(of=("self",)).select_related("skoleperiode__skolehold").get(pk=tur.pk)
    if version != tur_version(tur):
        raise conflict(audit.last_actor(tur.skoleperiode.skolehold), compared(tur, felter))
    tur.periode = _days(tur.skoleperiode, startdato, sidste_dag)
    for name, value in felter.items():
        setattr(tur, name, value)
    save_checked(tur)
    _tell_ledsager(tur)
    audit.record(actor, "studietur.rettet", tur.skoleperiode.skolehold, f"{tur} rettet")
    return tur


@transaction.atomic
def delete_studietur(actor, *, tur: Studietur) -> None:
    """With ticks, contacts and documents."""
    audit.record(actor, "studietur.slettet", tur.skoleperiode.skolehold, f"{tur} slettet")
    Fil.objects.filter(turfil__studietur=tur).delete()
    tur.delete()


def _days(skoleperiode: Skoleperiode, first: date, last: date):
    days = checked_period(first, last)
    if not (first < skoleperiode.slutdato and last >= skoleperiode.startdato):
        when = format_period(skoleperiode.startdato, skoleperiode.sidste_dag)
        raise ValidationError({"startdato": f"Turen skal ligge i skoleperioden, {when}. Ret datoerne."})
    return days


def _tell_ledsager(tur: Studietur) -> None:
    if tur.ledsager:
        outbox.queue_new([_mail(tur.ledsager, "studietur_ledsager", tur)])


def _mail(person, skabelon: str, tur: Studietur):
    return outbox.order(person, noegle=f"{skabelon}:{tur.pk}:{person.pk}", skabelon=skabelon, data={"tur": tur.pk})


# --- checklist and documents ---


@transaction.atomic
def save_punkt(actor, *, punkt: Turpunkt, **felter) -> Turpunkt:
    """A new one or a correction. What is ticked stays ticked."""
    for name, value in felter.items():
        setattr(punkt, name, value)
    save_checked(punkt)
    text = f"{punkt.studietur}: punktet “{punkt}” gemt"
    audit.record(actor, "studietur.punkt", punkt.studietur.skoleperiode.skolehold, text)
    return punkt


@transaction.atomic
def delete_punkt(actor, *, punkt: Turpunkt) -> None:
    text = f"{punkt.studietur}: punktet “{punkt}” fjernet"
    audit.record(actor, "studietur.punkt_fjernet", punkt.studietur.skoleperiode.skolehold, text)
    punkt.delete()


@transaction.atomic
def add_turfil(actor, *, tur: Studietur, titel: str, fil: CheckedFile) -> Turfil:
    row = Turfil(studietur=tur, titel=titel, fil=keep(actor, fil))
    save_checked(row)
    audit.record(actor, "studietur.fil", tur.skoleperiode.skolehold, f"{tur}: “{titel}” lagt op")
    return row


@transaction.atomic
def delete_turfil(actor, *, turfil: Turfil) -> None:
    tur = turfil.studietur
    audit.record(actor, "studietur.fil_fjernet", tur.skoleperiode.skolehold, f"{tur}: “{turfil}” fjernet")
    turfil.fil.delete()


# --- one elev ---


@transaction.atomic
def set_kryds(actor, *, tur: Studietur, elev: Elev, punkter: list[Turpunkt]) -> None:
    """Those are ticked and the others are not. A tick that stood there keeps its moment."""
    _must_go(tur, elev)
    wanted = {each.pk for each in punkter}
    own = Turkryds.objects.select_for_update().filter(turpunkt__studietur=tur, elev=elev)
    there = set(own.values_list("turpunkt", flat=True))
    own.exclude(turpunkt__in=wanted).delete()
    kinds = Turpunkt.objects.filter(pk__in=wanted - there, studietur=tur, art=Punktart.KRYDS)
    Turkryds.objects.bulk_create([Turkryds(turpunkt=each, elev=elev) for each in kinds], ignore_conflicts=True)
    if there != wanted:
        audit.record(actor, "studietur.kryds", elev, f"{tur}: tjeklisten er udfyldt")


@transaction.atomic
def save_noedkontakt(actor, *, tur: Studietur, elev: Elev, **felter) -> Noedkontakt:
    """The history says that there is one, never who."""
    _must_go(tur, elev)
    row = Noedkontakt.objects.select_for_update().filter(studietur=tur, elev=elev).first()
    row = row or Noedkontakt(studietur=tur, elev=elev)
    for name, value in felter.items():
        setattr(row, name, value)
    save_checked(row)
    audit.record(actor, "studietur.noedkontakt", elev, f"{tur}: nødkontakt skrevet")
    return row


@transaction.atomic
def delete_noedkontakt(actor, *, kontakt: Noedkontakt) -> None:
    audit.record(actor, "studietur.noedkontakt_slettet", kontakt.elev, f"{kontakt.studietur}: nødkontakt slettet")
    kontakt.delete()


def _must_go(tur: Studietur, elev: Elev) -> None:
    if tur.slutdato <= today():
        raise ValidationError("Turen er slut. Tjeklisten kan ikke ændres mere.")
    if not deltagere(tur).filter(pk=elev.pk).exists():
        raise ValidationError(f"{elev} er ikke med på turen. Se, om dagene på skolen er rigtige.")


@transaction.atomic
def forget_noedkontakter() -> None:
    """Other people's names and numbers, which nobody needs when all have been home for some weeks."""
    now = rules()
    for tur, rows in over_before(now.day - timedelta(days=now.studietur_slet_dage)).items():
        Noedkontakt.objects.filter(pk__in=[row.pk for row in rows]).delete()
        text = f"{tur}: {count_noun(len(rows), 'nødkontakt', 'nødkontakter')} slettet, fordi turen er slut"
        audit.record(None, "studietur.kontakter_slettet", tur.skoleperiode.skolehold, text)

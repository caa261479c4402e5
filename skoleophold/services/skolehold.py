"""Classes and who follows them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import ONE_DAY, full_date
from elevforloeb.core.errors import StaleError, compared, conflict, create_checked, fingerprint, mendable, save_checked
from elevforloeb.core.periods import period
from elevforloeb.core.words import count_noun
from elevforloeb.models import Elev
from skoleophold.models import Skolehold, Skoleperiode, Tilknytning
from skoleophold.queries.foelger import Skift, find_skift, members, stand

from .kalender import apply, lock

CHANGED_MEANWHILE = "Noget er ændret, siden du så listen. Der er ikke gemt noget. Se den nye liste, og gem igen."
FIELDS = ("skole_id", "navn", "fagvalg_senest", "note")


def skolehold_version(skolehold: Skolehold) -> str:
    return fingerprint(skolehold, FIELDS)


@transaction.atomic
def create_skolehold(actor, **felter) -> Skolehold:
    skolehold = Skolehold(**felter)
    save_checked(skolehold)
    audit.record(actor, "skolehold.oprettet", skolehold, f"{skolehold} oprettet")
    return skolehold


@transaction.atomic
def update_skolehold(actor, *, skolehold: Skolehold, version: str, **felter) -> Skolehold:
    skolehold = Skolehold.objects.select_for_update().get(pk=skolehold.pk)
    if version != skolehold_version(skolehold):
        raise conflict(audit.last_actor(skolehold), compared(skolehold, felter))
    for name, value in felter.items():
        setattr(skolehold, name, value)
    save_checked(skolehold)
    audit.record(actor, "skolehold.rettet", skolehold, f"{skolehold} rettet")
    return skolehold


@transaction.atomic
def delete_skolehold(actor, *, skolehold: Skolehold) -> None:
    if skolehold.tilknytninger.exists() or skolehold.skoleperioder.exists():
        raise ValidationError("Holdet har elever eller perioder. Tag eleverne af holdet, og slet perioderne først.")
    if skolehold.fagproeverunder.exists():
        raise ValidationError("Holdet har datoer for fagprøven. Slet dem først.")
    audit.record(actor, "skolehold.slettet", skolehold, f"{skolehold} slettet")
    skolehold.delete()


# --- who follows ---------------------------------------------------------------------------------------------------


def joining(skolehold: Skolehold, elever: list[Elev], fra: date) -> list[Skift]:
    """What joining on that day does to the new ones' calendars; the class that they leave takes its days with it."""
    mine = {elev.pk for elev in elever}
    left = Tilknytning.objects.filter(elev__in=mine, periode__overlap=period(fra)).exclude(skolehold=skolehold)
    classes = {skolehold.pk, *left.values_list("skolehold_id", flat=True)}
    rows = [row for row in members(classes) if row.elev_id in mine]
    for row in rows:
        if row.skolehold_id != skolehold.pk and row.startdato < fra:
            row.periode = period(row.startdato, min(row.sidste_dag or fra, fra - ONE_DAY))
    rows += [Tilknytning(elev=elev, skolehold=skolehold, periode=period(fra)) for elev in elever]
    perioder = Skoleperiode.objects.filter(skolehold__in=classes, periode__startswith__gte=fra)
    found = find_skift(list(perioder.select_related("skolehold")), medlemmer=rows)
    return [each for each in found if each.elev.pk in mine]


@transaction.atomic
def join(actor, *, skolehold: Skolehold, elever: list[Elev], fra: date, was: str) -> list[Skift]:
    """`was`: the stand of what was shown. Who follows another class leaves it the day before."""
    lock([skolehold.pk])
    skift = joining(skolehold, elever, fra)
    if stand(skift) != was:
        raise StaleError(CHANGED_MEANWHILE)
    _leave_others(elever, skolehold, fra)
    create_checked([Tilknytning(elev=elev, skolehold=skolehold, periode=period(fra)) for elev in elever])
    apply(actor, skift)
    text = f"{count_noun(len(elever), 'elev', 'elever')} følger {skolehold} fra {full_date(fra)}"
    audit.record(actor, "skolehold.elever", skolehold, text, elever=[elev.pk for elev in elever])
    return skift


def _leave_others(elever: list[Elev], skolehold: Skolehold, fra: date) -> None:
    for row in Tilknytning.objects.filter(elev__in=elever, periode__overlap=period(fra)).select_related("elev"):
        if row.skolehold_id == skolehold.pk:
            raise ValidationError(f"{row.elev} følger allerede {skolehold}. Fjern krydset ved eleven.")
        if row.startdato >= fra:
            raise ValidationError(
                f"{row.elev} følger et andet hold fra {full_date(row.startdato)}. Vælg en senere dag."
            )
        row.periode = period(row.startdato, fra - ONE_DAY)
        save_checked(row)


def leaving(tilknytning: Tilknytning, sidste_dag: date) -> list[Skift]:
    """What it does to her calendar that she follows the class until that day only."""
    rows = [each for each in members([tilknytning.skolehold_id]) if each.elev_id == tilknytning.elev_id]
    for row in rows:
        if row.pk == tilknytning.pk:
            row.periode = period(row.startdato, sidste_dag)
    perioder = Skoleperiode.objects.filter(skolehold=tilknytning.skolehold_id, periode__startswith__gt=sidste_dag)
    return [each for each in find_skift(list(perioder), medlemmer=rows) if each.elev.pk == tilknytning.elev_id]


@transaction.atomic
def leave(actor, *, tilknytning: Tilknytning, sidste_dag: date, was: str) -> list[Skift]:
    lock([tilknytning.skolehold_id])
    if sidste_dag < tilknytning.startdato:
        first = full_date(tilknytning.startdato)
        raise ValidationError({"sidste_dag": f"Vælg en dag, der ikke ligger før den første dag på holdet, {first}."})
    skift = leaving(tilknytning, sidste_dag)
    if stand(skift) != was:
        raise StaleError(CHANGED_MEANWHILE)
    tilknytning.periode = period(tilknytning.startdato, sidste_dag)
    with mendable(Tilknytning):
        tilknytning.save()
    apply(actor, skift)
    text = f"{tilknytning.elev} følger {tilknytning.skolehold} til og med {full_date(sidste_dag)}"
    audit.record(actor, "skolehold.forladt", tilknytning.skolehold, text, elev=tilknytning.elev_id)
    return skift

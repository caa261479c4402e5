"""The AUB register, kept by the elevansvarlig. The history says that something was written, never how much."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.errors import compared, conflict, fingerprint, mendable, save_checked
from elevforloeb.core.periods import DateRange
from elevforloeb.core.words import join_words
from skoleophold.models import Aub, Aubsats, Skoleophold

FIELDS = (
    "uddannelsesaar",
    "ugeloen",
    "ugeloen_indberettet",
    "brev_modtaget",
    "brev_tjekket",
    "udbetalt",
    "udbetalt_dato",
    "afsluttet",
    "note",
)
PAST = ("ugeloen_indberettet", "brev_modtaget", "brev_tjekket", "udbetalt_dato", "afsluttet")


def aub_version(aub: Aub) -> str:
    return fingerprint(aub, FIELDS)


@transaction.atomic
def save_aub(actor, *, ophold: Skoleophold, version: str, **felter) -> Aub:
    """The first save makes the row. `version`: of what the form was opened with, or of an empty row."""
    Skoleophold.objects.select_for_update().get(pk=ophold.pk)
    aub = Aub.objects.filter(skoleophold=ophold).first() or Aub(skoleophold=ophold)
    if version != aub_version(aub):
        raise conflict(audit.last_actor(ophold.elev), compared(aub, felter))
    for name in FIELDS:
        setattr(aub, name, felter[name])
    _check(aub)
    save_checked(aub)
    audit.record(actor, "aub.gemt", ophold.elev, f"AUB for {ophold.skoleperiode} rettet")
    return aub


def _check(aub: Aub) -> None:
    for name in PAST:
        if (day := getattr(aub, name)) and day > today():
            raise ValidationError({name: "Vælg i dag eller en tidligere dag. Det skal være sket."})


# --- rates -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_sats(actor, *, art: str, beloeb: Decimal, fra: date, kilde: str) -> Aubsats:
    """From a day on, also one that has been: AUB announces a rate for the year. The one before ends the day before."""
    rows = list(Aubsats.objects.select_for_update().filter(art=art).order_by("periode"))
    if any(row.startdato == fra for row in rows):
        raise ValidationError({"fra": f"Der er en sats fra {full_date(fra)}. Fjern den først, hvis den er forkert."})
    later = next((row.startdato for row in rows if row.startdato > fra), None)
    with mendable(Aubsats):
        for row in rows:
            if fra in row.span:
                row.periode = DateRange(row.startdato, fra, "[)")
                row.save()
        sats = Aubsats(art=art, beloeb=beloeb, kilde=kilde, periode=DateRange(fra, later, "[)"))
        sats.clean_fields()
        sats.save()
    audit.record(actor, "aubsats.sat", sats, f"AUB-sats, {sats.get_art_display()}, fra {full_date(fra)}")
    return sats


@transaction.atomic
def set_satser(actor, *, beloeb: dict[str, Decimal | None], fra: date, kilde: str) -> list[Aubsats]:
    """The rates of a year, all or none. `beloeb`: by kind; a kind without an amount keeps the rate that it has."""
    wanted = {art: amount for art, amount in beloeb.items() if amount is not None}
    if not wanted:
        raise ValidationError("Skriv mindst én sats.")
    there = Aubsats.objects.filter(art__in=wanted, periode__startswith=fra)
    if names := [each.get_art_display() for each in there]:
        text = f"Der er allerede en sats fra {full_date(fra)} for {join_words(names)}."
        raise ValidationError({"fra": f"{text} Fjern den først, eller lad feltet være tomt."})
    return [set_sats(actor, art=art, beloeb=amount, fra=fra, kilde=kilde) for art, amount in wanted.items()]


@transaction.atomic
def remove_sats(actor, *, sats: Aubsats) -> None:
    """The one that ended where this began goes on in its place."""
    before = Aubsats.objects.select_for_update().filter(art=sats.art, periode__endswith=sats.startdato).first()
    text = f"AUB-sats, {sats.get_art_display()}, fra {full_date(sats.startdato)} fjernet"
    audit.record(actor, "aubsats.fjernet", sats, text)
    end = sats.slutdato
    sats.delete()
    if before:
        before.periode = DateRange(before.startdato, end, "[)")
        save_checked(before)

"""The elev's agreement: corrected, signed, extended, stopped."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import format_period, full_date
from elevforloeb.core.periods import period
from elevforloeb.models import Elev, Ophold

from .hold import give_role

ONE_DAY = timedelta(days=1)
PERSON_FIELDS = ("navn", "email", "telefon")
AGREEMENT_FIELDS = (
    "hold",
    "maalsaet",
    "voksenelev",
    "aftale_kommune",
    "aftale_elev",
    "aftale_skole",
    "aftale_reference",
)


@transaction.atomic
def update_elev(actor, *, elev: Elev, startdato: date, sidste_dag: date, **values) -> Elev:
    """Correct person and agreement. `values` has the fields named above."""
    elev = _locked(elev)
    changed = _assign(elev.bruger, values, PERSON_FIELDS) | _assign(elev, values, AGREEMENT_FIELDS)
    if (elev.startdato, elev.sidste_dag) != (startdato, sidste_dag):
        changed["periode"] = format_period(elev.startdato, elev.sidste_dag)
        _move_agreement(elev, startdato, sidste_dag)
    elev.bruger.full_clean(exclude=["password"])
    elev.full_clean()
    elev.bruger.save()
    elev.save()
    give_role(elev)
    if changed:
        audit.record(actor, "elev.rettet", elev, f"Aftale og oplysninger rettet for {elev.bruger.navn}", foer=changed)
    return elev


@transaction.atomic
def extend_agreement(actor, *, elev: Elev, sidste_dag: date, grund: str) -> Elev:
    """A tillæg to the agreement. Never automatic: somebody has decided it and says why."""
    elev = _locked(elev)
    if sidste_dag <= elev.sidste_dag:
        text = f"Den nye sidste dag skal ligge efter den nuværende, {full_date(elev.sidste_dag)}."
        raise ValidationError({"sidste_dag": text})
    before = elev.sidste_dag
    _move_agreement(elev, elev.startdato, sidste_dag)
    elev.save()
    give_role(elev)
    text = f"Aftalen forlænget fra {full_date(before)} til {full_date(sidste_dag)}: {grund}"
    audit.record(actor, "elev.forlaenget", elev, text, foer=str(before))
    return elev


@transaction.atomic
def stop_elev(actor, *, elev: Elev, stoppet: date) -> Elev:
    """`stoppet` is the first day without employment. The stays after it are the planner's to remove."""
    elev = _locked(elev)
    if not elev.startdato <= stoppet <= elev.sidste_dag:
        aftale = format_period(elev.startdato, elev.sidste_dag)
        raise ValidationError({"stoppet": f"Vælg en dag inden for elevens aftale, {aftale}."})
    elev.stoppet = stoppet
    elev.save()
    give_role(elev)
    audit.record(actor, "elev.stoppet", elev, f"{elev.bruger.navn} er ikke længere ansat fra {full_date(stoppet)}")
    return elev


@transaction.atomic
def resume_elev(actor, *, elev: Elev) -> Elev:
    """The stop was a mistake, or was called off."""
    elev = _locked(elev)
    if elev.stoppet is None:
        return elev
    before = str(elev.stoppet)
    elev.stoppet = None
    elev.save()
    give_role(elev)
    audit.record(actor, "elev.genoptaget", elev, f"Stop fortrudt for {elev.bruger.navn}", foer=before)
    return elev


def stays_after_stop(elev: Elev, stoppet: date) -> list[Ophold]:
    """What the planner has to shorten or remove."""
    return list(elev.ophold.within(stoppet).select_related("afdeling").order_by("periode"))


def _locked(elev: Elev) -> Elev:
    return Elev.objects.select_for_update(of=("self",)).select_related("bruger", "hold", "maalsaet").get(pk=elev.pk)


def _move_agreement(elev: Elev, startdato: date, sidste_dag: date) -> None:
    """The database guards each stay when it is saved; here the agreement moves under stays that lie still."""
    new = period(startdato, sidste_dag)
    outside = elev.ophold.exclude(periode__contained_by=new).select_related("afdeling").first()
    if outside:
        stay = f"{outside.afdeling.navn} {format_period(outside.startdato, outside.sidste_dag)}"
        field = "startdato" if outside.startdato < startdato else "sidste_dag"
        raise ValidationError({field: f"Opholdet i {stay} ligger uden for aftalen. Flyt det i planen først."})
    elev.periode = new


def _assign(row, values: dict, fields: tuple) -> dict:
    """Set the values and return what was there before, for the history."""
    before = {}
    for field in fields:
        if field in values and getattr(row, field) != values[field]:
            before[field] = str(getattr(row, field))
            setattr(row, field, values[field])
    return before

"""The elev's agreement: corrected, extended, stopped."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.services.brugere import update_bruger
from elevforloeb.core import audit
from elevforloeb.core.dates import format_period, full_date
from elevforloeb.core.errors import compared, conflict, fingerprint, save_checked
from elevforloeb.core.periods import checked_period
from elevforloeb.models import Elev, Ophold

from .hold import keep_role_in_step

PERSON = ("navn", "email", "telefon")
AFTALE = ("periode", "hold_id", "maalsaet_id", "voksenelev", "aftale_kommune", "aftale_elev", "aftale_skole")
AFTALE += ("aftale_reference",)


def aftale_version(elev: Elev) -> str:
    """Changes when the agreement gets other days, or is stopped or resumed."""
    return fingerprint(elev, ("periode", "stoppet"))


def elev_version(elev: Elev) -> str:
    """Changes when somebody corrects the person or the agreement."""
    return fingerprint(elev, AFTALE) + fingerprint(elev.bruger, PERSON)


@transaction.atomic
def update_elev(
    actor, *, elev: Elev, person: dict, aftale: dict, startdato: date, sidste_dag: date, version: str
) -> Elev:
    """Correct the person (navn, email, telefon) and the agreement (fields of Elev)."""
    elev = _locked(elev)
    if version != elev_version(elev):
        facts = compared(elev.bruger, person) + compared(elev, aftale)
        facts += [("første dag", elev.startdato, startdato), ("sidste dag", elev.sidste_dag, sidste_dag)]
        raise conflict(audit.last_actor(elev, elev.bruger), facts)
    update_bruger(actor, bruger=elev.bruger, **person)
    before = {name: str(getattr(elev, name)) for name, value in aftale.items() if getattr(elev, name) != value}
    for name, value in aftale.items():
        setattr(elev, name, value)
    if (elev.startdato, elev.sidste_dag) != (startdato, sidste_dag):
        before["periode"] = format_period(elev.startdato, elev.sidste_dag)
        _move_agreement(elev, startdato, sidste_dag)
    if before:
        _save(actor, elev)
        words = ", ".join(str(Elev._meta.get_field(name).verbose_name) for name in before)
        audit.record(actor, "elev.rettet", elev, f"Aftalen rettet: {words}", foer=before)
    return elev


@transaction.atomic
def extend_agreement(actor, *, elev: Elev, sidste_dag: date, grund: str, version: str) -> Elev:
    """A tillæg to the agreement. Never automatic: somebody has decided it and says why."""
    elev = _unchanged(elev, version)
    before = elev.sidste_dag
    if sidste_dag <= before:
        raise ValidationError({"sidste_dag": f"Vælg en dag efter den nuværende sidste dag, {full_date(before)}."})
    _move_agreement(elev, elev.startdato, sidste_dag)
    _save(actor, elev)
    text = f"Aftalen forlænget fra {full_date(before)} til {full_date(sidste_dag)}: {grund}"
    audit.record(actor, "elev.forlaenget", elev, text, foer=str(before))
    return elev


@transaction.atomic
def stop_elev(actor, *, elev: Elev, stoppet: date, version: str) -> Elev:
    """`stoppet` is the first day without employment. The stays after it are the planner's to remove."""
    elev = _unchanged(elev, version)
    if stoppet not in elev.span:
        aftale = format_period(elev.startdato, elev.sidste_dag)
        raise ValidationError({"stoppet": f"Vælg en dag inden for elevens aftale, {aftale}."})
    elev.stoppet = stoppet
    _save(actor, elev)
    audit.record(actor, "elev.stoppet", elev, f"{elev} er ikke længere ansat fra {full_date(stoppet)}")
    return elev


@transaction.atomic
def resume_elev(actor, *, elev: Elev, version: str) -> Elev:
    """The stop was a mistake, or was called off."""
    elev = _unchanged(elev, version)
    if elev.stoppet is None:
        return elev
    before = str(elev.stoppet)
    elev.stoppet = None
    _save(actor, elev)
    audit.record(actor, "elev.genoptaget", elev, f"Stoppet er fortrudt for {elev}", foer=before)
    return elev


def _locked(elev: Elev) -> Elev:
    return Elev.objects.select_for_update(of=("self",)).select_related("bruger", "hold", "maalsaet").get(pk=elev.pk)


def _unchanged(elev: Elev, version: str) -> Elev:
    """Locked, and with the days that the user saw."""
    elev = _locked(elev)
    if version != aftale_version(elev):
        facts = [("aftalens sidste dag", elev.sidste_dag, None), ("første dag uden ansættelse", elev.stoppet, None)]
        raise conflict(audit.last_actor(elev), facts)
    return elev


def _save(actor, elev: Elev) -> None:
    save_checked(elev)
    keep_role_in_step(actor, elev)


def _move_agreement(elev: Elev, startdato: date, sidste_dag: date) -> None:
    """The database guards each stay when it is saved; here the agreement moves and the stays lie still."""
    elev.periode = checked_period(startdato, sidste_dag)
    outside: Ophold | None = elev.ophold.exclude(periode__contained_by=elev.periode).select_related("afdeling").first()
    if outside:
        stay = f"{outside.afdeling} {format_period(outside.startdato, outside.sidste_dag)}"
        field = "startdato" if outside.startdato < startdato else "sidste_dag"
        raise ValidationError({field: f"Opholdet i {stay} ligger uden for aftalen. Flyt det i planen først."})

"""Hold and the elever on it: create, change, add, remove."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Bruger, Maalsaet, Rolle, Rolletildeling
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.periods import period
from elevforloeb.core.violations import violations_in_words
from elevforloeb.models import Elev, Hold, Uddannelsesmodel

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class NyElev:
    navn: str
    email: str
    telefon: str = ""
    voksenelev: bool = False


@transaction.atomic
def create_hold(actor, *, navn: str, startdato: date, model: Uddannelsesmodel) -> Hold:
    hold = Hold(navn=navn, startdato=startdato, model=model)
    hold.full_clean()
    hold.save()
    audit.record(actor, "hold.oprettet", hold, f"{navn} oprettet med start {startdato:%d.%m.%Y}")
    return hold


@transaction.atomic
def update_hold(actor, *, hold: Hold, navn: str, startdato: date, model: Uddannelsesmodel) -> Hold:
    """Does not touch agreements or plans: they are changed where they are seen."""
    before = {"navn": hold.navn, "startdato": str(hold.startdato), "model": hold.model_id}
    hold.navn, hold.startdato, hold.model = navn, startdato, model
    hold.full_clean()
    hold.save()
    audit.record(actor, "hold.rettet", hold, f"{navn} rettet", foer=before)
    return hold


@transaction.atomic
def delete_hold(actor, *, hold: Hold) -> None:
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.elever.exists():
        raise ValidationError("Holdet har elever og kan ikke slettes. Fjern eleverne først, hvis de aldrig begyndte.")
    audit.record(actor, "hold.slettet", hold, f"{hold.navn} slettet")
    hold.delete()


@transaction.atomic
def add_elever(actor, *, hold: Hold, maalsaet: Maalsaet, nye: list[NyElev]) -> list[Elev]:
    """All of them or none. A person who is already a user (and no elev) gets the role."""
    known = {bruger.email: bruger for bruger in Bruger.objects.filter(email__in=[ny.email.lower() for ny in nye])}
    elever = [_add_elev(hold, maalsaet, ny, known.get(ny.email.lower())) for ny in nye]
    for elev in elever:
        audit.record(actor, "elev.oprettet", elev, f"{elev.bruger.navn} tilføjet til {hold.navn}")
    return elever


def _add_elev(hold: Hold, maalsaet: Maalsaet, ny: NyElev, bruger: Bruger | None) -> Elev:
    taken = ValidationError(f"{ny.email} er allerede elev. Skriv en anden e-mail.")
    if bruger is None:
        with violations_in_words(Bruger, afdelinger_bruger_email_key=f"{ny.email} er lige blevet oprettet. Prøv igen."):
            bruger = Bruger.objects.create_user(ny.email, navn=ny.navn, telefon=ny.telefon)
    elif Elev.objects.filter(bruger=bruger).exists():
        raise taken
    elif not bruger.is_active:
        Bruger.objects.filter(pk=bruger.pk).update(is_active=True, navn=ny.navn, telefon=ny.telefon)
        bruger.refresh_from_db()
    aftale = period(hold.startdato, hold.slutdato - ONE_DAY)
    with violations_in_words(Elev, elevforloeb_elev_bruger_id_key=taken.message):
        elev = Elev.objects.create(
            bruger=bruger, hold=hold, maalsaet=maalsaet, voksenelev=ny.voksenelev, periode=aftale
        )
    give_role(elev)
    return elev


def give_role(elev: Elev) -> None:
    """The role lasts from now until the elev's last day, also after a change of that day."""
    last = min(elev.sidste_dag, elev.stoppet - ONE_DAY) if elev.stoppet else elev.sidste_dag
    tildeling = elev.bruger.rolletildelinger.filter(rolle=Rolle.ELEV).order_by("-periode").first()
    if tildeling is None:
        first = min(today(), elev.startdato)
        Rolletildeling.objects.create(bruger=elev.bruger, rolle=Rolle.ELEV, periode=period(first, max(first, last)))
    else:
        tildeling.periode = period(tildeling.startdato, max(tildeling.startdato, last))
        tildeling.save()


@transaction.atomic
def remove_elev(actor, *, elev: Elev) -> None:
    """For somebody who never began. The account is closed, not deleted: the access log still points to it."""
    elev = Elev.objects.select_for_update().get(pk=elev.pk)
    if elev.ophold.exists():
        raise ValidationError(
            f"{elev.bruger.navn} har en udgivet plan. Registrér i stedet, at eleven er stoppet, under Ret aftalen."
        )
    audit.record(actor, "elev.fjernet", elev.hold, f"{elev.bruger.navn} fjernet fra {elev.hold.navn}")
    bruger = elev.bruger
    elev.delete()
    bruger.rolletildelinger.filter(rolle=Rolle.ELEV).delete()
    if not bruger.rolletildelinger.exists():
        Bruger.objects.filter(pk=bruger.pk).update(is_active=False)

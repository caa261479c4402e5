"""Hold and the elever on it: create, change, add, remove."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Bruger, Maalsaet, Rolle
from afdelinger.services.brugere import create_brugere, deactivate_bruger, reactivate_bruger, update_bruger
from afdelinger.services.invitationer import invite, invite_many
from afdelinger.services.roller import change_role, end_role, give_role, give_roles
from elevforloeb.core import audit
from elevforloeb.core.dates import ONE_DAY, full_date, today
from elevforloeb.core.errors import compared, conflict, create_checked, fingerprint, save_checked
from elevforloeb.core.periods import period
from elevforloeb.models import Elev, Hold, Uddannelsesmodel


@dataclass(frozen=True)
class NyElev:
    navn: str
    email: str
    telefon: str = ""
    voksenelev: bool = False


@transaction.atomic
def create_hold(actor, *, navn: str, startdato: date, model: Uddannelsesmodel) -> Hold:
    hold = Hold(navn=navn, startdato=startdato, model=model)
    save_checked(hold)
    audit.record(actor, "hold.oprettet", hold, f"{hold} oprettet med start {full_date(startdato)}")
    return hold


def hold_version(hold: Hold) -> str:
    return fingerprint(hold, ("navn", "startdato", "model_id"))


@transaction.atomic
def update_hold(actor, *, hold: Hold, navn: str, startdato: date, model: Uddannelsesmodel, version: str) -> Hold:
    """Does not touch agreements or plans: they are changed where they are seen."""
    old = Hold.objects.select_for_update(of=("self",)).select_related("model").get(pk=hold.pk)
    if version != hold_version(old):
        typed = {"navn": navn, "startdato": startdato, "model": model}
        raise conflict(audit.last_actor(old), compared(old, typed))
    if (old.startdato, old.model_id) != (startdato, model.pk):
        _check_rounds(old, model)
    before = {"navn": old.navn, "startdato": str(old.startdato), "model": old.model_id}
    hold.navn, hold.startdato, hold.model = navn, startdato, model
    save_checked(hold)
    audit.record(actor, "hold.rettet", hold, f"{hold} rettet", foer=before)
    return hold


def _check_rounds(hold: Hold, model: Uddannelsesmodel) -> None:
    """What departments offer and elever wish is for certain stays on certain days."""
    if hold.oenskerunder.filter(lukket=None).exists():
        raise ValidationError("Holdet har en åben ønskerunde til ophold på bestemte dage. Luk runden først.")
    last = len(model.alle_trin)
    if hold.oenskerunder.filter(sidste_trin__gt=last).exists():
        text = f"Holdet har haft en ønskerunde til flere ophold, end modellen har ({last}). Vælg en anden model."
        raise ValidationError({"model": text})


@transaction.atomic
def delete_hold(actor, *, hold: Hold) -> None:
    hold = Hold.objects.select_for_update().get(pk=hold.pk)
    if hold.elever.exists():
        raise ValidationError("Holdet har elever og kan ikke slettes. Fjern eleverne først, hvis de aldrig begyndte.")
    audit.record(actor, "hold.slettet", hold, f"{hold} slettet")
    hold.delete()


@transaction.atomic
def add_elever(actor, *, hold: Hold, maalsaet: Maalsaet, nye: list[NyElev], inviter: bool = False) -> list[Elev]:
    """All of them or none. A person who already has an account, and is no elev, gets the role."""
    emails = [ny.email.lower() for ny in nye]
    known = {bruger.email: bruger for bruger in Bruger.objects.filter(email__in=emails)}
    unknown = [ny for ny in nye if ny.email.lower() not in known]
    fields = [{"email": ny.email, "navn": ny.navn, "telefon": ny.telefon} for ny in unknown]
    created = dict(zip(unknown, create_brugere(actor, nye=fields), strict=True))
    periode = period(hold.startdato, hold.sidste_dag)
    elever = [
        Elev(
            bruger=created.get(ny) or _welcome_back(actor, ny, known[ny.email.lower()]),
            hold=hold,
            maalsaet=maalsaet,
            voksenelev=ny.voksenelev,
            periode=periode,
        )
        for ny in nye
    ]
    create_checked(elever)
    audit.record_many(actor, "elev.oprettet", [(elev, f"{elev} tilføjet til {hold}", {}) for elev in elever])
    _give_role(actor, hold, list(created.values()), [elev for elev in elever if elev.bruger.email in known])
    if inviter:
        invite_many(actor, brugere=[elev.bruger for elev in elever if not elev.bruger.has_usable_password()])
    return elever


def _welcome_back(actor, ny: NyElev, bruger: Bruger) -> Bruger:
    """Somebody who has an account already, open or closed."""
    if Elev.objects.filter(bruger=bruger).exists():
        raise ValidationError(f"{ny.email} er allerede elev. Skriv en anden e-mail.")
    if not bruger.is_active:
        reactivate_bruger(actor, bruger=bruger)
        bruger.refresh_from_db()
        update_bruger(actor, bruger=bruger, navn=ny.navn, telefon=ny.telefon)
    return bruger


def _give_role(actor, hold: Hold, created: list[Bruger], others: list[Elev]) -> None:
    """To the new ones at once; the others may have had the role before."""
    first = min(today(), hold.startdato)
    give_roles(actor, brugere=created, rolle=Rolle.ELEV, fra=first, sidste_dag=hold.sidste_dag)
    for elev in others:
        keep_role_in_step(actor, elev)


def invite_elev(actor, *, elev: Elev) -> bool:
    """Send the link with which the elev chooses a password. Who has chosen one already needs none."""
    if elev.bruger.has_usable_password():
        return False
    invite(actor, bruger=elev.bruger)
    return True


def keep_role_in_step(actor, elev: Elev) -> None:
    """The role elev lasts from now until the last day of employment, also after a change of that day."""
    last = min(elev.sidste_dag, elev.stoppet - ONE_DAY) if elev.stoppet else elev.sidste_dag
    tildeling = elev.bruger.rolletildelinger.filter(rolle=Rolle.ELEV).order_by("-periode").first()
    if tildeling is None:
        first = min(today(), elev.startdato, last)
        give_role(actor, bruger=elev.bruger, rolle=Rolle.ELEV, fra=first, sidste_dag=last)
    elif tildeling.sidste_dag != last:
        change_role(actor, tildeling=tildeling, sidste_dag=max(last, tildeling.startdato))


@transaction.atomic
def remove_elev(actor, *, elev: Elev) -> None:
    """For somebody who never began. The account is closed, not deleted: the access log still points to it."""
    elev = Elev.objects.select_for_update(of=("self",)).select_related("bruger", "hold").get(pk=elev.pk)
    if elev.ophold.exists():
        raise ValidationError(
            f"{elev} har en udgivet plan. Skriv i stedet, hvornår eleven stoppede, under Ret aftalen."
        )
    audit.record(actor, "elev.fjernet", elev.hold, f"{elev} fjernet fra {elev.hold}", elev=elev.pk)
    bruger = elev.bruger
    elev.delete()
    for tildeling in bruger.rolletildelinger.filter(rolle=Rolle.ELEV, periode__endswith__gt=today()):
        end_role(actor, tildeling=tildeling)
    if bruger.is_active and not bruger.rolletildelinger.on(today()).exists():
        deactivate_bruger(actor, bruger=bruger)

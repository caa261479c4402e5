"""Accounts: who exists and who may log in."""

from secrets import token_hex

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from afdelinger.models import Bruger
from elevforloeb.core import audit, outbox
from elevforloeb.core.errors import create_checked, save_checked
from elevforloeb.core.words import genitive

from .roller import lock_elevansvarlige, require_an_elevansvarlig


@transaction.atomic
def create_bruger(actor, *, email, navn, telefon="", stilling="") -> Bruger:
    """A person without a password: nobody can log in before the invitation is used."""
    (bruger,) = create_brugere(actor, nye=[{"email": email, "navn": navn, "telefon": telefon, "stilling": stilling}])
    return bruger


@transaction.atomic
def create_brugere(actor, *, nye: list[dict]) -> list[Bruger]:
    """All of them in a few statements, however many."""
    brugere = [Bruger(**felter | {"email": felter["email"].strip().lower()}) for felter in nye]
    for bruger in brugere:
        bruger.set_unusable_password()
    create_checked(brugere)
    audit.record_many(actor, "bruger.oprettet", [(bruger, f"{bruger} er oprettet", {}) for bruger in brugere])
    return brugere


@transaction.atomic
def update_bruger(actor, *, bruger, **felter) -> Bruger:
    """Change navn, email, telefon or stilling."""
    old = {felt: getattr(bruger, felt) for felt in felter}
    for felt, value in felter.items():
        setattr(bruger, felt, value.strip().lower() if felt == "email" else value)
    changed = [felt for felt in felter if getattr(bruger, felt) != old[felt]]
    if not changed:
        return bruger
    save_checked(bruger)
    if "email" in changed:
        # Whoever reads the old mailbox could otherwise use the invitation in it or ask for a new password.
        bruger.invitationer.filter(brugt=None, udloeber__gt=timezone.now()).update(udloeber=timezone.now())
        EmailAddress.objects.filter(user=bruger).delete()
    names = ", ".join(str(Bruger._meta.get_field(felt).verbose_name) for felt in changed)
    before = {felt: old[felt] for felt in changed}
    audit.record(actor, "bruger.rettet", bruger, f"{bruger}: rettet {names}", foer=before)
    return bruger


@transaction.atomic
def deactivate_bruger(actor, *, bruger) -> None:
    """Close the account and end every session at once. The history and the roles stay."""
    lock_elevansvarlige()
    if not Bruger.objects.filter(pk=bruger.pk, is_active=True).update(is_active=False):
        raise ValidationError(f"{bruger} er allerede lukket.")
    require_an_elevansvarlig()
    end_sessions(bruger)
    audit.record(actor, "bruger.lukket", bruger, f"{bruger} er lukket")


@transaction.atomic
def reactivate_bruger(actor, *, bruger) -> None:
    if not Bruger.objects.filter(pk=bruger.pk, is_active=False).update(is_active=True):
        raise ValidationError(f"{bruger} er allerede åben.")
    audit.record(actor, "bruger.aabnet", bruger, f"{bruger} er åbnet igen")


@transaction.atomic
def reset_second_factor(actor, *, bruger) -> None:
    """For somebody who has lost both telephone and recovery codes. The person is told, and logged out everywhere."""
    if actor.pk == bruger.pk:  # that would be a way around typing one's code once more
        raise ValidationError("Dit eget totrinslogin ændrer du under dit navn øverst på siden.")
    removed, _ = Authenticator.objects.filter(user=bruger).delete()
    if not removed:
        raise ValidationError(f"{bruger} har ikke slået totrinslogin til.")
    end_sessions(bruger)
    outbox.queue(bruger, noegle=f"totrin_nulstillet:{token_hex(16)}", skabelon="totrin_nulstillet", data={})
    audit.record(actor, "bruger.totrin_nulstillet", bruger, f"{genitive(str(bruger))} totrinslogin er nulstillet")


def end_sessions(bruger) -> None:
    for session in UserSession.objects.filter(user=bruger):
        session.end()

"""Invitations: a signed link with which a person chooses a password, once.

The link is signed from the row's id and nonce; neither the table nor the log holds anything that opens it.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from afdelinger.models import Bruger, Invitation
from elevforloeb.core import audit, outbox

SALT = "afdelinger.invitation"
NOT_AGAIN = timedelta(minutes=10)  # asking twice in a row gives one mail


def token_for(invitation) -> str:
    return signing.Signer(salt=SALT).sign_object([invitation.pk, invitation.nonce])


def find_invitation(token: str) -> Invitation | None:
    try:
        pk, nonce = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Invitation.objects.select_related("bruger").filter(pk=pk, nonce=nonce).first()


@transaction.atomic
def invite(actor, *, bruger) -> Invitation:
    """Send a new link. Links sent before stop working."""
    if not bruger.is_active:
        raise ValidationError(f"{bruger} er lukket. Åbn kontoen, før du inviterer.")
    if bruger.has_usable_password():
        raise ValidationError(f"{bruger} har allerede valgt en adgangskode og kan logge ind med den.")
    (invitation,) = invite_many(actor, brugere=[bruger])
    return invitation


@transaction.atomic
def invite_many(actor, *, brugere: list[Bruger]) -> list[Invitation]:
    """Send a new link to each, who is open and has chosen no password yet, in a few statements."""
    now = timezone.now()
    Invitation.objects.filter(bruger__in=brugere, brugt=None, udloeber__gt=now).update(udloeber=now)
    end = now + timedelta(days=settings.INVITATION_DAGE)
    rows = Invitation.objects.bulk_create(
        [Invitation(bruger=bruger, oprettet_af=actor, udloeber=end) for bruger in brugere], batch_size=1000
    )
    # The mail holds no link: it is made at sending.
    outbox.queue_many(
        [
            outbox.order(row.bruger, noegle=f"invitation:{row.pk}", skabelon="invitation", data={"invitation": row.pk})
            for row in rows
        ]
    )
    acts = [(row.bruger, f"{row.bruger} har fået en invitation", {}) for row in rows]
    audit.record_many(actor, "bruger.inviteret", acts)
    return rows


@transaction.atomic
def request_invitation(email: str) -> None:
    """Somebody with an old link asks for a new one. Nobody learns from the answer which addresses exist."""
    bruger = Bruger.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
    if bruger is None or bruger.has_usable_password() or not bruger.invitationer.exists():
        return
    if bruger.invitationer.filter(oprettet__gt=timezone.now() - NOT_AGAIN, brugt=None).exists():
        return
    invite(None, bruger=bruger)


@transaction.atomic
def accept_invitation(actor, *, invitation, adgangskode) -> None:
    """Use the link: `actor`, the invited person, chooses a password. Of two clicks at the same time one wins."""
    require_strong_password(adgangskode, actor)
    actor = Bruger.objects.select_for_update().get(pk=actor.pk)  # two links to one person wait for each other
    still_open = Invitation.objects.filter(pk=invitation.pk, brugt=None, udloeber__gt=timezone.now())
    may_choose = actor.is_active and not actor.has_usable_password()
    if not may_choose or not still_open.update(brugt=timezone.now()):
        raise ValidationError("Linket er allerede brugt eller udløbet. Log ind, eller bed om en ny invitation.")
    actor.set_password(adgangskode)
    actor.save(update_fields=["password"])
    audit.record(actor, "invitation.brugt", actor, f"{actor} har valgt en adgangskode")


def require_strong_password(adgangskode: str, bruger) -> None:
    try:
        validate_password(adgangskode, bruger)
    except ValidationError as error:
        raise ValidationError({"adgangskode": error.messages}) from error

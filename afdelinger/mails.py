"""The letters of the ground floor."""

from django.urls import reverse
from django.utils import timezone

from elevforloeb.core.dates import full_date
from elevforloeb.core.letters import Letter, mail

from .models import Invitation
from .services.invitationer import token_for


@mail("invitation", "Invitation")
def invitation(modtager, data) -> Letter | None:
    """Nobody wants a link that is used or has been replaced by a newer one."""
    row = Invitation.objects.select_related("bruger").filter(pk=data["invitation"]).first()
    if row is None or not row.kan_bruges:
        return None
    return Letter(
        emne="Din adgang til Elevforløb",
        tekst="Du har fået adgang til Elevforløb. Vælg en adgangskode, så er du klar til at logge ind.\n\n"
        f"Linket virker én gang og til og med {full_date(timezone.localdate(row.udloeber))}. "
        "Er det for sent, kan du bede om et nyt på samme side.",
        url=reverse("invitation_link", args=[token_for(row)]),
        knap="Vælg din adgangskode",
    )

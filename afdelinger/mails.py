"""The letters of the ground floor."""

from django.urls import reverse
from django.utils import timezone

from elevforloeb.core.dates import full_date
from elevforloeb.core.letters import Letter, mail

from .models import Invitation
from .services.invitationer import token_for


@mail("totrin_nulstillet", "Totrinslogin nulstillet")
def totrin_nulstillet(modtager, data) -> Letter | None:
    return Letter(
        emne="Dit totrinslogin til Elevforløb er nulstillet",
        tekst="Din telefon og dine gamle nødkoder virker ikke længere til Elevforløb, og du er logget ud alle steder. "
        "Din adgangskode er den samme. Log ind, og sæt totrinslogin op igen.\n\n"
        "Har du ikke bedt om det, så skriv straks til den elevansvarlige.",
        url=reverse("mfa_index"),
        knap="Log ind",
    )


@mail("invitation", "Invitation")
def invitation(modtager, data) -> Letter | None:
    """Nobody wants a link that is used or has been replaced by a newer one."""
    row = Invitation.objects.select_related("bruger").filter(pk=data["invitation"]).first()
    if row is None or not row.kan_bruges:
        return None
    return Letter(
        emne="Din adgang til Elevforløb",
        tekst="Du har fået adgang til Elevforløb. Vælg en adgangskode, så er du inde.\n\n"
        f"Linket virker én gang og til og med {full_date(timezone.localdate(row.udloeber))}. "
        "Er det for sent, kan du bede om et nyt på samme side.",
        url=reverse("invitation_link", args=[token_for(row)]),
        knap="Vælg din adgangskode",
    )

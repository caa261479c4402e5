"""The letters about a person's own log-in. They go through the outbox like all mail."""

from datetime import datetime, timedelta

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import timezone

from elevforloeb.core.letters import Letter, mail

STALE = timedelta(hours=12)

CHANGES = {
    "password_changed": "Din adgangskode er skiftet.",
    "password_reset": "Din adgangskode er skiftet med et link fra en mail.",
    "password_set": "Der er valgt en adgangskode.",
    "totp_activated": "Totrinslogin er slået til.",
    "totp_deactivated": "Totrinslogin er slået fra.",
    "recovery_codes_generated": "Der er lavet nye nødkoder til totrinslogin.",
}


@mail("ny_adgangskode", "Link til ny adgangskode")
def ny_adgangskode(modtager, data) -> Letter | None:
    """The link is made when the mail is sent, so that it lies in no table."""
    if timezone.now() - datetime.fromisoformat(data["bedt"]) > STALE:
        return None
    key = default_token_generator.make_token(modtager)
    where = {"uidb36": user_pk_to_url_str(modtager), "key": key}
    return Letter(
        emne="Vælg en ny adgangskode til Elevforløb",
        tekst="Du har bedt om at vælge en ny adgangskode til Elevforløb. Brug linket herunder.\n\n"
        "Har du ikke bedt om det, skal du ikke gøre noget. Din adgangskode er ikke ændret.",
        url=reverse("account_reset_password_from_key", kwargs=where),
        knap="Vælg ny adgangskode",
    )


@mail("login_aendret", "Ændret login")
def login_aendret(modtager, data) -> Letter | None:
    change = CHANGES.get(data["hvad"], "Dit login er ændret.")
    return Letter(
        emne="Dit login til Elevforløb er ændret",
        tekst=f"{change}\n\nVar det dig, skal du ikke gøre noget. "
        "Var det ikke dig, så vælg en ny adgangskode nu, og skriv til den elevansvarlige.",
        url=reverse("account_reset_password"),
        knap="Vælg ny adgangskode",
    )

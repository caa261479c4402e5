from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an account comes from an invitation. Errors say what to do."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mail og adgangskode passer ikke sammen. Prøv igen, eller vælg en ny adgangskode.",
        "enter_current_password": "Skriv den adgangskode, du har nu.",
        "incorrect_password": "Adgangskoden er ikke rigtig. Prøv igen.",
        "too_many_login_attempts": "Der er logget forkert ind for mange gange. Vent fem minutter, og prøv igen.",
    }

    def is_open_for_signup(self, request):
        return False


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden passer ikke. Skriv den kode, appen viser lige nu.",
    }

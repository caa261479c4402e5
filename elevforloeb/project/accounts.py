import time
from secrets import token_hex

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils import timezone

from afdelinger.models import Bruger
from elevforloeb.core import bell, outbox

# Asked on every page. It is written out, because to build it for each request takes longer than to answer it.
WHO = """
select *, exists (select from mfa_authenticator where user_id = bruger.id) as har_to_faktor
from afdelinger_bruger bruger where id = %s
"""


class AccountBackend(AuthenticationBackend):
    """Asks for the person of a session and for `har_to_faktor` at once: every page needs to know both."""

    def get_user(self, user_id):
        found = next(iter(Bruger.objects.raw(WHO, [user_id])), None)
        return found if found and self.user_can_authenticate(found) else None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an account comes from an invitation. Errors say what to do. Mail goes through the outbox."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mail og adgangskode passer ikke sammen. Prøv igen, eller vælg en ny adgangskode.",
        "enter_current_password": "Skriv den adgangskode, du har nu.",
        "incorrect_password": "Adgangskoden er ikke rigtig. Prøv igen.",
        "too_many_login_attempts": "Der er logget forkert ind for mange gange. Vent fem minutter, og prøv igen.",
    }

    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app, **kwargs) -> bool:
        """Who has logged in within the last minutes has just shown who it is.

        allauth itself counts only a password that was typed once more, also right after the log-in that led to
        setting up the second factor.
        """
        shown = get_authentication_records(self.request, self.request.user)
        if shown and time.time() - shown[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def send_password_reset_mail(self, user, email, context):
        data = {"bedt": timezone.now().isoformat()}
        outbox.queue(user, noegle=f"ny_adgangskode:{token_hex(16)}", skabelon="ny_adgangskode", data=data)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        data = {"hvad": template_prefix.rpartition("/")[2]}
        outbox.queue(user, noegle=f"login_aendret:{token_hex(16)}", skabelon="login_aendret", data=data)

    def send_mail(self, template_prefix, email, context):
        """What is left: mail to an address that no account has. Nothing is sent, but the answer takes as long."""
        bell.ring()


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "Koden passer ikke. Skriv den kode, appen viser lige nu.",
    }

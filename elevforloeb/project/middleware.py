from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

# What somebody without a second factor can reach: setting one up, and leaving.
OPEN_WITHOUT = ("mfa_", "account_logout", "account_reauthenticate", "sundhed", "klar")


class TwoFactorMiddleware:
    """With KRAEV_TO_FAKTOR nobody gets past the set-up page before a second factor is in place."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.KRAEV_TO_FAKTOR or not request.user.is_authenticated:
            return None
        if (request.resolver_match.url_name or "").startswith(OPEN_WITHOUT) or is_mfa_enabled(request.user):
            return None
        return redirect("mfa_activate_totp")

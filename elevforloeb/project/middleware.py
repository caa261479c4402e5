from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

# What somebody without a second factor can reach: setting one up, and leaving.
OPEN_WITHOUT = ("mfa_", "account_logout", "account_reauthenticate", "sundhed", "klar")


class LogInMiddleware(LoginRequiredMiddleware):
    """Whose session ran out while a form was open comes back to its page: the address it is sent to shows nothing."""

    def handle_no_permission(self, request, view_func):
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        return redirect_to_login(_path(request, request.headers.get("Referer")), self.get_login_url(view_func))


def _path(request, address: str | None) -> str:
    """Of one of our own pages; of any other address the front page."""
    if not address or not url_has_allowed_host_and_scheme(address, {request.get_host()}):
        return "/"
    return urlsplit(address)._replace(scheme="", netloc="", fragment="").geturl()


class WrongMethodMiddleware:
    """Who opens the address of a button as a page is told so. Django itself answers with an empty page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        answer = self.get_response(request)
        if answer.status_code != 405:
            return answer
        page = render(request, "405.html", status=405)
        page.headers["Allow"] = answer.get("Allow", "")
        return page


class TwoFactorMiddleware:
    """With KRAEV_TO_FAKTOR nobody gets past the set-up page before a second factor is in place."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.KRAEV_TO_FAKTOR or not request.user.is_authenticated:
            return None
        if (request.resolver_match.url_name or "").startswith(OPEN_WITHOUT) or request.user.har_to_faktor:
            return None
        return redirect("mfa_activate_totp")

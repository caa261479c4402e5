import logging
import re
from contextvars import ContextVar
from secrets import token_hex

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.deprecation import MiddlewareMixin

request_id = ContextVar("request_id", default="-")


class RequestIdMiddleware:
    """Gives each request an id that stands in every log line, in the answer's header and in the access log."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if re.fullmatch(r"[A-Za-z0-9-]{8,64}", given) else token_hex(8)
        token = request_id.set(request.id)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


class RequestIdFilter(logging.Filter):
    def filter(self, record):
        record.request_id = request_id.get()
        return True


def _page(template: str, status: int) -> HttpResponse:
    """Before anybody is known: without the request, which may be what is wrong."""
    return HttpResponse(render_to_string(template), status=status)


class HardeningMiddleware(MiddlewareMixin):
    """What no view should have to remember."""

    def process_request(self, request):
        length = str(request.META.get("CONTENT_LENGTH", ""))
        if length.isdecimal() and int(length) > settings.REQUEST_LARGEST_BYTES:
            return _page("413.html", 413)
        # PostgreSQL refuses NUL bytes; without this line any search field turns one into a 500.
        if "\x00" in request.path or any("\x00" in value for _, values in request.GET.lists() for value in values):
            return _page("400.html", 400)
        return None

    def process_response(self, request, response):
        if getattr(request, "user", None) is not None and request.user.is_authenticated:
            patch_cache_control(response, no_store=True, private=True)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

"""The filters of a list come back with the page, in its address: kept in a cookie of that page alone.

Never the search text: that is somebody's name.
"""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import QueryDict


def remembered(request, cookie: str, names: Iterable[str]) -> str:
    """The query string of last time, or nothing."""
    kept = QueryDict(request.COOKIES.get(cookie, ""))
    return urlencode({name: kept[name] for name in names if kept.get(name)})


def remember(request, response, cookie: str, names: Iterable[str]) -> None:
    chosen = urlencode({name: request.GET[name] for name in names if request.GET.get(name)})
    response.set_cookie(cookie, chosen, path=request.path, secure=request.is_secure(), httponly=True, samesite="Lax")

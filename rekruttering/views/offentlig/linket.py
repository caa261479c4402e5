"""The guard of a private link. Whoever has it gets in: nobody here has an account."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.urls import reverse

from rekruttering import trin as skridt
from rekruttering.limits import is_spent
from rekruttering.queries.ansoegning import find_ansoegning
from rekruttering.queries.interesse import find_interesse

# The link stands in the address of every page behind it. `strict-origin` tells a site that a page links to which house
# one comes from, never the page; `no-referrer` would too, but then browsers send "Origin: null" with a form, and the
# protection against forged forms must refuse it.
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "strict-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def url_of(trin: skridt.Trin, token: str) -> str:
    if trin.slug in skridt.SKEMAER:
        return reverse("ansoegning_trin", args=[token, trin.slug])
    return reverse(f"ansoegning_{trin.slug}", args=[token])


def private(response):
    for name, value in PRIVATE.items():
        response.headers[name] = value
    return response


def with_link(view):
    @wraps(view)
    def guarded(request, token, **kwargs):
        ansoegning = find_ansoegning(token)
        if ansoegning is None and find_interesse(token):  # it is deleted, and what she said yes to is what is left
            return private(redirect("interesse_bekraeft", token=token))
        if ansoegning is None:
            return private(wrong_link(request))
        request.token = token
        return private(view(request, ansoegning, **kwargs))

    return login_not_required(guarded)


def wrong_link(request):
    if is_spent(request, "forkert_link"):
        return too_often(request)
    return render(request, "rekruttering/link_ukendt.html", status=404)


def too_often(request):
    return render(request, "rekruttering/for_mange.html", status=429)

"""What machines ask for: robots.txt, sitemap.xml, and the short address of the accessibility statement."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as write_sitemap
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from rekruttering.queries.offentlig import public_paths

OPEN = ("/bliv-kontorelev/", "/static/")


class Sider(Sitemap):
    """With the address of the installation, whatever name the request came by."""

    def items(self):
        return public_paths()

    def location(self, item):
        name, arguments = item
        return reverse(name, kwargs=arguments)

    def get_domain(self, site=None):
        return urlsplit(settings.BASE_URL).netloc

    def get_protocol(self, protocol=None):
        return urlsplit(settings.BASE_URL).scheme


@login_not_required
@require_safe
def sitemap(request):
    return write_sitemap(request, {"sider": Sider})


@login_not_required
@require_safe
def robots(request):
    """A demo's invented people are nobody's search result."""
    lines = ["User-agent: *", *([] if settings.DEMO else [f"Allow: {path}" for path in OPEN]), "Disallow: /"]
    lines += ["", f"Sitemap: {settings.BASE_URL.rstrip('/')}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def was(request):
    """The address that the rules on accessibility ask for."""
    if not settings.TILGAENGELIGHED_URL:
        raise Http404
    return HttpResponseRedirect(settings.TILGAENGELIGHED_URL)

"""Documents as PDF/UA-1, set by WeasyPrint from our own templates and static files, and from nothing else.

WeasyPrint needs Pango from the operating system, so it is only imported when a document is made: without Pango
everything else works, and a PDF link answers with a page that says what to install.
"""

import unicodedata
from functools import cache
from mimetypes import guess_type
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone

from .dates import full_date, now

# A text that says in which direction the rest is read could turn what stands beside it.
DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
STATIC = "https://static.invalid/"  # never asked: the fetcher turns what is below it into files of the project
ONE_AT_A_TIME = Lock()  # the kept fonts and styles are shared by the threads of a process


class PdfUnavailable(Exception):
    """This machine cannot make PDFs yet; the text says what is missing."""


def render_pdf(template: str, context: dict, variant: str | None = "pdf/ua-1") -> bytes:
    """The template (which extends core/pdf.html) as a PDF/UA-1 document. Without a variant: to be laid over another."""
    stamp = f"{full_date(now().date())} kl. {timezone.localtime():%H.%M}"
    html = render_to_string(template, {"kommune": settings.KOMMUNE_NAVN, "stempel": stamp} | context)
    with ONE_AT_A_TIME:
        weasyprint, fetcher, fonts, style = _engine()
        html = html.translate(_in_print())
        document = weasyprint.HTML(string=html, base_url=STATIC, url_fetcher=fetcher)
        return document.write_pdf(stylesheets=[style], font_config=fonts, pdf_variant=variant)


def pdf_response(request, template: str, context: dict, filename: str) -> HttpResponse:
    """The document to show in the browser, or a page that says why this machine cannot make it."""
    try:
        document = render_pdf(template, context)
    except PdfUnavailable as missing:
        return render(request, "core/pdf_mangler.html", {"mangler": str(missing)}, status=503)
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    return response


@cache
def _engine():
    """WeasyPrint with our fonts and styles, read once: doing it for every document doubles its time and its memory."""
    try:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
    except OSError as error:  # the Python package is there, the library below it is not
        raise PdfUnavailable("Programbiblioteket Pango er ikke installeret.") from error
    fonts, fetcher = FontConfiguration(), _project_files_fetcher(weasyprint)
    if not _static_path("pdf.css"):
        raise PdfUnavailable("Stilarket pdf.css er ikke bygget.")
    return weasyprint, fetcher, fonts, weasyprint.CSS(url=f"{STATIC}pdf.css", url_fetcher=fetcher, font_config=fonts)


class Print(dict):
    """For str.translate: a sign that no letter of any font will be found for stands as its number, not as a box.

    Letters of other scripts are left to the fonts of the machine.
    """

    def __missing__(self, code: int) -> int | str:
        sign = chr(code)
        turns = unicodedata.bidirectional(sign) in DIRECTIONS
        self[code] = f"(tegn U+{code:04X})" if turns or unicodedata.category(sign) in ("So", "Sk", "Co", "Cn") else code
        return self[code]


@cache
def _in_print() -> Print:
    from fontTools.ttLib import TTFont  # which WeasyPrint sets its fonts with

    return Print((code, code) for code in TTFont(_static_path("fds/skrift/IBMPlexSans-Regular.woff2")).getBestCmap())


def _project_files_fetcher(weasyprint):
    class ProjectFiles(weasyprint.urls.URLFetcher):
        """Reaches the project's static files. A text that somebody wrote can never fetch a page or a file."""

        def fetch(self, url, headers=None):
            path = _static_path(url.removeprefix(STATIC)) if url.startswith(STATIC) else None
            if path is None:
                raise ValueError(f"Not a file of the project: {url}")
            mime = guess_type(path.name)[0] or "application/octet-stream"
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes(), {"Content-Type": mime})

    return ProjectFiles(allowed_protocols=())


def _static_path(name: str) -> Path | None:
    """Where the static file lies: in the source, or in production where collectstatic put it."""
    if found := finders.find(name):
        return Path(found)
    collected = Path(staticfiles_storage.path(name))
    return collected if collected.is_file() else None

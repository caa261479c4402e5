import subprocess
import sys
from io import BytesIO

import pytest
from pypdf import PdfReader

from elevforloeb.core import pdf

CANARY = "KANARIEFUGL"


def set_html(monkeypatch, body):
    page = f'<html lang="da"><head><title>Prøve</title></head><body>{body}</body></html>'
    monkeypatch.setattr(pdf, "render_to_string", lambda *args: page)


def text_of(document: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(BytesIO(document)).pages)


def test_document_is_tagged_danish_and_has_its_title():
    document = PdfReader(BytesIO(pdf.render_pdf("core/pdf.html", {})))
    root = document.trailer["/Root"]
    assert root["/Lang"] == "da"
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()


def test_danish_and_polish_letters_are_in_the_embedded_font(monkeypatch):
    set_html(monkeypatch, "<h1>Åse Ærø Łucja Müller</h1>")
    document = pdf.render_pdf("", {})
    assert "Åse Ærø Łucja Müller" in text_of(document)
    fonts = {font["/BaseFont"] for font in PdfReader(BytesIO(document)).pages[0]["/Resources"]["/Font"].values()}
    assert all("IBM-Plex-Sans" in str(font) for font in fonts)


@pytest.mark.parametrize(
    "vector",
    [
        '<img src="{}">',
        '<link rel="stylesheet" href="{}">',
        '<link rel="attachment" href="{}">',
        '<a rel="attachment" href="{}">fil</a>',
        '<style>@import url("{}");</style>',
        '<style>@font-face {{ font-family: x; src: url("{}") }} p {{ font-family: x }}</style><p>x</p>',
        '<p style="background: url({})">x</p>',
        '<object data="{}"></object>',
        '<embed src="{}">',
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{}" width="9" height="9"/></svg>',
        '<base href="file:///"><img src="{}">',
    ],
)
def test_a_hostile_text_reaches_no_file(monkeypatch, tmp_path, vector):
    secret = tmp_path / "hemmelig.svg"
    secret.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20"><text y="9">{CANARY}</text></svg>'
    )
    set_html(monkeypatch, vector.format(secret.as_uri()))
    document = pdf.render_pdf("", {})
    assert CANARY not in text_of(document)
    assert not PdfReader(BytesIO(document)).attachments


def test_the_fetcher_refuses_everything_but_static_files(tmp_path):
    fetcher = pdf._engine()[1]
    assert b"IBM Plex Sans" in fetcher.fetch(f"{pdf.STATIC}pdf.css").read()
    for url in ["https://example.com/", "file:///etc/passwd", f"{pdf.STATIC}../manage.py", "data:text/plain,x"]:
        with pytest.raises(Exception):  # noqa: B017 - two kinds, both a refusal
            fetcher.fetch(url)


def test_without_pango_the_link_answers_with_a_page(monkeypatch, rf):
    def missing():
        raise pdf.PdfUnavailable("Programbiblioteket Pango er ikke installeret.")

    monkeypatch.setattr(pdf, "_engine", missing)
    monkeypatch.setattr(
        pdf, "render", lambda request, template, context, status: (template, context["mangler"], status)
    )
    answer = pdf.pdf_response(rf.get("/"), "core/pdf.html", {}, "x.pdf")
    assert answer == ("core/pdf_mangler.html", "Programbiblioteket Pango er ikke installeret.", 503)


def test_starting_the_system_does_not_load_weasyprint():
    code = "import sys, elevforloeb.core.pdf; sys.exit('weasyprint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

"""How a file is handed out, with the headers that keep it from doing anything in somebody's browser."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from elevforloeb.core.files import disk, store
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.kinds import CSV, JPG, KINDS, PDF
from elevforloeb.core.files.serve import file_response
from elevforloeb.core.models import Fil

DATA = b"KANARIEFUGL"


@pytest.fixture
def request_(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    request.resolver_match = SimpleNamespace(view_name="proeve", url_name="proeve")
    return request


def make(kind=PDF, navn="faktura.pdf", tilstand=Fil.Tilstand.REN) -> Fil:
    return store.keep(None, CheckedFile(navn, kind, DATA, tilstand))


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
@pytest.mark.parametrize("inline", [False, True])
def test_every_kind_is_served_with_its_own_type_and_nothing_that_lets_it_act(db, request_, kind, inline):
    response = file_response(request_, make(kind), inline=inline)
    assert response.content == DATA
    assert response["Content-Type"] == kind.mime
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    shown = inline and kind.key in ("pdf", "jpg", "png")
    assert response["Content-Disposition"].startswith("inline" if shown else "attachment")
    if shown and kind is PDF:  # left to the policy of every page, which allows nothing either
        assert "Content-Security-Policy" not in response
    else:
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_pdf_that_is_shown_gets_the_policy_of_every_page(db, request_):
    from csp.middleware import CSPMiddleware

    fil = make()
    shown = CSPMiddleware(lambda request: file_response(request, fil, inline=True))(request_)
    downloaded = CSPMiddleware(lambda request: file_response(request, fil))(request_)
    assert "default-src 'none'" in shown["Content-Security-Policy"]
    assert "script-src 'self'" in shown["Content-Security-Policy"]
    assert downloaded["Content-Security-Policy"].startswith("sandbox")


def test_a_danish_name_reaches_the_browser_whole(db, request_):
    response = file_response(request_, make(CSV, "Hold på Nørrebro, æøå.csv"))
    expected = "attachment; filename*=utf-8''Hold%20p%C3%A5%20N%C3%B8rrebro%2C%20%C3%A6%C3%B8%C3%A5.csv"
    assert response["Content-Disposition"] == expected


@pytest.mark.parametrize(
    ("tilstand", "status", "words"),
    [
        (Fil.Tilstand.KARANTAENE, 503, "Prøv igen om nogle minutter"),
        (Fil.Tilstand.SMITTET, 410, "virus"),
    ],
)
def test_a_file_that_may_not_be_fetched_is_a_page_that_says_why(db, request_, tilstand, status, words):
    response = file_response(request_, make(tilstand=tilstand))
    assert response.status_code == status and words in response.content.decode()
    assert DATA not in response.content


def test_a_file_without_a_scanner_is_served(db, request_):
    assert file_response(request_, make(tilstand=Fil.Tilstand.IKKE_SCANNET)).status_code == 200


def test_lost_bytes_are_a_page_and_a_line_in_the_log(db, request_, caplog):
    fil = make(JPG)
    disk.path_of(fil.lager).unlink()
    response = file_response(request_, fil)
    assert (response.status_code, "sikkerhedskopi" in response.content.decode()) == (500, True)
    assert f"File {fil.pk} cannot be read" in caplog.text and "faktura" not in caplog.text


def test_a_request_larger_than_any_file_is_refused_before_it_is_read(client, db, settings):
    settings.REQUEST_LARGEST_BYTES = 100
    response = client.post("/konto/login/", {"login": "x" * 200})
    assert response.status_code == 413 and "for stor" in response.content.decode()
    assert isinstance(response, HttpResponse)

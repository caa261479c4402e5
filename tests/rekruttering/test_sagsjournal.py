"""Cases are put in the folder of the case system, with their attachments, or a person is told why not."""

import hashlib
import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from elevforloeb.core import journal
from elevforloeb.core.files.disk import path_of
from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from rekruttering.models import Sagsjournal
from rekruttering.queries.handling import WING
from rekruttering.services.sag import write_notat
from rekruttering.services.sagsjournal import enter, file_cases
from rekruttering.services.udvalg import declare_late
from tests.rekruttering_steps import applied, attach, make_round, seat

FACTS = {"sagsnr": "81-2027-1", "kle": "81.03.06", "bevares": "P5Y", "hvordan": "send"}


@pytest.fixture
def folder(settings, tmp_path):
    settings.JOURNAL_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def runde(cast):
    return make_round()


@pytest.fixture
def ida(runde):
    return applied(runde)


@pytest.fixture
def medlem(cast, ida, runde):
    return seat(cast.elevansvarlig, runde)


@pytest.fixture
def queued(cast, ida, medlem, folder):
    enter(cast.elevansvarlig, ansoegninger=[ida], **FACTS)


def post() -> Sagsjournal:
    return Sagsjournal.objects.get()


def facts_in(folder) -> list[dict]:
    return [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]


def test_the_page_asks_how_where_there_is_a_journal_and_the_case_is_put_there_with_its_files(
    cast, runde, ida, medlem, folder, as_user
):
    attach(ida, "æøå 😀.txt")
    client, url = as_user(cast.elevansvarlig), reverse("runde_sletning", args=[runde.pk])
    form = {"ansoegning": ida.pk, "sagsnr": "81-2027-1", "kle": "81.03.06", "bevares_aar": "5", "hvordan": "send"}
    assert client.post(url, form | {"hvordan": ""}).status_code == 422
    assert "på vej til journalen" in client.post(url, form, follow=True).content.decode()
    assert not list(folder.iterdir())
    for _ in range(2):
        file_cases()
    attached, case = sorted(facts_in(folder), key=lambda facts: facts["art"], reverse=True)
    assert (attached["titel"], attached["hoerer_til"]) == ("æøå 😀.txt", case["dokument"])
    assert case["bilag"] == [attached["sha256"]] and case["sagsnr"] == "81-2027-1" and case["bevares"] == "P5Y"
    for facts, ending in ((attached, ".txt"), (case, ".pdf")):
        (file,) = folder.glob(f"{facts['dokument']}-{facts['sha256'][:16]}{ending}")
        assert hashlib.sha256(file.read_bytes()).hexdigest() == facts["sha256"]
    assert len(list(folder.iterdir())) == 4
    assert (post().status, post().akt) == ("skrevet", None)
    assert ida.skridt.filter(art="journaliseret").count() == 1
    assert "Ikke journaliseret" not in client.get(url).content.decode()


def test_after_a_crash_the_very_same_file_is_written_again(queued, folder, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(journal, "_why", lambda problem: "Nej")
        patch.setattr(journal.Folder, "_put", lambda self, name, content: (_ for _ in ()).throw(OSError(28, "Full")))
        file_cases()
    first = bytes(post().akt)
    with time_machine.travel(post().naeste + timedelta(hours=3)):
        file_cases()
    (file,) = folder.glob("*.pdf")
    assert file.read_bytes() == first and post().status == "skrevet"


def test_what_happens_after_it_was_ordered_and_filed_is_not_filed(cast, runde, ida, queued, as_user):
    file_cases()
    url = reverse("runde_sletning", args=[runde.pk])
    assert "Der er sket noget siden" not in as_user(cast.elevansvarlig).get(url).content.decode()
    write_notat(cast.elevansvarlig, ansoegning=ida, tekst="Ringede.")
    assert "Der er sket noget siden" in as_user(cast.elevansvarlig).get(url).content.decode()


def test_who_has_stepped_out_of_the_case_does_not_send_it(cast, ida, medlem, queued, folder):
    declare_late(cast.elevansvarlig, medlem=medlem, ansoegning=ida)
    file_cases()
    assert not list(folder.iterdir()) and "kan ikke længere se sagen" in post().svar


def test_an_attachment_that_is_gone_is_told_and_stops_no_other_case(cast, runde, ida, folder):
    path_of(attach(ida).fil.lager).unlink()
    bo = applied(runde, "Bo")
    seat(cast.elevansvarlig, runde)
    enter(cast.elevansvarlig, ansoegninger=[ida, bo], **FACTS)
    file_cases()
    assert bo.journal.status == "skrevet" and ida.journal.status == "venter"
    assert "bilag kan ikke læses" in ida.journal.svar


def test_after_three_attempts_it_stands_under_things_to_do_and_can_be_filed_by_hand(cast, runde, ida, queued, settings):
    settings.JOURNAL_DIR += "/findes-ikke"
    for _ in range(3):
        with time_machine.travel(max(post().naeste, timezone.now()) + timedelta(seconds=1)):
            file_cases()
    assert [each.titel for each in find_things(rules(), [WING])] == ["1 sag kunne ikke sendes til journalen"]
    enter(cast.elevansvarlig, ansoegninger=[ida], sagsnr="81-9")
    assert (post().status, post().sagsnr, list(find_things(rules(), [WING]))) == ("skrevet", "81-9", [])


def test_without_a_journal_the_page_asks_for_the_number_alone(cast, runde, ida, medlem, as_user):
    page = as_user(cast.elevansvarlig).get(reverse("runde_sletning", args=[runde.pk])).content.decode()
    assert "Markér de valgte" in page and "KLE-nummer" not in page

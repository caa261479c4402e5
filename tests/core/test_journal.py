"""A sealed document reaches the folder of the case system whole and once, or a person is told why not."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from elevforloeb.core import journal, seal
from elevforloeb.core.models import Dokument, Haendelse, Journalisering

FACTS = {"sagsnr": "26/1234", "kle": "81.00.00", "bevares": "P5Y"}


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.JOURNAL_DIR = str(tmp_path)
    return tmp_path


@pytest.fixture
def dokument(cast) -> Dokument:
    return seal.seal(cast.elevansvarlig, art="proeve", titel="En prøve", person=cast.aase.bruger, indhold={})


@pytest.fixture
def queued(cast, dokument, folder) -> Journalisering:
    seal.store_pdf(dokument, b"%PDF-1.7")
    return journal.send(cast.elevansvarlig, dokument=dokument, **FACTS)


def row() -> Journalisering:
    return Journalisering.objects.get()


def test_pdf_and_facts_are_put_beside_each_other(queued, dokument, folder):
    journal.file_waiting()
    pdf, facts = sorted(folder.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert pdf.read_bytes() == b"%PDF-1.7"
    assert json.loads(facts.read_text()) == FACTS | {
        "dokument": dokument.pk, "art": "proeve", "titel": "En prøve", "person": "Åse Ærlig", "dato": "2027-10-15",
        "sha256": dokument.fil.sha256, "sha256_tekst": dokument.sha256,
    }  # fmt: skip
    assert pdf.stem == facts.stem
    assert (row().status, row().svar) == ("skrevet", f"Lagt i mappen som {pdf.name}")


def test_it_is_written_once_however_often_it_is_asked(queued, folder, monkeypatch):
    written = []
    monkeypatch.setattr(journal.Folder, "write", lambda self, paper: written.append(paper) or "Ok")
    for _ in range(3):
        journal.file_waiting()
    assert len(written) == 1
    assert Haendelse.objects.filter(handling="dokument.journaliseret").count() == 1


def test_a_row_that_another_worker_has_borrowed_is_left_to_it(queued):
    ours, theirs = row(), row()
    assert journal._borrow(theirs)
    assert not journal._borrow(ours)


def test_what_a_dead_worker_had_borrowed_is_written_when_the_loan_runs_out(queued, folder):
    journal._borrow(row())
    journal.file_waiting()
    assert not list(folder.iterdir())
    with time_machine.travel(timezone.now() + journal.LEASE + timedelta(seconds=1)):
        journal.file_waiting()
    assert row().status == "skrevet"


def test_without_its_pdf_a_document_waits_and_that_is_no_failure(cast, dokument, folder):
    journal.send(cast.elevansvarlig, dokument=dokument, **FACTS)
    journal.file_waiting()
    assert (row().status, row().forsoeg) == ("venter", 0)


def test_a_folder_that_is_away_is_tried_again_and_given_up_after_a_day(queued, folder, settings):
    settings.JOURNAL_DIR = str(folder / "findes-ikke")
    for _ in range(journal.LAST_ATTEMPT):
        assert row().status == "venter"
        with time_machine.travel(row().naeste + timedelta(seconds=1)):
            journal.file_waiting()
    assert row().status == "fejlet"
    assert "kunne ikke modtage" in row().svar and "findes-ikke" not in row().svar


def test_half_a_file_never_stands_under_its_name(queued, folder, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal.os, "fsync", full)
    journal.file_waiting()
    assert [path.name for path in folder.iterdir() if not path.name.startswith(".")] == []


def test_one_that_failed_may_be_entered_again_and_one_that_is_filed_may_not(queued, cast, dokument):
    Journalisering.objects.update(status="fejlet")
    journal.note(cast.elevansvarlig, dokument=dokument, **FACTS | {"sagsnr": "26/99"})
    assert (row().status, row().sagsnr, row().svar) == ("skrevet", "26/99", journal.BY_HAND)
    with pytest.raises(ValidationError, match="allerede knyttet til sag 26/99"):
        journal.send(cast.elevansvarlig, dokument=dokument, **FACTS)


def test_without_a_journal_one_is_told_to_write_it_down_by_hand(cast, dokument, settings):
    settings.JOURNAL_DIR = ""
    with pytest.raises(ValidationError, match="ikke sat en journal op"):
        journal.send(cast.elevansvarlig, dokument=dokument, **FACTS)
    journal.file_waiting()
    assert not Journalisering.objects.exists()

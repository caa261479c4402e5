"""Pages of a sealed document: who opens it, what it says of itself, a file held against it, and the journal."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from elevforloeb.core import seal
from elevforloeb.core.dates import now
from elevforloeb.core.models import Dokument, Dokumentkontrol, Journalisering, Opslag
from elevforloeb.core.rules import rules
from elevforloeb.project.handling import WINGS
from elevforloeb.project.health import readiness
from elevforloeb.queries.handling import find_things
from evaluering.models import Deling, Evaluering
from evaluering.permissions import can_read_answers, readable_sealed, visible_dokumenter
from tests.evaluering_steps import begun, sealed

PDF = b"%PDF-1.7 en evaluering"


@pytest.fixture
def evaluering(scene) -> Evaluering:
    found = scene(sealed)
    seal.store_pdf(found.dokument, PDF)
    return found


@pytest.fixture
def chief(as_user, cast):
    return as_user(cast.elevansvarlig)


def page(client, name, pk, **options):
    return client.get(reverse(name, args=[pk]), **options)


def past_the_guard(statement):
    with connection.cursor() as cursor:
        cursor.execute(f"set local session_replication_role = replica; {statement}")
        cursor.execute("set local session_replication_role = origin")


# --- Who ---


def test_a_document_is_for_those_who_may_read_what_was_sealed(evaluering, cast):
    begun(cast, art="midtvejs")
    people = (cast.aase.bruger, cast.vejleder, cast.elevansvarlig, cast.bo.bruger, cast.anden_vejleder, cast.leder)
    readers = [user.navn for user in people if visible_dokumenter(user).exists()]
    assert readers == ["Åse Ærlig", "Vera Vejleder", "Else Ansvarlig"]
    for user in people:
        for each in Evaluering.objects.filter(status="forseglet"):
            assert readable_sealed(user).filter(pk=each.pk).exists() == can_read_answers(user, each)


def test_a_later_department_reads_it_only_while_the_elev_shares_it(evaluering, cast):
    with time_machine.travel(datetime(2028, 1, 10, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))):  # Åse is there now
        assert not visible_dokumenter(cast.anden_vejleder).exists()
        Deling.objects.create(evaluering=evaluering, afdeling=cast.personale)
        assert visible_dokumenter(cast.anden_vejleder).exists()
        Deling.objects.update(trukket=evaluering.forseglet)
        assert not visible_dokumenter(cast.anden_vejleder).exists()


# --- The page and the PDF ---


def test_the_page_says_unchanged_since_and_that_it_was_read_is_logged(evaluering, as_user, cast):
    text = page(as_user(cast.vejleder), "dokument", evaluering.dokument_id).content.decode()
    assert "Uændret siden 15. okt. 2027" in text and evaluering.dokument.sha256 in text
    assert Opslag.objects.get().person == cast.aase.bruger


def test_a_changed_document_says_so_and_says_what_to_do(evaluering, chief):
    past_the_guard("update core_dokument set titel = 'Noget andet'")
    text = page(chief, "dokument", evaluering.dokument_id).content.decode()
    assert "ikke, som det blev forseglet" in text and "Uændret siden" not in text


@pytest.mark.parametrize("name", ["dokument_pdf", "evaluering_pdf"])
def test_the_pdf_is_the_one_that_was_kept(evaluering, as_user, cast, name):
    pk = evaluering.pk if name == "evaluering_pdf" else evaluering.dokument_id
    answer = page(as_user(cast.aase.bruger), name, pk)
    assert (answer.content, answer["Content-Type"]) == (PDF, "application/pdf")


def test_until_a_worker_has_made_it_one_is_told_to_wait(cast, as_user):
    answer = page(as_user(cast.vejleder), "evaluering_pdf", sealed(cast).pk)
    assert answer.status_code == 503 and "PDF'en er på vej" in answer.content.decode()
    assert answer["Retry-After"] == "5" and "nogle sekunder" in answer.content.decode()
    assert not Opslag.objects.filter(art=Opslag.Art.HENT).exists()  # nobody has fetched anything


def test_a_pdf_that_should_have_been_there_is_no_longer_promised_in_seconds(cast, as_user):
    pk = sealed(cast).pk
    with time_machine.travel(now() + timedelta(minutes=5)):
        text = page(as_user(cast.aase.bruger), "evaluering_pdf", pk).content.decode()
    assert "Det tager længere, end det plejer" in text and "nogle sekunder" not in text


# --- A file held against it ---


def ask(client, **data):
    return client.post(reverse("dokumentkontrol"), data)


def test_a_pdf_that_one_was_sent_is_known_again(evaluering, as_user, cast):
    answer = ask(as_user(cast.vejleder), fil=SimpleUploadedFile("fra mail.pdf", PDF))
    text = answer.content.decode()
    assert "Uændret siden 15. okt. 2027" in text and "Filen passer til" in text


def test_one_byte_less_is_another_file(evaluering, chief):
    assert "Filen er ikke fundet" in ask(chief, fil=SimpleUploadedFile("x.pdf", PDF[:-1])).content.decode()


@pytest.mark.parametrize("of_the_file", [True, False])
def test_a_fingerprint_may_be_typed_with_spaces_and_capitals(evaluering, chief, of_the_file):
    dokument = Dokument.objects.get()
    sha256 = dokument.fil.sha256 if of_the_file else dokument.sha256
    text = ask(chief, fingeraftryk=f" {sha256[:32].upper()} {sha256[32:]}").content.decode()
    assert ("Filen passer til" if of_the_file else "Fingeraftrykket passer til") in text


def test_who_may_not_read_the_evaluation_learns_nothing_by_its_file(evaluering, as_user, cast):
    answer = ask(as_user(cast.anden_vejleder), fil=SimpleUploadedFile("x.pdf", PDF))
    assert "Filen er ikke fundet" in answer.content.decode()


@pytest.mark.parametrize("data", [{}, {"fingeraftryk": "abc"}, {"fingeraftryk": "z" * 64}])
def test_an_empty_form_or_half_a_fingerprint_is_to_be_mended(chief, data):
    assert ask(chief, **data).status_code == 422


# --- Something is wrong ---


def test_what_the_night_found_stands_on_the_front_page_and_in_the_state_of_the_machinery(evaluering, chief, cast):
    def told() -> list[str]:
        return [each.titel for each in find_things(rules(), WINGS) if "orseglede dokumenter" in each.titel]

    seal.verify_all()
    assert told() == [] and all(each.ok for each in readiness() if each.navn == "dokumenter")
    past_the_guard("update core_dokument set titel = 'Noget andet'")
    seal.verify_all()
    assert told() == ["Forseglede dokumenter er ikke, som de skal være"]
    assert not any(each.ok for each in readiness() if each.navn == "dokumenter")
    assert "Titel, person eller tid" in chief.get(reverse("dokumentkontrol")).content.decode()
    assert Dokumentkontrol.objects.count() == 2


def test_a_journal_that_does_not_answer_is_told_by_the_document(evaluering, cast):
    Journalisering.objects.create(
        dokument=evaluering.dokument, sagsnr="26/1", status="fejlet", bruger=cast.elevansvarlig
    )
    (line,) = [each for each in find_things(rules(), WINGS) if "journaliseres" in each.titel]
    assert line.url == reverse("dokument", args=[evaluering.dokument_id])


# --- The journal ---


def file(client, evaluering, **changes):
    data = {"sagsnr": "26/1234", "kle": "81.00.00", "bevares_aar": 5, "hvordan": "haand"} | changes
    return client.post(reverse("dokument_journaliser", args=[evaluering.dokument_id]), data)


def test_what_is_filed_already_is_written_down_with_its_number(evaluering, chief):
    assert file(chief, evaluering).status_code == 302
    row = Journalisering.objects.get()
    assert (row.sagsnr, row.kle, row.bevares, row.status) == ("26/1234", "81.00.00", "P5Y", "skrevet")
    text = page(chief, "dokument", evaluering.dokument_id).content.decode()
    assert "26/1234" in text and "5 år" in text and "Skrevet op i hånden" in text


def test_with_a_folder_it_can_be_sent_and_without_one_that_is_not_offered(evaluering, chief, settings, tmp_path):
    url = reverse("dokument_journaliser", args=[evaluering.dokument_id])
    assert "Send PDF" not in chief.get(url).content.decode()
    assert file(chief, evaluering, hvordan="send").status_code == 422
    settings.JOURNAL_DIR = str(tmp_path)
    assert "Send PDF" in chief.get(url).content.decode()
    assert file(chief, evaluering, hvordan="send").status_code == 302
    assert Journalisering.objects.get().status == "venter"


def test_a_second_filing_is_refused_with_the_first_number(evaluering, chief):
    file(chief, evaluering)
    answer = file(chief, evaluering, sagsnr="26/9")
    assert answer.status_code == 422 and "allerede knyttet til sag 26/1234" in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"sagsnr": ""}, {"kle": "81"}, {"bevares_aar": 0}, {"hvordan": "andet"}])
def test_a_form_that_is_wrong_is_to_be_mended(evaluering, chief, wrong):
    assert file(chief, evaluering, **wrong).status_code == 422
    assert not Journalisering.objects.exists()

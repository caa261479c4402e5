"""A hold's sealed evaluations in one file: whole, for the one who asked, for a day, and stopped on demand."""

import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from unittest import mock
from zoneinfo import ZoneInfo

import pikepdf
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from elevforloeb.core import filejob, prints, seal
from elevforloeb.core.joined import Joiner
from elevforloeb.models import Ophold
from elevforloeb.project.sletning import erase_person
from elevforloeb.project.tasks import run_alone
from evaluering.models import Dokumentsamling, Evaluering
from evaluering.pdf import evaluering_pdf
from evaluering.services import samling
from evaluering.services.underskrift import correct
from tests.dokument_steps import seal_evaluation
from tests.evaluering_steps import begun, sealed


@pytest.fixture
def three(scene) -> list[Evaluering]:
    return scene(make_three)


def make_three(cast) -> list[Evaluering]:
    """Åse has two sealed ones, Bo one; another of Åse's is being written."""
    stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.personale)
    found = [sealed(cast), sealed(cast, art="midtvejs"), sealed(cast, ophold=stay)]
    for each in found:
        seal.store_pdf(each.dokument, b"%PDF " + str(each.pk).encode())
    begun(cast, art="forventning")
    return found


def order(cast, form="zip", **about) -> Dokumentsamling:
    return samling.order(cast.elevansvarlig, form=form, **about or {"hold": cast.aase.hold})


def made(cast, **about) -> Dokumentsamling:
    found = order(cast, **about)
    samling.make(found.pk)
    found.refresh_from_db()
    return found


def test_each_sealed_evaluation_lies_in_the_zip_by_its_name_and_as_it_was_kept(three, cast):
    found = made(cast)
    assert (found.status, found.antal, found.gjort) == ("faerdig", 3, 3)
    with zipfile.ZipFile(BytesIO(bytes(found.fil))) as file:
        assert file.testzip() is None
        assert {file.read(name) for name in file.namelist()} == {bytes(each.dokument.fil.pdf) for each in three}
        assert "aase-aerlig" in file.namelist()[-1] or "aase-aerlig" in file.namelist()[0]
        assert len(set(file.namelist())) == 3


def test_one_elevs_are_hers_alone_and_a_corrected_one_is_the_newest(three, cast):
    assert made(cast, elev=cast.aase).antal == 2
    correct(cast.elevansvarlig, evaluering=three[0], grund="En fejl")
    assert made(cast, elev=cast.aase).antal == 2, "until the new edition is sealed, the old one stands"


def test_a_pdf_that_was_not_made_yet_is_made_first(cast, scene):
    evaluering = scene(sealed)
    with mock.patch.dict(prints.PRINTERS, evaluering=lambda dokument: b"%PDF ny"):
        assert made(cast).status == "faerdig"
    assert bytes(evaluering.dokument.fil.pdf) == b"%PDF ny"


def test_with_nothing_to_collect_one_is_told(cast):
    with pytest.raises(ValidationError, match="ingen forseglede"):
        order(cast)


# --- One PDF of them ---


def test_the_joined_file_is_tagged_has_every_word_and_passes_the_checks(cast, tmp_path):
    joiner, words = Joiner("Evalueringer for Hold 2027"), []
    for number, elev in enumerate([cast.aase, cast.bo], start=1):
        pdf = evaluering_pdf(seal_evaluation(cast.elevansvarlig, elev.bruger, note=f"Note nummer {number}."))
        joiner.add(f"Evaluering {number}", pdf)
        words.append(f"Note nummer {number}.")
    path = tmp_path / "samlet.pdf"
    path.write_bytes(joiner.finish())
    reader = PdfReader(path)
    text = " ".join(page.extract_text() for page in reader.pages)
    assert all(word in text for word in words) and len(reader.pages) == 4
    assert [each.title for each in reader.outline] == ["Evaluering 1", "Evaluering 2"]
    outloud = Path(sys.executable).with_name("outloud")
    found = subprocess.run(
        [outloud, "--layer", "conformance", "--fail-on", "error", path], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_in_the_joined_file_every_page_finds_its_own_part_of_the_structure(cast):
    joiner = Joiner("Samlet")
    pdf = evaluering_pdf(seal_evaluation(cast.elevansvarlig, cast.aase.bruger))
    for number in range(3):
        joiner.add(str(number), pdf)
    file = pikepdf.open(BytesIO(joiner.finish()))
    numbers = list(file.Root.StructTreeRoot.ParentTree.Nums)
    tree = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for page in file.pages:
        owners = tree[int(page.StructParents)]
        pages = {each.Pg.objgen for each in owners if pikepdf.Name.Pg in each}
        assert pages == {page.obj.objgen}


# --- On the way ---


def test_it_is_made_once_however_often_the_bell_rings(three, cast):
    found = order(cast)
    with mock.patch.object(samling, "_collect", return_value=b"PK") as collect:
        samling.make(found.pk)
        samling.make(found.pk)
    assert collect.call_count == 1


def test_stop_ends_one_that_waits_at_once_and_a_running_one_at_the_next_document(three, cast):
    waiting, running = order(cast), order(cast)
    filejob.stop(waiting)
    ten_seconds_each = mock.patch.object(filejob.time, "monotonic", side_effect=range(0, 1000, 10))
    with mock.patch.object(samling.Zip, "add", lambda *_: filejob.stop(running)), ten_seconds_each:
        samling.make(running.pk)
    states = Dokumentsamling.objects.order_by("pk").values_list("status", "fil")
    assert list(states) == [("stoppet", None), ("stoppet", None)]


def test_one_that_fails_says_so_and_leaves_no_file(three, cast, caplog):
    found = order(cast)
    with mock.patch.object(samling, "_collect", side_effect=ValueError):
        samling.make(found.pk)
    found.refresh_from_db()
    assert (found.status, found.fil) == ("fejlet", None)


def test_what_a_dead_worker_had_begun_waits_again_and_is_given_up_the_third_time(three, cast):
    found, states = order(cast), []
    for _ in range(3):
        Dokumentsamling.objects.update(status="koerer", puls=timezone.now() - timedelta(minutes=3))
        run_alone(samling.tend_samlinger)
        found.refresh_from_db()
        states.append(found.status)
    assert states == ["venter", "venter", "fejlet"]


def test_after_a_day_the_file_is_gone(three, cast):
    made(cast)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        run_alone(samling.tend_samlinger)
    assert Dokumentsamling.objects.exists()
    for _ in range(2):
        with time_machine.travel(timezone.now() + timedelta(hours=25)):
            run_alone(samling.tend_samlinger)
    assert not Dokumentsamling.objects.exists()


def test_it_goes_with_any_of_the_people_in_it(three, cast):
    made(cast)
    made(cast, elev=cast.bo)
    with time_machine.travel(datetime(2032, 3, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))):
        erase_person(cast.elevansvarlig, person=cast.aase.bruger)
    assert [each.elev for each in Dokumentsamling.objects.all()] == [cast.bo]


# --- Pages ---


@pytest.fixture
def chief(as_user, cast):
    return as_user(cast.elevansvarlig)


def test_from_the_hold_to_the_file(three, cast, chief):
    url = reverse("hold_dokumenter", args=[cast.aase.hold_id])
    assert "3 forseglede evalueringer" in chief.get(url).content.decode()
    there = chief.post(url, {"form": "zip"}).url
    text = chief.get(there).content.decode()
    assert 'hx-trigger="every 2s"' in text and "Stop</button>" in text and "http-equiv" in text
    samling.make(Dokumentsamling.objects.get().pk)
    done = chief.get(there, headers={"hx-request": "true"})
    assert done["HX-Refresh"] == "true"
    assert "Hent filen" in chief.get(there).content.decode()
    answer = chief.get(reverse("samling_hent", args=[Dokumentsamling.objects.get().pk]))
    assert answer["Content-Type"] == "application/zip" and answer.content[:2] == b"PK"
    assert "attachment" in answer["Content-Disposition"]


def test_with_nothing_sealed_the_page_says_so_and_orders_nothing(cast, chief):
    url = reverse("elev_dokumenter", args=[cast.bo.pk])
    assert "ingen forseglede evalueringer" in chief.get(url).content.decode()
    assert chief.post(url, {"form": "zip"}).status_code == 422
    assert chief.post(url, {"form": "andet"}).status_code == 422


def test_a_file_that_is_not_made_cannot_be_fetched(three, cast, chief):
    assert chief.get(reverse("samling_hent", args=[order(cast).pk])).status_code == 404

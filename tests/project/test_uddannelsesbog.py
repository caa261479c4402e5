"""The uddannelsesbog: what is in it, who may have what in it, who fetches it, and that it is forgotten again."""

import re
import subprocess
import sys
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

from elevforloeb.core import prints
from elevforloeb.core.models import Haendelse, Opslag
from elevforloeb.project import bogskrivning, uddannelsesbog
from elevforloeb.project.models import Bogtilladelse, Uddannelsesbog
from elevforloeb.project.sletning import erase_person
from elevforloeb.project.tasks import run_alone
from evaluering.services.erklaering import sign
from tests.evaluering_steps import sealed
from tests.factories import ErklaeringFactory
from tests.skole_steps import class_at_school, first_period, give


@pytest.fixture
def course(cast, scene):
    scene(take_a_course)
    return cast


def take_a_course(cast):
    """Åse has a sealed evaluation, a signed declaration and a grade; Bo has an evaluation of his own."""
    sealed(cast)
    sealed(cast, ophold=cast.bo.ophold.first())
    sign(cast.elevansvarlig, erklaering=ErklaeringFactory(elev=cast.aase, status="til_elev"), version=1, grund="Ferie")
    give(cast, cast.aase, skoleperiode=first_period(class_at_school(cast)), vaerdi="12")


def ordered(cast, actor=None, **what) -> Uddannelsesbog:
    return uddannelsesbog.order(actor or cast.aase.bruger, elev=cast.aase, **what)


def context_of(bog) -> dict:
    return bogskrivning._context(bog)


def made_quickly(cast, actor=None, **what) -> Uddannelsesbog:
    bog = ordered(cast, actor, **what)
    with mock.patch.object(bogskrivning, "write", return_value=b"%PDF-"):
        uddannelsesbog.make(bog.pk)
    bog.refresh_from_db()
    return bog


# --- The book itself ---


@pytest.fixture
def book(course):
    """Made once, by the worker's own way."""
    bog = ordered(course, karakterer=True, skole=True)
    uddannelsesbog.make(bog.pk)
    bog.refresh_from_db()
    assert bog.status == "faerdig"
    return bog


def test_the_book_has_every_part_and_each_sealed_page_as_it_was(book, course, tmp_path):
    content = bytes(book.fil)
    pages = [page.extract_text() for page in PdfReader(BytesIO(content)).pages]
    whole = "\n".join(pages)
    for words in ["Økonomi og Analyse", "Mål", "Skoleophold 1", "12", "Evalueringer", "Oplæringserklæringer"]:
        assert words in whole
    assert "Bo Berg" not in whole
    for dokument in course.aase.bruger.dokumenter.all():
        original = PdfReader(BytesIO(prints.pdf_of(dokument.pk)))
        start = _page_of(pages, dokument)
        for number, page in enumerate(original.pages):
            stamp = f"Uddannelsesbog, side {start + number} af {len(pages)}"
            assert pages[start + number - 1].replace(stamp, "").strip() == page.extract_text().strip()
    _assert_contents_lead_there(content, course)
    _assert_accessible(content, tmp_path)


def _page_of(pages: list[str], dokument) -> int:
    """Where the contents list says that it begins."""
    line = next(text for text in pages if dokument.sha256 in text.replace("\n", ""))
    return int(re.match(r"\s*(\d+)", line.replace("\n", "").split(dokument.sha256)[1])[1])


def _assert_contents_lead_there(content: bytes, course) -> None:
    with pikepdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        marks = [each.title for each in outline.root]
        titles = [each.titel for each in course.aase.bruger.dokumenter.all()]
        assert set(titles) <= set(marks) and "Karakterer" in marks
        links = [link.A for page in pdf.pages for link in page.obj.get(pikepdf.Name.Annots, [])]
        inside = {page.obj.objgen for page in pdf.pages}
        jumps = [link for link in links if pikepdf.Name.GoTo == link.S]
        assert len(jumps) == 6 and all(link.D[0].objgen in inside for link in jumps)


def _assert_accessible(content: bytes, tmp_path) -> None:
    path = tmp_path / "bog.pdf"
    path.write_bytes(content)
    outloud = Path(sys.executable).with_name("outloud")
    found = subprocess.run(
        [outloud, "--layer", "conformance", "--fail-on", "error", path], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_without_the_choice_neither_grades_nor_school_are_in_it(course):
    context = context_of(ordered(course))
    assert (context["fag"], context["skole"]) == ([], [])


# --- Whose say it is ---


@pytest.mark.parametrize("hvad", Bogtilladelse.Hvad.values)
def test_the_elevansvarlig_puts_in_what_the_elev_has_said_yes_to_and_nothing_else(course, hvad):
    with pytest.raises(ValidationError, match="ikke sagt ja"):
        ordered(course, course.elevansvarlig, **{hvad: True})
    uddannelsesbog.allow(course.aase.bruger, elev=course.aase, hvad=hvad)
    context = context_of(ordered(course, course.elevansvarlig, **{hvad: True}))
    assert [name for name in ("med_karakterer", "med_skole") if context[name]] == [f"med_{hvad}"]


def test_taken_back_it_is_gone_from_what_others_made_and_from_what_waits(course):
    uddannelsesbog.allow(course.aase.bruger, elev=course.aase, hvad="karakterer")
    made_quickly(course, course.elevansvarlig, karakterer=True)
    waits = ordered(course, course.elevansvarlig, karakterer=True)
    kept = [made_quickly(course, karakterer=True), made_quickly(course, course.elevansvarlig)]
    uddannelsesbog.take_back(course.aase.bruger, elev=course.aase, hvad="karakterer")
    assert set(Uddannelsesbog.objects.all()) == set(kept)
    waits.pk = None  # one that a worker has in its hands already
    assert context_of(waits)["fag"] == []
    assert Bogtilladelse.objects.get().til is not None


def test_a_yes_twice_is_one_and_each_change_is_in_the_history(course):
    for _ in range(2):
        uddannelsesbog.allow(course.aase.bruger, elev=course.aase, hvad="skole")
    uddannelsesbog.take_back(course.aase.bruger, elev=course.aase, hvad="skole")
    acts = Haendelse.objects.filter(handling__startswith="bog.").order_by("pk").values_list("handling", flat=True)
    assert list(acts) == ["bog.tilladt", "bog.trukket_tilbage"]


# --- On the way, and afterwards ---


def test_a_second_click_while_it_waits_orders_no_second_book(cast):
    assert ordered(cast) == ordered(cast)
    assert ordered(cast) != ordered(cast, karakterer=True)


def test_what_a_dead_worker_had_begun_is_made_by_the_next(cast):
    bog = ordered(cast)
    Uddannelsesbog.objects.update(status="koerer", puls=timezone.now() - timedelta(minutes=3))
    run_alone(uddannelsesbog.tend_uddannelsesboeger)
    with mock.patch.object(bogskrivning, "write", return_value=b"%PDF-"):
        uddannelsesbog.make(bog.pk)
    bog.refresh_from_db()
    assert (bog.status, bog.forsoeg) == ("faerdig", 1)


def test_after_the_days_of_the_rule_the_file_is_gone(cast):
    made_quickly(cast)
    for days, left in ((6, 1), (8, 0), (8, 0)):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            run_alone(uddannelsesbog.tend_uddannelsesboeger)
        assert Uddannelsesbog.objects.count() == left


def test_it_goes_with_the_elev_and_with_her_yes(cast):
    made_quickly(cast)
    uddannelsesbog.allow(cast.aase.bruger, elev=cast.aase, hvad="skole")
    with time_machine.travel(datetime(2032, 3, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))):
        erase_person(cast.elevansvarlig, person=cast.aase.bruger)
    assert not Uddannelsesbog.objects.exists() and not Bogtilladelse.objects.exists()


# --- Pages ---


def test_the_elev_makes_and_fetches_her_own(cast, as_user):
    client = as_user(cast.aase.bruger)
    page = reverse("elev_bog", args=[cast.aase.pk])
    assert "checked" not in client.get(page).content.decode()
    there = client.post(page, {"karakterer": "on"}).url
    assert 'hx-trigger="every 2s"' in client.get(there).content.decode()
    bog = Uddannelsesbog.objects.get()
    assert (bog.karakterer, bog.skole, bog.bestilt_af) == (True, False, cast.aase.bruger)
    with mock.patch.object(bogskrivning, "write", return_value=b"%PDF-"):
        uddannelsesbog.make(bog.pk)
    assert client.get(there, headers={"hx-request": "true"})["HX-Refresh"] == "true"
    answer = client.get(reverse("bog_hent", args=[bog.pk]))
    assert answer.content == b"%PDF-" and "attachment" in answer["Content-Disposition"]
    assert as_user(cast.elevansvarlig).get(there).status_code == 404, "it is hers alone"


def test_what_the_elevansvarlig_makes_both_fetch_and_it_is_logged(cast, as_user):
    bog = made_quickly(cast, cast.elevansvarlig)
    for user in (cast.elevansvarlig, cast.aase.bruger):
        assert as_user(user).get(reverse("bog_hent", args=[bog.pk])).status_code == 200
    assert list(Opslag.objects.values_list("art", "side", "bruger")) == [("hent", "bog_hent", cast.elevansvarlig.pk)]


def test_the_elevansvarlig_is_told_what_she_cannot_put_in(cast, as_user):
    client, page = as_user(cast.elevansvarlig), reverse("elev_bog", args=[cast.aase.pk])
    text = client.get(page).content.decode()
    assert "Karakterer kan ikke komme med, før Åse siger ja" in text and "id_karakterer" not in text
    client.post(page, {"karakterer": "on"})
    assert not Uddannelsesbog.objects.get().karakterer
    as_user(cast.aase.bruger).post(reverse("bog_tillad", args=["karakterer"]))
    assert "id_karakterer" in client.get(page).content.decode()


def test_one_that_is_not_made_cannot_be_fetched_and_one_can_be_stopped(cast, as_user):
    bog, client = ordered(cast), as_user(cast.aase.bruger)
    assert client.get(reverse("bog_hent", args=[bog.pk])).status_code == 404
    client.post(reverse("bog_stop", args=[bog.pk]))
    assert "Stoppet" in client.get(reverse("bog", args=[bog.pk])).content.decode()

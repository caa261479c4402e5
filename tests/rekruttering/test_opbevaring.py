"""Kept for a complaint, filed in the journal, and warned before it goes."""

import hashlib
import io
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core import letters
from elevforloeb.core.files.disk import path_of
from elevforloeb.core.models import Fil, Haendelse, Mail
from rekruttering.links import token
from rekruttering.models import Ansoegning, Inhabilitet, Runde, Sagsmappe
from rekruttering.pdf import sagsakt_pdf
from rekruttering.queries.sagsakt import get_sagsakt
from rekruttering.services import sagsmappe
from rekruttering.services.beholdelse import keep, let_go
from rekruttering.services.sag import write_notat
from rekruttering.services.sagsjournal import enter
from rekruttering.services.sagsmappe import make, order
from rekruttering.services.sletning import delete_applications
from rekruttering.services.udvalg import declare, declare_late, leave
from rekruttering.services.varsel import warn_of_deletion
from tests.rekruttering_steps import applied, assess, attach, make_round, seat

CLOSED = date(2027, 10, 1)
GOES = date(2028, 4, 1)
UNTIL = date(2028, 9, 1)


@pytest.fixture
def runde(cast):
    return make_round()


@pytest.fixture
def ida(runde):
    return applied(runde)


@pytest.fixture
def medlem(cast, ida, runde):
    return seat(cast.elevansvarlig, runde)


def close(runde):
    Runde.objects.filter(pk=runde.pk).update(tilstand="afsluttet", afsluttet=CLOSED)
    runde.refresh_from_db()


def on(day: date):
    return time_machine.travel(f"{day}T12:00Z", tick=False)


# --- kept for a complaint -------------------------------------------------------------------------------------------


def test_a_case_that_is_kept_stays_until_its_day_and_says_why(cast, runde, ida):
    applied(runde, "Bo")
    close(runde)
    keep(cast.elevansvarlig, ansoegning=ida, beholdes_til=UNTIL, beholdes_grund="Klage til Ligebehandlingsnævnet")
    for day, left in ((GOES, ["Ida"]), (UNTIL - timedelta(days=1), ["Ida"]), (UNTIL, [])):
        with on(day):
            delete_applications()
        assert list(Ansoegning.objects.values_list("fornavn", flat=True)) == left
    lines = Haendelse.objects.filter(handling="ansoegning.beholdes")
    assert lines.count() == 1 and "Klage" not in lines.get().tekst


def test_when_the_complaint_is_over_it_goes_with_its_round(cast, runde, ida):
    close(runde)
    keep(cast.elevansvarlig, ansoegning=ida, beholdes_til=UNTIL, beholdes_grund="Klage")
    for _ in range(2):
        let_go(cast.elevansvarlig, ansoegning=ida)
    assert ida.skridt.filter(art="beholdes-ikke").count() == 1
    with on(GOES):
        delete_applications()
    assert not Ansoegning.objects.exists()


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (GOES, "slettes først 1. april 2028"),
        (date(2027, 9, 1), "slettes først 1. april 2028"),
        (date(2030, 10, 2), "ikke ligger efter 1. oktober 2030"),
    ],
)
def test_a_day_that_changes_nothing_or_never_ends_is_refused(cast, runde, ida, day, words):
    close(runde)
    with pytest.raises(ValidationError, match=words):
        keep(cast.elevansvarlig, ansoegning=ida, beholdes_til=day, beholdes_grund="Klage")
    keep(cast.elevansvarlig, ansoegning=ida, beholdes_til=date(2030, 10, 1), beholdes_grund="Klage")


def test_without_a_reason_nothing_is_kept(cast, runde, ida):
    close(runde)
    with pytest.raises(ValidationError):
        keep(cast.elevansvarlig, ansoegning=ida, beholdes_til=UNTIL, beholdes_grund="  ")
    ida.refresh_from_db()
    assert ida.beholdes_til is None


def test_an_elevansvarlig_without_a_seat_can_keep_a_case_by_its_number_and_reads_nothing(cast, runde, ida, as_user):
    close(runde)
    client = as_user(cast.elevansvarlig)
    page = client.get(reverse("runde_sletning", args=[runde.pk])).content.decode()
    form = client.get(reverse("ansoegning_behold", args=[ida.pk])).content.decode()
    assert "Ansøger 1" in page and "Ansøger 1" in form and "Ida" not in page + form
    answer = client.post(
        reverse("ansoegning_behold", args=[ida.pk]), {"beholdes_til": "2028-09-01", "beholdes_grund": "Klage"}
    )
    assert answer.url == reverse("runde_sletning", args=[runde.pk])
    ida.refresh_from_db()
    assert ida.beholdes_til == UNTIL
    assert client.get(reverse("ansoegning_sag", args=[ida.pk])).status_code == 404


def test_who_is_partial_neither_keeps_nor_lets_go(cast, runde, ida, medlem, as_user):
    declare_late(cast.elevansvarlig, medlem=medlem, ansoegning=ida)
    client = as_user(cast.elevansvarlig)
    assert client.get(reverse("ansoegning_behold", args=[ida.pk])).status_code == 404
    assert client.post(reverse("ansoegning_behold_ikke", args=[ida.pk])).status_code == 404
    assert "Ansøger 1" not in client.get(reverse("runde_sletning", args=[runde.pk])).content.decode()


def test_it_stands_on_the_page_of_the_applicant_in_the_list_and_in_the_warning(cast, runde, ida, medlem, as_user):
    close(runde)
    keep(cast.elevansvarlig, ansoegning=ida, beholdes_til=UNTIL, beholdes_grund="Klage over afslag")
    client = as_user(cast.elevansvarlig)
    pages = {
        reverse("ansoeger", args=[ida.pk]): "1. september 2028",
        f"{reverse('ansoegere', args=[runde.pk])}?vis=liste": "1. sep. 2028",
        reverse("runde_sletning", args=[runde.pk]): "Klage over afslag",
    }
    for url, words in pages.items():
        assert words in client.get(url).content.decode(), url
    own = client.get(reverse("min_ansoegning", args=[token(ida.noegle)])).content.decode()
    assert "1. september 2028" in own and "Klage over afslag" not in own


# --- the applicant is told ------------------------------------------------------------------------------------------


def test_an_applicant_is_told_once_before_her_application_is_deleted(cast, runde, ida):
    other = applied(make_round("anden"), "Bo")
    close(runde)
    for day, number in ((date(2028, 3, 17), 0), (date(2028, 3, 18), 1), (date(2028, 3, 31), 1)):
        with on(day):
            warn_of_deletion()
            assert Mail.objects.count() == number
    with on(date(2028, 3, 20)):
        letter = letters.write(Mail.objects.get())
    assert "1. april 2028" in letter.tekst and "Ida" not in letter.emne and token(ida.noegle) in letter.url
    assert Mail.objects.get().adresse == ida.email != other.email


def test_one_that_is_kept_is_told_before_its_own_day_and_the_old_letter_is_not_sent(cast, runde, ida):
    close(runde)
    with on(date(2028, 3, 20)):
        warn_of_deletion()
        keep(cast.elevansvarlig, ansoegning=ida, beholdes_til=UNTIL, beholdes_grund="Klage")
        warn_of_deletion()
        assert letters.write(Mail.objects.get()) is None
    with on(UNTIL - timedelta(days=14)):
        warn_of_deletion()
        assert [letters.write(mail) is not None for mail in Mail.objects.order_by("pk")] == [False, True]
    with on(UNTIL):
        delete_applications()
    assert not Mail.objects.exists()


# --- the journal ----------------------------------------------------------------------------------------------------


def test_a_filed_case_is_filed_until_something_happens_in_it(cast, runde, ida, medlem, as_user):
    client, url = as_user(cast.elevansvarlig), reverse("runde_sletning", args=[runde.pk])
    assert "Ikke journaliseret" in client.get(url).content.decode()
    assert client.post(url, {"ansoegning": ida.pk, "sagsnr": "81-2027-1"}).status_code == 302
    page = client.get(url).content.decode()
    assert "81-2027-1" in page and "Ikke journaliseret" not in page
    close(runde)
    keep(cast.elevansvarlig, ansoegning=ida, beholdes_til=UNTIL, beholdes_grund="Klage")
    assert "Der er sket noget siden" not in client.get(url).content.decode()
    write_notat(cast.elevansvarlig, ansoegning=ida, tekst="Ringede.")
    assert "Der er sket noget siden" in client.get(url).content.decode()
    enter(cast.elevansvarlig, ansoegninger=[ida], sagsnr="81-2027-2")
    assert "Der er sket noget siden" not in client.get(url).content.decode()
    assert ida.skridt.filter(art="journaliseret").count() == 2


def test_marking_without_a_tick_or_a_number_says_what_is_missing_and_keeps_what_was_typed(
    cast, runde, ida, medlem, as_user
):
    client, url = as_user(cast.elevansvarlig), reverse("runde_sletning", args=[runde.pk])
    no_tick = client.post(url, {"sagsnr": "81-1"})
    assert no_tick.status_code == 422 and "Sæt kryds" in no_tick.content.decode()
    assert 'value="81-1"' in no_tick.content.decode()
    no_number = client.post(url, {"ansoegning": ida.pk})
    assert no_number.status_code == 422 and f'value="{ida.pk}" id="valg-{ida.pk}" checked' in no_number.content.decode()
    other = applied(make_round("anden"), "Bo")
    assert client.post(url, {"ansoegning": other.pk, "sagsnr": "1"}).status_code == 422
    assert not hasattr(Ansoegning.objects.get(pk=other.pk), "journal")


def test_one_button_marks_all_that_are_not_filed_and_leaves_the_others(cast, runde, ida, as_user):
    bo = applied(runde, "Bo")
    seat(cast.elevansvarlig, runde)
    enter(cast.elevansvarlig, ansoegninger=[ida], sagsnr="81-1")
    url = reverse("runde_sletning", args=[runde.pk])
    as_user(cast.elevansvarlig).post(url, {"alle": "1", "sagsnr": "81-2"})
    assert [each.journal.sagsnr for each in (Ansoegning.objects.get(pk=ida.pk), bo)] == ["81-1", "81-2"]


def files_of(response) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(response.content)) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_case_is_a_pdf_and_the_applicants_own_files(cast, runde, ida, medlem, as_user):
    attach(ida, "../../æøå 😀.txt")
    write_notat(cast.elevansvarlig, ansoegning=ida, tekst="Ringede <b>tirsdag</b>.")
    found = files_of(as_user(cast.elevansvarlig).get(reverse("ansoegning_sag", args=[ida.pk])))
    assert list(found) == ["001-sag-1.pdf", "002-aeoeaa.txt"]
    assert found["002-aeoeaa.txt"] == b"Mit CV" and found["001-sag-1.pdf"].startswith(b"%PDF")


def test_the_pdf_of_a_case_is_accessible(cast, runde, ida, medlem, tmp_path):
    write_notat(cast.elevansvarlig, ansoegning=ida, tekst="Ringede.")
    path = tmp_path / "sag.pdf"
    path.write_bytes(sagsakt_pdf(get_sagsakt(cast.elevansvarlig, ida)))
    outloud = Path(sys.executable).with_name("outloud")
    found = subprocess.run(  # noqa: S603 - our own tool on our own file
        [outloud, "--layer", "conformance", "--fail-on", "error", path], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_assessments_that_are_hidden_on_the_page_are_hidden_in_the_file_until_the_case_is_decided(cast, runde, ida):
    mine, other = seat(cast.elevansvarlig, runde), seat(cast.vejleder, runde)
    assess(other, ida, begrundelse="En andens ord.")
    assert get_sagsakt(cast.elevansvarlig, ida).bedoemmelser == []
    assess(mine, ida)
    assert len(get_sagsakt(cast.elevansvarlig, ida).bedoemmelser) == 2
    bo = applied(runde, "Bo")
    assess(other, bo)
    Ansoegning.objects.filter(pk=bo.pk).update(tilstand="trukket")
    bo.refresh_from_db()
    assert [each.medlem for each in get_sagsakt(cast.elevansvarlig, bo).bedoemmelser] == [other]


@pytest.fixture
def mappe(cast, runde, ida, medlem) -> Sagsmappe:
    (found,) = order(cast.elevansvarlig, runde=runde)
    make(found.pk)
    found.refresh_from_db()
    return found


def test_all_cases_of_a_round_come_in_one_file_for_the_one_who_asked(cast, runde, mappe, as_user):
    client = as_user(cast.elevansvarlig)
    assert mappe.status == "faerdig" and mappe.antal == 1
    assert (
        reverse("sagsmappe_hent", args=[mappe.pk]) in client.get(reverse("sagsmappe", args=[mappe.pk])).content.decode()
    )
    with zipfile.ZipFile(io.BytesIO(client.get(reverse("sagsmappe_hent", args=[mappe.pk])).content)) as file:
        assert file.namelist() == ["001-sag-1.pdf", "002-fortegnelse.txt"]


@pytest.mark.parametrize("act", ["partial", "leaves", "deleted"])
def test_no_copy_is_left_with_somebody_who_may_not_read_it_or_of_what_is_deleted(cast, runde, ida, medlem, mappe, act):
    if act == "partial":
        declare_late(cast.elevansvarlig, medlem=medlem, ansoegning=ida)
    elif act == "leaves":
        leave(cast.elevansvarlig, medlem=medlem)
    else:
        close(runde)
        with on(GOES):
            delete_applications()
    assert not Sagsmappe.objects.exists()


def test_nobody_outside_the_committee_can_collect_the_cases(cast, runde, ida):
    with pytest.raises(ValidationError, match="Kun ansættelsesudvalget"):
        order(cast.elevansvarlig, runde=runde)


def unpacked(mappe: Sagsmappe) -> dict[str, bytes]:
    make(mappe.pk)
    mappe.refresh_from_db()
    with zipfile.ZipFile(io.BytesIO(bytes(mappe.fil))) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_attachments_are_in_it_and_a_sealed_list_that_sha256sum_can_check(cast, runde, ida, medlem, tmp_path):
    attach(ida, "mit æøå cv.txt")
    away = attach(ida, "væk.txt", b"andet")
    Fil.objects.filter(pk=attach(ida, "virus.txt", b"slemt").fil_id).update(tilstand=Fil.Tilstand.SMITTET)
    path_of(away.fil.lager).unlink()
    (mappe,) = order(cast.elevansvarlig, runde=runde)
    found = unpacked(mappe)
    assert list(found) == ["001-sag-1.pdf", "002-sag-1-bilag-1-mit-aeoeaa-cv.txt", "003-fortegnelse.txt"]
    assert found["002-sag-1-bilag-1-mit-aeoeaa-cv.txt"] == b"Mit CV"
    listing = found["003-fortegnelse.txt"]
    assert "# sag 1 bilag 2 kan ikke læses" in listing.decode()
    for name, content in found.items():
        (tmp_path / name).write_bytes(content)
    check = ["sha256sum", "--strict", "-c", "003-fortegnelse.txt"]
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0  # noqa: S603
    line = Haendelse.objects.get(handling="runde.sager_forseglet")
    assert mappe.segl == hashlib.sha256(listing).hexdigest() == line.data["sha256"]


def test_what_is_too_much_for_one_file_comes_in_several_and_no_case_in_two(cast, runde, ida, monkeypatch, as_user):
    attach(ida)
    attach(applied(runde, "Bo"), data=b"Hans CV")
    seat(cast.elevansvarlig, runde)
    monkeypatch.setattr(sagsmappe, "LARGEST", 8)
    url = reverse("sagsmappe_ny", args=[runde.pk])
    page = as_user(cast.elevansvarlig).post(url, follow=True).content.decode()
    assert "kommer i 2 filer" in page and "Nr. 1–1" in page and "Nr. 2–2" in page
    assert [len(unpacked(each)) for each in Sagsmappe.objects.all()] == [3, 3]


def test_a_case_that_was_stepped_out_of_after_the_order_is_not_in_the_file(cast, runde, ida, medlem):
    applied(runde, "Bo")
    declare(cast.elevansvarlig, medlem=medlem, asked=runde.ansoegninger.all(), partial=[])
    (mappe,) = order(cast.elevansvarlig, runde=runde)
    Inhabilitet.objects.create(medlem=medlem, ansoegning=ida)
    assert list(unpacked(mappe)) == ["001-sag-2.pdf", "002-fortegnelse.txt"]

"""School in a real browser: an elev gives a grade by phone and shares it; a list with three wrong lines is mended."""

import pytest
from playwright.sync_api import expect

from skoleophold.models import Indlaesning, Karakter
from tests.skole_steps import class_at_school, make_fag, school_of

from .conftest import PHONE
from .steps import expect_heading
from .test_telefon import fits

HEADINGS = "Elev;Fag;Skoleophold;Karakter\n"


@pytest.fixture
def school(cast):
    make_fag()
    return class_at_school(cast)


def test_an_elev_writes_a_grade_on_her_phone_and_decides_who_reads_it(open_as, cast, school):
    page = open_as(cast.aase.bruger, viewport=PHONE, has_touch=True)
    page.goto("/")
    page.get_by_role("navigation", name="Genveje").get_by_role("link", name="Skole og karakterer").tap()
    expect_heading(page, "Skole og karakterer")
    fits(page)
    page.get_by_role("link", name="Skriv en karakter ind").tap()
    page.get_by_label("Fag").select_option(label="Lovgivning")
    page.get_by_label("Karakter", exact=True).select_option(label="02")
    fits(page)
    page.get_by_role("button", name="Gem karakteren").tap()
    expect(page.get_by_role("row", name="Lovgivning").get_by_text("02", exact=True)).to_be_visible()
    fits(page)

    guide = open_as(cast.vejleder)
    guide.goto(f"/skole/elever/{cast.aase.pk}/")
    expect(guide.get_by_text("Karaktererne er elevens egne")).to_be_visible()
    page.get_by_role("button", name="Del med min elevvejleder").tap()
    expect(page.get_by_role("button", name="Stop delingen")).to_be_visible()
    guide.reload()
    expect(guide.get_by_role("row", name="Lovgivning").get_by_text("02", exact=True)).to_be_visible()
    page.get_by_role("button", name="Stop delingen").tap()
    expect(page.get_by_role("button", name="Del med min elevvejleder")).to_be_visible()
    guide.reload()
    expect(guide.get_by_text("Karaktererne er elevens egne")).to_be_visible()
    page.locator(".faner").get_by_role("link", name="Mine udlæg").tap()
    expect_heading(page, "Mine udlæg")


def send_in(page, text: str, encoding="cp1252"):
    page.get_by_label("Karakterer").check()
    content = (HEADINGS + text).encode(encoding)
    page.get_by_label("Fil", exact=True).set_input_files({"name": "k.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Læs filen").click()
    expect_heading(page, "Det har vi læst")


def test_a_list_with_three_wrong_lines_is_mended_and_then_saved_whole(open_as, cast, school):
    page = open_as(cast.elevansvarlig)
    page.goto("/")
    page.get_by_role("link", name="Skole", exact=True).first.click()
    page.get_by_role("link", name="Hent fra fil").click()
    send_in(page, "Åse Ærlig;LOV;1;2\nBo Bergg;LOV;1;7\nBo Berg;LOVG;1;7\nBo Berg;LOV;1;13\n")
    expect(page.get_by_role("heading", name="3 linjer skal rettes")).to_be_visible()
    expect(page.get_by_text("Ingen elev hedder Bo Bergg. Mente du “Bo Berg”?")).to_be_visible()
    expect(page.get_by_text("“13” er ikke en karakter i Lovgivning")).to_be_visible()
    expect(page.get_by_role("button", name="Gem")).to_have_count(0)
    assert not Karakter.objects.exists()
    page.get_by_role("link", name="Hent filen igen").click()
    send_in(page, "Åse Ærlig;LOV;1;2\nBo Berg;LOV;1;7\n")
    page.get_by_role("button", name="Gem 2 nye").click()
    expect(page.get_by_text("2 linjer er gemt: 2 nye, 0 ændrede.")).to_be_visible()
    assert sorted(Karakter.objects.values_list("vaerdi", flat=True)) == ["02", "7"]
    assert not Indlaesning.objects.exists()


def test_the_class_is_moved_by_keyboard_after_a_look_at_what_happens(open_as, cast, school):
    page = open_as(cast.elevansvarlig)
    page.goto(f"/skole/perioder/{school.skoleperioder.get(nr=2).pk}/ret/")
    page.get_by_label("Sidste dag").fill("2028-01-21")
    page.get_by_label("Sidste dag").press("Enter")
    expect(page.get_by_role("heading", name="Det sker der")).to_be_visible()
    assert "Skoleophold 2 10-01-2028 28-01-2028" in school_of(cast.bo)
    page.get_by_role("button", name="Gem perioden").press("Enter")
    expect_heading(page, "Skoleophold 2")
    assert "Skoleophold 2 10-01-2028 21-01-2028" in school_of(cast.bo)

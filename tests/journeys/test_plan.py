"""The planning board by keyboard, on a phone, and without JavaScript. Today is 2027-10-15."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from elevforloeb.core.models import Mail
from elevforloeb.models import Ophold, Udkastophold
from elevforloeb.services.plan import change_stay
from tests.plan_steps import days, named, stay_of

from .conftest import PHONE, WIDE
from .test_every_page import axe


@pytest.fixture
def board(cast):
    return f"/hold/{cast.aase.hold_id}/plan/"


def bar(page, cast, elev, afdeling):
    return page.locator(f"#b-{named(elev, afdeling)['noegle']}")


def test_the_board_is_worked_by_keyboard_alone(open_as, cast, board):
    page = open_as(cast.elevansvarlig)
    page.goto(board)
    autumn, winter = (bar(page, cast, cast.aase, afdeling) for afdeling in (cast.oekonomi, cast.personale))
    autumn.focus()
    page.keyboard.press("ArrowRight")
    expect(winter).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(bar(page, cast, cast.bo, cast.oekonomi)).to_be_focused()
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Enter")
    expect(page.get_by_label("Afdeling", exact=True)).to_be_focused()
    expect(winter).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#rediger")).to_have_count(0)
    expect(winter).to_be_focused()

    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#status")).to_have_text("Flyttet ½ måned senere.")
    expect(winter).to_be_focused()
    assert str(stay_of(cast.aase, cast.personale).span) == "16. jan. – 15. maj 2028"
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.locator("#status")).to_have_text("Flyttet ½ måned tidligere.")
    assert str(stay_of(cast.aase, cast.personale).span) == "1. jan. – 30. apr. 2028"


def test_the_board_is_one_stop_for_the_tab_key(open_as, cast, board):
    page = open_as(cast.elevansvarlig)
    page.goto(board)
    assert page.locator(".plan .bar[tabindex='0']").count() == 1


def test_consequences_come_before_saving_and_a_fix_saves_both(open_as, cast, board):
    page = open_as(cast.elevansvarlig)
    page.goto(board)
    bar(page, cast, cast.aase, cast.personale).click()
    page.get_by_label("Fra").fill("2028-02-01")
    page.get_by_label("Fra").dispatch_event("change")
    fix = page.get_by_role("button", name="Forlæng Økonomi og Analyse til og med 31. jan. 2028")
    expect(fix).to_be_visible()
    assert not Udkastophold.objects.exists()
    fix.click()
    expect(page.locator("#status")).to_have_text("Åses ophold er gemt i kladden.")
    assert str(stay_of(cast.aase, cast.oekonomi).span) == "1. sep. 2027 – 31. jan. 2028"
    assert page.url.endswith(board), "the address no longer opens the row"


def test_an_error_is_shown_in_the_row_with_focus_on_the_summary(open_as, cast, board):
    page = open_as(cast.elevansvarlig)
    page.goto(board)
    bar(page, cast, cast.aase, cast.personale).click()
    page.get_by_label("Fra").fill("2027-12-01")
    page.get_by_role("button", name="Gem ændring").click()
    expect(page.locator(".fejlliste")).to_be_focused()
    expect(page.get_by_label("Fra")).to_have_value("2027-12-01")


def test_without_javascript_from_the_first_step_to_the_receipt(open_as, cast, board):
    page = open_as(cast.elevansvarlig, java_script_enabled=False)
    page.goto(board)
    bar(page, cast, cast.aase, cast.personale).click()
    page.get_by_label("Til og med").fill("2028-05-31")
    page.get_by_role("button", name="Gem ændring").click()
    page.get_by_role("link", name="Udgiv plan").click()
    expect(page.get_by_text("Er i Personale & Udvikling 1. jan. – 31. maj 2028")).to_be_visible()
    page.get_by_role("button", name="Udgiv planen").click()
    expect(page.get_by_role("heading", name=re.compile("er udgivet"))).to_be_visible()
    assert Ophold.objects.get(elev=cast.aase, afdeling=cast.personale).sidste_dag.month == 5
    assert Mail.objects.count() == 2


def test_a_phone_has_cards_and_a_page_for_each_stay(open_as, cast, board):
    page = open_as(cast.elevansvarlig, viewport=PHONE)
    page.goto(board)
    expect(page.locator(".plan")).to_be_hidden()
    card = page.locator(f"#m{cast.aase.pk}")
    card.get_by_role("link", name="Vælg afdeling").first.click()
    page.get_by_label("Afdeling", exact=True).select_option(str(cast.oekonomi.pk))
    page.get_by_role("button", name="Læg ind i planen").click()
    expect(page.locator(f"#m{cast.aase.pk}")).to_contain_text("Økonomi")
    assert Udkastophold.objects.filter(elev=cast.aase).count() == 3


def test_a_problem_can_be_solved_from_the_list_on_a_phone(open_as, cast, board):
    page = open_as(cast.elevansvarlig, viewport=PHONE)
    page.goto(board)
    page.locator(".problemer").get_by_role("link", name="Vælg afdeling").first.click()
    expect(page.get_by_role("button", name="Læg ind i planen")).to_be_visible()
    page.get_by_label("Afdeling", exact=True).select_option(str(cast.oekonomi.pk))
    page.get_by_role("button", name="Læg ind i planen").click()
    expect(page.get_by_role("button", name="Læg ind i planen")).to_have_count(0)
    assert Udkastophold.objects.count() == 5


@pytest.mark.parametrize(
    "address", ["?ret={}", "?vis=afdelinger", "?vis=liste&ret={}", "?mdr=6&afd=1", "ophold/{}/?side=1"]
)
def test_every_face_of_the_board_is_accessible(open_as, cast, board, address):
    cast.personale.pladser.update(antal=1)
    change_stay(
        cast.elevansvarlig,
        **named(cast.bo, cast.oekonomi),
        afdeling=cast.personale,
        elevvejleder=None,
        periode=days(date(2028, 1, 1), date(2028, 4, 30)),
    )
    page = open_as(cast.elevansvarlig)
    page.goto(board + address.format(named(cast.aase, cast.personale)["noegle"]))
    for size in (WIDE, PHONE):
        page.set_viewport_size(size)
        assert axe(page) == [], size
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth + 1"), size

"""On a phone: the board is cards, the menu is at the bottom, and nothing is wider than the screen."""

import pytest
from playwright.sync_api import expect

from elevforloeb.models import Udgivelse

from .conftest import PHONE, WIDE
from .steps import NANNA, expect_heading


def test_a_plan_is_changed_and_published_from_the_cards(open_as, programme, draft):
    page = open_as(programme.elevansvarlig, viewport=PHONE, has_touch=True)
    page.goto("/")
    bottom = page.get_by_role("navigation", name="Genveje")
    bottom.get_by_role("link", name="Hold og plan").tap()
    page.get_by_role("link", name="Hold 2028").tap()
    page.get_by_role("link", name="Åbn planen").first.tap()
    expect(page.locator(".plan")).to_be_hidden()
    give_specialisation(page, card_of(page, NANNA))
    half_a_month_later(page, card_of(page, NANNA))
    fits(page)
    page.get_by_role("link", name="Udgiv plan").tap()
    expect(page.get_by_text(f"{NANNA}").first).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Udgiv planen").tap()
    expect_heading(page, "Planen for Hold 2028 er udgivet")
    assert Udgivelse.objects.count() == 1
    bottom.get_by_role("button", name="Mere").tap()
    bottom.get_by_role("link", name="Brugere og log").tap()
    page.get_by_role("navigation", name="Brugere og log").get_by_role("link", name="Udbakke").tap()
    expect_heading(page, "Udbakke")


def card_of(page, navn):
    return page.locator(".planliste > li", has=page.get_by_role("heading", name=navn))


def give_specialisation(page, card):
    """A hole opens a page of its own, and saving leads back to the cards."""
    card.get_by_role("link", name="Vælg").first.tap()
    expect(page.get_by_role("heading", name=f"Vælg afdeling til {NANNA}")).to_be_visible()
    page.get_by_label("Afdeling", exact=True).select_option(label="Teknik (3 ledige pladser)")
    fits(page)
    page.get_by_role("button", name="Læg ind i planen").tap()
    expect(card.get_by_role("link", name="Teknik")).to_be_visible()


def half_a_month_later(page, card):
    card.get_by_role("link").first.tap()
    page.get_by_role("button", name="½ måned senere").tap()
    expect(card.get_by_role("link").first).to_contain_text("1.–15. sep. 2028")  # the hole that it leaves
    page.get_by_role("button", name="Fortryd").tap()
    expect(card.get_by_role("link").first).to_contain_text("1. sep. – 31. dec. 2028")


def test_an_elev_finds_her_way_on_a_phone(open_as, cast):
    page = open_as(cast.aase.bruger, viewport=PHONE, has_touch=True)
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("du er i måned 2 af 24")
    fits(page)
    expect(page.get_by_role("region", name="Din elevvejleder").get_by_text(cast.vejleder.navn)).to_be_visible()
    bottom = page.get_by_role("navigation", name="Genveje")
    bottom.get_by_role("button", name="Mere").tap()  # an elev has more than the five that the bar holds
    bottom.get_by_role("link", name="Afdelinger").tap()
    expect_heading(page, "Afdelinger")
    bottom.get_by_role("link", name="Mit forløb").tap()
    expect(bottom.get_by_role("link", name="Mit forløb")).to_have_attribute("aria-current", "page")


@pytest.mark.parametrize("script", [True, False], ids=["javascript", "uden"])
def test_a_list_begins_on_the_first_screen_and_its_filters_fold_out(open_as, cast, script):
    page = open_as(cast.elevansvarlig, viewport=PHONE, java_script_enabled=script)
    page.goto("/elever/")
    expect(page.get_by_role("table").get_by_role("link", name=cast.aase.bruger.navn)).to_be_in_viewport()
    expect(page.get_by_label("Status")).to_be_hidden()
    page.get_by_text("Filtre").click()
    page.get_by_label("Status").select_option("alle")
    page.get_by_role("button", name="Vis").click()
    expect(page.get_by_text("Filtre (1 valgt)")).to_be_visible()
    expect(page.get_by_label("Status")).to_be_hidden()
    page.set_viewport_size(WIDE)
    expect(page.get_by_label("Status")).to_have_value("alle")
    expect(page.get_by_label("Status")).to_be_visible()
    expect(page.get_by_text("Filtre (1 valgt)")).to_be_hidden()


def test_the_count_of_filters_follows_a_list_that_changes_in_place(open_as, cast):
    page = open_as(cast.elevansvarlig, viewport=PHONE)
    page.goto("/brugere/")
    page.get_by_text("Filtre").click()
    page.get_by_label("Rolle").select_option("leder")
    expect(page.get_by_text("Filtre (1 valgt)")).to_be_visible()


def test_search_on_a_phone_finds_while_one_types(open_as, cast):
    page = open_as(cast.elevansvarlig, viewport=PHONE, has_touch=True)
    page.goto("/")
    page.get_by_role("link", name="Søg").tap()
    page.get_by_label("Navn på elev, afdeling eller person").press_sequentially("aase")
    page.get_by_role("main").get_by_role("link", name="Åse Ærlig").tap()
    expect_heading(page, "Åse Ærlig")
    fits(page)


def fits(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]

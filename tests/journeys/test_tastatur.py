"""The main story without a mouse: Tab, Enter, Space, arrows, Shift with arrows and Esc."""

import pytest
from playwright.sync_api import expect

from elevforloeb.models import Udgivelse
from tests.factories import KursusFactory

from .conftest import PHONE, WIDE
from .keyboard import expect_focus, has_focus, press, tab_to, walk, write
from .steps import HIRED, NANNA, OSKAR, PASSWORD, bars_of, expect_heading, give_password, row_of


def test_a_hold_is_made_planned_and_published_with_keys_alone(open_as, programme):
    page = open_as()
    page.goto("/")
    log_in_with_keys(page, give_password(programme.elevansvarlig).email)
    create_hold_with_keys(page)
    propose_with_keys(page)
    walk_and_move_on_the_board(page)
    open_and_close_a_row(page)
    solve_a_problem_with_one_key(page)
    swap_and_undo_with_keys(page)
    publish_with_keys(page)
    assert Udgivelse.objects.count() == 1


def log_in_with_keys(page, email):
    write(page, page.get_by_label("E-mail"), email)
    write(page, page.get_by_label("Adgangskode"), PASSWORD)
    page.keyboard.press("Enter")
    expect_heading(page, "Hej Else")


def create_hold_with_keys(page):
    press(page, page.get_by_role("link", name="Opret hold"))
    tab_to(page, page.get_by_label("Uddannelsesmodel"))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Opret holdet"))
    for nr, navn in enumerate([NANNA, OSKAR], start=1):
        row = page.get_by_role("group", name=f"Elev {nr}", exact=True)
        write(page, row.get_by_label("Navn"), navn)
        write(page, row.get_by_label("E-mail"), HIRED[navn])
    page.keyboard.press("Enter")
    expect_heading(page, "Hold 2028")
    expect(page.get_by_text("2 elever er tilføjet")).to_be_visible()


def propose_with_keys(page):
    press(page, page.get_by_role("link", name="Åbn planen").first)
    press(page, page.get_by_role("link", name="Foreslå plan"))
    press(page, page.get_by_role("button", name="Brug forslaget for de valgte"))
    expect_heading(page, "Plan for Hold 2028")


def walk_and_move_on_the_board(page):
    """The skip link leads to the board, which is one stop for Tab; arrows walk in it."""
    nanna, oskar = row_of(page, NANNA).locator(".bar"), row_of(page, OSKAR).locator(".bar")
    press(page, page.get_by_role("link", name="Gå til tavlen"))
    tab_to(page, nanna.first, most=4)
    for key, where in [("ArrowRight", nanna.nth(1)), ("ArrowDown", oskar.nth(1)), ("Home", oskar.first)]:
        page.keyboard.press(key)
        assert has_focus(where)
        expect_focus(page)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Shift+ArrowRight")
    expect(nanna.nth(1)).to_contain_text("16. sep. 2028")  # the first bar is now the hole before it
    expect(nanna.nth(1)).to_be_focused()
    expect_focus(page)


def open_and_close_a_row(page):
    bar = row_of(page, NANNA).locator(".bar").nth(1)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Afdeling", exact=True)).to_be_focused()
    expect_focus(page)
    page.keyboard.press("Escape")
    expect(page.get_by_label("Afdeling", exact=True)).to_have_count(0)
    expect(bar).to_be_focused()
    expect_focus(page)


def solve_a_problem_with_one_key(page):
    problem = page.get_by_role("listitem").filter(has_text=f"{NANNA} har ingen afdeling 1.–15. sep. 2028")
    press(page, problem.get_by_role("button"), "Space", by="Shift+Tab")
    expect(problem).to_have_count(0)
    expect(row_of(page, NANNA).locator(".bar").first).to_be_focused()
    expect_focus(page)


def swap_and_undo_with_keys(page):
    before = bars_of(page, NANNA)
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_label("Byt afdeling med"))
    page.keyboard.press("ArrowDown")
    press(page, page.get_by_role("button", name="Byt", exact=True))
    expect(page.get_by_text(f"{NANNA} og {OSKAR} byttede").first).to_be_visible()
    expect_focus(page)
    press(page, page.get_by_role("button", name="Fortryd"), by="Shift+Tab")
    expect(page.get_by_text(f"{NANNA} og {OSKAR} byttede")).to_have_count(0)
    assert bars_of(page, NANNA) == before
    expect_focus(page)


def publish_with_keys(page):
    tab_to(page, page.get_by_role("link", name="Udgiv plan"))
    page.keyboard.press("Enter")
    press(page, page.get_by_role("button", name="Udgiv planen"))
    expect_heading(page, "Planen for Hold 2028 er udgivet")


def test_focus_goes_to_the_page_when_the_button_that_had_it_is_gone(open_as, programme, draft):
    page = open_as(programme.elevansvarlig)
    page.goto(f"/hold/{draft.pk}/plan/")
    press(page, page.get_by_role("button", name="Fortryd"))  # the only step there was
    expect(page.get_by_role("button", name="Fortryd")).to_have_count(0)
    expect(page.get_by_role("main")).to_be_focused()


PAGES = {
    "vejleder": [
        "/",
        "/elever/",
        "/elever/{elev}/",
        "/elever/{elev}/kalender/ny/",
        "/kurser/",
        "/opgaver/{opgave}/ret/",
    ],
    "leder": ["/", "/elever/", "/afdelinger/oekonomi/ret/", "/afdelinger/oekonomi/dele/"],
    "administrator": ["/", "/brugere/", "/brugere/ny/", "/udbakke/"],
}


@pytest.mark.parametrize("viewport", [PHONE, WIDE], ids=["phone", "wide"])
@pytest.mark.parametrize("who", PAGES)
def test_nothing_lies_over_what_has_the_focus(open_as, cast, who, viewport):
    KursusFactory.create_batch(20)
    page = open_as(getattr(cast, who), viewport=viewport)
    covered = {}
    for address in PAGES[who]:
        page.goto(address.format(elev=cast.aase.pk, opgave=cast.opgave.pk))
        covered[address] = walk(page)
    assert covered == dict.fromkeys(PAGES[who], [])


def test_the_skip_link_leads_past_the_frame(open_as, cast):
    page = open_as(cast.elevansvarlig, viewport=PHONE)
    page.goto("/brugere/")
    press(page, page.get_by_role("link", name="Gå til sidens indhold"))
    expect(page.get_by_role("main")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Opret bruger"), most=1)


def test_menus_open_close_and_never_lie_over_what_comes_after_them(open_as, cast):
    page = open_as(cast.elevansvarlig, viewport=PHONE)
    page.goto("/brugere/")
    menu = page.get_by_role("button", name="Brugermenu")
    press(page, menu)
    tab_to(page, page.get_by_role("link", name="Min profil"), most=1)
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Opret bruger"), most=15)
    expect(page.get_by_role("link", name="Min profil")).to_be_hidden()
    more = page.get_by_role("button", name="Mere")
    press(page, more)
    tab_to(page, page.locator("#mere").get_by_role("link").first, most=1)
    page.keyboard.press("Escape")
    expect(more).to_be_focused()

"""The main story without a mouse: Tab, Enter, Space, arrows, Shift with arrows and Esc."""

from playwright.sync_api import expect

from elevforloeb.models import Udgivelse

from .keyboard import expect_focus, has_focus, press, tab_to, write
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

"""The applicants' board by keyboard alone: arrows from card to card, and a move by the card's own buttons."""

import pytest
from playwright.sync_api import expect

from rekruttering.models import Ansoegning
from tests.rekruttering_steps import applied, interviewed, make_round, seat


@pytest.fixture
def runde(cast):
    """Three are new, and Dina is called to an interview."""
    runde = make_round()
    for fornavn in ("Alma", "Bo", "Carl", "Dina"):
        applied(runde, fornavn)
    interviewed(seat(cast.elevansvarlig, runde), runde.ansoegninger.get(fornavn="Dina"))
    return runde


def test_arrows_walk_on_the_board_and_enter_moves_an_applicant(open_as, cast, runde):
    page = open_as(cast.elevansvarlig)
    page.goto(f"/rekruttering/{runde.pk}/ansoegere/?vis=tavle")
    card = {each.fornavn: page.locator(f"#ansoeger-{each.pk}") for each in runde.ansoegninger.all()}
    expect(page.get_by_text("Piletasterne går fra kort til kort")).to_be_visible()
    card["Alma"].locator("h3 a").focus()
    walk = [("ArrowDown", "Bo"), ("ArrowDown", "Carl"), ("ArrowDown", "Carl"), ("ArrowRight", "Dina")]
    walk += [("ArrowLeft", "Alma"), ("End", "Carl"), ("Home", "Alma")]
    for key, fornavn in walk:
        page.keyboard.press(key)
        expect(card[fornavn].locator("h3 a")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(card["Bo"].locator("summary")).to_be_focused()  # the same control of the next card
    card["Dina"].locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowLeft")
    expect(card["Dina"].get_by_role("button", name="Til vurdering")).to_be_focused()  # in an open menu they do nothing
    page.keyboard.press("Enter")
    expect(page.get_by_text("er flyttet til “Vurderes”")).to_be_visible()
    assert Ansoegning.objects.get(fornavn="Dina").tilstand == "vurderes"

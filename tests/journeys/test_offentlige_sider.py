"""The public pages in a browser: light, without a script or a cookie, readable by all, inside the policy."""

import gzip

import pytest
from playwright.sync_api import expect

from rekruttering.services.referencedata import load_offentligt
from tests.afdelinger.test_roedovre import ROEDOVRE, read
from tests.offentlig_steps import a_round, say_yes, story

from .conftest import PHONE, WIDE
from .steps import expect_heading
from .test_every_page import axe

LIGHTEST = 120_000  # bytes that a phone with an empty cache fetches for the front page


@pytest.fixture
def year(cast):
    """An open round, Rødovre's texts and a story with a picture."""
    load_offentligt(None, data=read(ROEDOVRE))
    runde = a_round(cast)
    say_yes(story(cast, picture=True))
    return runde


def weight(answer) -> int:
    """As a server with compression sends it; fonts and pictures are compressed already."""
    body, kind = answer.body(), answer.headers["content-type"]
    return len(gzip.compress(body) if kind.startswith(("text/", "image/svg")) else body)


def test_the_front_page_is_light_and_sets_no_cookie(year, open_as):
    page, answers = open_as(viewport=PHONE), []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/bliv-kontorelev/")
    with page.expect_response("**/billeder/*/"):
        page.locator(".historier img").scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    sizes = {answer.url: weight(answer) for answer in answers}
    assert sum(sizes.values()) <= LIGHTEST, sizes
    assert not [url for url in sizes if url.endswith(".js")]
    assert page.context.cookies() == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_way_from_the_front_page_to_an_answer_needs_no_script(year, open_as, viewport):
    page = open_as(viewport=viewport, java_script_enabled=False)
    page.goto("/bliv-kontorelev/")
    page.get_by_role("link", name="Hvilken vej har jeg?").first.click()
    for answer in ("Stx, hf eller htx", "Nej", "Det ved jeg ikke endnu"):
        page.get_by_role("radio", name=answer, exact=True).first.check()
    page.get_by_role("button", name="Vis min vej").click()
    expect(page.get_by_role("heading", name="Du kan sikkert søge")).to_be_visible()
    page.get_by_role("link", name="Læs opslaget").click()
    expect_heading(page, "Kontorelever 2028")


def test_public_pages_are_accessible_and_keep_the_policy(year, open_as):
    """The advert too: its block for search engines is no script that a policy stops."""
    page, heard = open_as(), []
    page.on("console", lambda message: heard.append(message.text))
    found = {}
    paths = ["", "hvilken-vej/?vej=hhx&rkv=skal&faerdig=ja", "hvilken-vej/?vej=x", "dine-oplysninger/"]
    for path in [*paths, "afdelinger/oekonomi/", f"opslag/{year.slug}/"]:
        page.goto(f"/bliv-kontorelev/{path}")
        for size in (WIDE, PHONE):
            page.set_viewport_size(size)
            complaints = axe(page)
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                complaints.append("wider than the screen")
            if complaints:
                found[path, size["width"]] = complaints
    assert (found, heard) == ({}, [])

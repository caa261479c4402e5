"""Wishes in a real browser: ranked with keys alone, without JavaScript, and on a phone; a department answers."""

import re

import pytest
from playwright.sync_api import expect

from elevforloeb.models import Oenskeseddel, Udbudssvar
from tests.factories import AfdelingFactory
from tests.oenske_steps import DEPARTMENTS_ANSWER, answered_round, make_round, ranks

from .conftest import PHONE
from .keyboard import expect_focus, press, tab_to, write
from .steps import expect_heading
from .test_every_page import axe
from .test_telefon import fits

QUESTION = "Hvor vil du helst være?"


@pytest.fixture
def runde(cast):
    """Three departments to choose between."""
    AfdelingFactory(kode="teknik", navn="Teknik", kortnavn="Teknik")
    return answered_round(cast)


def button(page, text: str):
    return page.get_by_role("button", name=text, exact=True)


def expect_list(page, *names: str):
    rows = page.locator(".oenskeliste h3 a")
    expect(rows).to_have_text([re.compile(re.escape(name)) for name in names])


def test_an_elev_ranks_with_keys_alone_and_hears_where_each_department_is(open_as, cast, runde):
    page = open_as(cast.aase.bruger)
    page.goto("/")
    press(page, page.get_by_role("link", name="Ønsk pladser"))
    expect_heading(page, QUESTION)
    press(page, button(page, "Tilføj Teknik"))
    expect(page.get_by_role("status").filter(has_text="Teknik er nr. 1 af 1")).to_be_attached()
    expect_focus(page)
    press(page, button(page, "Tilføj Økonomi og Analyse"), by="Tab" if is_after(page, "Økonomi") else "Shift+Tab")
    expect(page.locator(".oenskeliste li")).to_have_count(2)
    press(page, button(page, "Flyt op: Økonomi og Analyse"), by="Shift+Tab")
    expect(page.get_by_role("status").filter(has_text="Økonomi er nr. 1 af 2")).to_be_attached()
    expect(button(page, "Flyt ned: Økonomi og Analyse")).to_be_focused()  # "op" is out of use there
    tab_to(page, page.get_by_label("Gælder for Økonomi"), by="Shift+Tab")
    page.keyboard.press("ArrowDown")
    write(page, page.get_by_label("Kort begrundelse"), "Jeg kan lide tal")
    press(page, button(page, "Send mine ønsker ind"))
    expect(page.get_by_text("Dine ønsker er sendt ind 15. okt. 2027")).to_be_visible()
    seddel = Oenskeseddel.objects.get()
    assert ranks(seddel) == ["Økonomi", "Teknik"] and seddel.oensker.first().trin == 2
    assert seddel.begrundelse == "Jeg kan lide tal"


def is_after(page, name: str) -> bool:
    """Where the keyboard is now, seen from a button further down or up."""
    script = "name => { const here = document.activeElement; const there = [...document.querySelectorAll('button')]"
    script += ".find((b) => b.textContent.includes(name) && b.value.startsWith('tilfoej'));"
    script += " return !!(here.compareDocumentPosition(there) & 4); }"
    return page.evaluate(script, name)


def test_an_elev_ranks_without_javascript_on_a_phone_and_loses_nothing_she_typed(open_as, cast, runde):
    page = open_as(cast.aase.bruger, viewport=PHONE, has_touch=True, java_script_enabled=False)
    page.goto("/oensker/")
    page.get_by_label("Kort begrundelse").fill("Jeg kan lide tal")
    page.locator("summary", has_text="Er der noget, vi skal tage hensyn til?").tap()
    page.get_by_label("Hensyn").fill("Bussen går kl. 16")
    for name in ("Teknik", "Økonomi og Analyse", "Personale & Udvikling"):
        button(page, f"Tilføj {name}").tap()
    button(page, "Flyt op: Personale & Udvikling").tap()
    button(page, "Fjern: Teknik").tap()
    expect_list(page, "Personale & Udvikling", "Økonomi og Analyse")
    expect(page.get_by_label("Kort begrundelse")).to_have_value("Jeg kan lide tal")
    expect(page.get_by_label("Hensyn")).to_have_value("Bussen går kl. 16")
    assert not Oenskeseddel.objects.exists()
    button(page, "Gem kladden").tap()
    expect(page.get_by_text("Du har en kladde. Den er ikke sendt ind endnu.")).to_be_visible()
    button(page, "Send mine ønsker ind").tap()
    expect(page.get_by_text("Dine ønsker er sendt ind 15. okt. 2027")).to_be_visible()
    assert ranks(Oenskeseddel.objects.get()) == ["Personale", "Økonomi"]


def test_the_list_fits_a_phone_is_accessible_and_warns_before_it_is_left_unsaved(open_as, cast, runde):
    page = open_as(cast.aase.bruger, viewport=PHONE, has_touch=True)
    page.goto("/oensker/")
    button(page, "Tilføj Teknik").tap()
    expect_list(page, "Teknik")
    button(page, "Tilføj Økonomi og Analyse").tap()
    expect_list(page, "Teknik", "Økonomi og Analyse")
    expect(page.locator("form[data-aendret]")).to_have_count(1)
    fits(page)
    assert axe(page) == []
    page.locator("summary", has_text="Er der noget, vi skal tage hensyn til?").tap()
    fits(page)
    assert axe(page) == []
    button(page, "Gem kladden").tap()
    expect(page.get_by_text("Du har en kladde.")).to_be_visible()


def test_a_department_answers_on_a_phone_with_one_more_and_one_less(open_as, cast):
    runde = make_round(cast, DEPARTMENTS_ANSWER)
    page = open_as(cast.leder, viewport=PHONE, has_touch=True)
    page.goto("/")
    page.get_by_role("link", name="Svar om pladser").tap()
    page.get_by_label("Ja, her er pladser").check()
    more = page.get_by_role("group", name="2. ophold").get_by_role("button", name="En mere").first
    more.tap()
    more.tap()
    fits(page)
    assert axe(page) == []
    page.get_by_role("button", name="Send svaret").tap()
    expect(page.get_by_text("Modtaget")).to_be_visible()
    svar = Udbudssvar.objects.get(runde=runde, afdeling=cast.oekonomi)
    assert list(svar.udbud.values_list("trin", "maksimum")) == [(2, 2)]


def test_the_elevansvarlig_opens_a_round_and_answers_for_a_department(open_as, cast):
    page = open_as(cast.elevansvarlig)
    AfdelingFactory(kode="teknik", navn="Teknik", art="speciale")
    page.goto(f"/hold/{cast.aase.hold_id}/")
    page.get_by_role("link", name="Ønsker", exact=True).click()
    page.get_by_role("link", name="Åbn en ønskerunde").click()
    page.get_by_role("button", name="Åbn ønskerunden").click()
    page.get_by_role("link", name="Svar for dem").click()
    page.get_by_label("Ja, her er pladser").check()
    page.get_by_role("group", name="4. ophold").get_by_label("Højst").fill("2")
    page.get_by_label("Hvorfor svarer du for afdelingen?").fill("Aftalt i telefon")
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_role("row", name="Teknik").get_by_text("2 pladser")).to_be_visible()
    assert axe(page) == []

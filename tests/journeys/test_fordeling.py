"""Allocations in a real browser: run, read, changed, taken into the plan; with keys, a phone and no script.

Today is 2027-10-15. Åse wishes Økonomi, then Personale, and Bo has sent nothing in; Teknik is new to both.
"""

import re

import pytest
from playwright.sync_api import expect

from elevforloeb.models import Fordeling, Udgivelse
from elevforloeb.services.fordeling import solve_fordeling, start
from tests.factories import AfdelingFactory
from tests.fordeling_steps import run
from tests.oenske_steps import answered_round, wish

from .conftest import PHONE
from .keyboard import expect_focus, press, tab_to, write
from .steps import expect_heading
from .test_every_page import axe
from .test_telefon import fits


@pytest.fixture
def runde(cast):
    AfdelingFactory(kode="teknik", navn="Teknik", kortnavn="Teknik")
    found = answered_round(cast)
    wish(found, cast.aase, cast.oekonomi, cast.personale)
    return found


def link(page, text: str, **options):
    return page.get_by_role("link", name=text, **options)


def button(page, text: str, **options):
    return page.get_by_role("button", name=text, **options)


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_from_wishes_to_a_published_plan_and_the_elev_reads_why(open_as, cast, runde, script):
    page = open_as(cast.elevansvarlig, java_script_enabled=script)
    page.goto(f"/hold/{runde.hold_id}/oensker/")
    link(page, "Fordel pladserne").click()
    run_it(page)
    read_why(page)
    close_a_department(page)
    accept_and_publish(page)
    assert Udgivelse.objects.count() == 1 and Fordeling.objects.get(udgivet__isnull=False).grundlag
    elev = open_as(cast.aase.bruger, java_script_enabled=script)
    elev.goto("/")
    own = elev.get_by_role("region", name="Sådan gik det med dine ønsker")
    expect(own.get_by_text("1. ønske", exact=True)).to_be_visible()
    assert "Bo Berg" not in elev.content()


def run_it(page):
    expect_heading(page, re.compile("Fordeling"))
    link(page, "Fordel pladserne").click()
    button(page, "Op: Ønskerne er samlet set så høje som muligt").click()
    page.get_by_label("Ingen kommer igen").uncheck()
    page.get_by_label("Navn").fill("Første bud")
    button(page, "Fordel pladserne").last.click()
    expect_heading(page, "Første bud")
    expect(page.get_by_text("Alle 2 har fået en plads.")).to_be_visible()


def read_why(page):
    link(page, "Hvorfor? Åse Ærlig").click()
    expect_heading(page, "Hvorfor fik Åse Ærlig det?")
    expect(page.get_by_text("Du fik dit 1. ønske.")).to_be_visible()
    link(page, "Første bud").click()


def close_a_department(page):
    link(page, "Hvad nu hvis").click()
    form = page.get_by_role("region", name="En afdeling lukker")
    form.get_by_label("Afdeling").select_option(label="Personale & Udvikling")
    form.get_by_label("Navn på den nye fordeling").fill("Uden Personale")
    button(form, "Regn uden afdelingen").click()
    expect_heading(page, "Før og efter")
    expect(page.get_by_text("Personale & Udvikling tager ingen")).to_be_visible()
    expect(page.get_by_role("region", name="De skal have besked")).to_be_visible()


def accept_and_publish(page):
    link(page, "Brug fordelingen").click()
    expect(page.get_by_text("Ingen får besked, før du udgiver planen.")).to_be_visible()
    button(page, "Læg de valgte i kladden").click()
    expect(page.get_by_text("Fordelingen er lagt i kladden.")).to_be_visible()
    link(page, "Udgiv plan").click()
    button(page, "Udgiv planen").click()
    expect_heading(page, "Planen for Hold 2027 er udgivet")


def test_goals_are_ordered_with_keys_alone_and_the_focus_stays(open_as, cast, runde):
    page = open_as(cast.elevansvarlig)
    page.goto(f"/hold/{runde.hold_id}/fordelinger/ny/")
    up = button(page, "Op: Det dårligste ønske er så højt som muligt")
    press(page, up)
    other = button(page, "Ned: Det dårligste ønske er så højt som muligt")  # at the top there is no way up
    expect(other).to_be_focused()
    expect_focus(page)
    write(page, page.get_by_label("Navn"), "Med taster")
    tab_to(page, page.get_by_label("Ingen kommer igen"))
    page.keyboard.press("Space")
    press(page, button(page, "Fordel pladserne").last)
    expect_heading(page, "Med taster")
    assert Fordeling.objects.get().instans["maal"][0] == "vaerste"


def test_a_page_that_waits_shows_the_answer_by_itself(open_as, cast, runde, monkeypatch):
    monkeypatch.setattr(start, "AT_ONCE", 0)
    found = run(cast, runde)
    page = open_as(cast.elevansvarlig)
    page.goto(f"/fordelinger/{found.pk}/")
    expect(page.get_by_text("Venter på at komme til")).to_be_visible()
    solve_fordeling(found.pk)
    expect(page.get_by_text("Alle 2 har fået en plads.")).to_be_visible()


def test_a_stopped_one_says_so(open_as, cast, runde, monkeypatch):
    monkeypatch.setattr(start, "AT_ONCE", 0)
    page = open_as(cast.elevansvarlig)
    page.goto(f"/fordelinger/{run(cast, runde).pk}/")
    button(page, "Stop").click()
    expect(page.get_by_text("Den nåede ikke at finde en fordeling.")).to_be_visible()


def test_every_page_fits_a_phone_and_is_accessible(open_as, cast, runde):
    found = run(cast, runde)
    page = open_as(cast.elevansvarlig, viewport=PHONE)
    own = f"/fordelinger/{found.pk}/"
    paths = [f"/hold/{runde.hold_id}/fordelinger/", f"/hold/{runde.hold_id}/fordelinger/ny/", own]
    paths += [own + rest for rest in ("?vis=afdelinger", "hvad-nu-hvis/", "brug/", "sammenlign/?med=planen")]
    paths.append(f"{own}elever/{cast.aase.pk}/")
    for path in paths:
        page.goto(path)
        fits(page)
        assert axe(page) == [], path

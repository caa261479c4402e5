"""From the advert to the receipt: on a phone, interrupted, gone on with elsewhere. And without JavaScript."""

import re

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from rekruttering.models import Ansoegning
from tests.ansoeger_steps import open_round, picture

from .conftest import PHONE
from .steps import expect_heading, link_in

EMAIL = "signe@example.invalid"


@pytest.fixture
def runde(cast):
    cache.clear()
    return open_round(slug="kontorelever-2028")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def photo(navn, colour):
    return {"name": navn, "mimeType": "image/jpeg", "buffer": picture(colour, 400)}


def attach(page, art, navn, colour):
    page.get_by_role("radio", name=art, exact=True).check()
    page.get_by_label("Fil eller billede").set_input_files(photo(navn, colour))
    press(page, "Læg filen op")
    expect(page.get_by_role("link", name=navn)).to_be_visible()


def fill_in_who_one_is(page):
    page.get_by_label("Fornavn").fill("Signe")
    page.get_by_label("Efternavn").fill("Søsted")
    page.get_by_label("E-mail", exact=True).fill(EMAIL)
    press(page, "Gem og gå videre")


def fill_in_education(page):
    page.get_by_role("radio", name="EUX Business").check()
    page.get_by_label("Skolens navn").fill("Sundby Handelsskole")
    page.get_by_label("Hvilken måned").select_option("6")
    page.get_by_label("Hvilket år").fill("2027")
    press(page, "Gem og gå videre")


def test_one_begins_on_the_phone_and_goes_on_at_the_computer(open_as, runde, sent_mails, live_server):
    phone, said = open_as(viewport=PHONE), []
    phone.on("console", lambda message: said.append(message.text))
    phone.goto(f"/ansoeg/{runde.slug}/")
    press(phone, "Begynd din ansøgning")
    fill_in_who_one_is(phone)
    fill_in_education(phone)
    expect_heading(phone, "Motivation")
    phone.get_by_label("Hvorfor vil du være kontorelev").fill("Jeg vil gerne hjælpe")
    expect(phone.locator("#gemt")).to_contain_text("Gemt automatisk")
    press(phone, "Gem og fortsæt senere")
    expect(phone.get_by_label("Din e-mail")).to_have_value(EMAIL)
    press(phone, "Send mig linket")
    expect_heading(phone, "Se i din indbakke")

    computer = open_as()
    computer.goto(link_in(sent_mails()[-1], live_server.url))
    computer.get_by_role("link", name="Ret Motivation").click()
    expect(computer.get_by_label("Hvorfor vil du være kontorelev")).to_have_value("Jeg vil gerne hjælpe")
    computer.get_by_label("Hvorfor vil du være kontorelev").fill("Jeg vil gerne hjælpe borgere")
    press(computer, "Gem og gå videre")
    for nr, art in enumerate(["Eksamensbevis eller karakterudskrift", "CV", "Andet"]):
        attach(computer, art, f"billede-{nr}.jpg", 60 + nr * 50)
    press(computer, "Gå videre")
    press(computer, "Send ansøgningen")
    expect_heading(computer, "Din ansøgning er sendt")
    found = Ansoegning.objects.get()
    assert (found.nummer, found.bilag.count(), found.motivation) == (1, 3, "Jeg vil gerne hjælpe borgere")
    receipt = next(mail for mail in sent_mails() if "Kvittering" in mail["Subject"])
    assert receipt["To"] == EMAIL and "nummer 1" in receipt.get_body(("plain",)).get_content()
    phone.goto(link_in(receipt, live_server.url))
    expect(phone.get_by_text("Vi har modtaget din ansøgning.")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert not [text for text in said if "Security Policy" in text]


def test_a_line_that_is_lost_costs_no_text_and_no_file(open_as, runde):
    page = open_as(viewport=PHONE)
    page.goto(f"/ansoeg/{runde.slug}/")
    press(page, "Begynd din ansøgning")
    expect_heading(page, "Om dig")
    page.goto(re.sub(r"om-dig/$", "motivation/", page.url))
    page.context.set_offline(True)
    page.get_by_label("Hvorfor vil du være kontorelev").fill("Skrevet i en tunnel")
    expect(page.locator("#gemt")).to_contain_text("Ikke gemt")
    press(page, "Gem og gå videre")
    expect(page.locator("#gemt")).to_contain_text("Ikke gemt")
    page.context.set_offline(False)
    press(page, "Gem og gå videre")
    expect_heading(page, "Bilag")
    page.get_by_label("Fil eller billede").set_input_files(photo("bevis.jpg", 90))
    page.context.set_offline(True)
    press(page, "Gå videre")
    expect(page.get_by_text("Ingen forbindelse")).to_be_visible()
    page.context.set_offline(False)
    press(page, "Gå videre")
    expect_heading(page, "Tjek og send")
    expect(page.get_by_role("link", name="bevis.jpg")).to_be_visible()
    assert Ansoegning.objects.get().motivation == "Skrevet i en tunnel"


def test_a_button_pressed_at_once_on_a_dead_line_leaves_the_page_where_it_is(open_as, runde):
    page = open_as(viewport=PHONE)
    page.goto(f"/ansoeg/{runde.slug}/")
    press(page, "Begynd din ansøgning")
    expect_heading(page, "Om dig")
    page.context.set_offline(True)
    page.get_by_label("Fornavn").fill("Signe")
    press(page, "Gem og gå videre")
    expect(page.locator("#gemt")).to_contain_text("Ikke gemt")
    expect(page.get_by_label("Fornavn")).to_have_value("Signe")
    page.context.set_offline(False)
    press(page, "Gem og fortsæt senere")
    expect_heading(page, "Din kladde er gemt")
    assert Ansoegning.objects.get().fornavn == "Signe"


def test_two_devices_with_the_same_step_see_both_texts(open_as, runde):
    phone = open_as(viewport=PHONE)
    phone.goto(f"/ansoeg/{runde.slug}/")
    press(phone, "Begynd din ansøgning")
    expect_heading(phone, "Om dig")
    motivation = re.sub(r"om-dig/$", "motivation/", phone.url)
    computer = open_as()
    for page in (phone, computer):
        page.goto(motivation)
    phone.get_by_label("Hvorfor vil du være kontorelev").fill("Skrevet på telefonen")
    expect(phone.locator("#gemt")).to_contain_text("Gemt automatisk")
    computer.get_by_label("Hvorfor vil du være kontorelev").fill("Skrevet ved computeren")
    expect(computer.locator("#gemt")).to_contain_text("ændret et andet sted")
    press(computer, "Se begge udgaver")
    expect(computer.get_by_text("Skrevet på telefonen")).to_be_visible()
    expect(computer.get_by_label("Hvorfor vil du være kontorelev")).to_have_value("Skrevet ved computeren")
    press(computer, "Gem og gå videre")
    expect_heading(computer, "Bilag")
    assert Ansoegning.objects.get().motivation == "Skrevet ved computeren"


def test_without_javascript_one_applies_corrects_and_withdraws(open_as, runde):
    page = open_as(viewport=PHONE, java_script_enabled=False)
    page.goto(f"/ansoeg/{runde.slug}/")
    press(page, "Begynd din ansøgning")
    press(page, "Gem og gå videre")
    expect(page.get_by_role("alert").get_by_text("Skriv dit fornavn")).to_be_visible()
    fill_in_who_one_is(page)
    fill_in_education(page)
    page.get_by_label("Hvorfor vil du være kontorelev").fill("Jeg vil gerne hjælpe")
    press(page, "Gem og gå videre")
    attach(page, "CV", "cv.jpg", 90)
    press(page, "Gå videre")
    press(page, "Send ansøgningen")
    page.get_by_role("link", name="Se din ansøgning").click()
    page.get_by_role("link", name="Ret Om dig").click()
    page.get_by_label("Fornavn").fill("Sigrid")
    press(page, "Gem rettelsen")
    expect(page.get_by_text("Ansøgningen er rettet: Om dig.")).to_be_visible()
    page.get_by_role("link", name="Træk ansøgningen tilbage").click()
    press(page, "Ja, træk den tilbage")
    expect(page.get_by_text("Ansøgningen er trukket tilbage.")).to_be_visible()
    assert Ansoegning.objects.get().tilstand == Ansoegning.Tilstand.TRUKKET

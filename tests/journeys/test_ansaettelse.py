"""From the advert to a plan in next year's hold: one applicant, her committee and her first department."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from playwright.sync_api import expect

from elevforloeb.models import Ophold, Uddannelsesmodel
from elevforloeb.services.hold import create_hold
from tests.ansoeger_steps import ANSWERS, open_round
from tests.rekruttering_steps import times

from .conftest import PHONE
from .steps import bars_of, expect_heading, link_in

NAVN, EMAIL = "Signe Søsted 🌱", "signe+elev@example.invalid"
AFTER_THE_DEADLINE = datetime(2027, 11, 16, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))
AFTER_THE_INTERVIEW = datetime(2027, 12, 8, 9, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture
def runde(programme):
    cache.clear()
    model = Uddannelsesmodel.objects.get()
    create_hold(programme.elevansvarlig, navn="Hold 2028", startdato=date(2028, 9, 1), model=model)
    return open_round(slug="kontorelever-2028", pladser=1)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_an_applicant_is_hired_and_placed_in_a_plan(open_as, runde, programme, sent_mails, live_server):
    actor = programme.elevansvarlig
    applicant, page = open_as(viewport=PHONE), open_as(actor)
    choose_committee(page, runde)
    apply(applicant, runde)
    with time_machine.travel(AFTER_THE_DEADLINE, tick=True):
        page = open_as(actor)  # she was logged out long ago
        read_and_call(page, runde)
        times(actor, runde)
        invite(page, runde)
        choose_a_time(applicant, link_in(newest(sent_mails, "Vælg en tid"), live_server.url))
        expect_card(page, runde, "1. samtale 7. dec. kl. 10.00")
    with time_machine.travel(AFTER_THE_INTERVIEW, tick=True):
        page = open_as(actor)
        offer_the_place(page, runde)
        say_yes(applicant, link_in(newest(sent_mails, "Svar på din ansøgning"), live_server.url))
        hire(page, runde)
        get_a_plan_proposed(page)
        assert Ophold.objects.count() == 4, "the plan of the others is as it was"


def newest(sent_mails, subject):
    return next(mail for mail in reversed(sent_mails()) if subject in mail["Subject"] and mail["To"] == EMAIL)


def choose_committee(page, runde):
    page.goto(f"/rekruttering/runder/{runde.pk}/")
    page.get_by_role("link", name="Vælg", exact=True).click()
    page.get_by_label("Else Ansvarlig").check()
    press(page, "Gem udvalget")
    expect(page.get_by_text("Ansættelsesudvalget er gemt.")).to_be_visible()


def apply(page, runde):
    page.goto(f"/bliv-kontorelev/opslag/{runde.slug}/")
    page.get_by_role("link", name="Søg en elevplads").first.click()
    press(page, "Begynd din ansøgning")
    page.get_by_label("Fornavn").fill(NAVN.split(" ")[0])
    page.get_by_label("Efternavn").fill(NAVN.partition(" ")[2])
    page.get_by_label("E-mail", exact=True).fill(EMAIL)
    press(page, "Gem og gå videre")
    page.get_by_role("radio", name="EUX Business").check()
    page.get_by_label("Skolens navn").fill(ANSWERS["uddannelse"]["skole"])
    page.get_by_label("Hvilken måned").select_option("6")
    page.get_by_label("Hvilket år").fill("2027")
    press(page, "Gem og gå videre")
    page.get_by_label("Hvorfor vil du være kontorelev").fill(ANSWERS["motivation"]["motivation"])
    press(page, "Gem og gå videre")
    press(page, "Gå videre")
    press(page, "Send ansøgningen")
    expect_heading(page, "Din ansøgning er sendt")


def board(page, runde):
    page.goto(f"/rekruttering/{runde.pk}/ansoegere/?vis=tavle")


def expect_card(page, runde, words):
    board(page, runde)
    expect(page.locator(".akort", has_text=NAVN)).to_contain_text(words)


def read_and_call(page, runde):
    """Names first; then one's own words; then the move, by the keyboard."""
    board(page, runde)
    page.get_by_role("link", name="Se navnene").click()
    page.get_by_label("Jeg har set navnene igennem").check()
    press(page, "Gem, og læs ansøgningerne")
    page.get_by_role("link", name=NAVN).first.click()
    page.get_by_role("radio", name="Kald til samtale").check()
    page.get_by_label("Begrundelse").fill("Skriver klart om, hvorfor hun vil arbejde for borgerne.")
    press(page, "Afgiv bedømmelsen")
    board(page, runde)
    page.locator(".flyt summary").press("Enter")
    page.get_by_role("button", name="Til samtale").press("Enter")
    expect(page.locator(".akort", has_text=NAVN)).to_contain_text("Mangler invitation")


def invite(page, runde):
    page.goto(f"/rekruttering/{runde.pk}/samtaler/")
    press(page, "Send invitationer")
    expect(page.get_by_text("1 ansøger er inviteret til at vælge en tid.")).to_be_visible()


def choose_a_time(page, link):
    page.goto(link)
    page.get_by_role("radio", name="kl. 10.00").check()
    press(page, "Vælg tiden")
    expect_heading(page, "Din samtale")


def offer_the_place(page, runde):
    page.goto(f"/rekruttering/{runde.pk}/samtaler/")
    page.get_by_role("button", name="Holdt").click()
    expect_card(page, runde, "1. samtale holdt")
    page.get_by_role("link", name=NAVN).first.click()
    page.get_by_role("link", name="Tilbyd en plads").click()
    page.get_by_label("Svar senest").fill("2027-12-20")
    press(page, "Send tilbuddet")
    expect(page.get_by_text("Tilbuddet er sendt")).to_be_visible()


def say_yes(page, link):
    page.goto(link)
    page.get_by_role("radio", name="Ja tak").check()
    press(page, "Send svaret")
    expect(page.get_by_text("Du har sagt ja tak")).to_be_visible()


def hire(page, runde):
    expect_card(page, runde, "Har sagt ja")
    page.get_by_role("link", name=NAVN).first.click()
    page.get_by_role("link", name="Ansæt som elev").click()
    press(page, "Ansæt")
    expect(page.get_by_text(f"{NAVN} er nu elev på Hold 2028.")).to_be_visible()


def get_a_plan_proposed(page):
    page.goto("/hold/")
    page.get_by_role("link", name="Hold 2028", exact=True).first.click()
    page.get_by_role("link", name="Åbn planen").first.click()
    page.get_by_role("link", name="Foreslå plan").click()
    press(page, "Brug forslaget for de valgte")
    expect_heading(page, "Plan for Hold 2028")
    assert len(bars_of(page, NAVN)) == 5, "three stays, and two half years to plan by hand"

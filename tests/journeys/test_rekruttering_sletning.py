"""Deletion by the clock: one is warned and deleted, one is kept, and nobody inside the limit is touched."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from elevforloeb.project.tasks import minute
from rekruttering.links import token
from rekruttering.models import Ansoegning, Rundetal
from tests.rekruttering_steps import applied, make_round, seat

from .steps import expect_heading, link_in
from .test_every_page import PHONE, complaints_about

CLOSED = date(2027, 5, 1)  # so that it goes on 1 November 2027
WARNED, GOES = date(2027, 10, 20), date(2027, 11, 1)
T = Ansoegning.Tilstand


@pytest.fixture
def runde(cast):
    opened = datetime(2027, 2, 1, 8, tzinfo=ZoneInfo("Europe/Copenhagen"))
    runde = make_round("kontorelever-2027", titel="Kontorelever 2027", aabner=opened, frist=opened.replace(month=3))
    for number in range(12):
        applied(runde, f"Nummer{number + 1}", tilstand=T.AFSLAG)
    seat(cast.elevansvarlig, runde)
    type(runde).objects.filter(pk=runde.pk).update(tilstand="afsluttet", afsluttet=CLOSED)
    return runde


def test_deletion_by_the_clock(open_as, cast, runde, settings, sent_mails, live_server):
    inside = applied(make_round("naeste", titel="Kontorelever 2028"), "Ny")
    before = Ansoegning.objects.filter(pk=inside.pk).values().get()
    settings.DEMO_DATE = WARNED
    minute()
    mails = {mail["To"]: mail for mail in sent_mails() if "slette" in mail.get_body(("plain",)).get_content()}
    assert len(mails) == 12 and not any("ny@" in to for to in mails)

    page = open_as(cast.elevansvarlig)
    page.goto("/?alle=1")
    todo = page.get_by_role("listitem").filter(has_text="12 ansøgninger bliver slettet 1. november 2027")
    todo.get_by_role("link", name="Se dem").click()
    expect_heading(page, "Journalisering og sletning")
    expect(page.get_by_text("Sager bliver slettet 1. november 2027")).to_be_visible()
    expect(page.get_by_text("12 sager er ikke journaliseret")).to_be_visible()
    row = page.get_by_role("row", name="Nummer1 Prøvesen")
    row.get_by_role("link", name="Slet ikke endnu").click()
    page.get_by_label("Slettes ikke før").fill("2028-05-01")
    page.get_by_label("Hvorfor?").fill("Klage til Ligebehandlingsnævnet")
    page.get_by_role("button", name="Gem").click()
    expect_heading(page, "Nummer1 Prøvesen")
    expect(page.get_by_text("Klage til Ligebehandlingsnævnet")).to_be_visible()

    applicant = open_as(viewport=PHONE)
    path = link_in(next(mail for to, mail in mails.items() if "nummer2@" in to), live_server.url)
    applicant.goto(path)
    expect(applicant.get_by_text("bliver slettet 1. november 2027")).to_be_visible()

    settings.DEMO_DATE = GOES
    minute()
    assert [each.fornavn for each in Ansoegning.objects.order_by("pk")] == ["Nummer1", "Ny"]
    assert Ansoegning.objects.filter(pk=inside.pk).values().get() == before
    assert applicant.goto(path).status == 404
    page.goto(reverse("rundetal"))
    expect(page.get_by_role("row", name="I alt").first).to_contain_text("12")
    assert sum(row.antal for row in Rundetal.objects.all()) == 11
    kept = Ansoegning.objects.get(fornavn="Nummer1")
    applicant.goto(reverse("min_ansoegning", args=[token(kept.noegle)]))
    expect(applicant.get_by_text("bliver slettet 1. maj 2028")).to_be_visible()


def test_the_pages_around_it_are_accessible_and_fit_a_phone(open_as, cast, runde):
    page = open_as(cast.elevansvarlig)
    names = ["rundetal", "talentliste", "opstartsliste", "runder"]
    urls = [reverse(name) for name in names] + [reverse("runde_sletning", args=[runde.pk])]
    for url in [*urls, reverse("ansoegning_behold", args=[runde.ansoegninger.first().pk])]:
        assert complaints_about(page, url) == [], url

"""What goes wrong when people do: two at once, two clicks, the Back button, and a session that ran out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import expect

from afdelinger.models import Rolle
from elevforloeb.models import Udgivelse
from tests.cast import person

from .steps import NANNA, expect_heading, give_password, log_in, row_of

NEXT_MORNING = datetime(2027, 10, 16, 8, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.mark.parametrize("javascript", [True, False])
def test_who_saves_second_is_told_and_keeps_what_was_written(javascript, open_as, programme, draft):
    colleague = person("Kim Kollega", Rolle.ELEVANSVARLIG)
    first, second = [open_as(who, java_script_enabled=javascript) for who in (colleague, programme.elevansvarlig)]
    for page in (first, second):
        page.goto(f"/hold/{draft.pk}/plan/")
        row_of(page, NANNA).locator(".bar").first.click()
        expect(page.get_by_label("Til og med")).to_be_visible()
    save_last_day(first, "2028-12-15")
    expect(row_of(first, NANNA).locator(".bar").first).to_contain_text("15. dec. 2028")

    save_last_day(second, "2028-12-10")
    told = second.get_by_role("alert").filter(has_text="Kim Kollega har ændret opholdet til")
    expect(told).to_be_visible()
    expect(second.get_by_label("Til og med")).to_have_value("2028-12-10")
    second.get_by_role("button", name="Gem ændring").click()
    expect(row_of(second, NANNA).locator(".bar").first).to_contain_text("10. dec. 2028")


def save_last_day(page, day):
    page.get_by_label("Til og med").fill(day)
    page.get_by_role("button", name="Gem ændring").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_double_click_publishes_once(javascript, open_as, programme, draft):
    page = open_as(programme.elevansvarlig, java_script_enabled=javascript)
    page.goto(f"/hold/{draft.pk}/plan/udgiv/")
    page.get_by_role("button", name="Udgiv planen").dblclick()
    expect_heading(page, "Planen for Hold 2028 er udgivet")
    assert Udgivelse.objects.count() == 1


def test_the_back_button_shows_nothing_after_log_out(open_as, cast):
    page = open_as(cast.elevansvarlig)
    answer = page.goto(f"/elever/{cast.aase.pk}/")
    assert "no-store" in answer.headers["cache-control"]
    page.get_by_role("button", name="Brugermenu").click()
    page.get_by_role("button", name="Log ud").click()
    expect_heading(page, "Log ind")
    page.go_back()
    expect_heading(page, "Log ind")
    expect(page.get_by_text("Åse Ærlig")).to_have_count(0)


def test_a_session_that_ran_out_leads_through_log_in_back_to_the_page(open_as, programme, draft):
    give_password(programme.elevansvarlig)
    page = open_as(programme.elevansvarlig)
    address = f"/hold/{draft.pk}/plan/?vis=liste"
    page.goto(address)
    with time_machine.travel(NEXT_MORNING, tick=True):
        page.get_by_role("link", name="Ret").first.click()
        expect(page.get_by_text("Du er logget ud.")).to_be_visible()
        expect_heading(page, "Plan for Hold 2028")  # what was on the screen still is
        page.reload()
        log_in(page, programme.elevansvarlig.email)
        expect_heading(page, "Plan for Hold 2028")
        assert page.url.endswith(address)


def test_a_form_sent_too_late_leads_back_to_the_form(open_as, cast):
    give_password(cast.elevansvarlig)
    page = open_as(cast.elevansvarlig)
    page.goto("/hold/nyt/")
    page.get_by_label("Navn").fill("Det lange navn")
    with time_machine.travel(NEXT_MORNING, tick=True):
        page.get_by_role("button", name="Opret holdet").click()
        expect(page.get_by_text("Log ind, så står det klar på siden igen.")).to_be_visible()
        log_in(page, cast.elevansvarlig.email)
        expect_heading(page, "Opret hold")
        expect(page.get_by_label("Navn")).to_have_value("Det lange navn")
        page.get_by_role("button", name="Opret holdet").click()
        expect(page.get_by_text("Det lange navn er oprettet.")).to_be_visible()
        page.goto("/hold/nyt/")
        expect(page.get_by_label("Navn")).not_to_have_value("Det lange navn")


def test_what_was_typed_comes_back_to_nobody_else(open_as, cast):
    give_password(cast.elevansvarlig)
    other = person("Erna Ansvarlig", Rolle.ELEVANSVARLIG)
    give_password(other)
    page = open_as(cast.elevansvarlig)
    page.goto("/hold/nyt/")
    page.get_by_label("Navn").fill("Det lange navn")
    with time_machine.travel(NEXT_MORNING, tick=True):
        page.get_by_role("button", name="Opret holdet").click()
        log_in(page, other.email)
        expect_heading(page, "Opret hold")
        expect(page.get_by_label("Navn")).not_to_have_value("Det lange navn")
        assert page.evaluate("sessionStorage.getItem('ikke-gemt')") is None

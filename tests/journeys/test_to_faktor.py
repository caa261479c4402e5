"""Where a second factor is required, a password alone opens nothing, and nothing is asked twice."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from afdelinger.services import invite
from afdelinger.services.invitationer import token_for

from .steps import PASSWORD, expect_heading, give_password, log_in

NOON = datetime(2027, 10, 15, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))
PERIOD = 30  # seconds that a code lives; it is good once, so every log-in here has a minute of its own
BEHIND = ["/", "/elever/", "/hold/", "/afdelinger/", "/brugere/", "/udbakke/", "/soeg/?q=aase", "/profil/"]


@pytest.fixture(autouse=True)
def second_factor_is_required(settings):
    settings.KRAEV_TO_FAKTOR = True
    cache.clear()  # failed attempts and used codes are remembered there


def minute(number: int):
    """The beginning of a minute, so that a code does not grow old between the telephone and the page."""
    return time_machine.travel(NOON + timedelta(minutes=number), tick=True)


def code_of(secret: str, behind: int = 0) -> str:
    """What the app on the telephone shows now, or on one whose clock is so many codes behind."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD - behind))


def near(secret: str) -> set[str]:
    """The codes that are good in this minute."""
    return {code_of(secret, behind) for behind in (-2, -1, 0, 1, 2)}


def test_the_second_factor_is_set_up_used_and_replaced_by_a_recovery_code(open_as, cast):
    email = give_password(cast.elevansvarlig).email
    page = open_as()
    page.goto("/")
    log_in(page, email)
    nothing_opens_before_it_is_set_up(page)
    secret = set_up(page)
    recovery_code = first_recovery_code(page)
    page.get_by_role("link", name="Færdig").click()
    expect_heading(page, "Hej Else")
    with minute(2):
        log_in_with_code(open_as(), email, secret)
    with minute(4):
        log_in_with_recovery_code(open_as(), email, recovery_code)
    with minute(6):
        used_recovery_code_is_refused(open_as(), email, recovery_code)


def test_a_new_person_types_the_password_at_the_invitation_and_nowhere_else(open_as, cast):
    new = cast.fremmed
    new.set_unusable_password()
    new.save()
    page = open_as()
    page.goto(reverse("invitation_link", args=[token_for(invite(cast.elevansvarlig, bruger=new))]))
    page.get_by_label("Vælg en adgangskode").fill(PASSWORD)
    page.get_by_label("Skriv den igen").fill(PASSWORD)
    page.get_by_role("button", name="Gem og log ind").click()
    expect_heading(page, "Slå totrinslogin til")
    expect(page.get_by_text("Din adgangskode er gemt.")).to_be_visible()
    set_up(page)
    page.get_by_role("link", name="Færdig").click()
    expect_heading(page, "Din adgang er ikke klar")  # she has no role yet, but she is in


def nothing_opens_before_it_is_set_up(page):
    """Every page leads to the set-up, which does not ask for the password that was typed a moment ago."""
    for address in BEHIND:
        page.goto(address)
        expect_heading(page, "Slå totrinslogin til")


def set_up(page) -> str:
    secret = page.get_by_text("skriv denne nøgle i appen").locator("code").inner_text()
    with minute(1):
        page.get_by_label("Kode").fill(code_of(secret))
        page.get_by_role("button", name="Slå til").click()
        expect_heading(page, "Dine nødkoder")
    return secret


def first_recovery_code(page) -> str:
    return page.get_by_role("list", name="Nødkoder").get_by_role("listitem").first.inner_text()


def log_in_with_code(page, email, secret):
    """With a telephone whose clock is half a minute behind."""
    ask_for_code(page, email)
    page.goto("/elever/")
    expect_heading(page, "Skriv koden fra din app")  # the password alone has opened nothing
    page.get_by_label("Kode").fill(
        next(code for code in ("000000", "111111", "222222", "333333") if code not in near(secret))
    )
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_text("Koden passer ikke.").first).to_be_visible()
    page.get_by_label("Kode").fill(code_of(secret, behind=1))
    page.get_by_role("button", name="Log ind").click()
    expect_heading(page, "Hej Else")


def log_in_with_recovery_code(page, email, recovery_code):
    ask_for_code(page, email)
    page.get_by_label("Kode").fill(recovery_code)
    page.get_by_role("button", name="Log ind").click()
    expect_heading(page, "Hej Else")


def used_recovery_code_is_refused(page, email, recovery_code):
    ask_for_code(page, email)
    page.get_by_label("Kode").fill(recovery_code)
    page.get_by_role("button", name="Log ind").click()
    expect(page.get_by_text("Koden passer ikke.").first).to_be_visible()


def ask_for_code(page, email):
    page.goto("/")
    log_in(page, email)
    expect_heading(page, "Skriv koden fra din app")

"""A real browser against a real server. Without Chromium these tests do not run, and the run says so loudly."""

import os
import threading
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from afdelinger.models import Afdeling, Maalsaet, Rolle
from elevforloeb.core import outbox
from elevforloeb.models import Hold, Uddannelsesmodel
from elevforloeb.queries.plan import load_plan, stand
from elevforloeb.services.hold import NyElev, add_elever, create_hold
from elevforloeb.services.plan import accept_proposal, open_draft
from tests.cast import make_cast, person
from tests.factories import AfdelingFactory

from .steps import HIRED

# Playwright's event loop lives in the test's thread; Django would refuse the test's own queries there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PATIENCE = 15_000  # ms; a page that saves by itself waits a second first, and the machine may be busy
expect.set_options(timeout=PATIENCE)
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
# Chromium would otherwise look for its makers' servers at every start.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--lang=da",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def browser(chromium):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def cast(transactional_db):
    return make_cast()


@pytest.fixture
def programme(cast):
    """The cast, in a municipality with all that a hold needs: three base departments and two to specialise in."""
    places = {
        "politik": ("Politik", Afdeling.Art.GRUND, "Pia Politik"),
        "social": ("Social", Afdeling.Art.SPECIALE, "Sine Social"),
        "teknik": ("Teknik", Afdeling.Art.SPECIALE, "Tim Teknik"),
    }
    for kode, (navn, art, vejleder) in places.items():
        person(vejleder, Rolle.ELEVVEJLEDER, AfdelingFactory(kode=kode, navn=navn, art=art))
    return cast


@pytest.fixture
def draft(programme) -> Hold:
    """The next hold with a proposed base year that nobody has published."""
    actor = programme.elevansvarlig
    hold = create_hold(actor, navn="Hold 2028", startdato=date(2028, 9, 1), model=Uddannelsesmodel.objects.get())
    nye = [NyElev(navn, email) for navn, email in HIRED.items()]
    elever = add_elever(actor, hold=hold, maalsaet=Maalsaet.objects.get(), nye=nye)
    was = stand(load_plan(hold, open_draft(actor, hold=hold)))
    accept_proposal(actor, hold=hold, elever={elev.pk for elev in elever}, was=was, behold=False)
    return hold


@pytest.fixture
def sent_mails(settings, tmp_path, live_server):
    """`sent_mails()` sends what is due, as files, and gives every mail so far."""
    settings.MAIL_MODE, settings.MAIL_DIR, settings.BASE_URL = "file", tmp_path / "mail", live_server.url

    def send() -> list[EmailMessage]:
        outbox.sweep()
        files = sorted(settings.MAIL_DIR.glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    return send


@pytest.fixture
def open_as(browser, live_server):
    """`open_as(user, width=PHONE, javascript=False)` gives a page of a browser in which the user is logged in."""
    contexts = []

    def open_(user=None, *, viewport=WIDE, **options):
        context = browser.new_context(
            base_url=live_server.url, viewport=viewport, locale="da-DK", timezone_id="Europe/Copenhagen", **options
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user:
            client = Client()
            client.force_login(user)
            name = settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()
    let_the_server_finish()


def let_the_server_finish():
    """A page that saves as it closes has its last request under way; it must not meet the emptying of the tables."""
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)

"""A letter, somebody who gets it, and a mail server: for the tests of the outbox."""

import pytest

from elevforloeb.core import letters
from elevforloeb.core.letters import Letter
from tests.factories import BrugerFactory
from tests.smtp import SmtpSink


@pytest.fixture
def a_letter(monkeypatch):
    monkeypatch.setattr(letters, "MAILS", {})

    @letters.mail("proeve", "Prøvemail")
    def proeve(modtager, data):
        if data.get("uoensket"):
            return None
        if data.get("fejl"):
            raise KeyError("noget")
        return Letter("Din plan er klar", "Se din plan inden 1. december.", url="/plan/1/")


@pytest.fixture
def anna(db):
    return BrugerFactory(navn="Anna Holm", email="anna@example.invalid")


@pytest.fixture
def live(settings):
    with SmtpSink() as sink:
        settings.MAIL_MODE, settings.EMAIL_HOST, settings.EMAIL_PORT = "live", "127.0.0.1", sink.port
        yield sink

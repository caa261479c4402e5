"""What the outbox lets out: by its mode, its first day and its cap, and what the dry run says of that."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from elevforloeb.core import outbox
from elevforloeb.core.models import Mail
from tests.factories import BrugerFactory
from tests.outbox_steps import only_mail, queue

pytestmark = pytest.mark.usefixtures("a_letter")

S = Mail.Status


def test_mode_off_sends_nothing_and_loses_nothing(anna, settings):
    settings.MAIL_MODE = "off"
    queue(anna)
    assert outbox.sweep() == {}
    assert only_mail().status == S.VENTER


def test_mode_file_writes_one_file_per_mail(anna, settings, tmp_path):
    settings.MAIL_MODE, settings.MAIL_DIR = "file", tmp_path / "mail"
    queue(anna)
    outbox.sweep()
    (file,) = settings.MAIL_DIR.iterdir()
    assert b"Subject: Din plan er klar" in file.read_bytes()
    assert only_mail().status == S.SENDT


def test_mode_pilot_lets_out_the_pilots_alone(anna, live, settings):
    settings.MAIL_MODE, settings.MAIL_PILOT = "pilot", ["Anna@Example.invalid"]
    queue(anna, "a")
    queue(BrugerFactory(), "b")
    assert outbox.sweep() == {S.SENDT: 1, S.TILBAGEHOLDT: 1}
    assert [message["To"] for message in live.received] == ["anna@example.invalid"]


def test_mode_demo_keeps_the_letter_for_its_mailbox_page_and_the_others_do_not(anna, live, settings):
    queue(anna, "a")
    outbox.sweep()
    assert only_mail().brev is None
    settings.MAIL_MODE = "demo"
    queue(anna, "b")
    outbox.sweep()
    assert Mail.objects.get(noegle="b").brev["emne"] == "Din plan er klar"
    assert len(live.received) == 1


def test_what_was_due_before_the_first_day_of_mail_is_cancelled(anna, live, settings):
    settings.MAIL_FRA = date(2027, 10, 15)
    before_midnight = datetime(2027, 10, 14, 23, 59, tzinfo=ZoneInfo("Europe/Copenhagen"))
    queue(anna, "gammel", forfald=before_midnight)
    queue(anna, "ny", forfald=before_midnight + timedelta(minutes=1))
    assert outbox.sweep() == {S.SENDT: 1}
    assert Mail.objects.get(noegle="gammel").status == S.ANNULLERET


def test_a_run_stops_at_its_cap_and_says_what_waits(anna, live, settings, caplog):
    settings.MAIL_LOFT = 2
    for n in range(5):
        queue(anna, f"{n}")
    assert outbox.sweep() == {S.SENDT: 2}
    assert "3 wait" in caplog.text


def test_the_dry_run_says_what_would_happen_and_does_nothing(anna, live, settings):
    settings.MAIL_MODE, settings.MAIL_PILOT = "pilot", [anna.email]
    settings.MAIL_FRA, settings.MAIL_LOFT = date(2027, 10, 1), 1
    now = timezone.now()
    queue(anna, "1", forfald=now - timedelta(days=40))
    queue(anna, "2", data={"uoensket": True}, forfald=now - timedelta(minutes=4))
    queue(BrugerFactory(), "3", forfald=now - timedelta(minutes=3))
    queue(anna, "4", forfald=now - timedelta(minutes=2))
    queue(anna, "5", forfald=now - timedelta(minutes=1))
    fates = [fate.skaebne.split(":")[0] for fate in outbox.preview()]
    assert fates == ["annulleres", "annulleres", "holdes tilbage", "sendes", "venter"]
    assert set(Mail.objects.values_list("status", flat=True)) == {S.VENTER}
    assert live.received == []

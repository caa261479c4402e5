"""The outbox as plain functions on a real database. What happens when workers die is tried in tests/kaos."""

import time
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone

from elevforloeb.core import bell, letters, outbox
from elevforloeb.core.dates import at_eight
from elevforloeb.core.delivery import Line, Outcome
from elevforloeb.core.letters import Bilag, Letter
from elevforloeb.core.models import Haendelse, Mail
from tests.outbox_steps import only_mail, queue
from tests.smtp import SmtpSink

pytestmark = pytest.mark.usefixtures("a_letter")

S = Mail.Status


# --- Queue ---


def test_the_same_occasion_is_queued_once(anna):
    queue(anna)
    queue(anna, data={"andet": 1})
    assert only_mail().data == {}


def test_a_rolled_back_change_leaves_no_mail(anna):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue(anna)
        raise ZeroDivisionError
    assert not Mail.objects.exists()


def test_a_letter_that_nobody_writes_is_refused_when_queued(anna):
    with pytest.raises(LookupError):
        outbox.queue(anna, noegle="x", skabelon="findes_ikke")


def test_message_id_follows_from_the_occasion_alone():
    assert outbox.message_id("a") == outbox.message_id("a") != outbox.message_id("b")
    assert outbox.message_id("a").endswith("@localhost>")


def test_ten_thousand_reminders_are_queued_fast_and_once(anna):
    orders = [outbox.order(anna, noegle=f"mange:{n}", skabelon="proeve") for n in range(10_000)]
    began = time.perf_counter()
    outbox.queue_many(orders)
    outbox.queue_many(orders)
    seconds = time.perf_counter() - began
    print(f"2 x 10000 rows queued in {seconds:.2f} s")
    assert Mail.objects.count() == 10_000
    assert seconds < 30


def test_the_bell_is_rung_once_per_transaction(anna, monkeypatch, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        queue(anna, "a")
        queue(anna, "b")
    assert callbacks == [bell.ring]


# --- Claim ---


def test_a_mail_is_not_claimed_before_it_is_due(anna):
    queue(anna, forfald=timezone.now() + timedelta(minutes=5))
    assert outbox.claim() is None


def test_the_mail_that_has_waited_longest_is_claimed_first(anna):
    now = timezone.now()
    queue(anna, "ny", forfald=now - timedelta(minutes=1))
    queue(anna, "gammel", forfald=now - timedelta(minutes=9))
    assert [outbox.claim().noegle, outbox.claim().noegle, outbox.claim()] == ["gammel", "ny", None]


def test_a_claim_is_a_loan_that_runs_out(anna):
    queue(anna)
    first = outbox.claim()
    assert outbox.claim() is None
    with time_machine.travel(timezone.now() + outbox.LEASE + timedelta(seconds=1)):
        second = outbox.claim()
    assert (second.pk, second.forsoeg) == (first.pk, 2)
    assert second.laant_af != first.laant_af


@pytest.mark.django_db(transaction=True)
def test_a_claim_inside_a_transaction_is_refused():
    """It would not be committed when the mail server is asked."""
    with transaction.atomic(), pytest.raises(RuntimeError):
        outbox.claim()


def test_the_claim_is_found_by_the_index_among_thousands_of_sent(anna):
    outbox.queue_many(outbox.order(anna, noegle=f"mange:{n}", skabelon="proeve") for n in range(4_000))
    Mail.objects.update(status=S.SENDT)
    queue(anna)
    with connection.cursor() as cursor:
        cursor.execute("analyze core_mail")
    assert "mail_paa_vej" in Mail.objects.due().order_by("naeste", "id")[:1].explain()


# --- Send ---


def test_a_sent_mail_has_one_recipient_its_fixed_id_and_asks_for_no_automatic_answer(anna, live):
    queue(anna)
    assert outbox.sweep() == {S.SENDT: 1}
    (message,) = live.received
    assert message["To"] == "anna@example.invalid"
    assert (message["Cc"], message["Bcc"]) == (None, None)
    assert message["Message-ID"] == outbox.message_id("proeve:1")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Subject"] == "Din plan er klar"


def test_the_letter_is_readable_as_text_and_as_html(anna, live):
    queue(anna)
    outbox.sweep()
    (message,) = live.received
    text = message.get_body(["plain"]).get_content()
    html = message.get_body(["html"]).get_content()
    for part in (text, html):
        for word in ("Kære Anna Holm", "Se din plan inden 1. december.", "http://localhost:8000/plan/1/", "Rødovre"):
            assert word in part
    assert "style=" not in html and "{#" not in text + html


def test_a_name_can_neither_start_a_header_nor_a_tag(anna, live, monkeypatch):
    anna.navn = "A\r\nBcc: x@y.dk <b>"
    anna.save()
    letter = Letter("Emne\r\nBcc: x@y.dk", "<script>")
    monkeypatch.setitem(letters.MAILS, "proeve", letters.Mailtype("proeve", "", lambda *_: letter))
    queue(anna)
    outbox.sweep()
    (message,) = live.received
    assert message["Subject"] == "Emne Bcc: x@y.dk" and message["Bcc"] is None
    html = message.get_body(["html"]).get_content()
    assert "<script>" not in html and "<b>" not in html


@pytest.mark.django_db
def test_somebody_without_an_account_gets_the_letter_with_her_name_and_what_is_attached(live, monkeypatch):
    @letters.mail("udefra")
    def udefra(modtager, data):
        assert modtager is None
        return Letter(
            "Indkaldelse", "Velkommen.", navn="Ida", bilag=(Bilag("tid.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar"),)
        )

    outbox.queue("ida@example.invalid", noegle="udefra:1", skabelon="udefra")
    assert outbox.sweep()[S.SENDT] == 1
    (message,) = live.received
    assert message["To"] == "ida@example.invalid"
    assert "Kære Ida" in message.get_body(["plain"]).get_content()
    assert [part.get_filename() for part in message.iter_attachments()] == ["tid.ics"]


@pytest.mark.django_db
def test_a_mail_has_one_recipient_and_never_both_or_none(anna):
    for to in ({}, {"modtager": anna, "adresse": "ida@example.invalid"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Mail.objects.create(
                **to, noegle="x", skabelon="proeve", message_id="<x@x>", forfald=timezone.now(), naeste=timezone.now()
            )


def test_what_is_no_longer_wanted_is_cancelled(anna, live):
    queue(anna, data={"uoensket": True})
    assert outbox.sweep() == {S.ANNULLERET: 1}
    assert live.received == []


def test_a_closed_account_gets_no_mail(anna, live):
    queue(anna)
    type(anna).objects.update(is_active=False)
    assert outbox.sweep() == {S.ANNULLERET: 1}


def test_a_fault_in_one_letter_does_not_stop_the_others(anna, live):
    queue(anna, "a", data={"fejl": True}, forfald=timezone.now() - timedelta(minutes=1))
    queue(anna, "b")
    assert outbox.sweep() == {S.VENTER: 1, S.SENDT: 1}
    assert "kunne ikke skrives" in Mail.objects.get(noegle="a").svar


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        ({"RCPT": "550 ukendt"}, S.FEJLET),
        ({".": "554 afvist"}, S.FEJLET),
        ({"RCPT": "451 senere"}, S.VENTER),
        ({".": "451 senere"}, S.VENTER),
        ({"MAIL": "530 log ind"}, S.VENTER),
        ({"greeting": "554 lukket"}, S.VENTER),
    ],
)
def test_a_refused_recipient_fails_and_all_else_is_tried_again(anna, settings, answers, status):
    with SmtpSink(answers=answers) as sink:
        settings.MAIL_MODE, settings.EMAIL_HOST, settings.EMAIL_PORT = "live", "127.0.0.1", sink.port
        queue(anna)
        outbox.sweep()
    mail = only_mail()
    assert mail.status == status
    assert mail.svar and mail.laant_af is None


def test_when_the_mail_server_is_away_the_run_ends_after_the_first_try(anna, settings):
    settings.MAIL_MODE, settings.EMAIL_HOST, settings.EMAIL_PORT = "live", "127.0.0.1", 1
    queue(anna, "a")
    queue(anna, "b")
    assert outbox.sweep() == {S.VENTER: 1}
    assert sorted(Mail.objects.values_list("forsoeg", flat=True)) == [0, 1]


def test_the_pauses_grow_and_end_in_failure_after_72_hours(anna):
    pauses = [outbox.pause_after(n) for n in range(1, outbox.LAST_ATTEMPT)]
    assert [pause.total_seconds() / 60 for pause in pauses[:5]] == [1, 5, 15, 60, 60]
    assert timedelta(hours=70) < sum(pauses, timedelta()) < timedelta(hours=74)
    queue(anna)
    Mail.objects.update(forsoeg=outbox.LAST_ATTEMPT - 1)
    outbox.record(outbox.claim(), Outcome(S.VENTER, "451 senere"))
    assert only_mail().status == S.FEJLET


def test_a_late_success_is_written_also_by_the_worker_that_lost_its_loan(anna):
    queue(anna)
    slow = outbox.claim()
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        outbox.claim()
        outbox.record(slow, Outcome(S.SENDT))
    assert only_mail().status == S.SENDT


def test_a_late_failure_does_not_touch_the_loan_of_another(anna):
    queue(anna)
    slow = outbox.claim()
    with time_machine.travel(timezone.now() + timedelta(minutes=3)):
        outbox.claim()
        outbox.record(slow, Outcome(S.FEJLET))
    assert only_mail().status == S.SENDER


def test_the_outcome_is_written_when_the_database_answers_again(anna, monkeypatch):
    queue(anna)
    mail = outbox.claim()
    real, silent = outbox.write_down, iter([OperationalError, OperationalError])

    def write_down(*args):
        for problem in silent:
            raise problem
        real(*args)

    monkeypatch.setattr(outbox, "write_down", write_down)
    monkeypatch.setattr(outbox.connection, "close", lambda: None, raising=False)
    monkeypatch.setattr(outbox.time, "sleep", lambda seconds: None)
    outbox.record(mail, Outcome(S.SENDT))
    assert only_mail().status == S.SENDT


# --- Try again ---


def test_a_failed_mail_can_be_tried_again_once(anna, live):
    queue(anna)
    Mail.objects.update(status=S.FEJLET, forsoeg=75)
    outbox.retry(anna, mail=only_mail())
    with pytest.raises(ValidationError):
        outbox.retry(anna, mail=only_mail())
    assert Haendelse.objects.get().handling == "mail.proevet_igen"
    assert outbox.sweep() == {S.SENDT: 1}


# --- Time ---


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)])
def test_mail_of_a_day_is_due_at_eight_in_denmark_also_when_the_clock_is_changed(day):
    local = timezone.localtime(at_eight(day))
    assert (local.date(), local.hour, local.minute) == (day, 8, 0)


def test_in_a_moved_demo_the_day_has_come_when_the_demo_says_so(settings):
    settings.DEMO_DATE = date(2029, 5, 1)
    assert timezone.localtime(at_eight(date(2029, 5, 1))).date() == date(2027, 10, 15)


def test_one_connection_serves_a_whole_run(anna, live, monkeypatch):
    opened = []
    real_open = outbox.Line.__init__
    monkeypatch.setattr(outbox.Line, "__init__", lambda line: opened.append(line) or real_open(line))
    for n in range(3):
        queue(anna, f"{n}")
    outbox.sweep()
    assert len(opened) == 1 and len(live.received) == 3


def test_a_closed_line_can_be_closed_again():
    Line().close()

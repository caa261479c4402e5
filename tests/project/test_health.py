"""/sundhed/ and /klar/ with real engines, and with the broker away or silent."""

import time
from datetime import timedelta

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from elevforloeb.core import heartbeat
from elevforloeb.core.models import Hjerteslag, Mail
from elevforloeb.project import health
from tests.broker import black_hole
from tests.factories import MailFactory


@pytest.fixture
def well(db, settings):
    settings.MAIL_MODE = "live"
    heartbeat.record("worker")
    heartbeat.record("beat")


@pytest.fixture
def answer(client, well):
    def ask():
        response = client.get(reverse("klar"))
        return response.status_code, {name for name, ok in response.json().items() if not ok}

    return ask


def test_with_everything_well_the_system_is_ready(answer):
    assert answer() == (200, set())


@pytest.mark.parametrize("part", ["worker", "beat"])
def test_a_part_without_a_heartbeat_for_five_minutes_is_red(answer, part):
    Hjerteslag.objects.filter(navn=part).update(tid=timezone.now() - timedelta(minutes=4, seconds=59))
    assert answer() == (200, set())
    Hjerteslag.objects.filter(navn=part).update(tid=timezone.now() - timedelta(minutes=5, seconds=1))
    assert answer() == (503, {"klar", part})


def test_a_mail_that_is_fifteen_minutes_late_is_red(answer, settings):
    mail = MailFactory(forfald=timezone.now() - timedelta(minutes=14))
    assert answer() == (200, set())
    Mail.objects.update(naeste=timezone.now() - timedelta(minutes=16))
    assert answer() == (503, {"klar", "mail"})
    settings.MAIL_MODE = "off"
    assert answer() == (200, set())
    assert mail.pk


def test_a_mail_that_is_done_with_or_due_later_is_not_late(answer):
    MailFactory(forfald=timezone.now() - timedelta(days=9), status=Mail.Status.FEJLET)
    MailFactory(forfald=timezone.now() + timedelta(days=9))
    assert answer() == (200, set())


def test_a_mail_that_a_dead_worker_had_borrowed_is_late(answer):
    long_ago = timezone.now() - timedelta(hours=1)
    MailFactory(forfald=long_ago, status=Mail.Status.SENDER, laant_til=long_ago)
    assert answer() == (503, {"klar", "mail"})


def test_a_broker_that_is_away_is_red(answer, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert answer() == (503, {"klar", "broker"})


def test_a_broker_that_never_answers_is_red_within_three_seconds(answer, settings):
    with black_hole() as settings.REDIS_URL:
        began = time.perf_counter()
        assert answer() == (503, {"klar", "broker"})
        assert time.perf_counter() - began < 3


def test_a_system_that_runs_without_a_broker_is_ready(answer, settings):
    settings.REDIS_URL = ""
    assert answer() == (200, set())


def test_a_database_that_does_not_answer_is_red_and_no_error(client, db, monkeypatch):
    class Gone:
        def cursor(self):
            raise OperationalError

    monkeypatch.setattr(health, "connection", Gone())
    response = client.get(reverse("klar"))
    assert response.status_code == 503
    assert {name for name, ok in response.json().items() if ok} == {"broker"}


def test_being_alive_takes_no_engine_at_all(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert client.get(reverse("sundhed")).json() == {"status": "ok"}  # a query would fail: this test has no database


@pytest.mark.parametrize(
    ("fault", "status", "said"),
    [
        (OperationalError, 503, "genindlæs siden"),
        (InterfaceError, 503, "genindlæs siden"),
        (ValueError, 500, "gik galt"),
    ],
)
def test_a_database_that_is_away_asks_people_to_try_again_and_a_fault_of_ours_does_not(
    as_user, cast, fault, status, said
):
    client = as_user(cast.elevansvarlig)
    client.raise_request_exception = False

    def fail(*_):
        raise fault("away")

    with connection.execute_wrapper(fail):
        response = client.get(reverse("forside"))
    assert response.status_code == status and said in response.content.decode()
    assert response.headers.get("Retry-After") == ("10" if status == 503 else None)

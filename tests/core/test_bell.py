"""The bell on a real broker, on none, and on one that never answers."""

import time

import pytest
import redis
from django.conf import settings as project_settings
from django.db import transaction

from elevforloeb.core import bell, letters, outbox
from elevforloeb.core.letters import Letter
from elevforloeb.core.models import Mail
from elevforloeb.project.celery import app
from tests.broker import black_hole
from tests.factories import BrugerFactory

QUEUE = "celery"


@pytest.fixture(autouse=True)
def hearing(monkeypatch):
    monkeypatch.setattr(bell, "_silent_until", 0.0)


@pytest.fixture
def broker():
    with redis.Redis.from_url(project_settings.REDIS_URL) as client:
        client.delete(QUEUE)
        yield client
        client.delete(QUEUE)


@pytest.fixture
def other_broker(settings, monkeypatch):
    """Move settings and Celery to another address."""

    def move(url):
        settings.REDIS_URL = url
        monkeypatch.setattr(app.conf, "broker_write_url", url)

    return move


def seconds(function) -> float:
    began = time.perf_counter()
    function()
    return time.perf_counter() - began


def test_a_ring_puts_one_job_on_the_queue(broker):
    bell.ring()
    assert broker.llen(QUEUE) == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_committed_rings_once_and_one_that_is_rolled_back_not_at_all(broker, monkeypatch):
    monkeypatch.setitem(letters.MAILS, "proeve", letters.Mailtype("proeve", "", lambda *_: Letter("Emne", "Tekst")))
    anna = BrugerFactory()
    with transaction.atomic():
        outbox.queue(anna, noegle="a", skabelon="proeve")
        outbox.queue(anna, noegle="b", skabelon="proeve")
        assert broker.llen(QUEUE) == 0
    assert broker.llen(QUEUE) == 1
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        outbox.queue(anna, noegle="c", skabelon="proeve")
        raise ZeroDivisionError
    assert broker.llen(QUEUE) == 1


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_never_answers_neither_breaks_nor_holds_up_the_change(other_broker, monkeypatch):
    monkeypatch.setitem(letters.MAILS, "proeve", letters.Mailtype("proeve", "", lambda *_: Letter("Emne", "Tekst")))
    anna = BrugerFactory()
    with black_hole() as url:
        other_broker(url)
        first = seconds(lambda: outbox.queue(anna, noegle="a", skabelon="proeve"))
        second = seconds(lambda: outbox.queue(anna, noegle="b", skabelon="proeve"))
    print(f"black hole: first {first:.2f} s, second {second:.2f} s")
    assert Mail.objects.count() == 2
    assert first < 3
    assert second < 0.8


def test_a_broker_that_is_away_is_left_alone_for_a_while(other_broker, caplog):
    other_broker("redis://127.0.0.1:1/0")
    assert seconds(bell.ring) < 1
    assert "was not heard" in caplog.text
    caplog.clear()
    bell.ring()
    assert caplog.text == ""


def test_without_a_broker_nobody_rings(other_broker, caplog):
    other_broker("")
    bell.ring()
    assert caplog.text == ""

"""No mail is lost and few come twice while workers are killed with signal 9 in the middle of their work.

Real Celery workers as processes of their own, a real broker, PostgreSQL and a mail server. A duplicate can only arise
when a worker dies between the server's "250" and the line that writes it down, so there are never more than kills.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings as project_settings
from django.db import connection

from elevforloeb.core import letters, outbox
from elevforloeb.core.bell import TASK
from elevforloeb.core.models import Mail
from elevforloeb.project.celery import app
from tests.factories import BrugerFactory
from tests.smtp import SmtpSink

pytestmark = [pytest.mark.chaos, pytest.mark.django_db(transaction=True)]

MAILS, KILLS, WORKERS = 300, 12, 3
PATIENCE = 150  # seconds; a run takes 15-25 on an idle machine


class Workers:
    """Three workers; one that is killed is started again."""

    def __init__(self, folder: Path, mail_port: int, how: list[str]):
        self.folder, self.how = folder, how
        self.log = (folder / "workers.log").open("ab")
        address = urlsplit(os.environ["DATABASE_URL"])
        self.environment = os.environ | {
            "DATABASE_URL": urlunsplit(address._replace(path=f"/{connection.settings_dict['NAME']}")),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "MAIL_MODE": "live",
            "MAIL_LOFT": "1000",
        }
        self.running = {}
        self.started = 0

    def __enter__(self):
        for _ in range(WORKERS):
            self.start()
        return self

    def start(self):
        self.started += 1
        ready = self.folder / f"ready-{self.started}"
        command = [sys.executable, "-m", "tests.kaos.worker", str(ready), *self.how]
        process = subprocess.Popen(
            command, env=self.environment, stdout=self.log, stderr=self.log, start_new_session=True
        )
        self.running[process] = ready

    def ready(self) -> list:
        return [process for process, file in self.running.items() if file.exists()]

    def kill(self, process):
        """The whole session: the parent and the child that does the work."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        del self.running[process]

    def __exit__(self, *exc_info):
        for process in list(self.running):
            self.kill(process)
        self.log.close()


@dataclass
class Result:
    tabt: int
    dubletter: int
    drab: int
    fremmede: int  # Message-IDs that belong to no row

    def __str__(self):
        return f"tabt={self.tabt} dubletter={self.dubletter} drab={self.drab}"

    @property
    def holds(self) -> bool:
        return self.tabt == 0 and self.dubletter <= self.drab and self.fremmede == 0


@pytest.fixture
def queue(monkeypatch):
    """The broker's queue, and as many rows in the outbox as a run takes."""
    monkeypatch.setitem(letters.MAILS, "kaos", letters.Mailtype("kaos", "", None))
    with redis.Redis.from_url(project_settings.REDIS_URL) as broker:
        broker.flushdb()
        anna = BrugerFactory()
        outbox.queue_many(outbox.order(anna, noegle=f"kaos:{n}", skabelon="kaos") for n in range(MAILS))
        yield
        broker.flushdb()


def run(folder: Path, *, kills: int, how=(), delay=0.04) -> Result:
    """Ring the bell until every mail is sent, and meanwhile kill a worker for every 20 mails that arrive."""
    dice, killed = random.Random(4), 0  # noqa: S311
    end = time.monotonic() + PATIENCE
    with SmtpSink(delay=delay) as sink, Workers(folder, sink.port, list(how)) as workers:
        while killed < kills or Mail.objects.filter(status__in=Mail.PAA_VEJ).exists():
            assert time.monotonic() < end, f"not done: {Mail.objects.due().count()} due, {killed} kills"
            app.send_task(TASK)
            time.sleep(0.1)
            if killed < kills and workers.ready() and len(sink.received) >= 20 * (killed + 1):
                workers.kill(dice.choice(workers.ready()))
                workers.start()
                killed += 1
        time.sleep(0.5)  # what is still on its way arrives
    expected = {outbox.message_id(f"kaos:{n}") for n in range(MAILS)}
    return Result(
        tabt=len(expected - set(sink.ids)),
        dubletter=sum(sink.ids.values()) - len(sink.ids),
        drab=killed,
        fremmede=len(set(sink.ids) - expected),
    )


def test_no_mail_is_lost_when_workers_are_killed(queue, tmp_path):
    result = run(tmp_path, kills=KILLS)
    print(f"\n{result}")
    assert result.drab == KILLS
    assert result.holds, result
    assert set(Mail.objects.values_list("status", flat=True)) == {Mail.Status.SENDT}


def test_without_faults_every_mail_is_sent_once(queue, tmp_path):
    result = run(tmp_path, kills=0, delay=0)
    print(f"\n{result}")
    assert (result.tabt, result.dubletter) == (0, 0)


def test_marking_before_sending_is_caught_by_the_same_check(queue, tmp_path):
    """The sabotage twin: were this to pass the check, the check would be worth nothing."""
    result = run(tmp_path, kills=KILLS, how=["sabotage"])
    print(f"\nsabotage: {result}")
    assert result.drab == KILLS
    assert not result.holds, result
    assert result.tabt > 0

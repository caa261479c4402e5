"""A real Celery worker for the chaos test: python -m tests.kaos.worker <file to touch when ready> [sabotage]

What differs from production: a loan lasts seconds and so does the pause after a failed attempt, so that the test need
not wait minutes for what a dead worker had borrowed or a dead mail server refused; and with `sabotage` the row is
marked as sent before it is sent, which the test must catch.
"""

import sys
import time
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from celery.signals import worker_ready  # noqa: E402

from elevforloeb.core import letters, outbox  # noqa: E402
from elevforloeb.core.delivery import Outcome  # noqa: E402
from elevforloeb.core.models import Mail  # noqa: E402
from elevforloeb.project.celery import app  # noqa: E402

outbox.LEASE = timedelta(seconds=4)
outbox.PAUSES = [timedelta(seconds=1)]
outbox.LAST_ATTEMPT = 10_000


@letters.mail("kaos")
def kaos(modtager, data):
    return letters.Letter("Prøve", "Prøve.")


def mark_then_send(mail, line):
    outbox.record(mail, Outcome(Mail.Status.SENDT))
    time.sleep(0.1)  # the same fault, but wide enough that twelve kills cannot all miss it
    return outbox.attempt(mail, line)


def main(ready_file, *how):
    if "sabotage" in how:
        outbox.send_one = mark_then_send
    worker_ready.connect(lambda **kwargs: Path(ready_file).touch(), weak=False)
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel", "WARNING"]
    app.worker_main(["worker", "--concurrency", "1", *quiet])


if __name__ == "__main__":
    main(*sys.argv[1:])

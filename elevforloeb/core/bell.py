"""The bell: tells a worker that there is work now. What is to be done stands in the database; a bell that nobody hears
costs at most a minute, until the next sweep. So it must never break or delay the request that rings it.
"""

import logging
import time
from functools import partial

from celery import current_app
from django.conf import settings
from django.db import transaction

log = logging.getLogger(__name__)

TASK = "elevforloeb.core.tasks.send_mails"
PATIENCE = 0.2  # seconds for each word to the broker; a ring has about four
SILENCE = 30  # seconds without another try after a broker that did not answer

_silent_until = 0.0


def ring_on_commit() -> None:
    """Once per transaction, however many mails it queues."""
    waiting = transaction.get_connection().run_on_commit
    if not any(callback is ring for _, callback, _ in waiting):
        transaction.on_commit(ring, robust=True)


def ring_for_on_commit(task: str, *args) -> None:
    """The same for a job of its own: the arguments are ids of rows, which say what there is to do."""
    transaction.on_commit(partial(ring, task, args), robust=True)


def ring(task: str = TASK, args: tuple = ()) -> None:
    global _silent_until
    if not settings.REDIS_URL or time.monotonic() < _silent_until:
        return
    patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE, "max_retries": 0}
    try:
        with current_app.connection_for_write(transport_options=patience) as broker:
            current_app.send_task(task, args, connection=broker, retry=False)
    except Exception as problem:
        _silent_until = time.monotonic() + SILENCE
        log.warning("The bell was not heard (%s); the sweep will find the work", type(problem).__name__)

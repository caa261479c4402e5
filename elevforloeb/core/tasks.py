from celery import shared_task

from . import heartbeat, outbox, prints

# Longer than the usual limit: a mail that was sent is written down however long the database takes to come back.
SEND_LIMIT = 900  # seconds


@shared_task(time_limit=SEND_LIMIT)
def send_mails():
    """What the bell starts."""
    heartbeat.record("worker")
    outbox.sweep()


@shared_task
def print_document(pk):
    """What a sealing starts."""
    prints.print_document(pk)

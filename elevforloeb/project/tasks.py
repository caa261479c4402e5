"""The jobs of the roof: what happens by itself, once a minute."""

import logging

from celery import shared_task
from celery.signals import after_task_publish, beat_init, worker_ready
from django.db import DatabaseError, connection, transaction

from elevforloeb.core import bell, heartbeat, outbox
from elevforloeb.core.files.store import scan_waiting, sweep_files
from elevforloeb.core.journal import file_waiting
from elevforloeb.core.prints import print_missing
from elevforloeb.core.seal import verify_every_night
from elevforloeb.core.tasks import SEND_LIMIT
from elevforloeb.project.opbevaring import forget_what_is_old
from elevforloeb.project.uddannelsesbog import make, make_waiting_boeger, tend_uddannelsesboeger
from elevforloeb.services.fordeling import recover_lost_fordelinger, solve_waiting
from elevforloeb.services.oensker import remind_about_wishes
from elevforloeb.services.paamindelser import remind_coming_departments
from evaluering.services.billede import close_billeder
from evaluering.services.erklaeringsplan import prepare_erklaeringer
from evaluering.services.paamindelser import remind_about_debts
from evaluering.services.plan import sync_evalueringer
from evaluering.services.samling import make_waiting, tend_samlinger
from rekruttering.services import sagsmappe
from rekruttering.services.interesse import forget_expired_interests, tell_interested
from rekruttering.services.sagsjournal import file_cases
from rekruttering.services.sletning import delete_applications, forget_drafts
from rekruttering.services.varsel import warn_of_deletion
from skoleophold.services.aubpaamindelser import remind_about_aub
from skoleophold.services.fagproeve.runder import begin_fagproever
from skoleophold.services.indlaesning import forget_files
from skoleophold.services.paamindelser import remind_about_school
from skoleophold.services.studietur import forget_noedkontakter
from skoleophold.services.turpaamindelser import remind_about_trips

log = logging.getLogger(__name__)

BOG_LIMIT = 900

# Services that look at the calendar, each a function without arguments. Every one asks "what should exist by now?" and
# not "what happens today?": it may run twice, late, and in two workers at once. tests/project/test_jobs.py tries that.
PERIODIC = [
    remind_coming_departments,
    remind_about_wishes,
    recover_lost_fordelinger,
    print_missing,
    file_waiting,
    file_cases,
    verify_every_night,
    tend_samlinger,
    tend_uddannelsesboeger,
    begin_fagproever,
    remind_about_school,
    remind_about_aub,
    remind_about_trips,
    forget_noedkontakter,
    sync_evalueringer,
    prepare_erklaeringer,
    close_billeder,
    remind_about_debts,
    forget_files,
    scan_waiting,
    sweep_files,
    forget_drafts,
    forget_expired_interests,
    tell_interested,
    warn_of_deletion,
    delete_applications,
    sagsmappe.tend_sagsmapper,
    forget_what_is_old,
]


@shared_task(time_limit=SEND_LIMIT)
def every_minute():
    """The only job of the schedule. Local times lie in the services, so that summer time cannot shift them."""
    minute()


def minute():
    heartbeat.record("worker")
    for service in PERIODIC:
        run_alone(service)
    outbox.sweep()
    solve_waiting()
    make_waiting()
    sagsmappe.make_waiting()
    make_waiting_boeger()


@shared_task(time_limit=BOG_LIMIT)
def make_bog(pk):
    make(pk)


def run_alone(service):
    """In a transaction of its own, and not beside itself: one that is still running is left to it."""
    try:
        with transaction.atomic():
            if has_lock(service):
                service()
    except Exception:
        log.exception("%s failed and is tried again in a minute", service.__name__)


def has_lock(service) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(hashtext(%s))", [f"periodic:{service.__name__}"])
        return cursor.fetchone()[0]


@beat_init.connect
@after_task_publish.connect(sender=every_minute.name)
def record_beat(**kwargs):
    """Runs in beat: it is alive when it has put the job on the queue, whether or not a worker takes it."""
    try:
        heartbeat.record("beat")
    except DatabaseError:
        log.warning("The heartbeat of beat could not be written")
    finally:
        connection.close()


@worker_ready.connect
def sweep_at_start(**kwargs):
    bell.ring()

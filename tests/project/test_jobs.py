"""Every job is in the schedule; every service that looks at the calendar may run twice, late and after an outage."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as project_settings
from django.utils import timezone

from elevforloeb.core import letters, outbox
from elevforloeb.core.dates import at_eight, today
from elevforloeb.core.letters import Letter
from elevforloeb.core.models import Hjerteslag, Mail
from elevforloeb.models import Fordeling
from elevforloeb.project import tasks
from elevforloeb.project.celery import app
from rekruttering.models import Interesse
from rekruttering.services.interesse import ask_for_notice, confirm
from tests.ansoeger_steps import open_round
from tests.cast import make_cast
from tests.evaluering_steps import planned
from tests.factories import BrugerFactory
from tests.oenske_steps import DEPARTMENTS_ANSWER, ELEVER_WISH, make_round
from tests.rekruttering_steps import applied
from tests.skole_steps import class_at_school, make_trip

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# Started by the bell, not by the clock.
RUNG = {
    "elevforloeb.core.tasks.send_mails",
    "elevforloeb.core.tasks.print_document",
    "elevforloeb.tasks.solve_fordeling",
    "evaluering.tasks.make_samling",
    "elevforloeb.project.tasks.make_bog",
    "rekruttering.tasks.make_sagsmappe",
}


def cast_with_round():
    make_round(make_cast(), DEPARTMENTS_ANSWER)


def cast_at_school():
    class_at_school(make_cast())


def cast_with_trip():
    make_trip(make_cast())
    Mail.objects.all().delete()  # that it was made


def cast_with_dead_worker():
    """An allocation that somebody began and does not work on any more."""
    cast = make_cast()
    row = {"runde": make_round(cast, ELEVER_WISH), "navn": "Første forsøg", "instans": {}, "status": "koerer"}
    Fordeling.objects.create(**row, puls=timezone.now() - timedelta(minutes=3), oprettet_af=cast.elevansvarlig)


def cast_with_debts():
    planned(make_cast())


def cast_with_somebody_waiting_for_a_round():
    make_cast()
    ask_for_notice(email="venter@example.invalid")
    confirm(interesse=Interesse.objects.get())
    Mail.objects.all().delete()
    open_round(aabner=datetime(2027, 11, 1, 0, 0, tzinfo=COPENHAGEN))


def cast_with_a_closed_round():
    make_cast()
    applied(open_round(tilstand="afsluttet", afsluttet=date(2027, 10, 1)))


# One row per service of tasks.PERIODIC: what must be there before it has something to do, and on which day it has.
WORLDS: dict[str, tuple[Callable, date]] = {
    "remind_coming_departments": (make_cast, date(2027, 12, 4)),  # 28 days before Åse and Bo swap departments
    "remind_about_wishes": (cast_with_round, date(2027, 10, 17)),  # 5 days before the deadline of the departments
    "remind_about_school": (cast_at_school, date(2027, 10, 8)),  # 21 days after school, and nobody has a grade
    "remind_about_aub": (cast_at_school, date(2027, 10, 8)),  # 21 days after school, and no letter is checked
    "remind_about_trips": (cast_with_trip, date(2027, 11, 5)),  # 7 days before the passport is to be in order
    "remind_about_debts": (cast_with_debts, date(2027, 12, 10)),  # 7 days before the deadline
    "tell_interested": (cast_with_somebody_waiting_for_a_round, date(2027, 11, 2)),  # a round opened the day before
    "warn_of_deletion": (cast_with_a_closed_round, date(2028, 3, 20)),  # 12 days before it goes
    "recover_lost_fordelinger": (cast_with_dead_worker, date(2027, 10, 16)),
}
# Services that queue no mail; they are tried twice and late in tests of their own.
TRIED_ELSEWHERE = {
    "begin_fagproever": "tests/skoleophold/test_fagproever.py",
    "forget_files": "tests/skoleophold/test_indlaesning.py",
    "forget_noedkontakter": "tests/skoleophold/test_studietur.py",
    "print_missing": "tests/evaluering/test_pdf.py",
    "verify_every_night": "tests/evaluering/test_dokumenter.py",
    "tend_samlinger": "tests/evaluering/test_samling.py",
    "tend_uddannelsesboeger": "tests/project/test_uddannelsesbog.py",
    "file_waiting": "tests/core/test_journal.py",
    "file_cases": "tests/rekruttering/test_sagsjournal.py",
    "forget_drafts": "tests/rekruttering/test_sletning.py",
    "forget_expired_interests": "tests/rekruttering/test_interesse.py",
    "delete_applications": "tests/rekruttering/test_sletning.py",
    "tend_sagsmapper": "tests/evaluering/test_samling.py",
    "forget_what_is_old": "tests/project/test_opbevaring.py",
    "sync_evalueringer": "tests/evaluering/test_plan.py",
    "close_billeder": "tests/evaluering/test_billede.py",
    "prepare_erklaeringer": "tests/evaluering/test_erklaeringsplan.py",
    "scan_waiting": "tests/core/test_files_scanner.py",
    "sweep_files": "tests/core/test_files_store.py",
}


def own_tasks() -> set[str]:
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def test_every_job_is_in_the_schedule_or_has_a_bell():
    scheduled = {entry["task"] for entry in project_settings.CELERY_BEAT_SCHEDULE.values()}
    assert own_tasks() == scheduled | RUNG


def test_the_schedule_is_plain_intervals_which_summer_time_cannot_shift():
    assert all(isinstance(entry["schedule"], float) for entry in project_settings.CELERY_BEAT_SCHEDULE.values())


def test_every_periodic_service_has_a_world_to_be_tried_in():
    assert {service.__name__ for service in tasks.PERIODIC} == set(WORLDS) | set(TRIED_ELSEWHERE)
    assert all(Path(path).exists() for path in TRIED_ELSEWHERE.values())


def occasions() -> list:
    assert {timezone.localtime(mail.forfald).time() for mail in Mail.objects.all()} <= {time(8)}
    waiting = Fordeling.objects.filter(status="venter").values_list("navn", flat=True)
    return sorted([*Mail.objects.values_list("noegle", flat=True), *waiting])


def run_at(service, moment: datetime) -> list:
    with time_machine.travel(moment):
        tasks.run_alone(service)
    return occasions()


def assert_idempotent(service, day: date):
    """The same mails, due at eight, whether it runs at night, again, a minute later, or after a weekend off."""
    morning = datetime.combine(day, time(0, 1), COPENHAGEN)
    once = run_at(service, morning)
    assert once, "the world of this service gives it nothing to do"
    assert run_at(service, morning) == once
    assert run_at(service, morning + timedelta(minutes=1)) == once
    Mail.objects.all().delete()
    assert run_at(service, morning + timedelta(days=3)) == once


TRIED_HERE = [service for service in tasks.PERIODIC if service.__name__ not in TRIED_ELSEWHERE]


@pytest.mark.parametrize("service", TRIED_HERE, ids=lambda service: service.__name__)
def test_a_periodic_service_may_run_twice_late_and_after_an_outage(service, db):
    world, day = WORLDS[service.__name__]
    world()
    assert_idempotent(service, day)


# --- The harness itself, on a good service and on two bad ones ---


@pytest.fixture
def anna(db, monkeypatch):
    monkeypatch.setitem(letters.MAILS, "proeve", letters.Mailtype("proeve", "", lambda *_: Letter("Emne", "Tekst")))
    return BrugerFactory()


DUE = date(2027, 10, 20)


def remind(anna, *, now_is_the_time, noegle):
    def service():
        if now_is_the_time():
            outbox.queue(anna, noegle=noegle(), skabelon="proeve", forfald=at_eight(DUE))

    return service


def test_a_service_that_asks_what_should_exist_by_now_passes(anna):
    assert_idempotent(remind(anna, now_is_the_time=lambda: today() >= DUE, noegle=lambda: "en"), DUE)


def test_a_service_that_compares_days_with_equals_is_caught(anna):
    with pytest.raises(AssertionError):
        assert_idempotent(remind(anna, now_is_the_time=lambda: today() == DUE, noegle=lambda: "en"), DUE)


def test_a_service_whose_key_changes_with_the_clock_is_caught(anna):
    service = remind(anna, now_is_the_time=lambda: today() >= DUE, noegle=lambda: f"{timezone.now():%H%M}")
    with pytest.raises(AssertionError):
        assert_idempotent(service, DUE)


# --- The minute ---


def test_a_service_that_fails_stops_neither_the_others_nor_the_mail(anna, settings, monkeypatch, caplog):
    settings.MAIL_MODE = "demo"

    def broken():
        Mail.objects.all().delete()
        raise ValueError

    outbox.queue(anna, noegle="en", skabelon="proeve")
    monkeypatch.setattr(tasks, "PERIODIC", [broken, lambda: outbox.queue(anna, noegle="to", skabelon="proeve")])
    tasks.minute()
    assert set(Mail.objects.values_list("noegle", "status")) == {("en", "sendt"), ("to", "sendt")}
    assert "broken failed" in caplog.text


def test_the_minute_shows_that_the_worker_is_alive(db):
    tasks.minute()
    assert Hjerteslag.objects.get().navn == "worker"


def test_beat_shows_that_it_is_alive_when_it_queues_the_minute(transactional_db):
    app.send_task(tasks.every_minute.name, expires=1)
    app.send_task("elevforloeb.core.tasks.send_mails", expires=1)
    assert list(Hjerteslag.objects.values_list("navn", flat=True)) == ["beat"]


@pytest.mark.parametrize("change", [date(2028, 3, 26), date(2028, 10, 29)])
def test_a_reminder_is_due_once_at_eight_also_on_the_nights_when_the_clock_changes(anna, change):
    service = remind(anna, now_is_the_time=lambda: today() >= change, noegle=lambda: "en")
    start = datetime.combine(change, datetime.min.time(), COPENHAGEN).timestamp()
    for minutes in range(-30, 180, 15):
        run_at(service, datetime.fromtimestamp(start + minutes * 60, COPENHAGEN))
    assert Mail.objects.count() == 1
    assert timezone.localtime(Mail.objects.get().forfald).date() == DUE

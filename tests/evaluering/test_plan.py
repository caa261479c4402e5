"""The evaluations follow the plan: they come, move and go with it, and what somebody has begun is never taken away."""

import threading
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from elevforloeb.core.models import Haendelse
from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode, Ophold
from elevforloeb.project.tasks import run_alone
from evaluering.models import Besvarelse, Evaluering
from evaluering.services.plan import sync_evalueringer
from evaluering.services.vejen import begin
from tests.cast import make_cast, person
from tests.evaluering_steps import make_skema, planned, sealed, shared, words, write
from tests.factories import KalenderperiodeFactory

S = Evaluering.Status
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def sync_on(day: date, hour=12):
    with time_machine.travel(datetime(day.year, day.month, day.day, hour, 30, tzinfo=COPENHAGEN)):
        sync_evalueringer()


def due(elev) -> dict[str, date]:
    return dict(Evaluering.objects.filter(elev=elev, status=S.PLANLAGT).values_list("art", "frist"))


def move_stay(stay, first: date, last: date, **fields):
    Ophold.objects.filter(pk=stay.pk).update(periode=period(first, last), **fields)
    stay.refresh_from_db()


# Today is 2027-10-15. Both elever are in their first stay until 31 December; Åse has school in November.


def test_what_is_due_within_the_notice_or_was_lately_is_made(cast):
    sync_evalueringer()
    assert due(cast.bo) == {
        "forventning": date(2027, 9, 14),
        "midtvejs": date(2027, 11, 1),
        "proevetid": date(2027, 11, 2),
    }
    assert due(cast.aase) == {"forventning": date(2027, 9, 14), "midtvejs": date(2027, 10, 14)}
    row = Evaluering.objects.get(elev=cast.aase, art="midtvejs")
    assert (row.ophold, row.afdeling, row.elevvejleder) == (cast.ophold, cast.oekonomi, cast.vejleder)


def test_the_rest_is_made_when_its_time_comes(cast):
    sync_on(date(2027, 11, 19))
    assert due(cast.bo)["slut"] == date(2027, 12, 17)
    sync_on(date(2027, 12, 17))
    assert Evaluering.objects.filter(
        elev=cast.bo, art="forventning", ophold__periode__startswith=date(2028, 1, 1)
    ).exists()


def test_after_a_long_outage_nothing_is_made_about_stays_long_gone(cast):
    sync_on(date(2028, 6, 30))
    assert not Evaluering.objects.exists()


@pytest.mark.parametrize("times", [1, 5])
def test_it_may_run_as_often_as_it_likes(cast, times):
    for _ in range(times):
        run_alone(sync_evalueringer)
    assert Evaluering.objects.count() == 5


def test_late_it_makes_the_same_as_in_time(cast):
    sync_on(date(2027, 11, 19))
    in_time = due(cast.bo)["slut"]
    Evaluering.objects.all().delete()
    sync_on(date(2028, 1, 10))
    assert due(cast.bo)["slut"] == in_time


def test_a_longer_stay_moves_the_dates_and_a_shorter_one_back(cast):
    sync_evalueringer()
    stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.personale)
    move_stay(stay, date(2027, 9, 1), date(2027, 11, 30))
    sync_evalueringer()
    assert due(cast.bo)["midtvejs"] == date(2027, 10, 15)
    assert Haendelse.objects.filter(handling="evaluering.fulgt_planen").count() == 1
    sync_evalueringer()
    assert Haendelse.objects.filter(handling="evaluering.fulgt_planen").count() == 1


def test_a_stay_cut_short_at_the_last_moment_makes_nobody_late(cast):
    sync_on(date(2027, 11, 19))
    stay = cast.bo.ophold.get(periode__contains=date(2027, 11, 19))
    move_stay(stay, stay.startdato, date(2027, 12, 1))  # fourteen days before it have passed
    for day in (date(2027, 11, 20), date(2027, 11, 21), date(2027, 12, 5)):
        sync_on(day)
        assert due(cast.bo)["slut"] == date(2027, 12, 1)


def test_a_stay_that_becomes_short_has_the_short_talk_instead(cast):
    sync_evalueringer()
    move_stay(Ophold.objects.get(elev=cast.bo, afdeling=cast.personale), date(2027, 9, 20), date(2027, 10, 20))
    sync_evalueringer()
    assert due(cast.bo) == {"kort": date(2027, 10, 6)}


def test_school_moves_the_middle_and_the_end_of_proevetid(cast):
    sync_evalueringer()
    KalenderperiodeFactory(elev=cast.bo, periode=period(date(2027, 9, 6), date(2027, 10, 1)))
    sync_evalueringer()
    assert due(cast.bo)["midtvejs"] == date(2027, 11, 15)
    assert due(cast.bo)["proevetid"] == date(2027, 11, 30)  # made already: it stays, and only moves


def test_illness_shows_in_no_date_of_the_department(cast):
    sync_evalueringer()
    before = due(cast.bo)["midtvejs"]
    KalenderperiodeFactory(
        elev=cast.bo, art=Kalenderperiode.Art.SYGDOM, periode=period(date(2027, 9, 6), date(2027, 10, 1))
    )
    sync_evalueringer()
    assert due(cast.bo)["midtvejs"] == before


def test_a_removed_stay_takes_what_nobody_has_begun_and_leaves_the_rest(cast):
    make_skema("midtvejs")
    sync_evalueringer()
    begun = begin(cast.vejleder, evaluering=Evaluering.objects.get(elev=cast.aase, art="midtvejs"))
    cast.ophold.delete()
    sync_evalueringer()
    left = Evaluering.objects.get(elev=cast.aase)
    assert (left, left.ophold, left.status) == (begun, None, S.IGANG)
    assert Haendelse.objects.filter(handling="evaluering.fjernet").exists()


def test_a_stay_in_another_department_is_evaluated_there_and_what_was_begun_stays_where_it_was(cast):
    make_skema("midtvejs")
    sync_evalueringer()
    begun = begin(cast.vejleder, evaluering=Evaluering.objects.get(elev=cast.aase, art="midtvejs"))
    move_stay(
        cast.ophold, date(2027, 9, 1), date(2027, 12, 31), afdeling=cast.personale, elevvejleder=cast.anden_vejleder
    )
    sync_evalueringer()
    begun.refresh_from_db()
    assert (begun.ophold, begun.afdeling) == (None, cast.oekonomi)
    new = Evaluering.objects.get(elev=cast.aase, art="midtvejs", ophold=cast.ophold)
    assert (new.afdeling, new.elevvejleder, new.status) == (cast.personale, cast.anden_vejleder, S.PLANLAGT)
    assert Evaluering.objects.get(elev=cast.aase, art="forventning").afdeling == cast.personale


def test_a_sealed_one_lets_go_of_a_stay_that_moves_to_another_department(cast):
    old = sealed(cast, frist=date(2027, 10, 20))
    move_stay(
        cast.ophold, date(2027, 9, 1), date(2027, 10, 30), afdeling=cast.personale, elevvejleder=cast.anden_vejleder
    )
    sync_evalueringer()
    old.refresh_from_db()
    assert (old.ophold, old.status) == (None, S.FORSEGLET)
    assert Evaluering.objects.filter(ophold=cast.ophold, art="slut", status=S.PLANLAGT).count() == 1


def test_a_new_elevvejleder_takes_over_an_unshared_part_and_the_draft_is_kept(cast):
    evaluering = begin(cast.vejleder, evaluering=planned(cast))
    write(cast.vejleder, evaluering, "Mit udkast")
    ny = person("Nina Ny", "elevvejleder", cast.oekonomi)
    Ophold.objects.filter(pk=cast.ophold.pk).update(elevvejleder=ny)
    sync_evalueringer()
    assert words(evaluering, "elevvejleder") is None
    write(ny, evaluering, "Mit eget")
    assert Besvarelse.objects.get(part="afloest").forfatter == cast.vejleder
    Ophold.objects.filter(pk=cast.ophold.pk).update(elevvejleder=cast.vejleder)
    sync_evalueringer()
    assert words(evaluering, "elevvejleder") == "Mit udkast"
    evaluering.refresh_from_db()
    assert evaluering.elevvejleder == cast.vejleder


def test_a_shared_part_stays_when_the_elevvejleder_changes(cast, scene):
    evaluering = scene(shared)
    ny = person("Nina Ny", "elevvejleder", cast.oekonomi)
    Ophold.objects.filter(pk=cast.ophold.pk).update(elevvejleder=ny)
    sync_evalueringer()
    assert Besvarelse.objects.get(evaluering=evaluering, part="elevvejleder").forfatter == cast.vejleder
    evaluering.refresh_from_db()
    assert evaluering.elevvejleder == ny


def test_who_stops_is_asked_no_more_and_what_was_begun_stays(cast):
    make_skema("midtvejs")
    sync_evalueringer()
    begin(cast.vejleder, evaluering=Evaluering.objects.get(elev=cast.aase, art="midtvejs"))
    for elev in (cast.aase, cast.bo):
        elev.stoppet = date(2027, 10, 15)
        elev.save()
    sync_evalueringer()
    assert list(Evaluering.objects.values_list("elev", "status")) == [(cast.aase.pk, S.IGANG)]


def test_a_stop_to_come_moves_the_last_talk_forward(cast):
    cast.bo.stoppet = date(2027, 11, 20)
    cast.bo.save()
    sync_evalueringer()
    assert due(cast.bo)["slut"] == date(2027, 11, 5)


def test_what_lapsed_is_not_made_again(cast):
    sync_evalueringer()
    Evaluering.objects.filter(elev=cast.bo).update(status=S.BORTFALDET)
    sync_evalueringer()
    assert due(cast.bo) == {}


def test_proevetid_is_talked_about_once_also_when_its_day_moves_to_another_stay(cast):
    sync_evalueringer()
    Evaluering.objects.filter(elev=cast.bo, art="proevetid").update(status=S.BORTFALDET)
    KalenderperiodeFactory(elev=cast.bo, periode=period(date(2027, 9, 6), date(2027, 12, 10)))
    sync_on(date(2028, 1, 20))
    assert Evaluering.objects.filter(elev=cast.bo, art="proevetid").count() == 1


def test_a_day_that_the_plan_has_passed_is_put_off_no_more(cast):
    evaluering = planned(cast, frist=date(2027, 10, 1), udsat_til=date(2027, 10, 20), udsat_grund="travlt")
    sync_evalueringer()
    evaluering.refresh_from_db()
    assert (evaluering.frist, evaluering.udsat_til, evaluering.udsat_grund) == (date(2027, 12, 17), None, "")


@pytest.mark.parametrize("day", [date(2028, 3, 26), date(2028, 10, 29), date(2028, 2, 29)])
def test_the_day_begins_at_midnight_also_when_the_clock_changes(cast, day):
    """On the very first minute of the first day of the notice, and not on the last of the day before."""
    stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.oekonomi)
    move_stay(stay, date(2028, 1, 1), day + timedelta(days=28 + 14))
    with time_machine.travel(datetime.combine(day, datetime.min.time(), COPENHAGEN) - timedelta(minutes=1)):
        sync_evalueringer()
    assert not Evaluering.objects.filter(ophold=stay, art="slut").exists()
    with time_machine.travel(datetime.combine(day, datetime.min.time(), COPENHAGEN) + timedelta(minutes=1)):
        sync_evalueringer()
    assert Evaluering.objects.get(ophold=stay, art="slut").frist == day + timedelta(days=28)


def test_the_number_of_statements_does_not_grow_with_the_elever(cast):
    with CaptureQueriesContext(
        connection,
    ) as few:
        sync_evalueringer()
    with CaptureQueriesContext(connection) as steady:
        sync_evalueringer()
    assert (len(few), len(steady)) == (5, 4)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_evaluation_once():
    make_cast()
    barrier = threading.Barrier(2)

    def work():
        barrier.wait()
        sync_evalueringer()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Evaluering.objects.count() == 5

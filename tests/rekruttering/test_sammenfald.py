"""Who is elsewhere when interviews are held: said beforehand, and as long as it is so."""

from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from afdelinger.models import Rolletildeling
from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode
from evaluering.models import Evaluering
from rekruttering.models import Samtaledag, Samtaletid
from rekruttering.queries.samtaler import get_samtaleplan, receivers
from rekruttering.services.vagter import put_on_duty
from tests import evaluering_steps
from tests.factories import KalenderperiodeFactory
from tests.rekruttering_steps import DANMARK, make_round, seat, times

DAY = date(2027, 12, 7)


@pytest.fixture
def runde(cast):
    runde = make_round()
    for bruger in (cast.elevansvarlig, cast.vejleder):
        seat(bruger, runde)
    return runde


def clashes(cast, runde) -> list[str]:
    return [words for plan in get_samtaleplan(cast.elevansvarlig, runde).dage for words in plan.sammenfald]


# --- one room -------------------------------------------------------------------------------------------------------


def test_one_room_holds_one_interview_at_a_time_whichever_round_it_belongs_to(cast, runde):
    times(cast.elevansvarlig, runde)
    other = make_round("anden")
    with pytest.raises(ValidationError, match="overlapper andre samtaler i lokalet"):
        times(cast.elevansvarlig, other, lokale="lokale  3", fra=time(10))
    times(cast.elevansvarlig, other, lokale="lokale  3", fra=time(12), til=time(14))
    assert Samtaledag.objects.filter(dato=DAY).count() == 2


def test_the_database_itself_refuses_two_interviews_in_one_room(cast, runde):
    tid = times(cast.elevansvarlig, runde).tider.first()
    dag = Samtaledag.objects.create(runde=make_round("anden"), dato=DAY, lokale="LOKALE 3")
    with pytest.raises(IntegrityError), transaction.atomic():
        Samtaletid.objects.create(dag=dag, tidsrum=tid.tidsrum, sted=tid.sted)


def test_first_and_second_interviews_can_be_in_one_room_on_one_day(cast, runde):
    times(cast.elevansvarlig, runde)
    times(cast.elevansvarlig, runde, nr=2, fra=time(13), til=time(15))
    assert list(Samtaledag.objects.order_by("nr").values_list("nr", flat=True)) == [1, 2]


# --- the committee --------------------------------------------------------------------------------------------------


def test_a_member_on_leave_is_a_warning_that_can_be_passed(cast, runde, as_user):
    Rolletildeling.objects.filter(bruger=cast.vejleder).update(periode=period(date(2020, 1, 1), date(2027, 11, 30)))
    client, url = as_user(cast.elevansvarlig), reverse("samtaletider_nye", args=[runde.pk])
    form = {"nr": 1, "dato": DAY, "lokale": "Lokale 3", "fra": "09:00", "til": "12:00", "minutter": 45, "pause": 15}
    assert "alligevel" not in client.get(url).content.decode()
    answer = client.post(url, form)
    assert answer.status_code == 422 and "Vera Vejleder har ingen rolle den dag" in answer.content.decode()
    assert not Samtaletid.objects.exists()
    assert client.post(url, form | {"alligevel": "on"}).status_code == 302
    assert clashes(cast, runde) == ["Vera Vejleder har ingen rolle den dag, fx på grund af orlov"]


def test_a_member_who_sits_in_another_round_cannot_be_in_both(cast, runde):
    other = make_round("anden")
    seat(cast.vejleder, other)
    times(cast.elevansvarlig, other, lokale="Lokale 9")
    with pytest.raises(ValidationError, match="Vera Vejleder har andre samtaler i Lokale 9 kl. 09.00–09.45"):
        times(cast.elevansvarlig, runde, alligevel=False)
    times(cast.elevansvarlig, runde, fra=time(13), til=time(14), alligevel=False)


def test_a_talk_in_the_calendar_is_a_warning_that_names_nobody_else(cast, runde):
    evaluering_steps.begun(cast, ophold=cast.ophold)
    Evaluering.objects.update(moede=datetime(2027, 12, 7, 9, 30, tzinfo=DANMARK))
    with pytest.raises(ValidationError) as refused:
        times(cast.elevansvarlig, runde, alligevel=False)
    assert refused.value.messages == ["Vera Vejleder har en evalueringssamtale kl. 09.30–10.30."]


# --- who receives ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("art", "words"), [("skole", "er på skole"), ("sygdom", "er ikke på arbejde")])
def test_who_was_to_receive_and_is_away_after_all_is_said_without_why(cast, runde, art, words):
    put_on_duty(cast.elevansvarlig, dag=times(cast.elevansvarlig, runde), elev=cast.bo)
    assert clashes(cast, runde) == []
    KalenderperiodeFactory(elev=cast.bo, art=Kalenderperiode.Art(art), periode=period(DAY, DAY), titel="")
    assert clashes(cast, runde) == [f"Bo Berg {words}"]


def test_who_begins_in_a_new_department_that_day_is_said(cast, runde):
    dag = times(cast.elevansvarlig, runde, dato=date(2028, 1, 3))
    put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.bo)
    cast.bo.ophold.filter(periode__startswith=date(2028, 1, 1)).update(periode=period(dag.dato, date(2028, 4, 30)))
    assert clashes(cast, runde) == ["Bo Berg begynder i en ny afdeling"]


def test_one_elev_receives_in_one_room_at_a_time(cast, runde):
    put_on_duty(cast.elevansvarlig, dag=times(cast.elevansvarlig, runde), elev=cast.bo)
    other = times(cast.elevansvarlig, make_round("anden"), lokale="Lokale 9")
    assert cast.bo not in receivers(other) and cast.aase in receivers(other)
    with pytest.raises(ValidationError, match="i et andet lokale på samme tid"):
        put_on_duty(cast.elevansvarlig, dag=other, elev=cast.bo)


def test_clashes_are_for_who_can_do_something_about_them(cast, runde):
    put_on_duty(cast.elevansvarlig, dag=times(cast.elevansvarlig, runde), elev=cast.bo)
    KalenderperiodeFactory(elev=cast.bo, art=Kalenderperiode.Art.SYGDOM, periode=period(DAY, DAY), titel="")
    assert [plan.sammenfald for plan in get_samtaleplan(cast.vejleder, runde).dage] == [[]]


@pytest.mark.parametrize("days", [1, 4])
def test_the_page_takes_the_same_statements_for_one_day_and_for_four(
    cast, runde, as_user, django_assert_max_num_queries, days
):
    for day in range(days):
        put_on_duty(
            cast.elevansvarlig, dag=times(cast.elevansvarlig, runde, dato=date(2027, 12, 6 + day)), elev=cast.bo
        )
    client = as_user(cast.elevansvarlig)
    with django_assert_max_num_queries(12):
        client.get(reverse("samtaler", args=[runde.pk]))

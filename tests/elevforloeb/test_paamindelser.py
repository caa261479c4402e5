"""The coming department is told of its next elev: in time, once, and only while it is true."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from afdelinger.models import Bruger
from elevforloeb.core.letters import write
from elevforloeb.core.models import Mail
from elevforloeb.core.periods import period
from elevforloeb.models import Ophold
from elevforloeb.services.elev import aftale_version, stop_elev
from elevforloeb.services.paamindelser import remind_coming_departments


def on(day):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def told_on(day):
    """Who has been told by the evening of the day."""
    with on(day):
        remind_coming_departments()
    return {mail.modtager.navn for mail in Mail.objects.select_related("modtager")}


def letter(mail):
    """What the mail says, to the person as she is now."""
    mail.modtager = Bruger.objects.get(pk=mail.modtager_id)
    return write(mail)


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2027, 12, 3), set()),  # 29 days before 1 January
        (date(2027, 12, 4), {"Vera Vejleder", "Anders Anden"}),
        (date(2027, 12, 31), {"Vera Vejleder", "Anders Anden"}),  # late, after an outage, and still in time
        (date(2028, 1, 1), set()),
    ],
)
def test_the_elevvejleder_is_told_four_weeks_before(cast, day, told):
    assert told_on(day) == told


def test_each_is_told_once_however_often_it_runs(cast, django_assert_num_queries):
    for day in (date(2027, 12, 4), date(2027, 12, 4), date(2027, 12, 20)):
        told_on(day)
    assert Mail.objects.count() == 2
    with on(date(2027, 12, 21)), django_assert_num_queries(5):
        remind_coming_departments()


def test_the_leder_is_told_while_there_is_no_elevvejleder(cast):
    Ophold.objects.filter(elev=cast.bo, afdeling=cast.oekonomi).update(elevvejleder=None)
    assert told_on(date(2027, 12, 4)) == {"Lis Leder", "Anders Anden"}


def test_a_new_elevvejleder_and_a_new_start_are_new_occasions(cast):
    told_on(date(2027, 12, 4))
    stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.oekonomi)
    Ophold.objects.filter(pk=stay.pk).update(elevvejleder=cast.anden_vejleder)
    told_on(date(2027, 12, 5))
    stay.refresh_from_db()
    stay.periode = period(date(2028, 1, 3), date(2028, 4, 30))
    stay.save()
    told_on(date(2027, 12, 6))
    assert Mail.objects.filter(data__ophold=stay.pk).count() == 3


def test_nobody_is_told_of_an_elev_who_stops_before(cast):
    stop_elev(cast.elevansvarlig, elev=cast.bo, version=aftale_version(cast.bo), stoppet=date(2027, 12, 31))
    assert told_on(date(2027, 12, 4)) == {"Anders Anden"}


def test_the_letter_leads_to_the_plan_and_names_nobody(cast):
    told_on(date(2027, 12, 4))
    mail = Mail.objects.get(modtager=cast.vejleder)
    with on(date(2027, 12, 4)):
        text = letter(mail)
    assert text.url == reverse("elev", args=[cast.bo.pk])
    assert "1. januar 2028" in text.tekst and "Bo" not in text.emne + text.tekst


def test_a_letter_that_is_no_longer_true_is_not_written(cast):
    told_on(date(2027, 12, 4))
    mail = Mail.objects.get(modtager=cast.vejleder)
    with on(date(2027, 12, 5)):
        assert letter(mail)
        stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.oekonomi)
        Ophold.objects.filter(pk=stay.pk).update(elevvejleder=cast.anden_vejleder)
        assert letter(mail) is None
        Ophold.objects.filter(pk=stay.pk).update(elevvejleder=cast.vejleder)
        stop_elev(cast.elevansvarlig, elev=cast.bo, version=aftale_version(cast.bo), stoppet=date(2027, 12, 31))
        assert letter(mail) is None
    with on(date(2028, 1, 2)):
        assert letter(mail) is None

"""Summonses, grades and choices that are missing: who is told, when, and when no longer."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine

from elevforloeb.core import letters
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from skoleophold.models import Skoleperiode
from skoleophold.queries.handling import WING
from skoleophold.services.fagvalg import choose
from skoleophold.services.kalender import set_own_days
from skoleophold.services.paamindelser import remind_about_school
from tests.skole_steps import class_at_school, first_period, give, make_fag, stay_of


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def mails(day: date) -> list[tuple[str, str]]:
    """What is queued by the end of that day, and still wanted."""
    with on(day):
        remind_about_school()
        rows = Mail.objects.select_related("modtager").order_by("pk")
        return [(mail.skabelon, mail.modtager.fornavn) for mail in rows if letters.write(mail)]


def titles(day: date) -> list[str]:
    with on(day):
        return [line.titel for line in find_things(rules(), [WING])]


@pytest.fixture
def skolehold(scene):
    return scene(class_at_school)


def test_a_missing_summons_is_told_five_weeks_before_the_period(cast, skolehold):
    give(cast, cast.aase, skoleperiode=first_period(skolehold))
    give(cast, cast.bo, skoleperiode=first_period(skolehold))
    due = date(2028, 1, 10) - timedelta(days=35)
    assert mails(due - timedelta(days=1)) == [] and titles(due - timedelta(days=1)) == []
    assert mails(due) == [("indkaldelse_mangler", "Else")]
    assert titles(due) == ["Indkaldelsen til Skoleophold 2 for KOF 27-2 mangler"]


def test_a_summons_that_came_or_a_period_that_began_is_not_told(cast, skolehold):
    day = date(2028, 1, 3)
    assert ("indkaldelse_mangler", "Else") in mails(day)
    Skoleperiode.objects.filter(nr=2).update(indkaldt=day)
    assert ("indkaldelse_mangler", "Else") not in mails(day)
    assert not any("Indkaldelsen" in title for title in titles(day))


def test_grades_are_asked_for_three_weeks_after_the_period_by_those_who_have_none(cast, skolehold):
    give(cast, cast.aase, skoleperiode=first_period(skolehold))
    due = date(2027, 9, 17) + timedelta(days=21)
    assert mails(due - timedelta(days=1)) == [] and titles(due - timedelta(days=1)) == []
    assert mails(due) == [("karakterer_mangler", "Bo")]
    assert titles(due) == ["1 elev på KOF 27-2 mangler karakterer fra Skoleophold 1"]
    give(cast, cast.bo, skoleperiode=first_period(skolehold))
    assert mails(due) == [] and titles(due) == []


def test_who_was_not_at_school_is_not_asked_for_grades(cast, skolehold):
    set_own_days(cast.elevansvarlig, ophold=stay_of(cast.bo, 1), startdato=None, sidste_dag=None)
    assert mails(date(2027, 10, 15)) == [("karakterer_mangler", "Åse")]


def test_nobody_is_reminded_of_grades_half_a_year_later(cast, skolehold):
    Skoleperiode.objects.update(indkaldt=date(2027, 8, 1))
    later = date(2027, 9, 17) + timedelta(days=181)
    assert [mail for mail in mails(later) if "Skoleophold 1" in str(mail)] == []
    assert not any("Skoleophold 1" in title for title in titles(later))


def test_elev_and_elevvejleder_are_reminded_of_the_choice_until_they_agree(cast):
    class_at_school(cast, fagvalg_senest=date(2027, 10, 20))
    fag = [make_fag("V1", "Valgfag", bundet=False)]
    give(cast, cast.aase, skoleperiode=Skoleperiode.objects.get(nr=1))
    give(cast, cast.bo, skoleperiode=Skoleperiode.objects.get(nr=1))
    assert mails(date(2027, 10, 5)) == []
    due = date(2027, 10, 6)
    everybody = [("Bo", "Anders"), ("Åse", "Vera")]
    assert set(mails(due)) == {("fagvalg_paamindelse", navn) for pair in everybody for navn in pair}
    with on(due):
        choose(cast.aase.bruger, elev=cast.aase, fag=fag, som_elev=True)
        choose(cast.vejleder, elev=cast.aase, fag=fag, som_elev=False)
    assert {navn for _, navn in mails(due)} == {"Bo", "Anders"}


def test_no_letter_says_a_grade_or_an_absence(cast, skolehold):
    with on(date(2028, 1, 3)):
        remind_about_school()
        found = [letters.write(mail) for mail in Mail.objects.all()]
    assert found and all("Bo" not in letter.emne and "Åse" not in letter.emne for letter in found if letter)


def test_everything_is_found_in_one_statement(cast, skolehold, django_assert_num_queries):
    now = rules()
    with django_assert_num_queries(1):
        list(find_things(now, [WING]))

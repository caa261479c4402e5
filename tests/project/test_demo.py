"""The demo has something to do on whatever day it is started."""

from datetime import date

import pytest
from django.core.management import call_command

from elevforloeb.models import Oenskerunde, Oenskeseddel, Udbudssvar
from elevforloeb.project.demo import make_demo
from elevforloeb.project.demologin import demo_people
from elevforloeb.queries.oensker.linjer import wish_line
from evaluering.models import Deling, Evaluering, Oplaeringserklaering, Svarbundt, Underskrift
from skoleophold.models import Skolehold, Skoleophold
from skoleophold.queries.kalender import get_skoleholdside

# The last day of a programme's year and the first of the next: nobody is at school, and not every state is there.
TURN_OF_THE_YEAR = [date(2027, 8, 31), date(2027, 9, 1)]


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2027, 8, 20), *TURN_OF_THE_YEAR, date(2028, 2, 29)])
def test_there_is_something_of_everything(db, settings, day):
    """One demo for each day, which takes twelve seconds, and all questions to it."""
    settings.DEMO_DATE = day
    call_command("indlaes_referencedata", verbosity=0)
    make_demo()
    the_hold_in_its_base_year_is_in_the_middle_of_its_wishes(day)
    if day not in TURN_OF_THE_YEAR:
        somebody_is_at_school_and_nobody_has_more_weeks_of_it_than_there_are_to_be(day)
        every_state_of_evaluations_and_declarations_is_there()


def the_hold_in_its_base_year_is_in_the_middle_of_its_wishes(day):
    runde = Oenskerunde.objects.get(lukket=None)
    assert runde.tager_oensker and runde.hold.startdato <= day
    answers = list(runde.udbudssvar.values_list("svar", flat=True))
    Svar = Udbudssvar.Svar
    assert (answers.count(Svar.VENTER), answers.count(Svar.INTET), answers.count(Svar.TILBYDER)) == (1, 1, 3)
    statuses = list(runde.sedler.values_list("status", flat=True))
    assert statuses.count(Oenskeseddel.Status.INDSENDT) in (4, 5)
    assert not wish_line(demo_people()["elev"].elev).indsendt
    assert Udbudssvar.objects.filter(runde=runde, afdeling__in=demo_people()["leder"].afdelinger_som("leder")).exists()


def somebody_is_at_school_and_nobody_has_more_weeks_of_it_than_there_are_to_be(day):
    assert Skoleophold.objects.filter(kalenderperiode__periode__contains=day).exists()
    pages = [get_skoleholdside(skolehold) for skolehold in Skolehold.objects.all()]
    weeks = [(each.uger.planlagt, each.uger.i_alt) for page in pages for each in page.medlemmer]
    assert {total for _, total in weeks} == {13, 15}
    assert [each for each in weeks if each[0] > each[1]] == []


def every_state_of_evaluations_and_declarations_is_there():
    assert set(Evaluering.objects.values_list("status", flat=True)) == set(Evaluering.Status.values)
    assert Evaluering.objects.filter(udgave=2, status=Evaluering.Status.FORSEGLET).exists()
    assert Evaluering.objects.exclude(udsat_til=None).exists()
    assert Underskrift.objects.filter(art=Underskrift.Art.NAEGTET).exists()
    written = set(Oplaeringserklaering.objects.values_list("status", flat=True))
    assert written == set(Oplaeringserklaering.Status.values) - {Oplaeringserklaering.Status.BORTFALDET}
    assert sorted(row.trukket is None for row in Deling.objects.all()) == [False, True]
    assert Svarbundt.objects.values("afdeling").distinct().count() == 1

"""Who owes what: by state, by party, for substitutes, and when nobody is left in the department."""

from datetime import date, timedelta

import pytest
import time_machine

from afdelinger.models import Rolle
from elevforloeb.core.periods import period
from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from evaluering.models import Oplaeringserklaering
from evaluering.queries.handling import WING
from evaluering.queries.skylder import debts
from evaluering.services.vejen import share
from evaluering.services.vejen.udveje import put_off
from tests.cast import person
from tests.evaluering_steps import agreed, begun, fill_in, half_signed, make_skema, planned, sealed
from tests.factories import TODAY, RolletildelingFactory

LATE = date(2027, 12, 30)  # 13 days after the deadline of Åse's evaluation


def owing(*people) -> dict[str, str]:
    """By name: the task."""
    names = {each.pk: each.navn for each in people}
    return {names[each.person]: each.opgave for each in debts() if each.person in names}


@pytest.fixture
def everybody(cast):
    return [cast.aase.bruger, cast.vejleder, cast.anden_vejleder, cast.elevansvarlig, cast.leder, cast.bo.bruger]


@pytest.mark.parametrize("state", [planned, begun])
def test_before_the_talk_both_owe_their_answers(cast, everybody, state):
    state(cast)
    task = "Skriv dine svar, og del dem"
    assert owing(*everybody) == {"Åse Ærlig": task, "Vera Vejleder": task}


def test_who_has_shared_owes_nothing_until_the_talk(cast, scene, everybody):
    evaluering = scene(begun)
    fill_in(cast.vejleder, evaluering)
    share(cast.vejleder, evaluering=evaluering)
    assert list(owing(*everybody)) == ["Åse Ærlig"]


def test_after_the_talk_both_owe_their_acknowledgement(scene, everybody):
    scene(agreed)
    task = "Hold samtalen, og kvittér"
    assert owing(*everybody) == {"Åse Ærlig": task, "Vera Vejleder": task}


def test_who_has_acknowledged_owes_nothing_and_the_other_does(scene, everybody):
    scene(half_signed)
    assert owing(*everybody) == {"Åse Ærlig": "Læs evalueringen, og kvittér"}


def test_a_sealed_one_is_owed_by_nobody(scene, everybody):
    scene(sealed)
    assert owing(*everybody) == {}


def test_the_elevansvarlig_owes_what_she_takes_part_in_only_from_the_talk_on(cast):
    make_skema("proevetid", med_elevansvarlig=True)
    evaluering = begun(cast, art="proevetid")
    assert owing(cast.elevansvarlig) == {}
    for who in (cast.aase.bruger, cast.vejleder):
        fill_in(who, evaluering)
        share(who, evaluering=evaluering)
    assert owing(cast.elevansvarlig) == {"Else Ansvarlig": "Hold samtalen, og kvittér"}
    assert [each.titel for each in find_things(rules(), [WING])] == ["1 evaluering venter på dig"]


def test_a_substitute_owes_it_together_with_the_elevvejleder(cast, everybody):
    vikar = person("Vibe Vikar")
    RolletildelingFactory(bruger=vikar, rolle=Rolle.ELEVVEJLEDER, afdeling=cast.oekonomi, vikar_for=cast.vejleder)
    planned(cast)
    assert set(owing(*everybody, vikar)) == {"Åse Ærlig", "Vera Vejleder", "Vibe Vikar"}


def test_when_the_elevvejleder_has_left_the_others_of_the_department_owe_it(cast, everybody):
    kollega = person("Karen Kollega", Rolle.ELEVVEJLEDER, cast.oekonomi)
    cast.vejleder.rolletildelinger.update(periode=period(date(2020, 1, 1), TODAY - timedelta(days=1)))
    planned(cast)
    assert set(owing(*everybody, kollega)) == {"Åse Ærlig", "Karen Kollega"}


def test_when_the_department_has_nobody_the_elevansvarlig_owes_it(cast, everybody):
    cast.vejleder.rolletildelinger.update(periode=period(date(2020, 1, 1), TODAY - timedelta(days=1)))
    planned(cast)
    assert set(owing(*everybody)) == {"Åse Ærlig", "Else Ansvarlig"}


def test_a_closed_account_owes_nothing(cast, everybody):
    cast.aase.bruger.is_active = False
    cast.aase.bruger.save()
    planned(cast)
    assert list(owing(*everybody)) == ["Vera Vejleder"]


def test_what_is_long_overdue_comes_to_the_elevansvarlig_and_is_one_line_of_hers(cast):
    planned(cast)
    with time_machine.travel(LATE - timedelta(days=4)):
        assert owing(cast.elevansvarlig) == {}
    with time_machine.travel(LATE):
        assert owing(cast.elevansvarlig) == {"Else Ansvarlig": "Ikke afsluttet"}
        (line,) = find_things(rules(), [WING])
    assert (line.titel, line.frist) == ("1 evaluering er længe forsinket", date(2027, 12, 17))


def test_a_deadline_that_is_put_off_counts_as_it_is_now(cast):
    evaluering = planned(cast)
    put_off(cast.vejleder, evaluering=evaluering, til=date(2028, 1, 7), grund="fravaer")
    assert [each.frist for each in debts(cast.vejleder)] == [date(2028, 1, 7)]


def test_one_person_is_told_the_same_as_when_everybody_is_asked(cast, everybody):
    planned(cast)
    make_skema("proevetid", med_elevansvarlig=True)
    begun(cast, art="proevetid")
    erklaering(cast, "kladde")
    with time_machine.travel(LATE):
        every = debts()
        for each in everybody:
            assert debts(each) == [skyld for skyld in every if skyld.person == each.pk]


def erklaering(cast, status):
    dates = {"periode": period(date(2027, 9, 1), date(2027, 10, 31)), "frist": date(2027, 10, 25)}
    return Oplaeringserklaering.objects.create(elev=cast.aase, skole=cast.skole, status=status, **dates)


@pytest.mark.parametrize(
    ("status", "who"), [("kladde", "Else Ansvarlig"), ("til_elev", "Åse Ærlig"), ("set", "Else Ansvarlig")]
)
def test_a_declaration_is_owed_by_the_one_whose_turn_it_is(cast, everybody, status, who):
    erklaering(cast, status)
    assert list(owing(*everybody)) == [who]


@pytest.mark.parametrize("number", [1, 12])
def test_the_number_of_statements_does_not_grow(cast, number, django_assert_num_queries):
    for each in range(number):
        planned(cast, udgave=each + 1)
    with django_assert_num_queries(4):
        assert len(debts()) == 2 * number

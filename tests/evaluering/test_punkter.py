"""From a form to the questions that two people are asked."""

import pytest

from evaluering.punkter import questions_of
from tests.factories import MaalFactory, MaalsaetFactory, OpgaveFactory, evalueringsskemaer

pytestmark = pytest.mark.django_db


@pytest.fixture
def maalsaet():
    MaalFactory(navn="Kommunikation", nr=2)
    return MaalFactory(navn="Administration", nr=1).maalsaet


def test_a_repeated_question_is_asked_for_each_task_and_goal_in_their_order(cast, maalsaet):
    OpgaveFactory(afdeling=cast.oekonomi, navn="Bogføre bilag", nr=5)
    OpgaveFactory(afdeling=cast.oekonomi, navn="Skrive med kuglepen", udgaaet=True)
    punkter = questions_of(evalueringsskemaer()["slut"], cast.oekonomi, maalsaet)
    assert [each.tekst for each in punkter[:4]] == [
        "Afstemme konti",
        "Bogføre bilag",
        "Administration",
        "Kommunikation",
    ]
    assert [(each.opgave_id is None, each.maal_id is None) for each in punkter[1:3]] == [(False, True), (True, False)]
    assert [each.nr for each in punkter] == list(range(1, len(punkter) + 1))


def test_a_question_keeps_the_words_of_its_section_and_its_scale(cast, maalsaet):
    skema = evalueringsskemaer()["slut"]
    first = questions_of(skema, cast.oekonomi, maalsaet)[0]
    afsnit = skema.afsnit.first()
    assert (first.afsnit, first.vejledning) == (afsnit.titel, afsnit.vejledning)
    assert [trin.navn for trin in first.skala.trin.all()][0] == "Ikke afprøvet"


def test_a_department_without_tasks_and_a_set_without_goals_leave_only_the_questions_asked_once(cast):
    skema = evalueringsskemaer()["slut"]
    punkter = questions_of(skema, cast.personale, MaalsaetFactory(kode="tomt"))
    assert punkter[0].tekst == "Initiativ"


def test_the_number_of_statements_does_not_grow_with_the_tasks(cast, maalsaet, django_assert_num_queries):
    OpgaveFactory.create_batch(30, afdeling=cast.oekonomi)
    skema = evalueringsskemaer()["slut"]
    with django_assert_num_queries(4):
        questions_of(skema, cast.oekonomi, maalsaet)

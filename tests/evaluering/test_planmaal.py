"""Open goals count on the board where the plan is made: in the draft, before anything is published."""

from datetime import date

import pytest
from django.urls import reverse

from elevforloeb.queries.plan import get_draft, load_plan, seen
from elevforloeb.services.plan import remove_stay
from evaluering.queries.maalmatrix import get_matrices
from evaluering.queries.planmaal import open_goals, remark
from tests.evaluering_steps import sealed
from tests.factories import MaalFactory, OpgaveFactory


@pytest.fixture
def goals(cast):
    """Tried in Økonomi now; taught in Personale next; taught nowhere."""
    now, later, never = (MaalFactory(maalsaet=cast.aase.maalsaet, navn=navn) for navn in ("Nu", "Senere", "Aldrig"))
    cast.opgave.maal.add(now)
    OpgaveFactory(afdeling=cast.personale).maal.add(later)
    return now, later, never


def plan_of(cast):
    return load_plan(cast.aase.hold, get_draft(cast.aase.hold))


def test_the_board_agrees_with_the_matrix_on_what_is_published(cast, scene, goals, django_assert_num_queries):
    scene(sealed)
    matrices = get_matrices(cast.elevansvarlig, [cast.aase, cast.bo])
    expected = {each.elev.pk: [row.maal.navn for row in each.aabne] for each in matrices}
    plan = plan_of(cast)
    with django_assert_num_queries(1):
        assert open_goals(plan) == expected == {cast.aase.pk: ["Aldrig"], cast.bo.pk: ["Aldrig"]}


def test_a_stay_taken_out_of_the_draft_opens_its_goals_before_it_is_published(cast, goals):
    plan = plan_of(cast)
    stay = next(
        each for each in plan.plan.placeringer if (each.elev, each.afdeling) == (cast.aase.pk, cast.personale.pk)
    )
    remove_stay(cast.elevansvarlig, hold=cast.aase.hold, noegle=plan.noegle(stay), was=seen(stay))
    assert open_goals(plan_of(cast))[cast.aase.pk] == ["Senere", "Aldrig"]


def test_an_optional_goal_one_that_is_tried_and_an_elev_who_has_stopped_do_not_count(cast, goals):
    goals[2].obligatorisk = False
    goals[2].save()
    assert open_goals(plan_of(cast)) == {} and remark(plan_of(cast)) is None
    cast.bo.stoppet = date(2027, 10, 1)
    cast.bo.save()
    goals[2].obligatorisk = True
    goals[2].save()
    assert set(open_goals(plan_of(cast))) == {cast.aase.pk}


def test_the_board_names_them_and_leads_to_the_goals_of_the_hold(cast, goals, as_user):
    page = as_user(cast.elevansvarlig).get(reverse("plan", args=[cast.aase.hold_id])).text
    assert "2 åbne mål hos 2 elever" in page and "Åse Ærlig: Aldrig." in page
    assert reverse("hold_maal", args=[cast.aase.hold_id]) in page

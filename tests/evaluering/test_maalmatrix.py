"""Goals x stays: planned by the tasks of the departments, tried by sealed evaluations, open when neither."""

import pytest
import time_machine
from django.urls import reverse

from evaluering.queries.maalmatrix import AABENT, LUKKET, NAAET, PLANLAGT, get_matrices, get_matrix
from evaluering.services.deling import share_with
from tests.evaluering_steps import sealed
from tests.factories import ElevFactory, MaalFactory, OpgaveFactory


@pytest.fixture
def goals(cast):
    """Tried in Økonomi now; taught in Personale next; taught nowhere."""
    now, later, never = (MaalFactory(maalsaet=cast.aase.maalsaet, navn=navn) for navn in ("Nu", "Senere", "Aldrig"))
    cast.opgave.maal.add(now)
    OpgaveFactory(afdeling=cast.personale).maal.add(later)
    return now, later, never


def states(user, elev) -> list[str]:
    return [row.status for row in get_matrix(user, elev).raekker]


def test_planned_and_open_before_anything_is_evaluated(cast, goals):
    assert states(cast.elevansvarlig, cast.aase) == [PLANLAGT, PLANLAGT, AABENT]


def test_a_sealed_evaluation_gives_the_level_in_words(cast, scene, goals):
    scene(sealed)
    matrix = get_matrix(cast.aase.bruger, cast.aase)
    assert [row.status for row in matrix.raekker] == [NAAET, PLANLAGT, AABENT]
    assert [cell.tekst for cell in matrix.raekker[0].celler] == ["Rutineret", ""]
    assert [row.maal.navn for row in matrix.aabne] == ["Aldrig"]


def test_what_was_planned_in_a_stay_that_is_over_and_not_tried_is_open(cast, goals):
    with time_machine.travel("2028-02-01"):
        assert states(cast.elevansvarlig, cast.aase) == [AABENT, PLANLAGT, AABENT]


def test_a_task_that_is_no_longer_done_plans_nothing(cast, goals):
    cast.opgave.udgaaet = True
    cast.opgave.save()
    assert states(cast.elevansvarlig, cast.aase)[0] == AABENT


def test_an_optional_goal_is_never_missing(cast, goals):
    goals[2].obligatorisk = False
    goals[2].save()
    assert get_matrix(cast.elevansvarlig, cast.aase).aabne == []


def test_the_next_elevvejleder_reads_no_level_that_the_elev_does_not_share(cast, scene, goals, as_user):
    done = scene(sealed)
    with time_machine.travel("2027-12-20"):
        assert states(cast.anden_vejleder, cast.aase) == [LUKKET, PLANLAGT, AABENT]
        page = as_user(cast.anden_vejleder).get(reverse("udvikling_maal", args=[cast.aase.pk])).content.decode()
        assert "Rutineret" not in page and "ikke delt" in page
    share_with(cast.aase.bruger, evaluering=done, afdeling=cast.personale)
    with time_machine.travel("2027-12-20"):
        assert states(cast.anden_vejleder, cast.aase)[0] == NAAET


@pytest.mark.parametrize("more", [0, 3])
def test_a_hold_is_six_statements_however_many_elever(cast, goals, django_assert_num_queries, more):
    elever = [cast.aase, cast.bo, *(ElevFactory(hold=cast.aase.hold) for _ in range(more))]
    with django_assert_num_queries(6):
        get_matrices(cast.elevansvarlig, elever)


def test_the_page_of_the_hold_names_the_open_goals(cast, goals, as_user):
    page = as_user(cast.elevansvarlig).get(reverse("hold_maal", args=[cast.aase.hold_id])).content.decode()
    assert page.count("Aldrig") == 2  # Åse and Bo

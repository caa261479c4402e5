from hypothesis import given, settings
from hypothesis import strategies as st

from elevforloeb.fordeling.problem import Fordeling
from elevforloeb.fordeling.solver import solve
from tests.elevforloeb.fordeling.brute import all_plans, score
from tests.elevforloeb.fordeling.cases import problems, quick


def values(fordeling: Fordeling) -> tuple[int, ...]:
    return tuple(each.vaerdi for each in fordeling.maaltal)


def as_plan(problem, fordeling):
    plan = {(row.elev, row.trin): row.afdeling for row in fordeling.tildelinger}
    return plan | {(row.elev, row.trin): None for row in fordeling.mangler}


@settings(quick, max_examples=500)
@given(problems(), st.booleans())
def test_no_plan_is_better_than_the_one_that_is_found(problem, pool):
    fordeling = solve(problem, pool=pool)
    plans = list(all_plans(problem))
    assert as_plan(problem, fordeling) in plans
    assert values(fordeling) == min(score(problem, plan) for plan in plans)
    assert fordeling.bevist and fordeling.gab == 0

from dataclasses import replace

from hypothesis import given, settings

from elevforloeb.fordeling.begrundelse import for_elev, for_elevansvarlig
from elevforloeb.fordeling.forklaring import UMULIGT, explain
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Forbud, Oenske
from elevforloeb.fordeling.solver import LOD, solve
from tests.elevforloeb.fordeling.brute import all_plans, score
from tests.elevforloeb.fordeling.cases import problems, quick, simple


def first_worse(problem, elev):
    """By brute force: the goal that is worse in the best plan with the first wish, and its value there."""
    wish = next(each for each in problem.elever if each.id == elev).oensker[0]
    plans = list(all_plans(problem))
    forced = [
        score(problem, plan)
        for plan in plans
        if any(
            plan.get((elev, trin.nr)) == wish.afdeling for trin in problem.trin if not wish.trin or trin.nr in wish.trin
        )
    ]
    if not forced:
        return UMULIGT, 0
    best = min(score(problem, plan) for plan in plans)
    pairs = zip(("plads", *problem.maal), best, min(forced), strict=True)
    return next(((goal, then) for goal, now, then in pairs if now != then), (LOD, 0))


@settings(quick, max_examples=60)
@given(problems())
def test_the_reason_is_the_first_goal_that_the_wish_would_have_cost(problem):
    fordeling = solve(problem)
    reasons = explain(problem, fordeling)
    assert {reason.elev for reason in reasons} == {
        elev.id
        for elev in problem.elever
        if elev.oensker
        and [row for row in fordeling.tildelinger if row.elev == elev.id]
        and not any(row.elev == elev.id and row.rang == 1 for row in fordeling.tildelinger)
    }
    for reason in reasons:
        assert (reason.maal, reason.vaerdi) == first_worse(problem, reason.elev)


def test_a_reason_in_words_names_the_others_only_to_the_elevansvarlig():
    problem = simple({1: "ab", 2: "a", 3: "a"}, {"a": (0, 2), "b": (0, 2)})
    (reason,) = explain(problem, solve(problem))
    indeks = Indeks(problem)
    assert for_elev(indeks, reason) == (
        "Du fik 2. ønske. Dit 1. ønske, Afdeling a, havde 2 pladser i 1. ophold, som 3 elever ønskede. "
        "Hvis du havde fået det, ville der have været 1 uønsket ophold mere."
    )
    full = for_elevansvarlig(indeks, reason)
    assert full.startswith("Elev 1 fik 2. ønske. Elev 1s 1. ønske, Afdeling a, ") and "(uønsket)" in full


def test_lots_and_rules_are_told_as_such():
    equal = simple({1: "a", 2: "a"}, {"a": (0, 1), "b": (0, 1)})
    (reason,) = explain(equal, solve(equal))
    assert reason.maal == LOD and "lodtrækningen" in for_elev(Indeks(equal), reason)
    ruled = replace(simple({1: "ab"}, {"a": (0, 1), "b": (0, 1)}), forbud=(Forbud(1, "a"),))
    (reason,) = explain(ruled, solve(ruled))
    assert reason.maal == UMULIGT and "en fast regel" in for_elev(Indeks(ruled), reason)


def test_a_wish_for_one_trin_is_not_met_in_the_other():
    problem = simple({1: "", 2: "a"}, {"a": (0, 1), "b": (0, 2), "c": (0, 2)}, trin=2)
    elever = (problem.elever[0], replace(problem.elever[1], oensker=(Oenske("a", (1,)),)))
    fordeling = solve(replace(problem, elever=elever))
    assert [row.afdeling for row in fordeling.tildelinger if (row.elev, row.trin) == (2, 1)] == ["a"]

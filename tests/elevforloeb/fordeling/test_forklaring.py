from dataclasses import replace

from hypothesis import given, settings

from elevforloeb.fordeling.begrundelse import for_elev, for_elevansvarlig
from elevforloeb.fordeling.forklaring import SAMLET, UMULIGT, explain
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Forbud, Oenske
from elevforloeb.fordeling.solver import LOD, solve
from tests.elevforloeb.fordeling.brute import all_plans, rank, score
from tests.elevforloeb.fordeling.cases import learning, problems, quick, simple


def wishes_of(problem, elev):
    return next(each for each in problem.elever if each.id == elev).oensker


def forced_plans(problem, plans, elev, numbers):
    """Those in which the elev gets each of these wishes somewhere."""

    def gets(plan, number):
        return any(rank(problem, elev, trin.nr, plan.get((elev, trin.nr))) == number for trin in problem.trin)

    return [plan for plan in plans if all(gets(plan, number) for number in numbers)]


def first_worse(problem, plans, elev, numbers):
    """By brute force: the goal that is worse in the best plan with these wishes, and its value there."""
    forced = [score(problem, plan) for plan in forced_plans(problem, plans, elev, numbers)]
    if not forced:
        return UMULIGT, 0
    best = min(score(problem, plan) for plan in plans)
    pairs = zip(("plads", *problem.maal), best, min(forced), strict=True)
    return next(((goal, then) for goal, now, then in pairs if now != then), (LOD, 0))


def missed(problem, fordeling, elev):
    """The highest wish that was not granted, though a stay where it fits and nothing was fixed is lower."""
    own = {row.trin: row for row in fordeling.tildelinger if row.elev == elev}
    granted = {row.rang for row in own.values()}
    fixed = {row.trin for row in (*problem.fastlagte, *problem.nuvaerende) if row.elev == elev and holds(row, own)}
    for number, wish in enumerate(wishes_of(problem, elev), start=1):
        lower = [trin for trin, row in own.items() if row.rang is None or row.rang > number]
        if number not in granted and any(trin not in fixed and trin in (wish.trin or own) for trin in lower):
            return number
    return None


def holds(row, own):
    return row.trin in own and own[row.trin].afdeling == row.afdeling and getattr(row, "laast", True)


def forced_numbers(reason):
    """The wish, and what she got above it."""
    return sorted({reason.nummer, *(row.rang for row in reason.fik if row.rang and row.rang < reason.nummer)})


@settings(quick, max_examples=100)
@given(problems())
def test_the_reason_is_the_first_goal_that_the_wish_would_have_cost(problem):
    fordeling = solve(problem)
    plans = list(all_plans(problem))
    reasons = explain(problem, fordeling)
    expected = {elev.id: missed(problem, fordeling, elev.id) for elev in problem.elever}
    assert {reason.elev: reason.nummer for reason in reasons} == {elev: nr for elev, nr in expected.items() if nr}
    for reason in reasons:
        assert (reason.maal, reason.vaerdi) == first_worse(problem, plans, reason.elev, forced_numbers(reason))


@settings(quick, max_examples=100)
@given(problems() | learning())
def test_a_reason_in_a_large_problem_is_right_about_the_goal_and_never_promises_too_much(problem):
    fordeling = solve(problem, pool=True)
    plans = list(all_plans(problem))
    for reason in explain(problem, fordeling, pool=True):
        goal, value = first_worse(problem, plans, reason.elev, forced_numbers(reason))
        assert reason.maal in (goal, SAMLET)
        assert reason.vaerdi == value if reason.eksakt else reason.vaerdi <= value


def test_a_reason_in_words_names_the_others_only_to_the_elevansvarlig():
    problem = simple({1: "ab", 2: "a", 3: "a"}, {"a": (0, 2), "b": (0, 2)})
    (reason,) = explain(problem, solve(problem))
    indeks = Indeks(problem)
    assert for_elev(indeks, reason) == (
        "Du fik dit 2. ønske. Dit 1. ønske, Afdeling a, havde 2 pladser i 1. ophold, som 3 elever ønskede. "
        "Hvis du havde fået det, ville der have været 1 uønsket ophold mere på holdet."
    )
    full = for_elevansvarlig(indeks, reason)
    assert full.startswith("Elev 1 fik sit 2. ønske. Elev 1s 1. ønske, Afdeling a, ") and "(uønsket)" in full


def test_nobody_is_told_that_a_wish_could_be_had_for_one_above_it():
    """Both wishes have places in the first stay only: with the second alone, the first would be lost."""
    problem = simple({1: "ab"}, {"a": (0, 1), "b": (0, 1), "c": (0, 1)}, trin=2)
    late = tuple(row for row in problem.pladser if row.trin == 0 or row.afdeling == "c")
    problem = replace(problem, pladser=late)
    (reason,) = explain(problem, solve(problem))
    assert (reason.nummer, reason.maal) == (2, UMULIGT)
    assert "i 2. ophold: der er ingen pladser" in for_elev(Indeks(problem), reason)


def test_lots_and_rules_are_told_as_such():
    equal = simple({1: "a", 2: "a"}, {"a": (0, 1), "b": (0, 1)})
    (reason,) = explain(equal, solve(equal))
    assert reason.maal == LOD and "lodtrækningen" in for_elev(Indeks(equal), reason)
    ruled = replace(simple({1: "ab"}, {"a": (0, 1), "b": (0, 1)}), forbud=(Forbud(1, "a"),))
    (reason,) = explain(ruled, solve(ruled))
    assert reason.maal == UMULIGT and "besluttet, at du ikke kan være i afdelingen" in for_elev(Indeks(ruled), reason)


def test_a_wish_for_one_trin_is_not_met_in_the_other():
    problem = simple({1: "", 2: "a"}, {"a": (0, 1), "b": (0, 2), "c": (0, 2)}, trin=2)
    elever = (problem.elever[0], replace(problem.elever[1], oensker=(Oenske("a", (1,)),)))
    fordeling = solve(replace(problem, elever=elever))
    assert [row.afdeling for row in fordeling.tildelinger if (row.elev, row.trin) == (2, 1)] == ["a"]

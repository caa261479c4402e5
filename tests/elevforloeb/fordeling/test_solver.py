from dataclasses import replace

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from elevforloeb.fordeling import daekning, pairs
from elevforloeb.fordeling.engine import Engine
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.maal import replan_order
from elevforloeb.fordeling.model import COSTS, Model
from elevforloeb.fordeling.problem import Fordeling, Nuvaerende
from elevforloeb.fordeling.sammenlign import compare, statistics
from elevforloeb.fordeling.solver import solve
from tests.bench.verden_fordeling import make_problem
from tests.elevforloeb.fordeling.brute import all_plans, score
from tests.elevforloeb.fordeling.cases import learning, problems, quick, simple


def values(fordeling: Fordeling) -> tuple[int, ...]:
    return tuple(each.vaerdi for each in fordeling.maaltal)


def as_plan(problem, fordeling):
    plan = {(row.elev, row.trin): row.afdeling for row in fordeling.tildelinger}
    return plan | {(row.elev, row.trin): None for row in fordeling.mangler}


def prove(problem, pool=None):
    fordeling = solve(problem, pool=pool)
    plans = list(all_plans(problem))
    assert as_plan(problem, fordeling) in plans
    assert values(fordeling) == min(score(problem, plan) for plan in plans)
    assert fordeling.bevist and fordeling.gab == 0


@settings(quick, max_examples=500)
@given(problems(), st.booleans())
def test_no_plan_is_better_than_the_one_that_is_found(problem, pool):
    prove(problem, pool)


@settings(quick, max_examples=60)
@given(learning(), st.sampled_from([0, pairs.MOST_PAIRS]))
def test_it_is_enough_that_few_pairs_of_afdelinger_become_columns_or_none(problem, most):
    """A large problem begins with the best of each elev; here, with a single one. With too many, there are none."""
    prove_with_few_pairs(problem, most)


def prove_with_few_pairs(problem, most=pairs.MOST_PAIRS):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs, "AT_ONCE", 1)
        patch.setattr(daekning, "MOST_PAIRS", most)
        prove(problem, pool=True)


@pytest.mark.parametrize(
    ("afdelinger", "seed", "maal", "best"),
    [
        (6, 699, ("oplaering", "uoensket", "vaerste"), (0, 36, 5, 4)),
        (5, 8516, ("oplaering", "vaerste", "rangsum"), (0, 33, 6, 69)),
    ],
)
def test_no_plan_is_lost_before_the_search_for_whole_numbers_begins(afdelinger, seed, maal, best):
    """HiGHS lost them in presolving, and said that it had proved 8 unwished stays where there need only be 5."""
    fordeling = solve(replace(make_problem(12, afdelinger, seed), maal=maal))
    assert values(fordeling) == best and fordeling.bevist


def keep_nothing(monkeypatch):
    """A goal gives up what those above it have reached."""
    monkeypatch.setattr(Engine, "keep", lambda self, step: None)


def forget_the_minimum(monkeypatch):
    whole = Indeks.plads
    monkeypatch.setattr(Indeks, "plads", lambda self, *cell: (0, whole(self, *cell)[1]))


def allow_the_same_twice(monkeypatch):
    monkeypatch.setattr(Model, "add_different", lambda self, rows, first: None)


def forget_who_is_excluded(monkeypatch):
    monkeypatch.setattr(Indeks, "forbud", property(lambda self: set(), lambda self, rows: None), raising=False)


def count_changes_for_nothing(monkeypatch):
    monkeypatch.setitem(COSTS, "aendringer", lambda model, cost: None)


def take_the_second_best_rank(monkeypatch):
    whole = Model.worse_than
    monkeypatch.setattr(Model, "worse_than", lambda self, rang: whole(self, rang + 1))


SABOTAGE = [
    keep_nothing,
    forget_the_minimum,
    allow_the_same_twice,
    forget_who_is_excluded,
    count_changes_for_nothing,
    take_the_second_best_rank,
]


def fails(test):
    def is_caught(problem):
        try:
            test(problem)
        except AssertionError:
            return True
        return False

    return is_caught


@pytest.mark.parametrize("sabotage", SABOTAGE)
def test_a_fault_in_the_solver_is_seen_by_trying_every_plan(sabotage, monkeypatch):
    """The twin of the test above: the same comparison, of a solver that is wrong."""
    sabotage(monkeypatch)
    find(problems(), fails(prove), settings=settings(quick, max_examples=500, phases=[Phase.generate]))


def leave_pairs_out(monkeypatch):
    """Of as good plans, some have no columns: later goals cannot choose them."""
    monkeypatch.setattr(pairs, "WORSE", -9)


def forget_what_one_of_a_pair_teaches(monkeypatch):
    whole = daekning.Uncovered._couple

    def forget(self, goals, first, second):
        couple = whole(self, goals, first, second)
        return replace(couple, second=dict.fromkeys(couple.second, (1 << len(goals)) - 1))

    monkeypatch.setattr(daekning.Uncovered, "_couple", forget)


@pytest.mark.parametrize("sabotage", [leave_pairs_out, forget_what_one_of_a_pair_teaches])
def test_a_fault_in_the_pairs_is_seen_too(sabotage, monkeypatch):
    sabotage(monkeypatch)
    find(learning(), fails(prove_with_few_pairs), settings=settings(quick, max_examples=300, phases=[Phase.generate]))


@settings(quick, max_examples=60)
@given(problems() | learning(), st.booleans(), st.randoms(use_true_random=False))
def test_other_names_and_another_order_change_nothing(problem, pool, chance):
    def mixed(rows):
        return tuple(chance.sample(rows, len(rows)))

    other = replace(
        problem,
        elever=mixed([replace(elev, navn=f"N{chance.random()}") for elev in problem.elever]),
        afdelinger=mixed([replace(each, navn="X") for each in problem.afdelinger]),
        **{name: mixed(getattr(problem, name)) for name in ("trin", "pladser", "forbud", "nuvaerende", "fravaer")},
    )
    first, second = solve(problem, pool=pool), solve(other, pool=pool)
    assert (first.tildelinger, first.mangler, first.maaltal) == (second.tildelinger, second.mangler, second.maaltal)


def test_the_lots_decide_between_equals_and_another_seed_draws_others():
    problem = simple(dict.fromkeys(range(6), "a"), {"a": (0, 1), "b": (0, 9)})
    winners = set()
    for seed in range(20):
        drawn = replace(problem, seed=seed)
        assert solve(drawn).tildelinger == solve(drawn).tildelinger
        winners |= {row.elev for row in solve(drawn).tildelinger if row.afdeling == "a"}
    assert len(winners) > 3


@settings(quick, max_examples=60)
@given(problems())
def test_planning_again_keeps_what_can_be_kept(problem):
    """No plan with a place for as many changes one stay less: with the count one lower there is none."""
    again = replace(problem, maal=replan_order(problem.maal))
    found = values(solve(again))
    reached = [score(again, plan)[:2] for plan in all_plans(again)]
    assert found[:2] in reached
    assert not any(lacking == found[0] and changes < found[1] for lacking, changes in reached)


def test_planning_again_after_an_afdeling_closed_moves_only_its_own():
    problem = simple({n: "ab" for n in range(6)}, {"a": (0, 2), "b": (0, 2), "c": (0, 3), "d": (0, 3)}, trin=2)
    before = solve(problem)
    present = tuple(Nuvaerende(row.elev, row.trin, row.afdeling, laast=row.trin == 0) for row in before.tildelinger)
    closed = tuple(replace(row, aaben=row.afdeling != "a") for row in problem.pladser)
    after = solve(replace(problem, pladser=closed, nuvaerende=present, maal=replan_order()))
    moved = compare(before, after)
    assert {(move.foer.afdeling, move.trin) for move in moved} == {("a", 1)} and len(moved) == 2


def test_a_stop_is_obeyed_and_the_answer_says_so():
    problem = simple({n: "ab" for n in range(6)}, {"a": (0, 2), "b": (0, 4)})
    told = []
    fordeling = solve(problem, progress=told.append, stop=lambda: len(told) >= 4)
    assert fordeling.afbrudt and not fordeling.bevist and len(told) == 4
    assert len(fordeling.tildelinger) == 6 and fordeling.maaltal[0].bevist
    assert fordeling.maaltal[-1].graense is None and fordeling.maaltal[-1].gab is None
    nothing = solve(problem, seconds=0)
    assert nothing.afbrudt and len(nothing.mangler) == 6


def test_who_gave_no_wishes_is_indifferent_and_counted():
    problem = simple({1: "a", 2: ""}, {"a": (0, 1), "b": (0, 1)})
    fordeling = solve(problem)
    assert [row.rang for row in fordeling.tildelinger] == [1, 0]
    found = statistics(problem, fordeling)
    assert (found.rang, found.uden_oensker, found.ikke_svaret) == ({1: 1}, 1, (2,))


def test_who_wishes_little_comes_first_while_the_unwished_counts_most():
    """The page of the goals says so, and no page may tell an elev that a short list does not help."""
    problem = simple({1: "a", 2: "ab"}, {"a": (0, 1), "b": (0, 1)})
    for seed in range(10):
        assert [row.afdeling for row in solve(replace(problem, seed=seed)).tildelinger] == ["a", "b"]


def test_who_lost_before_gets_the_wish_now():
    problem = simple({1: "ab", 2: "ab", 3: "ab"}, {"a": (0, 1), "b": (0, 9)})
    for lucky in (1, 2, 3):
        elever = tuple(replace(elev, byrde=int(elev.id == lucky)) for elev in problem.elever)
        rows = solve(replace(problem, elever=elever)).tildelinger
        assert [row.elev for row in rows if row.afdeling == "a"] == [lucky]

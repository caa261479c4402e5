from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.rotation_flow import EvenLoads, Picker, cost, count_orders, empty_grid, match


def test_match_gives_every_row_a_choice_of_its_own():
    assert match([[0, 1], [0]]) == {0: 1, 1: 0}
    assert match([[0], [0]]) is None
    assert match([]) == {}


@given(st.lists(st.lists(st.integers(0, 3), unique=True, max_size=3), max_size=4))
def test_match_finds_one_whenever_there_is_one(choices):
    possible = any(
        all(choice in row for choice, row in zip(each, choices, strict=True))
        for each in permutations(range(4), len(choices))
    )
    found = match(choices)
    assert (found is not None) == possible
    if found is not None:
        assert sorted(found.values()) == list(range(len(choices)))
        assert all(choice in choices[row] for choice, row in found.items())


@given(st.integers(1, 8), st.integers(2, 6), st.integers(0, 2), st.data())
def test_loads_always_come_apart_into_one_order_each(number, afdelinger, fewer, data):
    """Birkhoff, with fewer stages than afdelinger too: nobody is left with an afdeling that is not to be reached."""
    stages = max(1, afdelinger - fewer)
    places = st.lists(st.integers(0, 4), min_size=afdelinger, max_size=afdelinger)
    room = [data.draw(places) for _ in range(stages)]
    loads = EvenLoads(number, empty_grid(room), room, empty_grid(room)).load
    picker = Picker([list(row) for row in loads], number, empty_grid(room))
    orders = []
    for _ in range(number):
        order = picker.any_order({})
        assert order in picker.fitting([order], {})
        picker.take(order, {})
        orders.append(order)
    assert all(len(set(order)) == stages for order in orders)
    assert count_orders(orders, room) == loads


def test_a_settled_stay_is_part_of_the_order_or_there_is_none():
    picker = Picker([[1, 1], [1, 1]], 2, [[0, 1], [0, 0]])
    assert picker.any_order({0: 1}) == (1, 0)
    assert picker.fitting([(0, 1), (1, 0)], {0: 1}) == [(1, 0)]
    assert Picker([[1, 0], [0, 1]], 1, [[0, 0], [0, 0]]).any_order({0: 1}) is None


def test_cost_tells_closed_from_full_from_uneven():
    assert cost([[2, 1]], [[1, None]]) == (1, 1, 5)
    assert cost([[2, 1]], [[2, 1]]) == (0, 0, 5)


@pytest.mark.parametrize(("room", "loads"), [([[None, 9]], [[0, 4]]), ([[1, 9]], [[1, 3]]), ([[9, 9]], [[2, 2]])])
def test_elever_avoid_closed_then_full_then_crowded(room, loads):
    assert EvenLoads(4, [[0, 0]], room, [[0, 0]]).load == loads

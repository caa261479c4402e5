from collections import Counter
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.belaegning import ALTID
from elevforloeb.core.dates import Periode
from elevforloeb.placering import Placering
from elevforloeb.plandata import PlanAfdeling
from elevforloeb.rotation import Fastlagt, Pladsmangel, fair_orders, propose_rotation, stage_periods

START = date(2026, 9, 1)
STAGES = stage_periods(START, [4, 4, 4])
PERSONALE, OEKONOMI, STAB = 100, 101, 102


def afdelinger(*places):
    return [PlanAfdeling(100 + number, f"Afdeling {number}", ((ALTID, each),)) for number, each in enumerate(places)]


def loads(rotation):
    """{(stage, afdeling): elever}"""
    return Counter((STAGES.index(stay.periode), stay.afdeling) for stay in rotation.placeringer)


def orders(rotation):
    by_elev = {}
    for stay in sorted(rotation.placeringer, key=lambda each: each.periode):
        by_elev.setdefault(stay.elev, []).append(stay.afdeling)
    return by_elev


def test_the_stages_of_rodovre_are_three_times_four_and_two_times_six_months():
    stages = stage_periods(START, [4, 4, 4, 6, 6])
    assert [str(stage) for stage in stages] == [
        "1. sep. – 31. dec. 2026",
        "1. jan. – 30. apr. 2027",
        "1. maj – 31. aug. 2027",
        "1. sep. 2027 – 29. feb. 2028",
        "1. marts – 31. aug. 2028",
    ]


def test_stages_from_the_last_of_a_month_do_not_slide():
    assert [stage.startdato for stage in stage_periods(date(2026, 8, 31), [6, 6, 6])] == [
        date(2026, 8, 31),
        date(2027, 2, 28),
        date(2027, 8, 31),
    ]


def test_seven_elever_in_three_afdelinger_are_two_or_three_in_each():
    rotation = propose_rotation(range(7), afdelinger(3, 3, 3), STAGES)
    assert set(loads(rotation).values()) == {2, 3}
    assert rotation.bevist
    assert rotation.mangler == ()


@given(st.integers(1, 40), st.integers(1, 6), st.integers(0, 3), st.integers(0, 99))
def test_without_limits_every_load_and_every_order_is_even(number, k, fewer, seed):
    stages = stage_periods(START, [4] * max(1, k - fewer))
    rotation = propose_rotation(range(number), afdelinger(*[99] * k), stages, seed=seed)
    by_elev = orders(rotation)
    assert set(by_elev) == set(range(number))
    assert all(len(set(order)) == len(stages) for order in by_elev.values())
    for stage in range(len(stages)):
        load = Counter(order[stage] for order in by_elev.values())
        assert all(number // k <= load[each.id] <= -(-number // k) for each in afdelinger(*[99] * k))
    all_orders = list(permutations(range(100, 100 + k), len(stages)))
    usage = Counter(tuple(order) for order in by_elev.values())
    assert max(usage.values()) - min(usage[order] for order in all_orders) <= 1
    assert rotation.bevist


def test_fair_orders_are_all_orders_in_latin_squares():
    rows = list(fair_orders(4, 3))
    assert sorted(rows) == sorted(permutations(range(4), 3))
    for first in range(0, len(rows), 4):
        square = rows[first : first + 4]
        assert all(len(set(column)) == 4 for column in zip(*square, strict=True))


def test_a_shortened_course_visits_some_of_the_afdelinger():
    rotation = propose_rotation(range(6), afdelinger(2, 2, 2), STAGES[:2])
    assert set(loads(rotation).values()) == {2}
    assert all(len(set(order)) == 2 for order in orders(rotation).values())


def test_more_stages_than_afdelinger_is_said_and_not_guessed():
    rotation = propose_rotation(range(6), afdelinger(9, 9), STAGES)
    assert (rotation.placeringer, rotation.manglende_afdelinger) == ((), 1)


def test_nobody_and_nothing_is_an_empty_plan():
    assert propose_rotation([], afdelinger(1, 1, 1), STAGES).placeringer == ()
    assert propose_rotation(range(3), afdelinger(1, 1, 1), []).placeringer == ()


def test_the_same_seed_gives_the_same_plan_and_another_seed_another():
    def plan(seed):
        return propose_rotation(range(9), afdelinger(3, 3, 3), STAGES, seed=seed)

    assert plan(7) == plan(7)
    assert plan(7).placeringer != plan(8).placeringer
    assert plan(7).seed == 7


def test_an_afdeling_with_one_place_gets_one_and_the_others_the_rest():
    rotation = propose_rotation(range(3), afdelinger(1, 2, 2), STAGES)
    assert rotation.mangler == ()
    assert max(loads(rotation)[stage, PERSONALE] for stage in range(3)) == 1


def test_places_that_differ_over_time_are_kept_by_an_uneven_plan():
    stab = PlanAfdeling(STAB, "Stab", ((STAGES[0], 0), (STAGES[1], 4), (STAGES[2], 2)))
    rotation = propose_rotation(range(6), [*afdelinger(4, 4), stab], STAGES)
    assert rotation.mangler == ()
    assert rotation.bevist
    assert [loads(rotation)[stage, STAB] for stage in range(3)] == [0, 4, 2]


def test_elever_of_other_hold_take_places():
    others = [Placering(number, OEKONOMI, STAGES[0]) for number in (91, 92)]
    rotation = propose_rotation(range(3), afdelinger(2, 2, 2), STAGES, others=others)
    assert rotation.mangler == ()
    assert loads(rotation)[0, OEKONOMI] == 0


def test_a_closed_afdeling_is_not_used_while_it_is_closed():
    closed = PlanAfdeling(STAB, "Stab", ((ALTID, 9),), aaben=Periode(STAGES[1].startdato, date.max))
    rotation = propose_rotation(range(4), [*afdelinger(9, 9), closed], STAGES)
    assert loads(rotation)[0, STAB] == 0
    assert rotation.mangler == ()


def test_too_few_places_says_where_and_how_many():
    rotation = propose_rotation(range(4), afdelinger(2, 1, 2), STAGES)
    assert len(rotation.placeringer) == 12
    assert {each.afdeling for each in rotation.mangler} == {OEKONOMI}
    assert sum(each.pladser for each in rotation.mangler) == 1
    assert rotation.bevist


def test_a_closed_afdeling_that_all_must_visit_lacks_every_place():
    closed = PlanAfdeling(STAB, "Stab", (), aaben=Periode(date.min, START))
    rotation = propose_rotation([1], [*afdelinger(1, 1), closed], STAGES)
    [lack] = rotation.mangler
    assert lack == Pladsmangel(lack.etape, STAGES[lack.etape], STAB, 1)


def test_settled_stays_are_kept_and_the_rest_is_evened_out_round_them():
    settled = [Fastlagt(0, 0, STAB), Fastlagt(1, 0, STAB), Fastlagt(2, 2, PERSONALE)]
    rotation = propose_rotation(range(6), afdelinger(2, 2, 2), STAGES, settled=settled)
    by_elev = orders(rotation)
    assert (by_elev[0][0], by_elev[1][0], by_elev[2][2]) == (STAB, STAB, PERSONALE)
    assert set(loads(rotation).values()) == {2}
    assert rotation.bevist


@pytest.mark.parametrize(
    "pin",
    [
        Fastlagt(0, 0, OEKONOMI),  # another afdeling in the same stage
        Fastlagt(0, 1, STAB),  # the same afdeling twice
        Fastlagt(77, 0, STAB),  # nobody
        Fastlagt(0, 3, STAB),  # no such stage
        Fastlagt(0, 1, 999),  # no such afdeling
    ],
)
def test_a_settled_stay_that_no_plan_can_keep_is_handed_back(pin):
    settled = [Fastlagt(0, 0, STAB), pin]
    rotation = propose_rotation(range(3), afdelinger(1, 1, 1), STAGES, settled=settled)
    assert rotation.afvist == (pin,)
    assert orders(rotation)[0][0] == STAB


def test_a_settled_stay_said_twice_is_said_once():
    rotation = propose_rotation(range(3), afdelinger(1, 1, 1), STAGES, settled=[Fastlagt(0, 0, STAB)] * 2)
    assert rotation.afvist == ()


# --- against all plans there are ------------------------------------------------------------------


@st.composite
def small_worlds(draw):
    number, stages = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    places = st.lists(st.integers(0, 3), min_size=stages, max_size=stages)
    rooms = [draw(places) for _ in range(3)]
    pins = []
    for elev in range(number):
        order = draw(st.permutations([100, 101, 102]))
        for stage in draw(st.sets(st.integers(0, stages - 1), max_size=2)):
            pins.append(Fastlagt(elev, stage, order[stage]))
    return number, stages, rooms, pins


def least_cost(number, stages, rooms, pins):
    """(missing places, sum of squares) of the best of all plans, found by trying every one."""
    totals = {(0,) * 3 * stages}
    for elev in range(number):
        wanted = {pin.etape: pin.afdeling - 100 for pin in pins if pin.elev == elev}
        possible = [order for order in permutations(range(3), stages) if all(order[s] == a for s, a in wanted.items())]
        rows = [[order[cell // 3] == cell % 3 for cell in range(3 * stages)] for order in possible]
        totals = {tuple(map(sum, zip(total, row, strict=True))) for total in totals for row in rows}
    return min(cost_of(total, rooms) for total in totals)


def cost_of(total, rooms):
    missing = sum(max(0, load - rooms[cell % 3][cell // 3]) for cell, load in enumerate(total))
    return missing, sum(load * load for load in total)


@given(small_worlds())
def test_a_plan_that_is_called_proved_is_as_good_as_any(world):
    number, stages, rooms, pins = world
    rooms_over_time = [
        PlanAfdeling(100 + each, "", tuple(zip(STAGES, places, strict=False))) for each, places in enumerate(rooms)
    ]
    rotation = propose_rotation(range(number), rooms_over_time, STAGES[:stages], settled=pins)
    load = loads(rotation)
    found = cost_of([load[cell // 3, 100 + cell % 3] for cell in range(3 * stages)], rooms)
    assert found[0] == sum(each.pladser for each in rotation.mangler)
    assert all(orders(rotation)[pin.elev][pin.etape] == pin.afdeling for pin in pins)
    assert all(len(set(order)) == stages for order in orders(rotation).values())
    if rotation.bevist:
        assert found == least_cost(*world)
    else:
        assert pins


def test_many_afdelinger_with_few_places_need_more_than_the_common_orders():
    stages = stage_periods(START, [3] * 8)
    own = [
        PlanAfdeling(
            100 + number, "", tuple((stage, 0 if (number + each) % 8 < 5 else 9) for each, stage in enumerate(stages))
        )
        for number in range(8)
    ]
    rotation = propose_rotation(range(12), own, stages)
    assert rotation.mangler == ()
    assert all(len(set(order)) == 8 for order in orders(rotation).values())


def test_three_hundred_elever_with_settled_stays_keep_every_promise():
    settled = [Fastlagt(elev, elev % 2, 100 + elev % 3) for elev in range(0, 300, 2)]
    rotation = propose_rotation(range(300), afdelinger(100, 100, 110), STAGES, settled=settled, seed=1)
    assert rotation.afvist == ()
    assert rotation.mangler == ()
    assert all(len(set(order)) == 3 for order in orders(rotation).values())

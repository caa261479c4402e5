from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.belaegning import ALTID, Belaegning, free_places, occupancy, overbookings, peak_load
from elevforloeb.core.dates import Periode

MARCH = Periode(date(2027, 3, 1), date(2027, 4, 1))
APRIL = Periode(date(2027, 4, 1), date(2027, 5, 1))
MAY = Periode(date(2027, 5, 1), date(2027, 6, 1))
SPRING = Periode(date(2027, 3, 1), date(2027, 6, 1))


def test_one_who_leaves_and_one_who_comes_the_next_day_take_one_place():
    assert peak_load([MARCH, APRIL]) == 1
    assert peak_load([MARCH, APRIL, Periode(date(2027, 3, 31), date(2027, 4, 2))]) == 2
    assert peak_load([]) == 0


def test_an_overbooking_is_one_stretch_with_its_worst_figures():
    assert overbookings([SPRING, SPRING, APRIL], [(ALTID, 1)]) == [Belaegning(SPRING, 3, 1)]


def test_two_overbookings_apart_are_two():
    assert overbookings([SPRING, MARCH, MAY], [(ALTID, 1)]) == [Belaegning(MARCH, 2, 1), Belaegning(MAY, 2, 1)]


def test_a_day_without_a_row_of_places_has_none():
    assert overbookings([SPRING], [(MARCH, 1), (MAY, 2)]) == [Belaegning(APRIL, 1, 0)]


def test_free_places_is_the_least_free_day():
    assert free_places([APRIL], [(ALTID, 2)], SPRING) == 1
    assert free_places([APRIL], [(ALTID, 2)], MAY) == 2
    assert free_places([], [(MARCH, 2)], SPRING) == 0
    assert free_places([APRIL, APRIL, APRIL], [(ALTID, 2)], SPRING) == -1
    assert free_places([], [], SPRING) == 0


PERIODS = st.lists(
    st.builds(
        lambda start, length: Periode(start, start + timedelta(days=length)),
        st.dates(date(2027, 1, 1), date(2027, 3, 1)),
        st.integers(1, 40),
    ),
    max_size=8,
)


@given(PERIODS, PERIODS, st.dates(date(2027, 1, 1), date(2027, 4, 15)))
def test_the_sweep_agrees_with_counting_on_any_day(periods, rooms, day):
    places = [(room, 2) for room in rooms]
    load = sum(day in period for period in periods)
    room = 2 * sum(day in period for period in rooms)
    here = [(step.elever, step.pladser) for step in occupancy(periods, places) if day in step.periode]
    assert here == ([(load, room)] if load or room else [])
    assert free_places(periods, places, Periode(day, day + timedelta(days=1))) == room - load
    assert sum(day in each.periode for each in overbookings(periods, places)) == (load > room)


@given(PERIODS, PERIODS, PERIODS)
def test_free_places_is_the_least_of_its_days(periods, rooms, wanted):
    places = [(room, 1) for room in rooms]
    for period in wanted[:1]:
        days = [period.startdato + timedelta(days=number) for number in range(period.days)]
        each = [free_places(periods, places, Periode(day, day + timedelta(days=1))) for day in days]
        assert free_places(periods, places, period) == min(each)

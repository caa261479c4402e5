"""School weeks: counted by days and never twice, whatever order and overlap they come in."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.dates import Periode
from skoleophold.skoleuger import school_weeks, weekdays, weeks_until

FIRST = date(2027, 1, 1)
spans = st.builds(
    lambda start, days: Periode(FIRST + timedelta(days=start), FIRST + timedelta(days=start + days + 1)),
    st.integers(0, 700),
    st.integers(0, 60),
)


def naive(periods) -> set[date]:
    days = {p.startdato + timedelta(days=n) for p in periods for n in range(p.days)}
    return {day for day in days if day.weekday() < 5}


@given(spans)
def test_weekdays_are_mondays_to_fridays(span):
    assert weekdays(span) == len(naive([span]))


@given(st.lists(spans, max_size=8), st.integers(0, 800))
def test_weeks_are_the_different_weekdays_over_five_and_grow_to_the_whole(periods, days):
    day = date(2027, 1, 1) + timedelta(days=days)
    assert school_weeks(periods) == len(naive(periods)) / 5
    assert weeks_until(periods, day) == len([each for each in naive(periods) if each <= day]) / 5
    assert weeks_until(periods, date(2030, 1, 1)) == school_weeks(periods)


def test_a_monday_to_friday_is_one_week():
    assert school_weeks([Periode.until_last_day(date(2027, 9, 6), date(2027, 9, 10))]) == 1

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.workdays import public_holidays, workdays


def test_store_bededag_is_a_working_day_from_2024():
    assert date(2023, 5, 5) in public_holidays(2023)
    assert workdays(date(2023, 5, 5), date(2023, 5, 6)) == []
    assert workdays(date(2024, 4, 26), date(2024, 4, 27)) == [date(2024, 4, 26)]


def test_easter_week_has_two_working_days_less_and_easter_monday_is_free():
    assert len(workdays(date(2027, 3, 22), date(2027, 3, 29))) == 3
    assert len(workdays(date(2027, 3, 29), date(2027, 4, 5))) == 4


def test_new_year_is_crossed():
    assert workdays(date(2026, 12, 31), date(2027, 1, 5)) == [date(2026, 12, 31), date(2027, 1, 4)]


def test_no_days_between_a_day_and_itself():
    assert workdays(date(2027, 1, 4), date(2027, 1, 4)) == []


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 800), st.integers(0, 800))
def test_two_periods_that_meet_have_the_days_of_both(start, first, second):
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    assert workdays(start, middle) + workdays(middle, end) == workdays(start, end)

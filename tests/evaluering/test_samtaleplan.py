"""When the talks of a stay are due, in dates alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.dates import Periode
from elevforloeb.core.workdays import workdays
from evaluering.samtaleplan import Samtaleregler, cut, due_before_end_of_proevetid, due_dates, middle

R = Samtaleregler()
days = st.dates(date(2026, 1, 1), date(2033, 12, 31))
periods = st.builds(lambda start, length: Periode(start, start + timedelta(days=length)), days, st.integers(1, 400))


def test_the_talks_of_a_stay_of_four_months():
    stay = Periode(date(2027, 9, 1), date(2028, 1, 1))
    assert due_dates(stay, [], R) == {
        "forventning": date(2027, 9, 14), "midtvejs": date(2027, 11, 1), "slut": date(2027, 12, 17),
    }  # fmt: skip


def test_school_in_the_first_half_moves_the_middle():
    stay = Periode(date(2027, 9, 1), date(2028, 1, 1))
    school = Periode(date(2027, 9, 6), date(2027, 10, 4))  # 20 working days
    assert due_dates(stay, [school], R)["midtvejs"] == date(2027, 11, 15)


@pytest.mark.parametrize(
    ("stay", "slut"),
    [
        (Periode(date(2028, 1, 1), date(2028, 3, 1)), date(2028, 2, 15)),  # 29 Feb is the last day
        (Periode(date(2027, 1, 1), date(2027, 3, 1)), date(2027, 2, 14)),
        (Periode(date(2028, 3, 1), date(2028, 5, 1)), date(2028, 4, 16)),  # over the night to summer time
        (Periode(date(2027, 8, 31), date(2027, 11, 1)), date(2027, 10, 17)),  # the clock goes back on the last day
    ],
)
def test_month_ends_leap_days_and_the_clock_shift_no_day(stay, slut):
    assert due_dates(stay, [], R)["slut"] == slut


def test_a_short_stay_has_the_short_talk_only():
    start = date(2027, 9, 1)
    assert set(due_dates(Periode(start, start + timedelta(days=41)), [], R)) == {"kort"}
    assert set(due_dates(Periode(start, start + timedelta(days=42)), [], R)) == {"forventning", "midtvejs", "slut"}


def test_the_talk_about_proevetid_lies_where_she_is_on_that_day():
    stays = [Periode(date(2027, 9, 1), date(2027, 12, 1))]
    assert due_before_end_of_proevetid(date(2027, 11, 30), stays, R) == date(2027, 11, 2)
    assert due_before_end_of_proevetid(date(2028, 1, 30), stays, R) is None


def test_who_stops_has_no_later_part_of_the_stay():
    stay = Periode(date(2027, 9, 1), date(2028, 1, 1))
    assert cut(stay, None) == cut(stay, date(2028, 2, 1)) == stay
    assert cut(stay, date(2027, 10, 1)) == Periode(date(2027, 9, 1), date(2027, 10, 1))
    assert cut(stay, date(2027, 9, 1)) is None


@given(stay=periods, away=st.lists(periods, max_size=4))
def test_every_date_lies_in_the_stay_and_in_order(stay, away):
    due = due_dates(stay, away, R)
    assert all(day in stay for day in due.values())
    if "slut" in due:
        assert due["forventning"] <= due["slut"] and due["midtvejs"] <= due["slut"]


@given(stay=periods, away=st.lists(periods, max_size=4))
def test_half_of_the_net_days_have_passed_at_the_middle(stay, away):
    net = [day for day in workdays(stay.startdato, stay.slutdato) if not any(day in period for period in away)]
    passed = sum(day <= middle(stay, away) for day in net)
    assert not net or 2 * passed in (len(net), len(net) + 1)

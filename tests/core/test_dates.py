from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core import dates
from elevforloeb.core.dates import Periode

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
PERIODS = st.builds(lambda start, length: Periode(start, start + timedelta(days=length)), DAYS, st.integers(1, 400))


def test_long_date_names_the_weekday_in_lower_case():
    assert dates.long_date(date(2026, 11, 24)) == "tirsdag den 24. november 2026"
    assert dates.long_date(date(2027, 5, 1)) == "lørdag den 1. maj 2027"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 24), "24. nov. 2026"),
        (date(2027, 3, 1), "1. marts 2027"),
        (date(2027, 7, 31), "31. juli 2027"),
    ],
)
def test_short_date_abbreviates_only_long_month_names(day, text):
    assert dates.short_date(day) == text
    assert dates.short_date(day, year=False) == text.rsplit(" ", 1)[0]


@pytest.mark.parametrize(
    ("start", "last", "text"),
    [
        (date(2026, 9, 1), date(2026, 12, 31), "1. sep. – 31. dec. 2026"),
        (date(2026, 9, 1), date(2027, 2, 28), "1. sep. 2026 – 28. feb. 2027"),
        (date(2026, 11, 9), date(2026, 11, 13), "9.–13. nov. 2026"),
        (date(2026, 11, 9), date(2026, 11, 9), "9. nov. 2026"),
        (date(2026, 11, 9), date(2027, 11, 13), "9. nov. 2026 – 13. nov. 2027"),
    ],
)
def test_period_says_no_year_or_month_twice(start, last, text):
    assert dates.format_period(start, last) == text


def test_period_can_spell_the_months_out():
    assert dates.format_period(date(2026, 9, 1), date(2026, 12, 31), full=True) == "1. september – 31. december 2026"


@pytest.mark.parametrize(
    ("start", "last", "text"),
    [
        (date(2027, 3, 1), date(2027, 3, 31), "i marts 2027"),
        (date(2028, 2, 1), date(2028, 2, 29), "i februar 2028"),
        (date(2027, 3, 1), date(2027, 4, 30), "i marts og april 2027"),
        (date(2026, 12, 1), date(2027, 1, 31), "i december 2026 og januar 2027"),
        (date(2027, 3, 1), date(2027, 7, 31), "fra marts til juli 2027"),
        (date(2026, 12, 1), date(2027, 2, 28), "fra december 2026 til februar 2027"),
        (date(2027, 3, 1), date(2027, 3, 30), "1.–30. marts 2027"),
        (date(2027, 3, 3), date(2027, 3, 3), "den 3. marts 2027"),
    ],
)
def test_whole_months_are_named_by_month_only(start, last, text):
    assert dates.period_in_words(start, last) == text


def test_month_name_is_lower_case():
    assert dates.month_name(date(2027, 3, 9)) == "marts 2027"
    assert dates.month_name(date(2027, 3, 9), year=False) == "marts"


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 16), 47),
        (date(2026, 12, 31), 53),
        (date(2027, 1, 3), 53),
        (date(2027, 1, 4), 1),
        (date(2024, 12, 30), 1),
    ],
)
def test_week_is_the_iso_week_also_round_new_year(day, week):
    assert dates.iso_week(day)[1] == week


def test_a_week_53_belongs_to_the_year_before():
    assert dates.iso_week(date(2027, 1, 3)) == (2026, 53)


@pytest.mark.parametrize(
    ("days", "text"),
    [(0, "i dag"), (1, "i morgen"), (-1, "i går"), (2, "om 2 dage"), (12, "om 12 dage"), (-3, "for 3 dage siden")],
)
def test_relative_days(days, text):
    now = date(2026, 2, 28)
    assert dates.relative_days(now + timedelta(days=days), now) == text


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 9, 1), 4, date(2027, 1, 1)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2027, 1, 31), -2, date(2026, 11, 30)),
    ],
)
def test_add_months_stays_inside_the_month(day, months, result):
    assert dates.add_months(day, months) == result


@given(DAYS, st.integers(0, 60))
def test_months_between_undoes_add_months(day, months):
    end = dates.add_months(day, months)
    assert dates.months_between(day, end) == months
    assert dates.months_between(day, end - timedelta(days=1)) == months - 1 or months == 0


def test_a_period_ends_the_day_before_its_end_date():
    period = Periode(date(2026, 9, 1), date(2027, 1, 1))
    assert (period.sidste_dag, period.days) == (date(2026, 12, 31), 122)
    assert date(2026, 12, 31) in period
    assert date(2027, 1, 1) not in period
    assert str(period) == "1. sep. – 31. dec. 2026"
    assert Periode.until_last_day(date(2026, 9, 1), date(2026, 12, 31)) == period


def test_an_empty_period_is_refused():
    with pytest.raises(ValueError, match="Empty"):
        Periode(date(2026, 9, 1), date(2026, 9, 1))


def test_neighbours_do_not_overlap():
    autumn = Periode(date(2026, 9, 1), date(2027, 1, 1))
    winter = Periode(date(2027, 1, 1), date(2027, 5, 1))
    assert autumn.overlap(winter) is None
    assert dates.merge([winter, autumn]) == [Periode(date(2026, 9, 1), date(2027, 5, 1))]


@given(st.lists(PERIODS, max_size=6), PERIODS)
def test_days_inside_counts_each_day_once(periods, frame):
    days = {frame.startdato + timedelta(days=n) for n in range(frame.days)}
    assert dates.days_inside(periods, frame) == sum(any(day in period for period in periods) for day in days)


@given(PERIODS, PERIODS)
def test_overlap_is_the_days_that_both_have(one, other):
    both = one.overlap(other)
    assert both == other.overlap(one)
    assert (both.days if both else 0) == dates.days_inside([one], other)
    assert one.covers(other) == (both == other)


def test_demo_date_moves_the_house(settings):
    settings.DEMO_DATE = date(2026, 11, 24)
    assert dates.today() == date(2026, 11, 24)
    assert dates.relative_days(date(2026, 11, 25)) == "i morgen"


@pytest.mark.parametrize(
    ("utc", "local"),
    [
        ("2026-11-23T22:59:00+00:00", date(2026, 11, 23)),
        ("2026-11-23T23:01:00+00:00", date(2026, 11, 24)),
        ("2026-07-31T22:01:00+00:00", date(2026, 8, 1)),
    ],
)
def test_today_is_the_day_in_denmark_not_in_utc(settings, time_machine, utc, local):
    settings.DEMO_DATE = None
    settings.TIME_ZONE = "Europe/Copenhagen"
    time_machine.move_to(utc)
    assert dates.today() == local

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.dates import Periode
from elevforloeb.proevetid import Proevetidsregler, calculate_proevetid

START = date(2027, 9, 1)


def weeks(start, number):
    return Periode(start, start + timedelta(weeks=number))


def days(start, number):
    return Periode(start, start + timedelta(days=number))


def texts(result):
    return [step.tekst for step in result.trin]


def test_without_school_and_absence_it_is_three_months():
    result = calculate_proevetid(START)
    assert result.periode == Periode(START, date(2027, 12, 1))
    assert texts(result) == ["3 måneder fra 1. september 2027: til og med 30. november 2027"]


def test_four_school_weeks_move_the_end_to_28_december():
    result = calculate_proevetid(START, school=[weeks(date(2027, 9, 20), 2), weeks(date(2027, 11, 1), 2)])
    assert result.sidste_dag == date(2027, 12, 28)
    assert texts(result)[1] == "Skoleophold 4 uger i perioden: flyttet til 28. december 2027"


def test_five_school_weeks_move_the_end_into_january():
    assert calculate_proevetid(START, school=[weeks(date(2027, 9, 20), 5)]).sidste_dag == date(2028, 1, 4)


def test_school_from_monday_to_friday_counts_as_whole_weeks():
    school = [Periode.until_last_day(date(2027, 9, 20), date(2027, 10, 15))]
    assert calculate_proevetid(START, school=school).sidste_dag == date(2027, 12, 28)


def test_a_single_school_friday_is_one_day():
    assert calculate_proevetid(START, school=[days(date(2027, 9, 24), 1)]).sidste_dag == date(2027, 12, 1)


def test_lengths_are_said_in_weeks_when_they_are_whole_and_one_is_singular():
    def school_text(number):
        return texts(calculate_proevetid(START, school=[days(date(2027, 9, 14), number)]))[1]

    assert school_text(7).startswith("Skoleophold 1 uge i perioden")
    assert school_text(1).startswith("Skoleophold 1 dag i perioden")
    assert school_text(15).startswith("Skoleophold 15 dage i perioden")
    one_month = Proevetidsregler(months=1)
    assert texts(calculate_proevetid(START, rules=one_month)) == [
        "1 måned fra 1. september 2027: til og med 30. september 2027"
    ]


def test_school_from_a_monday_to_its_friday_is_a_week():
    assert calculate_proevetid(START, school=[days(date(2027, 9, 20), 5)]).sidste_dag == date(2027, 12, 7)


def test_school_met_by_the_moved_end_moves_it_again():
    school = [weeks(date(2027, 9, 20), 4), weeks(date(2027, 12, 13), 1)]
    assert calculate_proevetid(START, school=school).sidste_dag == date(2028, 1, 4)


def test_school_the_day_after_the_end_moves_nothing_and_on_the_last_day_it_moves_its_whole_length():
    last_day = date(2027, 11, 30)
    assert calculate_proevetid(START, school=[weeks(last_day + timedelta(days=1), 3)]).sidste_dag == last_day
    assert calculate_proevetid(START, school=[days(last_day, 10)]).sidste_dag == date(2027, 12, 10)


def test_school_before_the_start_counts_only_from_the_start():
    assert calculate_proevetid(START, school=[Periode(date(2027, 8, 2), date(2027, 9, 6))]).sidste_dag == date(
        2027, 12, 5
    )


def test_absence_of_a_month_moves_nothing_and_one_day_more_moves_it_all():
    month = calculate_proevetid(START, absence=[("sygdom", days(START, 30))])
    more = calculate_proevetid(START, absence=[("sygdom", days(START, 31))])
    assert month.sidste_dag == date(2027, 11, 30)
    assert texts(month)[-1] == "Fravær 30 dage (sygdom), ikke mere end 30 dage: flytter ikke prøvetiden"
    assert more.sidste_dag == date(2027, 12, 31)
    assert texts(more)[-1] == "Fravær 31 dage (sygdom), mere end 30 dage: flyttet til 31. december 2027"


def test_several_short_absences_count_together():
    absence = [("sygdom", days(START, 20)), ("orlov", days(date(2027, 10, 11), 15))]
    result = calculate_proevetid(START, absence=absence)
    assert result.sidste_dag == date(2027, 11, 30) + timedelta(days=35)
    assert "Fravær 35 dage (orlov og sygdom), mere end 30 dage" in texts(result)[-1]


def test_a_reason_from_later_in_the_course_is_not_mentioned():
    absence = [("sygdom", days(START, 31)), ("orlov", days(date(2028, 9, 1), 31))]
    assert "(sygdom)" in texts(calculate_proevetid(START, absence=absence))[-1]


def test_reasons_are_said_as_words():
    result = calculate_proevetid(START, absence=[("supplerende_skole", days(START, 31))])
    assert "(supplerende skole)" in texts(result)[-1]


def test_ferie_never_counts():
    assert calculate_proevetid(START, absence=[("ferie", days(START, 60))]).sidste_dag == date(2027, 11, 30)


def test_only_the_days_above_the_limit_can_be_chosen():
    rules = Proevetidsregler(only_excess=True)
    result = calculate_proevetid(START, absence=[("sygdom", days(START, 40))], rules=rules)
    assert result.sidste_dag == date(2027, 12, 10)
    assert "kun 10 dage tæller med" in texts(result)[-1]


def test_absence_that_meets_more_school_says_so():
    school = [weeks(date(2027, 12, 6), 1)]
    before = calculate_proevetid(START, school=[weeks(START, 1)], absence=[("sygdom", days(date(2027, 10, 4), 31))])
    assert "skole mere" not in texts(before)[-1]
    result = calculate_proevetid(START, school=school, absence=[("sygdom", days(START, 31))])
    assert result.sidste_dag == date(2028, 1, 7)
    assert texts(result)[-1] == (
        "Fravær 31 dage (sygdom), mere end 30 dage, og 7 dage skole mere: flyttet til 7. januar 2028"
    )


def test_a_sick_day_at_school_moves_the_end_once():
    school = [weeks(date(2027, 9, 20), 5)]
    assert calculate_proevetid(START, school=school, absence=[("sygdom", school[0])]).sidste_dag == date(2028, 1, 4)


def test_barsel_across_the_end_counts_in_full_once_it_passes_the_limit():
    barsel = Periode(date(2027, 10, 25), date(2028, 6, 26))
    result = calculate_proevetid(START, absence=[("barsel", barsel)])
    assert result.sidste_dag == date(2027, 11, 30) + timedelta(days=barsel.days)


def test_barsel_that_takes_less_than_a_month_of_the_proevetid_moves_nothing():
    barsel = Periode(date(2027, 11, 15), date(2028, 6, 26))
    assert calculate_proevetid(START, absence=[("barsel", barsel)]).sidste_dag == date(2027, 11, 30)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2027, 11, 30), date(2028, 2, 28)),
        (date(2027, 12, 1), date(2028, 2, 29)),
        (date(2027, 2, 1), date(2027, 4, 30)),
    ],
)
def test_february_and_leap_years(start, last):
    assert calculate_proevetid(start).sidste_dag == last


PERIODS = st.lists(st.builds(days, st.dates(date(2027, 7, 1), date(2028, 9, 1)), st.integers(1, 120)), max_size=5)


@given(PERIODS, PERIODS, st.booleans())
def test_the_proevetid_holds_exactly_three_months_of_days_that_count(school, absence, only_excess):
    rules = Proevetidsregler(only_excess=only_excess)
    periode = calculate_proevetid(START, school=school, absence=[("sygdom", p) for p in absence], rules=rules).periode

    def day_at(number):
        return periode.startdato + timedelta(days=number)

    def at_school(day):
        monday = day - timedelta(days=day.weekday())
        week = [monday + timedelta(days=number) for number in range(5)]
        weekend_of_a_school_week = day.weekday() > 4 and any(all(d in p for d in week) for p in school)
        return weekend_of_a_school_week or any(day in p for p in school)

    taken = {day for n in range(periode.days) if at_school(day := day_at(n))}
    absent = {day for n in range(periode.days) if any((day := day_at(n)) in p for p in absence)} - taken
    moved = len(taken)
    if periode.days > 91 + moved:
        assert len(absent) > 30
        moved += len(absent) - (30 if only_excess else 0)
    else:
        assert len(absent) <= 30
    assert periode.days == 91 + moved

"""The arithmetic of the fagprøve: counting back keeps what the school said, and the half year is exact."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from elevforloeb.core.dates import Periode, add_months
from skoleophold.fagproeveregler import CHAIN, Afstande, Datoer, count_back, earliest_end, misplaced, problems

RULES = Afstande(emne_senest=112, problem_senest=70, godkendt_senest=42, data_senest=1)
days = st.dates(date(2024, 1, 1), date(2032, 12, 31))
before = st.none() | st.integers(1, 300)


@st.composite
def dates_that_can_be(draw):
    start = draw(days)
    said = {name: far and start - timedelta(days=far) for name in (*CHAIN, "data_senest") for far in [draw(before)]}
    last = start + timedelta(days=draw(st.integers(0, 30)))
    found = Datoer(Periode.until_last_day(start, last), **said)
    assume(not problems(found))
    return found


@given(dates_that_can_be(), st.lists(st.integers(0, 400), min_size=4, max_size=4), days)
def test_counting_back_keeps_what_was_said_and_never_breaks_the_order(datoer, distances, dag):
    found = count_back(datoer, Afstande(*distances), dag)
    for name in (*CHAIN, "data_senest"):
        assert getattr(datoer, name) in (None, found[name])
    assert found["emne_senest"] <= found["problem_senest"] <= found["godkendt_senest"] < datoer.skrives.startdato
    assert found["data_senest"] < datoer.skrives.startdato <= found["afleveres"]


def test_without_a_word_from_the_school_the_rules_decide():
    found = count_back(Datoer(Periode(date(2029, 4, 2), date(2029, 4, 14))), RULES, date(2028, 9, 1))
    assert found["emne_senest"] == date(2028, 12, 11) and found["godkendt_senest"] == date(2029, 2, 19)
    assert found["data_senest"] == date(2029, 4, 1) and found["afleveres"] == date(2029, 4, 13)
    assert found["eksamen_fra"] is None


def test_a_counted_date_gives_way_to_the_next_that_the_school_said():
    datoer = Datoer(Periode(date(2029, 4, 2), date(2029, 4, 14)), godkendt_senest=date(2028, 11, 1))
    found = count_back(datoer, RULES, date(2028, 9, 1))
    assert found["emne_senest"] == found["problem_senest"] == date(2028, 11, 1)


def test_the_steps_of_a_re_exam_share_the_days_that_are_left_and_none_is_over():
    found = count_back(Datoer(Periode(date(2029, 4, 2), date(2029, 4, 14))), RULES, date(2029, 3, 5))
    assert found["emne_senest"] == date(2029, 3, 5), "28 days instead of 112"
    assert (found["problem_senest"], found["godkendt_senest"]) == (date(2029, 3, 16), date(2029, 3, 23))
    assert found["data_senest"] == date(2029, 4, 1)


def test_the_exam_may_lie_on_the_day_of_the_hand_in_as_the_text_says():
    datoer = Datoer(Periode(date(2029, 4, 2), date(2029, 4, 14)), eksamen_fra=date(2029, 4, 13))
    assert problems(datoer) == {}


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"problem_senest": date(2029, 1, 1), "emne_senest": date(2029, 2, 1)}, "problem_senest", "emnet eller senere"),
        ({"data_senest": date(2029, 4, 2)}, "data_senest", "før skriveperioden"),
        ({"afleveres": date(2029, 4, 1)}, "afleveres", "ikke ligge før skriveperioden"),
        ({"eksamen_fra": date(2029, 4, 12)}, "eksamen_fra", "før afleveringen 13. april 2029"),
        ({"eksamen_til": date(2029, 5, 1)}, "eksamen_fra", "første eksamensdag"),
        ({"eksamen_fra": date(2029, 5, 2), "eksamen_til": date(2029, 5, 1)}, "eksamen_til", "den første eller senere"),
    ],
)
def test_dates_out_of_order_are_told_at_the_field(said, field, words):
    assert words in problems(Datoer(Periode(date(2029, 4, 2), date(2029, 4, 14)), **said))[field]


@given(days, st.integers(1, 12), st.integers(-500, 500))
def test_a_fagproeve_is_warned_of_exactly_outside_the_last_months_of_the_agreement(end, months, offset):
    """Against plain counting of months: the day is right when it plus the months reaches past the end."""
    exam = end + timedelta(days=offset)
    right = earliest_end(end, months) <= exam < end
    assert (misplaced(exam, end, months) == "") == right
    if exam < end:
        assert right == (exam >= add_months(end, -months))
        if exam.day < 28 and end.day < 28:  # where months have the same days both ways
            assert right == (add_months(exam, months) >= end)


def test_the_half_year_begins_on_its_own_first_day():
    """The agreement's last day is 31 August 2029, so the last half year begins on 1 March."""
    end = date(2029, 9, 1)
    assert misplaced(date(2029, 3, 1), end, 6) == ""
    assert "tidligst ligge 1. marts 2029" in misplaced(date(2029, 2, 28), end, 6)
    assert misplaced(date(2029, 8, 31), end, 6) == "" and "efter aftalens" in misplaced(end, end, 6)

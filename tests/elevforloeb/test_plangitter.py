from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.dates import ONE_DAY, Periode
from elevforloeb.plangitter import MOST_MONTHS, Gitter, lanes, move_halves, paper, with_blanks

TWO_YEARS = Gitter(date(2027, 9, 1), 24)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def test_a_stay_from_the_first_to_the_fifteenth_is_one_column():
    assert TWO_YEARS.spand(Periode(date(2027, 9, 1), date(2027, 9, 16))) == (0, 1)
    assert TWO_YEARS.spand(Periode(date(2027, 9, 16), date(2027, 10, 1))) == (1, 2)
    assert TWO_YEARS.spand(Periode(date(2028, 1, 1), date(2028, 5, 1))) == (8, 16)


def test_other_dates_go_to_the_nearest_border():
    assert TWO_YEARS.spand(Periode(date(2027, 9, 5), date(2027, 11, 20))) == (0, 5)
    assert TWO_YEARS.spand(Periode(date(2027, 9, 25), date(2027, 11, 28))) == (2, 6)


def test_a_stay_of_three_days_can_still_be_seen():
    assert TWO_YEARS.spand(Periode(date(2027, 9, 10), date(2027, 9, 13))) == (1, 2)
    assert TWO_YEARS.spand(Periode(date(2029, 8, 28), date(2029, 9, 1))) == (47, 48)


def test_a_period_is_cut_at_the_edges_of_the_paper():
    assert TWO_YEARS.spand(Periode(date(2020, 1, 1), date(2027, 10, 1))) == (0, 2)
    assert TWO_YEARS.spand(Periode(date(2029, 8, 16), date(2031, 1, 1))) == (47, 48)
    assert TWO_YEARS.spand(Periode(date(2029, 9, 1), date(2031, 1, 1))) is None
    assert TWO_YEARS.spand(Periode(date(2020, 1, 1), date(2027, 9, 1))) is None


def test_headings_add_up():
    assert TWO_YEARS.aar() == [(2027, 8), (2028, 24), (2029, 16)]
    assert TWO_YEARS.kolonner == 48 and TWO_YEARS.alle_maaneder[-1] == date(2029, 8, 1)
    assert TWO_YEARS.kolonne_med(date(2027, 10, 15)) == 2
    assert TWO_YEARS.kolonne_med(date(2027, 10, 16)) == 3
    assert TWO_YEARS.kolonne_med(date(2027, 8, 31)) == -1


def test_paper_is_whole_months_and_at_most_three_years():
    assert paper([Periode(date(2027, 9, 15), date(2029, 9, 1))]) == TWO_YEARS
    assert paper([Periode(date(2027, 9, 1), date(2040, 9, 1))]).maaneder == MOST_MONTHS


def test_bars_that_overlap_get_a_row_each():
    assert lanes([(0, 8, "a"), (4, 12, "b"), (8, 9, "c")]) == [[(0, 8, "a"), (8, 9, "c")], [(4, 12, "b")]]
    assert list(with_blanks([(2, 4, "a"), (6, 7, "b")], 10)) == [(2, None), (2, "a"), (2, None), (1, "b"), (3, None)]


def test_half_a_month_later_and_earlier():
    assert move_halves(date(2028, 2, 1), 1) == date(2028, 2, 16)
    assert move_halves(date(2028, 2, 16), 1) == date(2028, 3, 1)
    assert move_halves(date(2028, 1, 1), -1) == date(2027, 12, 16)
    assert move_halves(date(2028, 1, 5), 1) == date(2028, 1, 20)
    assert move_halves(date(2027, 2, 14), 1) == date(2027, 2, 28)


@given(st.integers(0, 800), st.integers(-48, 48))
def test_moving_back_gives_the_same_day(number, halves):
    day = move_halves(date(2000, 1, 1), number)
    assert day.day in (1, 16)
    assert move_halves(move_halves(day, halves), -halves) == day


@given(DAYS, st.integers(1, 400), DAYS)
def test_neighbours_never_overlap_on_paper(start, length, paper_start):
    gitter = Gitter(paper_start.replace(day=1), 36)
    middle = start + ONE_DAY * length
    first, second = gitter.kolonne(start), gitter.kolonne(middle)
    assert first <= second <= gitter.kolonne(middle + ONE_DAY)

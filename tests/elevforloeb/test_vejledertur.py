"""Whose turn it is to be elevvejleder."""

from datetime import date

from elevforloeb.core.dates import Periode
from elevforloeb.placering import Placering
from elevforloeb.plandata import Vejlederrolle
from elevforloeb.vejledertur import Vejledertur

ANNA, BIRK, CARL = 1, 2, 3
HERE, THERE = 10, 20
AUTUMN = Periode(date(2028, 9, 1), date(2029, 1, 1))
SPRING = Periode(date(2029, 1, 1), date(2029, 5, 1))


def roles(*people, periode=None):
    where = {"periode": periode} if periode else {}
    return [Vejlederrolle(who, f"Navn {who}", HERE, **where) for who in people]


def stay(who, periode=AUTUMN, elev=0):
    return Placering(elev, HERE, periode, who)


def deal(turn, number, days=AUTUMN):
    found = []
    for _ in range(number):
        found.append(turn.next(HERE, days))
        turn.take(found[-1], days)
    return found


def test_they_take_turns_in_the_order_of_the_list():
    assert deal(Vejledertur(roles(ANNA, BIRK, CARL), []), 5) == [ANNA, BIRK, CARL, ANNA, BIRK]


def test_who_has_fewest_in_the_period_comes_first():
    turn = Vejledertur(roles(ANNA, BIRK), [stay(ANNA), stay(ANNA), stay(BIRK)])
    assert deal(turn, 3) == [BIRK, ANNA, BIRK]


def test_only_elever_in_the_same_days_count_before_the_total_settles_a_tie():
    turn = Vejledertur(roles(ANNA, BIRK), [stay(ANNA, SPRING), stay(BIRK)])
    assert turn.next(HERE, AUTUMN) == ANNA
    assert Vejledertur(roles(ANNA, BIRK), [stay(ANNA, SPRING)]).next(HERE, AUTUMN) == BIRK


def test_a_role_that_ends_in_the_middle_is_not_chosen():
    half = roles(ANNA, periode=Periode(date(2028, 1, 1), date(2028, 12, 31)))
    assert Vejledertur([*half, *roles(BIRK)], [stay(BIRK)] * 9).next(HERE, AUTUMN) == BIRK
    assert Vejledertur(half, []).next(HERE, AUTUMN) is None


def test_two_roles_that_meet_cover_together():
    first = Periode(date(2028, 1, 1), date(2028, 11, 1))
    then = Periode(date(2028, 11, 1), date(2029, 11, 1))
    turn = Vejledertur([*roles(ANNA, periode=first), *roles(ANNA, periode=then)], [])
    assert turn.next(HERE, AUTUMN) == ANNA


def test_nobody_is_taken_from_another_afdeling():
    assert Vejledertur(roles(ANNA), []).next(THERE, AUTUMN) is None


def test_stays_that_only_meet_are_not_at_the_same_time():
    assert Vejledertur(roles(ANNA), [stay(ANNA, SPRING)]).elever(ANNA, AUTUMN) == 0

"""The grid of the calendar: pure arithmetic, tried with calendars that nobody would have."""

from datetime import date, datetime, timedelta

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.dates import Periode
from elevforloeb.core.ics import COPENHAGEN, Entry
from elevforloeb.project.kalender import in_time, reach
from elevforloeb.project.kalendervisning import Visning, days_with_entries, under_way, weeks

IDAG = date(2027, 10, 15)
DAYS = st.dates(date(2027, 8, 1), date(2028, 2, 1))


def entry(first: date, days: int, uid: str) -> Entry:
    return Entry(first, first + timedelta(days=days), uid, "x")


def talk(day: date, hour: int, uid: str) -> Entry:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=COPENHAGEN)
    return Entry(start, start + timedelta(hours=1), uid, "x")


@st.composite
def calendars(draw):
    periods = draw(st.lists(st.tuples(DAYS, st.integers(1, 150)), max_size=12))
    talks = draw(st.lists(st.tuples(DAYS, st.integers(0, 23)), max_size=6))
    found = [entry(first, days, f"p{nr}") for nr, (first, days) in enumerate(periods)]
    return sorted(found + [talk(day, hour, f"t{nr}") for nr, (day, hour) in enumerate(talks)], key=in_time)


def see(vis="maaned", dag=IDAG, *slags) -> Visning:
    return Visning.of(QueryDict(Visning(vis, dag, IDAG, slags).adresse()[1:]), IDAG)


@given(calendars(), st.sampled_from(["maaned", "uge"]), DAYS)
def test_each_week_shows_each_thing_on_its_days_and_nothing_over_another(entries, vis, dag):
    for uge in weeks(see(vis, dag), entries):
        monday = uge.dage[0].dato
        shown = {}
        for raekke in uge.raekker:
            assert sum(felt.dage for felt in raekke) == 7
            day = monday
            for felt in raekke:
                if felt.entry:
                    assert felt.entry.uid not in shown
                    shown[felt.entry.uid] = (day, day + timedelta(days=felt.dage))
                day += timedelta(days=felt.dage)
        week = Periode(monday, monday + timedelta(days=7))
        parts = {each.uid: each.days.overlap(week) for each in entries if each.days.overlap(week)}
        assert shown == {uid: (part.startdato, part.slutdato) for uid, part in parts.items()}


@given(calendars(), DAYS)
def test_the_list_of_a_phone_has_all_that_touches_the_month_once(entries, dag):
    visning = see("maaned", dag)
    listed = [
        *under_way(visning, entries),
        *(e for linje in days_with_entries(visning, entries) for e in linje.entries),
    ]
    assert sorted(each.uid for each in listed) == sorted(
        each.uid for each in entries if each.days.overlap(visning.periode)
    )


@given(DAYS, st.sampled_from(["maaned", "uge"]))
def test_the_next_one_begins_where_this_one_ends_and_leads_back(dag, vis):
    visning = see(vis, dag)
    assert visning.naeste.periode.startdato == visning.periode.slutdato
    assert visning.naeste.forrige.periode == visning.periode


def test_the_pages_end_where_the_feed_ends():
    frame = reach(IDAG)
    assert see("maaned", date(2020, 1, 1)).forrige is None
    assert see("maaned", date(2020, 1, 1)).dag == frame.startdato
    assert see("uge", date(2040, 1, 1)).naeste is None
    assert frame == Periode(date(2026, 10, 1), date(2030, 11, 1))


@pytest.mark.parametrize(
    "address", ["dag=i-morgen", "vis=aar&dag=2027-13-40", "slags=løn", "dag=%00", "dag=0001-01-01"]
)
def test_an_address_with_nonsense_shows_what_makes_sense(address):
    visning = Visning.of(QueryDict(address), IDAG)
    assert not visning.er_uge and visning.slags == ()
    assert len(weeks(visning, [])) >= 4


def test_all_kinds_chosen_is_no_choice():
    assert see("maaned", IDAG, "ophold", "skole", "samtale", "frist", "ferie").slags == ()
    assert see("maaned", IDAG, "skole", "ophold").slags == ("ophold", "skole")


def test_public_holidays_and_the_week_that_belongs_to_another_year_are_named():
    uger = weeks(see("maaned", date(2027, 12, 24)), [])
    assert [uge.nr for uge in uger] == [48, 49, 50, 51, 52]
    assert weeks(see("maaned", date(2027, 1, 5)), [])[0].nr == 53
    named = {dag.dato.day: dag.helligdag for uge in uger for dag in uge.dage if dag.helligdag and not dag.udenfor}
    assert named == {25: "Juledag", 26: "Anden juledag"}


def test_the_week_of_a_month_is_this_week_when_the_month_is_now():
    assert see("maaned", date(2027, 10, 1)).som_uge.dag == IDAG
    assert see("maaned", date(2028, 3, 20)).som_uge.dag == date(2028, 3, 1)

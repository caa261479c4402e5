from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.dates import Periode
from elevforloeb.placering import Placering
from elevforloeb.plandiff import Aendringsart, compare_plans

AUTUMN = Periode(date(2026, 9, 1), date(2027, 1, 1))
WINTER = Periode(date(2027, 1, 1), date(2027, 5, 1))
SUMMER = Periode(date(2027, 5, 1), date(2027, 9, 1))
OEKONOMI, STAB, PERSONALE = 1, 2, 3
AFDELINGER = {OEKONOMI: "Økonomi og Analyse", STAB: "Stab for Politik og Kommunikation", PERSONALE: "Personale"}
LONE, PETER = 90, 91
VEJLEDERE = {LONE: "Lone Krogh", PETER: "Peter Bang"}

IN_WINTER = Placering(11, OEKONOMI, WINTER, LONE, id=1)


def compare(published, draft):
    return compare_plans(published, draft, AFDELINGER, VEJLEDERE)


def only(published, draft):
    [elev] = compare(published, draft)
    [change] = elev.aendringer
    return change


def changed(**fields):
    return only([IN_WINTER], [replace(IN_WINTER, **fields)])


def test_the_same_plan_changes_nothing():
    assert compare([IN_WINTER], [IN_WINTER]) == []
    assert compare([], []) == []


def test_another_afdeling_at_the_same_time():
    change = changed(afdeling=STAB, elevvejleder=PETER)
    assert change.art == Aendringsart.AFDELING
    assert change.tekst == (
        "Flyttes fra Økonomi og Analyse til Stab for Politik og Kommunikation 1. jan. – 30. apr. 2027 "
        "med Peter Bang som elevvejleder"
    )
    assert (change.afdelinger, change.vejledere) == ({OEKONOMI, STAB}, {LONE, PETER})


def test_another_afdeling_at_another_time_says_both_times():
    assert changed(afdeling=STAB, periode=SUMMER, elevvejleder=None).tekst == (
        "Flyttes fra Økonomi og Analyse 1. jan. – 30. apr. 2027 "
        "til Stab for Politik og Kommunikation 1. maj – 31. aug. 2027"
    )


@pytest.mark.parametrize("days", [-1, 1])
def test_one_day_more_or_less_is_other_dates(days):
    change = changed(periode=Periode(WINTER.startdato, WINTER.slutdato + timedelta(days=days)))
    assert change.art == Aendringsart.FLYTTET
    assert change.afdelinger == {OEKONOMI}


def test_other_dates_name_the_old_ones_and_a_new_vejleder_too():
    longer = Periode(WINTER.startdato, date(2027, 6, 1))
    assert changed(periode=longer).tekst == (
        "Er i Økonomi og Analyse 1. jan. – 31. maj 2027 i stedet for 1. jan. – 30. apr. 2027"
    )
    assert changed(periode=longer, elevvejleder=PETER).tekst.endswith("med Peter Bang som elevvejleder")


def test_only_the_vejleder():
    change = changed(elevvejleder=PETER)
    assert change.art == Aendringsart.VEJLEDER
    assert change.tekst == "Får Peter Bang som elevvejleder i Økonomi og Analyse i stedet for Lone Krogh"
    assert change.vejledere == {LONE, PETER}
    assert changed(elevvejleder=None).tekst == "Har ikke længere Lone Krogh som elevvejleder i Økonomi og Analyse"
    without = replace(IN_WINTER, elevvejleder=None)
    assert only([without], [IN_WINTER]).tekst == "Får Lone Krogh som elevvejleder i Økonomi og Analyse"


def test_new_and_removed():
    new = only([], [replace(IN_WINTER, id=None)])
    assert (new.art, new.tekst) == (
        Aendringsart.NY,
        "Kommer til Økonomi og Analyse 1. jan. – 30. apr. 2027 med Lone Krogh som elevvejleder",
    )
    gone = only([IN_WINTER], [])
    assert (gone.art, gone.tekst) == (
        Aendringsart.FJERNET,
        "Opholdet i Økonomi og Analyse 1. jan. – 30. apr. 2027 udgår",
    )
    assert (new.elev, gone.elev) == (11, 11)


def test_a_stay_made_again_without_its_id_is_no_news():
    assert compare([IN_WINTER], [replace(IN_WINTER, id=None)]) == []


def test_two_rows_that_change_places_entirely_are_no_news():
    other = Placering(11, STAB, SUMMER, LONE, id=2)
    swapped = [replace(IN_WINTER, id=2), replace(other, id=1)]
    assert compare([IN_WINTER, other], swapped) == []


def test_a_proposal_without_ids_is_paired_by_time():
    published = [IN_WINTER, Placering(11, STAB, SUMMER, id=2)]
    proposal = [Placering(11, STAB, WINTER), Placering(11, OEKONOMI, SUMMER)]
    [elev] = compare(published, proposal)
    assert [change.art for change in elev.aendringer] == [Aendringsart.AFDELING] * 2


def test_a_stay_that_is_split_is_shortened_and_one_is_new():
    cut = date(2027, 3, 1)
    first = replace(IN_WINTER, periode=Periode(WINTER.startdato, cut))
    second = Placering(11, STAB, Periode(cut, WINTER.slutdato))
    [elev] = compare([IN_WINTER], [first, second])
    assert [change.art for change in elev.aendringer] == [Aendringsart.FLYTTET, Aendringsart.NY]


def test_an_elev_sees_only_own_changes_in_order_of_time():
    autumn = Placering(11, PERSONALE, AUTUMN, id=3)
    other = Placering(12, STAB, WINTER, id=4)
    draft = [other, replace(IN_WINTER, afdeling=STAB), autumn, Placering(11, PERSONALE, SUMMER)]
    [elev] = compare([IN_WINTER, autumn, other], draft)
    assert (elev.elev, elev.uaendrede) == (11, 1)
    assert [change.art for change in elev.aendringer] == [Aendringsart.AFDELING, Aendringsart.NY]
    assert elev.afdelinger == {OEKONOMI, STAB, PERSONALE}
    assert elev.vejledere == {LONE}


PERIODS = st.sampled_from([AUTUMN, WINTER, SUMMER])
STAYS = st.lists(
    st.builds(
        Placering,
        st.sampled_from([11, 12]),
        st.sampled_from(list(AFDELINGER)),
        PERIODS,
        st.sampled_from([LONE, PETER, None]),
        st.integers(1, 6),
    ),
    max_size=5,
    unique_by=(lambda stay: stay.id, lambda stay: (stay.elev, stay.periode)),
)


@given(STAYS, STAYS)
def test_the_changes_lead_from_the_old_plan_to_the_new(published, draft):
    result = compare(published, draft)
    changes = [change for elev in result for change in elev.aendringer]
    plan = {(s.elev, s.periode, s.afdeling, s.elevvejleder) for s in published}
    plan -= {(c.foer.elev, c.foer.periode, c.foer.afdeling, c.foer.elevvejleder) for c in changes if c.foer}
    plan |= {(c.efter.elev, c.efter.periode, c.efter.afdeling, c.efter.elevvejleder) for c in changes if c.efter}
    assert plan == {(s.elev, s.periode, s.afdeling, s.elevvejleder) for s in draft}
    assert all(not change.tekst.endswith((" ", ".")) and "None" not in change.tekst for change in changes)


@given(STAYS)
def test_a_plan_against_itself_changes_nothing_also_without_ids(stays):
    assert compare(stays, stays) == []
    assert compare(stays, [replace(stay, id=None) for stay in stays]) == []

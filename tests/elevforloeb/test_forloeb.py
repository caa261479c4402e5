from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.dates import Periode
from elevforloeb.core.workdays import workdays
from elevforloeb.forloeb import (
    Aftale,
    Fravaersregler,
    absence_share,
    agreement_warnings,
    month_of_course,
    net_weeks,
)
from elevforloeb.plandata import Niveau

TWO_YEARS = Periode(date(2026, 9, 1), date(2028, 9, 1))
START = TWO_YEARS.startdato


def days(start, number):
    return Periode(start, start + timedelta(days=number))


# --- month n of m ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2026, 8, 31), 1),
        (date(2026, 9, 1), 1),
        (date(2026, 9, 30), 1),
        (date(2026, 10, 1), 2),
        (date(2027, 11, 19), 15),
        (date(2028, 8, 31), 24),
        (date(2028, 9, 1), 24),
        (date(2030, 1, 1), 24),
    ],
)
def test_month_number_is_clamped_to_the_course(day, number):
    month = month_of_course(TWO_YEARS, day)
    assert (month.nummer, month.antal) == (number, 24)


def test_before_and_after_the_course_is_said():
    before, first, last, after = (
        month_of_course(TWO_YEARS, day)
        for day in (date(2026, 8, 31), date(2026, 9, 1), date(2028, 8, 31), date(2028, 9, 1))
    )
    assert [month.begyndt for month in (before, first, last, after)] == [False, True, True, True]
    assert [month.slut for month in (before, first, last, after)] == [False, False, False, True]
    assert [month.percent for month in (before, first, last, after)] == [0, 4, 100, 100]


def test_a_broken_last_month_counts_as_one():
    assert month_of_course(Periode(START, date(2028, 9, 2)), START).antal == 25
    assert month_of_course(days(START, 10), START).antal == 1


# --- net weeks ------------------------------------------------------------------------------------

AUTUMN = Periode(date(2027, 9, 1), date(2028, 1, 1))


def test_net_weeks_without_anything_is_the_working_days():
    net = net_weeks(AUTUMN)
    assert (net.uger, net.forklaring) == (17.6, "88 arbejdsdage: 17,6 uger i afdelingen")


def test_net_weeks_say_what_was_taken_away():
    net = net_weeks(
        AUTUMN,
        school=[Periode(date(2027, 9, 20), date(2027, 10, 16))],
        holiday=[Periode(date(2027, 10, 18), date(2027, 10, 23))],
        absence=[days(date(2027, 11, 3), 1)],
    )
    assert net.uger == 12.4
    assert net.forklaring == (
        "88 arbejdsdage minus 20 skoledage, 5 feriedage og 1 fraværsdag er 62 dage: 12,4 uger i afdelingen"
    )


def test_a_sick_day_at_school_is_a_school_day_only():
    school = days(date(2027, 9, 20), 5)
    assert net_weeks(AUTUMN, school=[school], absence=[school]) == net_weeks(AUTUMN, school=[school])


def test_whole_weeks_have_no_decimal():
    assert net_weeks(days(date(2027, 9, 6), 14)).forklaring == "10 arbejdsdage: 2 uger i afdelingen"


PERIODS = st.lists(st.builds(days, st.dates(date(2027, 8, 1), date(2028, 2, 1)), st.integers(1, 60)), max_size=3)


@given(PERIODS, PERIODS, PERIODS)
def test_net_weeks_are_the_days_that_nothing_takes(school, holiday, absence):
    away = school + holiday + absence
    left = [day for day in workdays(AUTUMN.startdato, AUTUMN.slutdato) if not any(day in period for period in away)]
    assert net_weeks(AUTUMN, school=school, holiday=holiday, absence=absence).uger == round(len(left) / 5, 1)


# --- absence --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "niveau"), [(0, None), (51, None), (52, Niveau.VENT), (73, Niveau.VENT), (74, Niveau.FEJL)]
)
def test_absence_is_amber_from_7_and_red_from_10_percent(number, niveau):
    absence = [("sygdom", days(START, number))] if number else []
    share = absence_share(TWO_YEARS, absence)
    assert (share.dage, share.dage_i_alt, share.niveau) == (number, 731, niveau)


def test_a_share_just_below_the_limit_is_not_rounded_up_into_it():
    share = absence_share(TWO_YEARS, [("sygdom", days(START, 73))])
    assert (share.procent, share.niveau) == (9.9, Niveau.VENT)
    assert share.tekst == "73 dage, 9,9 % af uddannelsestiden"


def test_a_limit_is_met_when_it_is_reached():
    hundred = days(START, 100)
    assert absence_share(hundred, [("sygdom", days(START, 7))]).niveau == Niveau.VENT
    assert absence_share(hundred, [("sygdom", days(START, 10))]).niveau == Niveau.FEJL
    assert absence_share(hundred, [("sygdom", days(START, 10))]).procent == 10
    assert absence_share(days(START, 500), [("sygdom", days(START, 499))]).procent == 99.8


def test_only_named_reasons_inside_the_agreement_count_and_each_day_once():
    absence = [
        ("sygdom", days(START - timedelta(days=5), 10)),
        ("sygdom", days(START, 3)),
        ("ferie", days(date(2027, 7, 1), 30)),
        ("barsel", days(date(2027, 1, 1), 100)),
    ]
    assert absence_share(TWO_YEARS, absence).dage == 5


def test_absence_can_be_counted_in_working_days():
    rules = Fravaersregler(working_days=True)
    share = absence_share(TWO_YEARS, [("sygdom", days(date(2026, 9, 7), 7))], rules)
    assert share.dage == 5
    assert share.dage_i_alt == len(workdays(TWO_YEARS.startdato, TWO_YEARS.slutdato))


# --- the agreement --------------------------------------------------------------------------------


def codes(aftale, day=START, **more):
    return [warning.kode for warning in agreement_warnings(aftale, day, **more)]


def signed(kommune=date(2026, 6, 1), elev=date(2026, 6, 3)):
    return Aftale(TWO_YEARS, kommune, elev)


def test_an_agreement_in_order_gives_no_warning():
    stays = [Periode(START, date(2027, 9, 1)), Periode(date(2027, 9, 1), TWO_YEARS.slutdato)]
    assert codes(signed(), stays=stays) == []


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 8, 3), []),
        (date(2026, 8, 4), ["mangler_underskrift"]),
        (date(2026, 9, 1), ["mangler_underskrift"]),
        (date(2026, 9, 2), ["begyndt_uden_underskrift"]),
    ],
)
def test_an_unsigned_agreement_warns_from_four_weeks_before(day, code):
    assert codes(signed(elev=None), day) == code


def only(aftale, day=START, **more):
    [warning] = agreement_warnings(aftale, day, **more)
    return warning


def test_the_warning_says_who_must_sign_and_when():
    warning = only(signed(elev=None), date(2026, 8, 20))
    assert (warning.niveau, warning.tekst) == (Niveau.VENT, "Uddannelsesaftalen mangler underskrift fra eleven")
    assert warning.forklaring == "Aftalen begynder om 12 dage og skal være underskrevet senest 1. september 2026."
    assert only(signed(None, None), date(2026, 8, 20)).tekst.endswith("fra kommunen og eleven")


def test_a_start_without_signature_is_an_error_with_a_way_out():
    warning = only(signed(kommune=None), date(2026, 9, 2))
    assert warning.niveau == Niveau.FEJL
    assert warning.tekst == "Uddannelsesaftalen begyndte 1. september 2026 uden underskrift fra kommunen"
    assert warning.forklaring == (
        "Elever må ikke begynde uden en underskrevet aftale. Få den underskrevet i dag, og kontakt skolen."
    )


def test_a_late_signature_says_both_days():
    warning = only(signed(elev=date(2026, 9, 4)))
    assert warning.niveau == Niveau.FEJL
    assert warning.tekst == "Uddannelsesaftalen blev først underskrevet 4. september 2026"
    assert warning.forklaring == (
        "Den skal være underskrevet senest den dag, den begynder (1. september 2026). Kontakt skolen."
    )


def test_signing_on_the_first_day_is_in_time_and_the_day_after_is_not():
    assert codes(signed(elev=START)) == []
    assert codes(signed(elev=START + timedelta(days=1)), date(2027, 1, 1)) == ["underskrevet_efter_start"]


def test_stays_must_lie_inside_the_agreement():
    early = Periode(START - timedelta(days=1), date(2027, 9, 1))
    late = Periode(date(2027, 9, 1), TWO_YEARS.slutdato + timedelta(days=1))
    after = days(TWO_YEARS.slutdato, 5)
    assert codes(signed(), stays=[early]) == ["ophold_uden_for_aftale"]
    assert codes(signed(), stays=[late]) == ["slutter_foer_sidste_ophold"]
    assert codes(signed(), stays=[after]) == ["slutter_foer_sidste_ophold", "ophold_uden_for_aftale"]


def test_stay_warnings_say_what_to_do():
    late = Periode(date(2028, 9, 1), date(2028, 9, 11))
    end, outside = agreement_warnings(signed(), START, stays=[late])
    assert (end.niveau, outside.niveau) == (Niveau.FEJL, Niveau.FEJL)
    assert end.tekst == "Uddannelsesaftalen slutter 31. august 2028, før det sidste ophold er slut"
    assert end.forklaring == "Ret opholdet, eller lav et tillæg til aftalen."
    assert outside.tekst == "Opholdet 1.–10. sep. 2028 begynder uden for uddannelsesaftalen"
    assert outside.forklaring == "Aftalen er 1. sep. 2026 – 31. aug. 2028. Ret opholdet."


def test_absence_warns_near_and_at_the_limit():
    near = only(signed(), absence=[("sygdom", days(START, 52))])
    assert (near.kode, near.niveau) == ("fravaer_naer_graense", Niveau.VENT)
    assert near.tekst == "Fraværet er 7,1 % af uddannelsestiden"
    assert near.forklaring == "Ved 10 % skal I tage stilling til et tillæg om forlængelse. Tal med eleven allerede nu."
    over = only(signed(), absence=[("sygdom", days(START, 80))])
    assert (over.kode, over.niveau) == ("fravaer_graense", Niveau.FEJL)
    assert over.tekst == "Fraværet har nået 10,9 % af uddannelsestiden"
    assert over.forklaring == "Ved 10 % skal I tage stilling til et tillæg. Er I uenige, så kontakt fagligt udvalg."


def test_one_day_of_barsel_or_orlov_is_enough():
    absence = [("orlov", days(date(2027, 2, 1), 1)), ("supplerende_skole", days(date(2027, 5, 1), 14))]
    warnings = agreement_warnings(signed(), START, absence=absence)
    assert [(warning.kode, warning.niveau, warning.tekst) for warning in warnings] == [
        ("orlov", Niveau.VENT, "Eleven har 1 dag med orlov"),
        ("supplerende_skole", Niveau.VENT, "Eleven har 14 dage med supplerende skole"),
    ]
    assert warnings[0].forklaring == (
        "Det giver ret til forlængelse uanset længden. Tag stilling til et tillæg, før aftalen udløber."
    )


def test_leave_after_the_agreement_is_no_concern_of_it():
    assert codes(signed(), absence=[("orlov", days(TWO_YEARS.slutdato, 30))]) == []

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elevforloeb.core.dates import Periode
from elevforloeb.placering import Placering
from elevforloeb.plandata import (
    Handling,
    Niveau,
    Plan,
    PlanAfdeling,
    PlanElev,
    Problemkode,
    Vejlederrolle,
)
from elevforloeb.planregler import check_plan, holes

AFTALE = Periode(date(2026, 9, 1), date(2028, 9, 1))
AUTUMN = Periode(date(2026, 9, 1), date(2027, 1, 1))
WINTER = Periode(date(2027, 1, 1), date(2027, 5, 1))
SUMMER = Periode(date(2027, 5, 1), date(2027, 9, 1))
MARCH = Periode(date(2027, 3, 1), date(2027, 4, 1))
YEAR_TWO = Periode(date(2027, 9, 1), date(2028, 9, 1))
OEKONOMI, STAB, PERSONALE, TEKNIK = 1, 2, 3, 4
NOAH, FREJA, YUSUF = 11, 12, 13
LONE = 90


def afdeling(number, navn, pladser=2, **more):
    return PlanAfdeling(number, navn, ((Periode(date.min, date.max), pladser),), **more)


AFDELINGER = (
    afdeling(OEKONOMI, "Økonomi og Analyse"),
    afdeling(STAB, "Stab for Politik og Kommunikation"),
    afdeling(PERSONALE, "Personale & Udvikling"),
    afdeling(TEKNIK, "Teknisk Forvaltning"),
)


def elev(number=NOAH, navn="Noah", aftale=AFTALE, **more):
    return PlanElev(number, navn, aftale, **more)


def stay(afdeling, periode, elev=NOAH, vejleder=LONE, **more):
    return Placering(elev, afdeling, periode, vejleder, **more)


def whole_course(number=NOAH):
    rounds = [(OEKONOMI, AUTUMN), (STAB, WINTER), (PERSONALE, SUMMER), (TEKNIK, YEAR_TWO)]
    return tuple(stay(afdeling, periode, number) for afdeling, periode in rounds)


ROLLER = tuple(Vejlederrolle(LONE, "Lone Krogh", each.id) for each in AFDELINGER)


ONLY_NOAH = (elev(),)


def plan(*placeringer, elever=ONLY_NOAH, **more):
    return Plan(
        **{"afdelinger": AFDELINGER, "vejlederroller": ROLLER, "elever": elever, "placeringer": placeringer} | more
    )


def found(plan, kode):
    return [problem for problem in check_plan(plan) if problem.kode == kode]


def only(plan, kode):
    [problem] = found(plan, kode)
    return problem


def test_of_a_large_hold_a_few_names_are_told():
    elever = tuple(elev(number, f"Elev {number}", MARCH) for number in range(1, 61))
    problem = only(plan(*(stay(OEKONOMI, MARCH, each.id) for each in elever), elever=elever), Problemkode.OVERBOOKET)
    assert problem.forklaring == "Flyt Elev 1, Elev 2, Elev 3, Elev 4, Elev 5, Elev 6 eller en af 54 andre."
    assert len(problem.forslag) == 60


def test_a_sound_plan_has_no_problems():
    assert check_plan(plan(*whole_course(), elever=(elev(antal_ophold=4),))) == []


def three_in_oekonomi():
    names = {NOAH: "Noah", FREJA: "Freja", YUSUF: "Yusuf"}
    elever = tuple(elev(number, navn, MARCH) for number, navn in names.items())
    return plan(*(stay(OEKONOMI, MARCH, number) for number in names), elever=elever)


def test_overbooking_says_how_many_on_how_many_places_and_who_can_move():
    problem = only(three_in_oekonomi(), Problemkode.OVERBOOKET)
    assert problem.tekst == "Økonomi og Analyse har 3 elever på 2 pladser i marts 2027"
    assert problem.forklaring == "Flyt Noah, Freja eller Yusuf."
    assert problem.niveau == Niveau.FEJL
    assert (problem.elever, problem.afdelinger, problem.periode) == ((NOAH, FREJA, YUSUF), (OEKONOMI,), MARCH)
    assert [(each.handling, each.tekst) for each in problem.forslag] == [
        (Handling.FLYT, "Flyt Noah"),
        (Handling.FLYT, "Flyt Freja"),
        (Handling.FLYT, "Flyt Yusuf"),
    ]


def test_elever_of_other_hold_take_places_too():
    others = (stay(OEKONOMI, MARCH, 21), stay(OEKONOMI, MARCH, 22))
    problem = only(plan(*whole_course()[1:], stay(OEKONOMI, MARCH), andre=others), Problemkode.OVERBOOKET)
    assert problem.tekst == "Økonomi og Analyse har 3 elever på 2 pladser i marts 2027"
    assert problem.elever == (NOAH,)


def test_an_overbooking_among_other_hold_only_is_not_this_plans_problem():
    others = tuple(stay(OEKONOMI, MARCH, number) for number in (21, 22, 23))
    assert check_plan(plan(*whole_course(), andre=others)) == []


def test_a_short_gap_in_the_middle_can_be_filled_from_both_sides():
    autumn, _, summer, *rest = whole_course()
    late = Periode(date(2027, 2, 1), SUMMER.slutdato)
    problem = only(plan(autumn, stay(summer.afdeling, late), *rest), Problemkode.HUL)
    january = Periode(AUTUMN.slutdato, late.startdato)
    assert problem.tekst == "Noah har ingen afdeling i januar 2027"
    assert problem.forklaring == "1 måned uden plan."
    assert [(each.handling, each.tekst, each.periode) for each in problem.forslag] == [
        (Handling.VAELG_AFDELING, "Vælg afdeling", january),
        (
            Handling.FORLAENG,
            "Forlæng Økonomi og Analyse til og med 31. jan. 2027",
            Periode(AUTUMN.startdato, january.slutdato),
        ),
        (Handling.FREMRYK, "Begynd Personale & Udvikling den 1. jan. 2027", Periode(january.startdato, late.slutdato)),
    ]


def test_a_gap_as_long_as_a_stay_is_not_filled_by_its_neighbours():
    problem = only(plan(*(each for each in whole_course() if each.afdeling != STAB)), Problemkode.HUL)
    assert problem.tekst == "Noah har ingen afdeling fra januar til april 2027"
    assert [each.handling for each in problem.forslag] == [Handling.VAELG_AFDELING]


def test_elever_who_lack_the_same_stretch_share_a_line():
    elever = tuple(elev(number, navn) for number, navn in enumerate(["Anna", "Bo", "Clara", "Dan"], start=1))
    halves = [each for one in elever for each in whole_course(one.id)[:3]]
    problem = only(plan(*halves, elever=elever), Problemkode.HUL)
    assert problem.tekst == "4 elever har ingen afdeling fra september 2027"
    assert [each.tekst for each in problem.forslag][:2] == ["Vælg afdeling til Anna", "Vælg afdeling til Bo"]


def test_with_a_gap_the_number_of_stays_needs_no_line_of_its_own():
    noah = elev(antal_ophold=5)
    assert found(plan(*whole_course()[:3], elever=(noah,)), Problemkode.ANTAL_OPHOLD) == []


def test_a_gap_at_the_end_is_said_from_when():
    problem = only(plan(*whole_course()[:3]), Problemkode.HUL)
    assert (problem.tekst, problem.forklaring) == (
        "Noah har ingen afdeling fra september 2027",
        "12 måneder uden plan.",
    )


@pytest.mark.parametrize(
    ("until", "tekst", "forklaring"),
    [
        (date(2028, 8, 1), "Noah har ingen afdeling fra august 2028", "1 måned uden plan."),
        (date(2028, 7, 16), "Noah har ingen afdeling fra 16. juli 2028", "47 dage uden plan."),
        (date(2028, 8, 20), "Noah har ingen afdeling fra 20. august 2028", "12 dage uden plan."),
    ],
)
def test_the_length_of_a_gap_is_months_when_they_are_whole(until, tekst, forklaring):
    problem = only(plan(*whole_course()[:3], stay(TEKNIK, Periode(YEAR_TWO.startdato, until))), Problemkode.HUL)
    assert (problem.tekst, problem.forklaring) == (tekst, forklaring)
    assert {each.elev for each in problem.forslag} == {NOAH}


def test_an_elev_without_any_stay_has_one_gap():
    assert only(plan(), Problemkode.HUL).periode == AFTALE


def test_a_stay_without_a_chosen_afdeling_is_a_gap():
    assert only(plan(*whole_course()[:3], stay(None, YEAR_TWO)), Problemkode.HUL).periode == YEAR_TWO


def test_one_day_without_afdeling_is_a_gap_and_none_is_not():
    short = replace(whole_course()[0], periode=Periode(AUTUMN.startdato, date(2026, 12, 31)))
    problem = only(plan(short, *whole_course()[1:]), Problemkode.HUL)
    assert (problem.tekst, problem.forklaring) == ("Noah har ingen afdeling den 31. dec. 2026", "1 dag uden plan.")


def test_overlap_names_both_afdelinger_and_offers_to_cut_either():
    longer = replace(whole_course()[0], periode=Periode(AUTUMN.startdato, date(2027, 2, 1)))
    problem = only(plan(longer, *whole_course()[1:]), Problemkode.OVERLAP)
    assert problem.tekst == "Noah har to ophold på samme tid i januar 2027"
    assert problem.forklaring == "Økonomi og Analyse og Stab for Politik og Kommunikation."
    assert problem.forslag[0].tekst == "Afkort Økonomi og Analyse til 1. sep. – 31. dec. 2026"
    assert [(each.handling, each.periode) for each in problem.forslag] == [
        (Handling.AFKORT, AUTUMN),
        (Handling.AFKORT, Periode(date(2027, 2, 1), WINTER.slutdato)),
        (Handling.FLYT, WINTER),
    ]


def test_a_long_stay_overlaps_more_than_its_neighbour():
    whole = stay(TEKNIK, AFTALE)
    assert len(found(plan(whole, stay(OEKONOMI, AUTUMN), stay(STAB, WINTER)), Problemkode.OVERLAP)) == 2


@pytest.mark.parametrize(("days", "problems"), [(0, 0), (1, 1)])
def test_a_stay_may_last_to_the_last_day_of_the_agreement_and_no_longer(days, problems):
    last = stay(TEKNIK, Periode(YEAR_TWO.startdato, YEAR_TWO.slutdato + timedelta(days=days)))
    outside = found(plan(*whole_course()[:3], last), Problemkode.UDEN_FOR_AFTALE)
    assert len(outside) == problems
    if outside:
        assert outside[0].tekst == "Noah er i Teknisk Forvaltning uden for sin uddannelsesaftale"
        assert outside[0].forslag[0].periode == YEAR_TWO


def with_afdeling(changed):
    return tuple(changed if each.id == changed.id else each for each in AFDELINGER)


def test_a_closed_afdeling_says_when_it_takes_elever():
    closed = afdeling(STAB, "Stab", aaben=Periode(date.min, date(2027, 4, 30)))
    problem = only(plan(*whole_course(), afdelinger=with_afdeling(closed)), Problemkode.AFDELING_LUKKET)
    assert problem.tekst == "Noah er i Stab på et tidspunkt, hvor afdelingen er lukket"
    assert problem.forklaring == (
        "Afdelingen tager imod elever til og med 29. apr. 2027. Opholdet er 1. jan. – 30. apr. 2027."
    )
    assert [each.tekst for each in problem.forslag] == ["Flyt Noah"]
    late = afdeling(STAB, "Stab", aaben=Periode(date(2027, 1, 2), date.max))
    problem = only(plan(*whole_course(), afdelinger=with_afdeling(late)), Problemkode.AFDELING_LUKKET)
    assert problem.forklaring.startswith("Afdelingen tager imod elever fra 2. jan. 2027.")


def test_an_afdeling_that_closes_the_day_after_the_stay_is_fine():
    closing = afdeling(STAB, "Stab", aaben=Periode(date.min, WINTER.slutdato))
    assert check_plan(plan(*whole_course(), afdelinger=with_afdeling(closing))) == []


def test_days_when_the_afdeling_is_closed_are_not_overbooked_as_well():
    closed = PlanAfdeling(STAB, "Stab", ((WINTER, 1),), aaben=Periode(date(2027, 3, 1), date(2027, 5, 1)))
    kinds = [problem.kode for problem in check_plan(plan(*whole_course(), afdelinger=with_afdeling(closed)))]
    assert kinds == [Problemkode.AFDELING_LUKKET]


def test_coming_back_to_an_afdeling_is_told_but_a_new_vejleder_is_not():
    rounds = (stay(OEKONOMI, AUTUMN), stay(OEKONOMI, WINTER), stay(STAB, SUMMER), stay(OEKONOMI, YEAR_TWO))
    problem = only(plan(*rounds), Problemkode.SAMME_AFDELING)
    assert problem.tekst == "Noah kommer igen til Økonomi og Analyse"
    assert problem.periode == YEAR_TWO


def test_missing_vejledere_are_one_line_per_afdeling():
    rounds = tuple(replace(each, elevvejleder=None) for number in range(4) for each in whole_course(number)[:1])
    elever = tuple(elev(number, f"Elev {number}", AUTUMN) for number in range(4))
    draft = plan(*rounds, elever=elever, afdelinger=(afdeling(OEKONOMI, "Økonomi", 4),))
    assert only(draft, Problemkode.MANGLER_VEJLEDER).tekst == "4 elever mangler en elevvejleder i Økonomi"
    problem = only(draft, Problemkode.MANGLER_VEJLEDER)
    assert problem.forklaring == "Vælg en elevvejleder til hvert ophold."
    assert [(each.handling, each.tekst, each.placering, each.periode) for each in problem.forslag] == [
        (Handling.VAELG_VEJLEDER, f"Vælg elevvejleder til Elev {number}", rounds[number], AUTUMN) for number in range(4)
    ]
    three = only(replace(draft, placeringer=rounds[:3]), Problemkode.MANGLER_VEJLEDER)
    assert three.tekst == "Elev 0, Elev 1 og Elev 2 mangler en elevvejleder i Økonomi"
    few = only(replace(draft, placeringer=rounds[:2]), Problemkode.MANGLER_VEJLEDER)
    assert few.tekst == "Elev 0 og Elev 1 mangler en elevvejleder i Økonomi"


@pytest.mark.parametrize(("end", "problems"), [(WINTER.slutdato, 0), (WINTER.sidste_dag, 1)])
def test_a_vejleder_must_have_the_role_until_the_last_day(end, problems):
    roller = (
        *(r for r in ROLLER if r.afdeling != STAB),
        Vejlederrolle(LONE, "Lone Krogh", STAB, Periode(date.min, end)),
    )
    without = found(plan(*whole_course(), vejlederroller=roller), Problemkode.VEJLEDER_UDEN_ROLLE)
    assert len(without) == problems
    if without:
        assert without[0].tekst == (
            "Lone Krogh er ikke elevvejleder i Stab for Politik og Kommunikation under hele opholdet for Noah"
        )
        assert [each.handling for each in without[0].forslag] == [Handling.VAELG_VEJLEDER]


def test_a_stay_without_vejleder_is_not_a_vejleder_without_role():
    draft = plan(*(replace(each, elevvejleder=None) for each in whole_course()))
    assert {problem.kode for problem in check_plan(draft)} == {Problemkode.MANGLER_VEJLEDER}


def test_a_vejleder_who_has_no_role_anywhere_is_not_named():
    problem = found(plan(*whole_course(), vejlederroller=()), Problemkode.VEJLEDER_UDEN_ROLLE)[0]
    assert problem.tekst.startswith("Elevvejlederen er ikke elevvejleder i Økonomi og Analyse")


def test_a_role_that_is_prolonged_by_a_second_row_is_whole():
    middle = date(2027, 2, 1)
    halves = (Periode(date.min, middle), Periode(middle, date.max))
    roller = tuple(Vejlederrolle(LONE, "Lone", each.id, half) for each in AFDELINGER for half in halves)
    assert check_plan(plan(*whole_course(), vejlederroller=roller)) == []


def test_a_stay_that_is_only_leave_is_told_and_one_working_day_is_enough():
    barsel = Periode(date(2026, 12, 1), date(2027, 4, 30))
    away = plan(*whole_course(), elever=(elev(fravaer=(barsel, Periode(date(2027, 4, 30), date(2027, 5, 3)))),))
    assert only(away, Problemkode.KUN_FRAVAER).periode == WINTER
    assert found(plan(*whole_course(), elever=(elev(fravaer=(barsel,)),)), Problemkode.KUN_FRAVAER) == []


def test_fewer_stays_than_the_model_is_for_information():
    problem = only(plan(*whole_course(), elever=(elev(antal_ophold=5),)), Problemkode.ANTAL_OPHOLD)
    assert problem.tekst == "Noah har 4 ophold, og uddannelsesmodellen har 5"
    assert problem.niveau == Niveau.INFO


def test_the_worst_comes_first_then_the_earliest():
    draft = plan(stay(STAB, WINTER), stay(TEKNIK, Periode(date(2028, 1, 1), date(2028, 10, 1))))
    levels = [(each.niveau, each.periode.startdato) for each in check_plan(draft)]
    assert levels == [
        (Niveau.FEJL, date(2028, 1, 1)),
        (Niveau.VENT, date(2026, 9, 1)),
        (Niveau.VENT, date(2027, 5, 1)),
    ]


def test_what_is_over_is_left_alone():
    draft = three_in_oekonomi()
    assert check_plan(draft, since=MARCH.sidste_dag)
    assert check_plan(draft, since=MARCH.slutdato) == []


PERIODS = st.builds(
    lambda start, length: Periode(start, start + timedelta(days=length)),
    st.dates(date(2026, 8, 1), date(2028, 10, 1)),
    st.integers(1, 300),
)


@given(st.lists(PERIODS, max_size=6), PERIODS)
def test_holes_and_periods_together_are_the_whole_frame(periods, frame):
    empty = holes(frame, periods)
    for number in range(0, frame.days):
        day = frame.startdato + timedelta(days=number)
        assert any(day in hole for hole in empty) != any(day in period for period in periods)


@given(st.lists(st.tuples(st.sampled_from([OEKONOMI, STAB, PERSONALE, TEKNIK, None]), PERIODS), max_size=7))
def test_any_draft_can_be_checked_and_every_sentence_is_whole(rounds):
    for problem in check_plan(plan(*(stay(number, periode) for number, periode in rounds))):
        assert problem.tekst[-1] not in " .:"
        assert problem.forklaring.endswith(".")
        assert "None" not in problem.tekst + problem.forklaring

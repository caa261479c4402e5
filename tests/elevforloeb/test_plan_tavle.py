"""The board as it is drawn: geometry, places, school, what it costs. Today is 2027-10-15."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode
from elevforloeb.queries.foelger import consequences, swap_choices
from elevforloeb.queries.kapacitet import capacity, school_rows
from elevforloeb.queries.tavle import find_gap, get_tavle, get_visning, list_lines
from elevforloeb.services.plan import add_stay, change_stay
from tests.factories import (
    AfdelingFactory,
    BrugerFactory,
    ElevFactory,
    HoldFactory,
    KalenderperiodeFactory,
    OpholdFactory,
)
from tests.plan_steps import days, named, plan_of

QUERIES = 12  # with session, user, roles and the access log; whatever the number of elever


@pytest.fixture
def hold(cast):
    return cast.aase.hold


def tavle(hold, **asked):
    plan = plan_of(hold)
    return get_tavle(plan, get_visning(plan.gitter, **asked))


def drawn(row) -> list:
    return [(columns, bar and bar.titel) for columns, bar in row.linjer[0]]


# --- rows ---------------------------------------------------------------------------------------------------------


def test_a_row_is_stays_and_gaps_cut_at_the_stages_of_the_model(hold):
    bo, aase = tavle(hold).raekker
    assert (bo.navn, aase.navn) == ("Bo Berg", "Åse Ærlig"), "the Danish order"
    assert drawn(aase) == [
        (8, "Økonomi"),
        (8, "Personale"),
        (8, "Vælg afdeling"),
        (12, "Vælg afdeling"),
        (12, "Vælg afdeling"),
    ]


def test_every_row_fills_the_paper(hold):
    for asked in ({}, {"mdr": "12"}, {"mdr": "6", "fra": "2029-03-01"}, {"vis": "afdelinger"}):
        board = tavle(hold, **asked)
        for row in board.raekker:
            assert all(sum(columns for columns, _ in line) == board.kolonner for line in row.linjer)
        for row in board.kapacitet:
            assert sum(cell.kolonner for cell in row.celler) == board.kolonner


def test_the_paper_of_six_months_begins_with_this_month_and_can_be_turned(hold):
    assert tavle(hold, mdr="6").visning.gitter.start == date(2027, 10, 1)
    assert tavle(hold, mdr="6", fra="2099-01-01").visning.gitter.start == date(2029, 3, 1)


@pytest.mark.parametrize(
    "asked",
    [
        {"vis": "<script>", "mdr": "-1", "fra": "i går", "afd": "x", "ret": "x" * 5000},
        {"mdr": "12", "fra": "0001-01-01", "afd": "9" * 30},
        {"mdr": "6", "fra": "9999-12-31", "afd": "²"},
    ],
)
def test_nonsense_in_the_address_is_as_if_it_were_not_there(hold, asked):
    visning = tavle(hold, **asked).visning
    assert visning.vis == "elever"
    assert visning.gitter.start >= date(2027, 9, 1)
    assert visning.afdeling is None or visning.afdeling > 0


def test_a_model_of_three_years_gets_72_columns(cast):
    hold = HoldFactory(model__kode="3-aar", model__trin=[("grund", 12)] * 3)
    ElevFactory(hold=hold, periode=period(date(2027, 9, 1), date(2030, 8, 31)))
    assert tavle(hold).kolonner == 72


def test_the_view_by_afdeling_has_the_elever_of_every_hold_and_opens_only_own(cast, hold):
    stranger = ElevFactory(bruger=BrugerFactory(navn="Fie Fremmed"))
    OpholdFactory(elev=stranger, afdeling=cast.oekonomi)
    row = next(row for row in tavle(hold, vis="afdelinger").raekker if row.navn == "Økonomi")
    bars = {bar.titel: bar for bar in row.poster}
    assert bars.keys() == {"Åse Ærlig", "Bo Berg", "Fie Fremmed"}
    assert not bars["Fie Fremmed"].noegle and bars["Bo Berg"].noegle


def test_the_list_has_every_stay_and_every_gap(hold):
    lines = list(list_lines(plan_of(hold)))
    assert len(lines) == 10
    assert [line.vejleder for line in lines[:3]] == ["Anders Anden", "Vera Vejleder", ""]


def test_a_gap_is_found_again_by_its_key(hold):
    plan = plan_of(hold)
    keys = [line.noegle for line in list_lines(plan) if not line.afdeling]
    assert [find_gap(plan, key) for key in keys].count(None) == 0
    assert find_gap(plan, "n1-2027-09-02") is None


# --- places and school --------------------------------------------------------------------------------------------


def test_places_count_every_hold_on_the_worst_day_of_the_month(cast, hold):
    stranger = ElevFactory()
    OpholdFactory(elev=stranger, afdeling=cast.oekonomi, periode=period(date(2027, 10, 20), date(2027, 10, 25)))
    row = next(row for row in tavle(hold).kapacitet if row.afdeling.id == cast.oekonomi.pk)
    assert [(cell.elever, cell.pladser, cell.tilstand) for cell in row.celler[:3]] == [
        (1, 3, "halvt"),
        (2, 3, "halvt"),
        (1, 3, "halvt"),
    ]


def both_in_personale(cast):
    """In the draft Bo joins Åse in the winter, and there is one place."""
    cast.personale.pladser.update(antal=1)
    winter = days(date(2028, 1, 1), date(2028, 4, 30))
    change_stay(
        cast.elevansvarlig, **named(cast.bo, cast.oekonomi), afdeling=cast.personale, elevvejleder=None, periode=winter
    )


def test_an_overbooked_afdeling_is_marked_in_the_month_and_on_the_bars(cast, hold):
    both_in_personale(cast)
    board = tavle(hold)
    row = next(row for row in board.kapacitet if row.afdeling.id == cast.personale.pk)
    assert [cell.tilstand for cell in row.celler[:9]] == ["fuldt"] * 4 + ["over"] * 4 + [""]
    assert row.over == "fra januar til april 2028 (2 på 1)"
    marked = {(r.navn, bar.periode) for r in board.raekker for bar in r.poster if "bar--konflikt" in bar.klasse}
    assert marked == {(navn, "1. jan. – 30. apr. 2028") for navn in ("Bo Berg", "Åse Ærlig")}


def test_places_of_a_closed_afdeling_are_none(cast, hold):
    cast.oekonomi.pladser.update(periode=period(date(2020, 1, 1), date(2028, 4, 30)))
    row = next(row for row in tavle(hold).kapacitet if row.afdeling.id == cast.oekonomi.pk)
    assert (row.celler[8].elever, row.celler[8].pladser) == (0, 0)


def test_half_months_are_told_apart_on_a_short_paper(hold):
    assert len(capacity(plan_of(hold), tavle(hold, mdr="12").visning.gitter)[0].celler) == 24


def test_school_is_one_row_when_the_hold_goes_together(cast, hold):
    KalenderperiodeFactory(elev=cast.bo, titel=cast.skole.titel, periode=cast.skole.periode)
    (row,) = school_rows(plan_of(hold), plan_of(hold).gitter)
    assert row.hvem == "fælles for holdet"
    assert [cell[1] for cell in row.celler if cell[1]] == [("S1", "Skoleophold 1, 1.–26. nov. 2027")]


def test_school_is_a_row_for_each_group_otherwise(cast, hold):
    KalenderperiodeFactory(elev=cast.bo, titel="Fagprøve", periode=period(date(2029, 5, 7), date(2029, 5, 11)))
    rows = school_rows(plan_of(hold), plan_of(hold).gitter)
    assert {row.hvem for row in rows} == {"Bo", "Åse"}
    assert ("F", "Fagprøve, 7.–11. maj 2029") in [cell[1] for row in rows for cell in row.celler]


def test_illness_is_never_drawn(cast, hold, as_user):
    KalenderperiodeFactory(
        elev=cast.bo, art=Kalenderperiode.Art.SYGDOM, periode=period(date(2028, 2, 1), date(2028, 2, 3))
    )
    page = as_user(cast.elevansvarlig).get(reverse("plan", args=[hold.pk])).content.decode()
    assert "ygdom" not in page


# --- consequences -------------------------------------------------------------------------------------------------


def test_a_change_says_what_it_solves_and_what_it_makes(cast, hold):
    both_in_personale(cast)
    plan = plan_of(hold)
    stay = plan.by_key[named(cast.aase, cast.personale)["noegle"]]
    moved = replace(stay, afdeling=cast.oekonomi.pk, periode=days(date(2028, 2, 1), date(2028, 4, 30)))
    found = consequences(plan, stay, moved)
    assert [problem.tekst for problem in found.loest] == [
        "Personale & Udvikling har 2 elever på 1 plads fra januar til april 2028"
    ]
    new = {each.problem.tekst: each.knapper for each in found.nye}
    ((value, words),) = new["Åse Ærlig har ingen afdeling i januar 2028"]
    assert words == "Forlæng Økonomi og Analyse til og med 31. jan. 2028"
    assert value.endswith(" 2027-09-01 2028-02-01")


def test_a_problem_that_only_gets_other_figures_is_not_called_solved(cast, hold):
    both_in_personale(cast)
    plan = plan_of(hold)
    stay = plan.by_key[named(cast.aase, cast.personale)["noegle"]]
    later = replace(stay, periode=days(date(2028, 2, 1), date(2028, 4, 30)))
    found = consequences(plan, stay, later)
    assert found.loest == ()
    assert "fra februar til april 2028" in found.nye[0].problem.tekst


def test_swap_offers_those_at_the_same_time_first(cast, hold):
    plan = plan_of(hold)
    groups = dict(swap_choices(plan, plan.by_key[named(cast.aase, cast.personale)["noegle"]]))
    assert list(groups) == ["Samme tid", "Elevens egne ophold"]
    assert [choice.tekst for choice in groups["Samme tid"]] == ["Bo Berg: Økonomi 1. jan. – 30. apr. 2028"]


# --- what it costs ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("vis", "more"), [("elever", 0), ("afdelinger", 0), ("liste", 0)])
@pytest.mark.parametrize("draft", [False, True])
def test_the_board_asks_the_same_number_of_questions_for_3_and_for_30_elever(
    cast, hold, as_user, django_assert_num_queries, vis, more, draft
):
    client, url = as_user(cast.elevansvarlig), f"{reverse('plan', args=[hold.pk])}?vis={vis}"
    afdelinger = [AfdelingFactory(pladser=99) for _ in range(3)]
    for number in (1, 28):
        for _ in range(number):
            elev = ElevFactory(hold=hold)
            KalenderperiodeFactory(elev=elev)
            for nr, afdeling in enumerate(afdelinger):
                start = date(2028, 1 + 4 * nr, 1)
                OpholdFactory(elev=elev, afdeling=afdeling, periode=period(start, start.replace(day=28)))
        if draft and number == 1:
            add_stay(
                cast.elevansvarlig, hold=hold, elev=cast.aase, afdeling=afdelinger[0], elevvejleder=None,
                periode=days(date(2028, 5, 1), date(2028, 8, 31)),
            )  # fmt: skip
        with django_assert_num_queries(QUERIES + more):
            response = client.get(url)
        assert response.status_code == 200
    opened = f"{url}&ret={named(cast.aase, cast.personale)['noegle']}"
    with django_assert_num_queries(QUERIES + more):
        assert "rediger" in client.get(opened).content.decode()


def test_names_are_escaped_in_bars_cards_and_lists(cast, hold, as_user):
    evil = "<img src=x onerror=alert(1)>"
    cast.oekonomi.kortnavn = "<b>Øk&\"'"
    cast.oekonomi.save()
    cast.aase.bruger.navn = evil
    cast.aase.bruger.save()
    for vis in ("elever", "afdelinger", "liste"):
        page = as_user(cast.elevansvarlig).get(reverse("plan", args=[hold.pk]), {"vis": vis}).content.decode()
        assert "<img src=x" not in page and "<b>Øk" not in page.replace("<b>Økonomi", "")
        assert "&lt;img src=x" in page


def test_every_id_of_the_page_is_there_once(cast, hold, as_user):
    for asked in ({}, {"vis": "liste"}, {"ret": named(cast.aase, cast.personale)["noegle"]}):
        page = as_user(cast.elevansvarlig).get(reverse("plan", args=[hold.pk]), asked).content.decode()
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(ids) == sorted(set(ids))

"""Goals, courses and dated numbers."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from afdelinger.maalliste import Maallinje, parse
from afdelinger.models import Maalsaet
from afdelinger.queries.afdelinger import current_maalsaet
from afdelinger.queries.brugere import uden_kursus
from afdelinger.queries.stamdata import maaldaekning, regel
from afdelinger.services import create_maalsaet, register_kursus, remove_kursus, remove_regel, set_regel
from elevforloeb.core.models import Regel
from elevforloeb.core.rules import rules
from tests.factories import RULES, TODAY, MaalFactory

NEW_YEAR = date(2028, 1, 1)


# --- Goals --------------------------------------------------------------------------------------------------------
def test_a_pasted_list_is_read_line_by_line():
    lines, errors = parse("KOM: Kommunikation\n\n  Skrive breve (valgfrit)\nBUD\tBudget\n")
    assert errors == []
    assert lines == [
        Maallinje("KOM", "Kommunikation"),
        Maallinje("M2", "Skrive breve", obligatorisk=False),
        Maallinje("BUD", "Budget"),
    ]


def test_the_errors_of_a_list_name_the_line():
    _, errors = parse("KOM: Et\nKOM: To\nBUD: " + "x" * 201)
    assert errors == [
        "Linje 2: Koden KOM er brugt i linje 1. Giv målet en anden kode.",
        "Linje 3: Målet må højst være på 200 tegn.",
    ]


def test_a_list_may_not_be_endless():
    _, errors = parse("Mål\n" * 201)
    assert errors == ["Listen har 201 mål. Der kan højst være 200."]


def test_the_tasks_follow_to_the_same_code_of_a_new_version(cast):
    old = MaalFactory(kode="KOM")
    cast.opgave.maal.add(old)
    linjer, _ = parse("KOM: Kommunikation og formidling\nNYT: Noget nyt")
    new = create_maalsaet(cast.elevansvarlig, navn="Nye mål", kilde="BEK 1", fra=TODAY, linjer=linjer)
    assert [goal.kode for goal in cast.opgave.maal.filter(maalsaet=new)] == ["KOM"]
    assert current_maalsaet() == new


def test_elever_keep_the_version_they_began_with(cast):
    linjer, _ = parse("KOM: Kommunikation")
    create_maalsaet(cast.elevansvarlig, navn="Nye mål", kilde="BEK 1", fra=TODAY, linjer=linjer)
    cast.aase.refresh_from_db()
    assert cast.aase.maalsaet == Maalsaet.objects.get(kode="test")


def test_a_version_without_goals_is_refused(cast):
    with pytest.raises(ValidationError):
        create_maalsaet(cast.elevansvarlig, navn="Tomt", kilde="BEK 1", fra=TODAY, linjer=[])


def test_the_coverage_counts_tasks_by_goal_and_department(cast):
    goal = MaalFactory()
    cast.opgave.maal.add(goal)
    row = maaldaekning(goal.maalsaet).raekker[0]
    assert dict(row.antal) == {cast.oekonomi: 1, cast.personale: 0} and row.i_alt == 1


# --- Dated numbers ------------------------------------------------------------------------------------------------
def set_weeks(cast, vaerdi, fra):
    return set_regel(cast.elevansvarlig, noegle="skoleuger", vaerdi=vaerdi, fra=fra, kilde="Skolen")


def test_a_new_value_ends_the_old_the_day_before(cast):
    set_weeks(cast, 16, NEW_YEAR)
    assert rules().skoleuger == 15
    assert rules(NEW_YEAR).skoleuger == 16
    assert Regel.objects.get(noegle="skoleuger", vaerdi=15).sidste_dag == date(2027, 12, 31)


def test_a_value_between_two_others_ends_where_the_later_begins(cast):
    set_weeks(cast, 17, date(2029, 1, 1))
    set_weeks(cast, 16, NEW_YEAR)
    assert [rules(date(year, 6, 1)).skoleuger for year in (2027, 2028, 2029)] == [15, 16, 17]


def test_the_past_cannot_be_changed(cast):
    with pytest.raises(ValidationError, match="i dag eller en senere dato"):
        set_weeks(cast, 16, date(2027, 1, 1))


def test_two_values_from_the_same_day_are_refused(cast):
    set_weeks(cast, 16, NEW_YEAR)
    with pytest.raises(ValidationError, match="allerede en værdi fra 1. januar 2028"):
        set_weeks(cast, 17, NEW_YEAR)


def test_a_coming_value_can_be_taken_back(cast):
    remove_regel(cast.elevansvarlig, regel=set_weeks(cast, 16, NEW_YEAR))
    assert rules(NEW_YEAR).skoleuger == 15
    assert Regel.objects.get(noegle="skoleuger").sidste_dag is None


def test_a_value_in_force_cannot_be_taken_back(cast):
    with pytest.raises(ValidationError, match="gælder allerede"):
        remove_regel(cast.elevansvarlig, regel=Regel.objects.get(noegle="skoleuger"))


def test_the_page_parts_what_is_what_comes_and_what_was(cast):
    set_weeks(cast, 16, NEW_YEAR)
    rule = regel("skoleuger")
    assert (rule.nu.vaerdi, [row.vaerdi for row in rule.kommende], rule.tidligere) == (15, [16], [])


# --- Courses ------------------------------------------------------------------------------------------------------
def test_a_completed_course_makes_an_elevvejleder_ready(cast):
    assert {row.bruger for row in uden_kursus(49998)} == {cast.vejleder, cast.anden_vejleder}
    deltagelse = register_kursus(cast.vejleder, kursus=cast.kursus, dato=TODAY)
    assert {row.bruger for row in uden_kursus(49998)} == {cast.anden_vejleder}
    remove_kursus(cast.vejleder, deltagelse=deltagelse)
    assert uden_kursus(49998).count() == 2


def test_a_course_cannot_be_completed_tomorrow_or_twice(cast):
    with pytest.raises(ValidationError, match="ligger i fremtiden"):
        register_kursus(cast.vejleder, kursus=cast.kursus, dato=NEW_YEAR)
    register_kursus(cast.vejleder, kursus=cast.kursus, dato=TODAY)
    with pytest.raises(ValidationError, match="allerede registreret"):
        register_kursus(cast.vejleder, kursus=cast.kursus, dato=TODAY)


def test_a_rule_stands_under_the_heading_of_its_kind(as_user, cast):
    groups = as_user(cast.elevansvarlig).get("/regler/").context["grupper"]
    there = {group.titel: [rule.noegle for rule in group.regler] for group in groups}
    assert "skoleuger" in there["Skoleophold"]
    assert "slet_ansoegninger_maaneder" in there["Ansøgninger"]
    assert "slet_elev_maaneder" in there["Opbevaring og sletning"]
    assert "Andre regler" not in there and sum(map(len, there.values())) == len(RULES)

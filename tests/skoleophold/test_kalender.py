"""A class's calendar and what it does to those who follow it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError
from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode
from elevforloeb.services.kalender import add_kalenderperiode, kalender_version, update_kalenderperiode
from skoleophold.models import Karakter, Skoleophold, Skoleperiode, Tilknytning
from skoleophold.queries.foelger import Art, find_skift, stand
from skoleophold.queries.kalender import copied, get_periodeside, get_skoleholdside, year_later
from skoleophold.services.kalender import (
    delete_periode,
    follow_class,
    periode_version,
    save_perioder,
    set_fremmoede,
    set_own_days,
)
from skoleophold.services.skolehold import delete_skolehold, leave, leaving
from tests.factories import ElevFactory
from tests.skole_steps import (
    class_at_school,
    first_period,
    follow,
    give,
    make_class,
    periode,
    save,
    school_of,
    stay_of,
)

JAN = (date(2028, 1, 10), date(2028, 1, 28))
FEB = (date(2028, 2, 7), date(2028, 2, 25))


def moved(skolehold, nr=2, days=FEB):
    row = skolehold.skoleperioder.get(nr=nr)
    row.periode = period(*days)
    return row


def what(skift):
    return {each.elev.bruger.fornavn: each.art for each in skift}


def test_a_period_of_the_class_stands_in_the_calendar_of_each_who_follows_it(cast, scene):
    scene(class_at_school)
    assert school_of(cast.bo) == ["Skoleophold 1 06-09-2027 17-09-2027", "Skoleophold 2 10-01-2028 28-01-2028"]
    assert "Skoleophold 1" in audit.history(cast.bo).first().tekst


def test_a_moved_period_moves_everybody_at_once_with_one_line_in_each_history(cast, scene):
    skolehold = scene(class_at_school)
    before = audit.history(cast.bo).count()
    assert what(save(cast, moved(skolehold))) == {"Åse": Art.FLYTTES, "Bo": Art.FLYTTES}
    assert "Skoleophold 2 07-02-2028 25-02-2028" in school_of(cast.bo)
    assert audit.history(cast.bo).count() == before + 1
    assert audit.history(skolehold).first().tekst == "KOF 27-2: Skoleophold 2 rettet for 2 elever"


def test_two_periods_that_change_places_are_moved_together(cast, scene):
    skolehold = scene(class_at_school)
    one, two = moved(skolehold, 1, JAN), moved(skolehold, 2, (date(2027, 9, 6), date(2027, 9, 17)))
    assert {each.art for each in save(cast, one, two)} == {Art.FLYTTES}
    assert school_of(cast.bo) == ["Skoleophold 2 06-09-2027 17-09-2027", "Skoleophold 1 10-01-2028 28-01-2028"]


def test_an_elev_with_days_of_her_own_is_left_alone_when_the_class_moves(cast, scene):
    skolehold = scene(class_at_school)
    own = {"startdato": date(2028, 1, 17), "sidste_dag": date(2028, 1, 28)}
    set_own_days(cast.elevansvarlig, ophold=stay_of(cast.bo, 2), **own)
    assert what(save(cast, moved(skolehold))) == {"Åse": Art.FLYTTES, "Bo": Art.AFVIGER}
    assert "Skoleophold 2 17-01-2028 28-01-2028" in school_of(cast.bo)


def test_days_that_were_written_on_the_elevs_page_count_as_her_own(cast, scene):
    skolehold = scene(class_at_school)
    row = stay_of(cast.bo, 2).kalenderperiode
    days = {"startdato": JAN[0], "sidste_dag": date(2028, 1, 21), "titel": row.titel, "art": "skole"}
    update_kalenderperiode(cast.elevansvarlig, row=row, version=kalender_version(row), **days)
    assert what(save(cast, moved(skolehold)))["Bo"] == Art.AFVIGER
    assert stay_of(cast.bo, 2).afviger


def test_who_is_not_there_stays_away_when_the_class_moves(cast, scene):
    skolehold = scene(class_at_school)
    set_own_days(cast.elevansvarlig, ophold=stay_of(cast.bo, 2), startdato=None, sidste_dag=None)
    save(cast, moved(skolehold))
    assert school_of(cast.bo) == ["Skoleophold 1 06-09-2027 17-09-2027"]


def test_own_days_can_be_given_up_for_those_of_the_class(cast, scene):
    skolehold = scene(class_at_school)
    stay = stay_of(cast.bo, 2)
    set_own_days(cast.elevansvarlig, ophold=stay, startdato=None, sidste_dag=None)
    follow_class(cast.elevansvarlig, ophold=stay)
    assert "Skoleophold 2 10-01-2028 28-01-2028" in school_of(cast.bo)
    set_own_days(cast.elevansvarlig, ophold=stay, startdato=FEB[0], sidste_dag=FEB[1])
    follow_class(cast.elevansvarlig, ophold=stay)
    assert "Skoleophold 2 10-01-2028 28-01-2028" in school_of(cast.bo) and not stay_of(cast.bo, 2).afviger
    assert what(find_skift([skolehold.skoleperioder.get(nr=2)]))["Bo"] == Art.UAENDRET


def test_a_holiday_on_the_days_keeps_school_out_and_is_told(cast, scene):
    skolehold = scene(class_at_school)
    add_kalenderperiode(cast.elevansvarlig, elev=cast.bo, art="ferie", startdato=FEB[0], sidste_dag=FEB[0])
    skift = save(cast, moved(skolehold))
    assert what(skift) == {"Åse": Art.FLYTTES, "Bo": Art.KOLLIDERER}
    assert next(each.hvorfor for each in skift if each.elev == cast.bo) == "har allerede ferie 7. feb. 2028"
    assert school_of(cast.bo) == ["Skoleophold 1 06-09-2027 17-09-2027"]
    states = {row.ophold.elev: row.tilstand for row in get_periodeside(skolehold.skoleperioder.get(nr=2)).deltagere}
    assert states == {cast.aase: "Følger holdet", cast.bo: "Kan ikke være der"}


def test_what_did_not_fit_is_tried_again_the_next_time_the_period_is_saved(cast, scene):
    skolehold = scene(class_at_school)
    holiday = {"art": "ferie", "startdato": FEB[0], "sidste_dag": FEB[0]}
    row = add_kalenderperiode(cast.elevansvarlig, elev=cast.bo, **holiday)
    save(cast, moved(skolehold))
    row.delete()
    assert what(save(cast, skolehold.skoleperioder.get(nr=2))) == {"Åse": Art.UAENDRET, "Bo": Art.NY}


def test_school_outside_the_agreement_does_not_fit(cast):
    skolehold = make_class(cast)
    follow(cast, skolehold, cast.bo)
    (skift,) = find_skift([periode(skolehold, 1, date(2030, 1, 7), date(2030, 1, 11))])
    assert skift.art == Art.KOLLIDERER and "uden for aftalen" in skift.hvorfor


def test_school_that_stood_there_already_becomes_that_of_the_class(cast):
    skolehold = make_class(cast)
    follow(cast, skolehold, cast.aase)
    (skift,) = save(cast, periode(skolehold, 1, date(2027, 11, 1), date(2027, 11, 26)))
    assert skift.art == Art.UAENDRET
    assert stay_of(cast.aase, 1).kalenderperiode == cast.skole
    assert Kalenderperiode.objects.filter(elev=cast.aase, art="skole").count() == 1


def test_a_list_that_is_no_longer_true_saves_nothing(cast, scene):
    skolehold = scene(class_at_school)
    row = moved(skolehold)
    seen = stand(find_skift([row]))
    add_kalenderperiode(cast.elevansvarlig, elev=cast.bo, art="ferie", startdato=FEB[0], sidste_dag=FEB[0])
    with pytest.raises(StaleError):
        save_perioder(cast.elevansvarlig, perioder=[row], was=seen)
    assert Skoleperiode.objects.get(pk=row.pk).startdato == JAN[0]


def test_two_who_correct_the_same_period_do_not_overwrite_each_other(cast, scene):
    skolehold = scene(class_at_school)
    opened = periode_version(skolehold.skoleperioder.get(nr=2))
    first = skolehold.skoleperioder.get(nr=2)
    first.sted = "Lokale 9"
    save(cast, first)
    row = moved(skolehold)
    with pytest.raises(StaleError, match="Else Ansvarlig har rettet"):
        save_perioder(cast.elevansvarlig, perioder=[row], was=stand(find_skift([row])), version=opened)


@pytest.mark.parametrize(("nr", "days"), [(1, FEB), (3, JAN)], ids=["same number", "same days"])
def test_a_class_has_each_number_and_each_day_once(cast, scene, nr, days):
    skolehold = scene(class_at_school)
    with pytest.raises(ValidationError, match="Skoleholdet har allerede"):
        save(cast, periode(skolehold, nr, *days))
    assert skolehold.skoleperioder.count() == 2 and len(school_of(cast.bo)) == 2


def test_an_elev_who_has_stopped_gets_no_more_school(cast, scene):
    skolehold = scene(class_at_school)
    cast.bo.stoppet = date(2027, 12, 1)
    cast.bo.save()
    skift = find_skift([moved(skolehold)])
    assert what(skift) == {"Åse": Art.FLYTTES, "Bo": Art.FJERNES}


def test_joining_another_class_leaves_the_first_and_takes_its_coming_days_away(cast, scene):
    scene(class_at_school)
    other = make_class(cast, "KOF 27-9")
    save(cast, periode(other, 1, *FEB))
    follow(cast, other, cast.bo, fra=date(2027, 11, 1))
    assert school_of(cast.bo) == ["Skoleophold 1 06-09-2027 17-09-2027", "Skoleophold 1 07-02-2028 25-02-2028"]
    assert [row.sidste_dag for row in Tilknytning.objects.filter(elev=cast.bo)] == [date(2027, 10, 31), None]


def test_who_leaves_keeps_what_is_over_and_loses_what_is_ahead(cast, scene):
    skolehold = scene(class_at_school)
    row = Tilknytning.objects.get(elev=cast.bo)
    last = date(2027, 10, 31)
    leave(cast.elevansvarlig, tilknytning=row, sidste_dag=last, was=stand(leaving(row, last)))
    assert school_of(cast.bo) == ["Skoleophold 1 06-09-2027 17-09-2027"]
    assert {each.elev for each in get_skoleholdside(skolehold).medlemmer} == {cast.aase, cast.bo}  # to the last day


def test_a_deleted_period_goes_from_all_calendars_but_not_when_it_has_facts(cast, scene):
    skolehold = scene(class_at_school)
    two = skolehold.skoleperioder.get(nr=2)
    delete_periode(cast.elevansvarlig, periode=two, was=stand(find_skift([], slettes=[two])))
    assert len(school_of(cast.bo)) == 1
    one = first_period(skolehold)
    give(cast, cast.bo, skoleperiode=one)
    with pytest.raises(ValidationError, match="karakterer eller fremmøde"):
        delete_periode(cast.elevansvarlig, periode=one, was=stand(find_skift([], slettes=[one])))
    assert Karakter.objects.count() == 1


def test_a_class_with_elever_or_periods_cannot_be_deleted(cast, scene):
    skolehold = scene(class_at_school)
    with pytest.raises(ValidationError, match="elever eller perioder"):
        delete_skolehold(cast.elevansvarlig, skolehold=skolehold)
    delete_skolehold(cast.elevansvarlig, skolehold=make_class(cast, "Tomt hold"))


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2027, 10, 11), date(2028, 10, 9)),  # Monday of week 41
        (date(2026, 12, 31), date(2027, 12, 30)),  # Thursday of week 53, and 2027 has 52
        (date(2027, 1, 1), date(2027, 12, 31)),  # Friday of week 53 of 2026
    ],
)
def test_a_year_later_is_the_same_weekday_of_the_same_week(day, later):
    assert year_later(day, 1) == later


def test_a_copied_year_keeps_weeks_places_and_subjects_but_not_the_summons(cast, scene):
    source = scene(class_at_school)
    one = first_period(source)
    one.indkaldt, one.skema = date(2027, 8, 9), "Lovgivning"
    save(cast, one)
    rows = copied(make_class(cast, "KOF 28-2"), source, 1)
    assert [(row.nr, row.startdato, row.sidste_dag) for row in rows] == [
        (1, date(2028, 9, 4), date(2028, 9, 15)),
        (2, date(2029, 1, 8), date(2029, 1, 26)),
    ]
    assert (rows[0].skema, rows[0].sted, rows[0].indkaldt) == ("Lovgivning", "Lokale 1", None)


def test_weeks_are_shown_beside_the_number_that_was_chosen_for_the_elev(cast):
    cast.bo.voksenelev = True
    cast.bo.save()
    side = get_skoleholdside(class_at_school(cast))
    weeks = {row.elev: (row.uger.brugt, row.uger.planlagt, row.uger.i_alt) for row in side.medlemmer}
    assert weeks == {cast.aase: (2, 9, 15), cast.bo: (2, 5, 13)}  # Åse has four weeks of November too


def test_attendance_is_three_numbers_and_no_reason(cast, scene):
    scene(class_at_school)
    stay = stay_of(cast.bo, 1)
    set_fremmoede(cast.elevansvarlig, rows=[(stay, {"til_stede": 8, "syg": 1, "ulovligt": 1})])
    stay = Skoleophold.objects.get(pk=stay.pk)
    assert (stay.dage_til_stede, stay.dage_syg, stay.dage_ulovligt) == (8, 1, 1)
    assert audit.history(cast.bo).first().tekst == "Fremmøde på Skoleophold 1 registreret"
    stay.dage_syg = None
    with pytest.raises(ValidationError, match="alle tre tal"):
        stay.full_clean()


def test_the_page_of_a_class_asks_the_same_for_few_and_many(cast, scene, django_assert_num_queries):
    skolehold = scene(class_at_school)
    with django_assert_num_queries(6):  # the dates of the fagprøve are one
        get_skoleholdside(skolehold)
    follow(cast, skolehold, *[ElevFactory(hold=cast.aase.hold) for _ in range(20)])
    with django_assert_num_queries(6):
        assert len(get_skoleholdside(skolehold).medlemmer) == 22


def test_consequences_and_saving_take_the_same_statements_for_few_and_many(cast, scene, django_assert_max_num_queries):
    skolehold = scene(class_at_school)
    follow(cast, skolehold, *[ElevFactory(hold=cast.aase.hold) for _ in range(30)])
    row = moved(skolehold)
    with django_assert_max_num_queries(3):
        skift = find_skift([row])
    with django_assert_max_num_queries(40):
        save_perioder(cast.elevansvarlig, perioder=[row], was=stand(skift))
    assert len(skift) == 32

"""Grades are the elev's own: words of a scale, never averaged, and read by her elevvejleder only when she shares."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError
from elevforloeb.core.rules import rules
from elevforloeb.models import Elev
from elevforloeb.queries.handling import find_things
from skoleophold.models import Fagvalg, Karakter, Skolehold
from skoleophold.permissions import can_see_karakterer, editable_karakterer, visible_karakterer
from skoleophold.queries.elev import get_elevskole, with_sharing
from skoleophold.queries.handling import WING
from skoleophold.services.fagvalg import choose
from skoleophold.services.karakterer import (
    delete_karakter,
    karakter_version,
    mark_followed_up,
    share,
    stop_sharing,
    update_karakter,
)
from tests.skole_steps import class_at_school, first_period, give, make_fag


@pytest.fixture
def one(scene):
    return first_period(scene(class_at_school))


@pytest.mark.parametrize("vaerdi", ["12", "10", "7", "4", "02", "00", "-3"])
def test_a_grade_is_shown_as_the_scale_writes_it(cast, one, vaerdi):
    assert str(give(cast, cast.bo, vaerdi, skoleperiode=one)) == vaerdi


def test_passed_is_02_or_better(cast, one):
    passed = {value for value in Karakter.Vaerdi if Karakter(vaerdi=value).er_bestaaet}
    assert passed == {"12", "10", "7", "4", "02", "B"}


def test_a_subject_without_numbers_takes_none(cast, one):
    eu = make_fag("EUI", "EU", skala="bestaaet")
    assert str(give(cast, cast.bo, "IB", skoleperiode=one, fag=eu)) == "Ikke bestået"
    with pytest.raises(ValidationError, match="har bestået eller ikke bestået"):
        give(cast, cast.aase, "7", skoleperiode=one, fag=eu)


def test_one_grade_for_each_subject_and_period_and_one_at_the_end(cast, one):
    give(cast, cast.bo, "7", skoleperiode=one)
    give(cast, cast.bo, "4")
    for period in (one, None):
        with pytest.raises(ValidationError, match="Der står allerede en karakter"):
            give(cast, cast.bo, "10", skoleperiode=period)


@pytest.mark.parametrize(("nr", "dato", "words"), [(2, None, "ikke begyndt"), (1, date(2027, 10, 16), "fremtiden")])
def test_a_grade_of_a_coming_day_is_refused(cast, one, nr, dato, words):
    period = one.skolehold.skoleperioder.get(nr=nr)
    with pytest.raises(ValidationError, match=words):
        give(cast, cast.bo, skoleperiode=period, dato=dato)


def test_two_who_correct_a_grade_do_not_overwrite_each_other(cast, one):
    karakter = give(cast, cast.bo, "7", skoleperiode=one)
    seen = karakter_version(karakter)
    update_karakter(cast.bo.bruger, karakter=karakter, vaerdi="10", dato=None, version=seen)
    with pytest.raises(StaleError, match="Nu står der karakter: 10"):
        update_karakter(cast.elevansvarlig, karakter=karakter, vaerdi="4", dato=None, version=seen)


def test_the_history_never_says_the_grade(cast, one):
    karakter = give(cast, cast.bo, "-3", skoleperiode=one)
    update_karakter(cast.bo.bruger, karakter=karakter, vaerdi="12", dato=None, version=karakter_version(karakter))
    delete_karakter(cast.elevansvarlig, karakter=karakter)
    lines = [act for act in audit.history(cast.bo) if act.handling.startswith("karakter.")]
    assert len(lines) == 3
    assert not any("-3" in act.tekst or "12" in act.tekst or act.data for act in lines)


def test_an_elevvejleder_reads_grades_only_while_they_are_shared(cast, one):
    give(cast, cast.aase, skoleperiode=one)
    give(cast, cast.bo, skoleperiode=one)
    assert not visible_karakterer(cast.vejleder) and not can_see_karakterer(cast.vejleder, cast.aase)
    share(cast.aase.bruger, elev=cast.aase)
    share(cast.aase.bruger, elev=cast.aase)
    assert [row.elev for row in visible_karakterer(cast.vejleder)] == [cast.aase]
    assert not visible_karakterer(cast.leder) and not visible_karakterer(cast.anden_vejleder)
    assert not editable_karakterer(cast.vejleder)
    stop_sharing(cast.aase.bruger, elev=cast.aase)
    assert not visible_karakterer(cast.vejleder)
    assert cast.aase.karakterdelinger.get().til
    share(cast.aase.bruger, elev=cast.aase)
    assert cast.aase.karakterdelinger.count() == 2


def test_what_each_reads_on_the_page_of_an_elev(cast, one):
    give(cast, cast.aase, "00", skoleperiode=one)
    sees = {
        navn: (side.ser_karakterer, side.ser_fremmoede, side.kan_rette, len(side.fag))
        for navn, user in {
            "elev": cast.aase.bruger,
            "elevansvarlig": cast.elevansvarlig,
            "elevvejleder": cast.vejleder,
            "leder": cast.leder,
        }.items()
        if (side := get_elevskole(user, with_sharing(Elev.objects.all()).get(pk=cast.aase.pk)))
    }
    assert sees == {
        "elev": (True, True, True, 1),
        "elevansvarlig": (True, True, True, 1),
        "elevvejleder": (False, False, False, 0),
        "leder": (False, False, False, 0),
    }


def titles():
    return [line.titel for line in find_things(rules(), [WING])]


def test_a_grade_that_was_not_passed_is_a_quiet_line_until_somebody_has_followed_up(cast, one):
    give(cast, cast.bo, "02", skoleperiode=one)
    give(cast, cast.aase, "10", skoleperiode=one)
    assert titles() == []
    karakter = give(cast, cast.bo, "00")
    assert titles() == ["Følg op med Bo Berg efter skolen"]
    (line,) = find_things(rules(), [WING])
    assert "00" not in line.tekst and line.art != "fejl"
    mark_followed_up(cast.elevansvarlig, karakter=karakter)
    assert titles() == []


def test_nobody_follows_up_on_a_grade_that_was_passed_after_all(cast, one):
    karakter = give(cast, cast.bo, "00", skoleperiode=one)
    update_karakter(cast.bo.bruger, karakter=karakter, vaerdi="02", dato=None, version=karakter_version(karakter))
    with pytest.raises(ValidationError, match="bestået nu"):
        mark_followed_up(cast.elevansvarlig, karakter=karakter)


# --- optional subjects --------------------------------------------------------------------------------------------


@pytest.fixture
def choice(cast):
    class_at_school(cast, fagvalg_senest=date(2027, 10, 20))
    return [make_fag(f"V{nr}", f"Valgfag {nr}", bundet=False) for nr in (1, 2)]


def test_a_subject_is_chosen_when_both_have_said_yes(cast, choice):
    choose(cast.aase.bruger, elev=cast.aase, fag=choice, som_elev=True)
    choose(cast.vejleder, elev=cast.aase, fag=choice[:1], som_elev=False)
    assert {row.fag.kode: row.er_valgt for row in Fagvalg.objects.all()} == {"V1": True, "V2": False}
    choose(cast.aase.bruger, elev=cast.aase, fag=choice[1:], som_elev=True)
    assert {row.fag.kode: row.er_valgt for row in Fagvalg.objects.all()} == {"V1": False, "V2": False}
    choose(cast.vejleder, elev=cast.aase, fag=[], som_elev=False)
    assert [row.fag.kode for row in Fagvalg.objects.all()] == ["V2"]


def test_after_the_deadline_only_the_elevansvarlig_changes_the_choice(cast, choice):
    Skolehold.objects.update(fagvalg_senest=date(2027, 10, 14))
    with pytest.raises(ValidationError, match="Fristen var 14. oktober 2027"):
        choose(cast.aase.bruger, elev=cast.aase, fag=choice, som_elev=True)
    choose(cast.elevansvarlig, elev=cast.aase, fag=choice, som_elev=True, altid=True)
    assert Fagvalg.objects.count() == 2


def test_without_a_deadline_there_is_nothing_to_choose_yet(cast, scene):
    scene(class_at_school)
    with pytest.raises(ValidationError, match="ikke vælges endnu"):
        choose(cast.aase.bruger, elev=cast.aase, fag=[make_fag("V1", bundet=False)], som_elev=True)

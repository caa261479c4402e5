"""The group of a fagprøve: what they share, what is each one's own, and who leaves it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from elevforloeb.project.sletning import Grund, erase_person
from skoleophold.models import Fagproeve
from skoleophold.services.fagproeve import forsoeg as attempts
from skoleophold.services.fagproeve import gruppe, vejen
from skoleophold.services.fagproeve.graenser import set_tegngraense
from skoleophold.services.karakterer import share
from tests.fagproeve_steps import (
    approve,
    attempt_of,
    hand_in,
    judge,
    make_limit,
    make_runde,
    on,
    page,
    work_of,
    write,
)
from tests.skole_steps import follow, make_class


@pytest.fixture
def runde(scene):
    return scene(make_runde)


def refused(words: str):
    return pytest.raises(ValidationError, match=words)


def together(cast) -> Fagproeve:
    gruppe.join_group(cast.elevansvarlig, fagproeve=work_of(cast.aase), forsoeg=[attempt_of(cast.bo)])
    return work_of(cast.aase)


def test_a_group_shares_its_text_and_each_has_an_exam_of_her_own(cast, runde):
    together(cast)
    assert work_of(cast.bo) == work_of(cast.aase) and Fagproeve.objects.count() == 1
    write(cast.bo)
    assert page(cast.aase.bruger, cast.aase).formulering is not None
    row = attempt_of(cast.bo)
    attempts.set_exam(cast.bo.bruger, forsoeg=row, eksamen=date(2029, 5, 2), version=attempts.forsoeg_version(row))
    assert attempt_of(cast.aase).eksamen is None


def test_an_elev_of_another_class_or_who_has_written_is_not_taken_into_a_group(cast, runde):
    other = make_class(cast, navn="KOF 27-3")
    follow(cast, other, cast.bo, fra=date(2028, 1, 1))
    Fagproeve.objects.filter(pk=work_of(cast.bo).pk).update(runde=make_runde(cast, other))
    with refused("samme skolehold"):
        together(cast)
    Fagproeve.objects.filter(pk=work_of(cast.bo).pk).update(runde=runde)
    write(cast.bo, send=False)
    with refused("Bo Berg har allerede skrevet"):
        together(cast)


def test_who_leaves_the_group_takes_a_copy_that_both_must_approve(cast, runde):
    together(cast)
    approve(cast, cast.aase)
    gruppe.leave_group(cast.elevansvarlig, forsoeg=attempt_of(cast.bo))
    assert (work_of(cast.aase).status, work_of(cast.bo).status) == ("godkendt", "skrives")
    assert vejen.latest(work_of(cast.bo), sendt=False).tekst == vejen.latest(work_of(cast.aase), sendt=True).tekst


def test_erasing_one_of_a_group_leaves_the_text_to_the_other_without_the_name(cast, runde):
    together(cast)
    write(cast.aase, tekst="Bo Berg og jeg undrer os.")
    with on(date(2030, 1, 1)):
        erase_person(cast.elevansvarlig, person=cast.bo.bruger, grund=Grund.OENSKET)
    assert not cast.bo.fagproeveforsoeg.exists()
    assert vejen.latest(work_of(cast.aase), sendt=True).tekst == "Slettet person og jeg undrer os."
    with on(date(2030, 1, 1)):
        erase_person(cast.elevansvarlig, person=cast.aase.bruger, grund=Grund.OENSKET)
    assert not Fagproeve.objects.exists()


def test_a_grade_is_read_by_whom_the_other_grades_are_and_never_by_the_group(cast, runde):
    together(cast)
    hand_in(cast, cast.aase)
    judge(cast.aase, "12")
    assert [line.karakter for line in page(cast.aase.bruger, cast.aase).linjer] == ["12"]
    with on(date(2029, 4, 28)):
        assert {line.karakter for line in page(cast.bo.bruger, cast.bo).linjer} == {""}
    assert [line.karakter for line in page(cast.vejleder, cast.aase).linjer] == [""]
    share(cast.aase.bruger, elev=cast.aase)
    assert [line.karakter for line in page(cast.vejleder, cast.aase).linjer] == ["12"]
    assert page(cast.elevansvarlig, cast.aase).linjer[0].resultat in ("Bestået", "")


def test_the_limit_follows_the_size_of_the_group_and_the_day(cast, runde):
    make_limit()
    assert page(cast.aase.bruger, cast.aase).taelling.graense.hoejst == 34650
    together(cast)
    assert page(cast.aase.bruger, cast.aase).taelling.graense is None
    set_tegngraense(cast.elevansvarlig, antal=2, mindst=40000, hoejst=50000, fra=date(2028, 1, 1), kilde="Skolen")
    set_tegngraense(cast.elevansvarlig, antal=2, mindst=45000, hoejst=55000, fra=date(2029, 5, 1), kilde="Skolen")
    assert page(cast.aase.bruger, cast.aase).taelling.graense.hoejst == 50000

"""A sealed text is the same bytes for ever: whoever changes it, or its row, or its PDF, is found out."""

import io
import json
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from psycopg.errors import InsufficientPrivilege

from elevforloeb.core import seal
from elevforloeb.core.models import Dokument, Dokumentfil, Haendelse
from elevforloeb.project.sletning import erase_person

CONTENT = {"elev": "Åse Ærlig", "svar": ["Godt", None, 3], "dag": date(2027, 10, 15)}


def sealed(cast, person=None, **indhold) -> Dokument:
    person = person or cast.aase.bruger
    return seal.seal(cast.elevansvarlig, art="proeve", titel="En prøve", person=person, indhold=CONTENT | indhold)


@pytest.fixture
def dokument(scene) -> Dokument:
    found = scene(sealed)
    seal.store_pdf(found, b"%PDF-1.7 en fil")
    return Dokument.objects.get()


# --- Canonical text ---


def test_the_order_of_keys_and_the_way_a_letter_is_written_make_no_difference():
    decomposed = {unicodedata.normalize("NFD", "Åse"): unicodedata.normalize("NFD", "ærlig å"), "a": 1}
    assert seal.canonical(decomposed) == seal.canonical({"a": 1, "Åse": "ærlig å"}) == '{"a":1,"Åse":"ærlig å"}'


def test_one_moment_is_one_text_whatever_the_zone():
    moment = datetime(2027, 10, 15, 10, tzinfo=UTC)
    same = moment.astimezone(timezone(timedelta(hours=2)))
    assert seal.canonical({"tid": same}) == '{"tid":"2027-10-15T10:00:00.000000Z"}' == seal.canonical({"tid": moment})


WITHOUT_ZONE = datetime(2027, 1, 1, tzinfo=UTC).replace(tzinfo=None)


@pytest.mark.parametrize(
    "value", [1.5, WITHOUT_ZONE, {1: "x"}, {"é": 1, unicodedata.normalize("NFD", "é"): 2}, {1, 2}, b"x"]
)
def test_what_could_be_written_in_two_ways_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        seal.canonical({"x": value})


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.integers() | st.text(st.characters(codec="utf-8")))))
def test_the_canonical_text_of_what_was_read_back_is_itself(value):
    once = seal.canonical(value)
    assert seal.canonical(json.loads(once)) == once


# --- Seal and verify ---


def test_what_was_sealed_is_read_back_and_nothing_is_wrong_with_it(dokument):
    assert seal.content(dokument) == CONTENT | {"dag": "2027-10-15"}
    assert seal.verify(dokument) == []


def test_the_history_carries_the_fingerprint_as_a_second_witness(dokument, cast):
    line = Haendelse.objects.get(handling="dokument.forseglet")
    assert (line.bruger, line.objekt_id, line.data) == (cast.elevansvarlig, dokument.pk, {"sha256": dokument.sha256})


def test_the_same_content_may_be_sealed_for_two_people(cast):
    assert sealed(cast).sha256 != sealed(cast, cast.bo.bruger).sha256


def test_a_pdf_is_kept_once(dokument):
    assert not seal.store_pdf(dokument, b"%PDF-1.7 en anden")
    assert bytes(Dokumentfil.objects.get().pdf) == b"%PDF-1.7 en fil"
    assert Haendelse.objects.filter(handling="dokument.pdf").count() == 1


def past_the_guard(statement, *values):
    """As somebody who governs the database."""
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("set local session_replication_role = origin")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ("update core_dokument set indhold = replace(indhold, 'Godt', 'Gott')", "Teksten passer ikke"),
        ("update core_dokument set titel = 'En prøvf'", "Titel, person eller tid"),
        ("update core_dokument set person_id = null", "Titel, person eller tid"),
        ("update core_dokument set forseglet = forseglet + interval '1 second'", "Titel, person eller tid"),
        ("update core_dokument set art = 'andet'", "Titel, person eller tid"),
        ("update core_dokument set sha256 = repeat('0', 64)", "Historikken har et andet"),
        ("update core_dokument set indhold = '{'", "Teksten kan ikke læses"),
        ("update core_dokumentfil set pdf = 'x'", "PDF'en passer ikke"),
        ("update core_dokumentfil set pdf = 'x', sha256 = encode(sha256('x'), 'hex')", "Historikken om PDF'en har et"),
        ("delete from core_dokumentfil", "PDF'en er væk"),
        ("delete from core_haendelse where handling = 'dokument.forseglet'", "Historikken mangler"),
        ("delete from core_haendelse where handling = 'dokument.pdf'", "Historikken om PDF'en mangler"),
    ],
)
def test_any_change_is_told_in_words(dokument, change, found):
    past_the_guard(change)
    assert any(found in problem for problem in seal.verify(Dokument.objects.get()))


def test_text_and_fingerprint_changed_together_are_caught_by_the_history(dokument):
    forged = dokument.indhold.replace("Godt", "Ringe")
    past_the_guard("update core_dokument set indhold = %s, sha256 = %s", forged, seal.fingerprint(forged))
    assert seal.verify(Dokument.objects.get()) == ["Historikken har et andet fingeraftryk."]


def test_a_document_that_somebody_took_away_is_missed_and_an_erased_one_is_not(dokument, cast):
    other = sealed(cast, cast.fremmed)
    erase_person(cast.elevansvarlig, person=cast.fremmed, grund="oensket")
    assert not Dokument.objects.filter(pk=other.pk).exists()
    assert seal.missing() == []
    past_the_guard("delete from core_dokumentfil; delete from core_dokument")
    assert seal.missing() == [dokument.pk]


# --- The tables only grow ---

ATTEMPTS = ["update {} set id = id", "delete from {}", "truncate {} cascade"]


@pytest.mark.parametrize("table", ["core_dokument", "core_dokumentfil"])
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_sealed_row_can_neither_be_changed_nor_removed(dokument, table, attempt):
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
    with pytest.raises(DatabaseError, match="kan kun udvides"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt.format(table))
    assert Dokument.objects.get().sha256 == dokument.sha256


@pytest.fixture
def rights(cast):
    call_command("databaseroller", stdout=io.StringIO(), stderr=io.StringIO())


def as_application(act):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local role elevforloeb_app")
        act()
        cursor.execute("reset role")


def test_the_application_seals_and_keeps_the_pdf_and_can_change_neither(rights, cast):
    as_application(lambda: seal.store_pdf(sealed(cast), b"%PDF"))
    for model in (Dokument, Dokumentfil):
        with pytest.raises(ProgrammingError) as refusal:
            as_application(lambda model=model: model.objects.update(sha256="x"))
        assert isinstance(refusal.value.__cause__, InsufficientPrivilege)


def test_the_owners_function_erases_nobody_who_is_not_being_erased(rights, dokument, cast):
    with pytest.raises(DatabaseError, match="kan kun udvides"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select slet_dokumenter(%s)", [dokument.person_id])
    sealed(cast, cast.fremmed)
    as_application(lambda: erase_person(cast.elevansvarlig, person=cast.fremmed, grund="oensket"))
    assert Dokument.objects.get() == dokument, "the erasure of one takes nothing from another"
    told = Haendelse.objects.get(handling="dokument.slettet")
    assert told.data["sha256"] != dokument.sha256

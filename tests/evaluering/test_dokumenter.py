"""Whatever somebody with all rights changes in a sealed evaluation, by one sign, is found by `manage.py verificer`."""

import io
import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from elevforloeb.core import seal
from elevforloeb.core.models import Dokument, Dokumentkontrol
from elevforloeb.project.sletning import erase_person
from elevforloeb.project.tasks import run_alone
from evaluering.models import Evaluering
from tests.evaluering_steps import acknowledge, half_signed

CHANGES = 1000
# What a change of one sign is tried in: table, column, how it is written as text.
CELLS = [
    ("core_dokument", "art"),
    ("core_dokument", "titel"),
    ("core_dokument", "indhold"),
    ("core_dokument", "sha256"),
    ("core_dokumentfil", "sha256"),
    ("evaluering_evaluering", "art"),
    ("evaluering_evaluering", "laast_tekst"),
    ("evaluering_punkt", "afsnit"),
    ("evaluering_punkt", "tekst"),
    ("evaluering_svar", "tekst"),
    ("evaluering_underskrift", "navn"),
    ("evaluering_underskrift", "bemaerkning"),
    ("evaluering_underskrift", "sha256"),
]


@pytest.fixture
def evaluering(scene) -> Evaluering:
    return scene(sealed_with_pdf)


def sealed_with_pdf(cast) -> Evaluering:
    found = acknowledge(cast.aase.bruger, half_signed(cast), "Jeg er enig i det meste")
    seal.store_pdf(found.dokument, b"%PDF-1.7 " + bytes(range(256)))
    return found


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else None


def cells() -> list[tuple[str, str, int, str]]:
    """Every text that could be changed: table, column, row, what stands there."""
    found = []
    for table, column in CELLS:
        found += [(table, column, *row) for row in sql(f"select id, {column} from {table} where {column} <> ''")]  # noqa: S608
    return found


def one_sign_changed(chance: random.Random, text: str) -> str:
    at = chance.randrange(len(text))
    other = chance.choice([sign for sign in "abcdef0123456789 æøå" if sign != text[at]])
    return text[:at] + other + text[at + 1 :]


def problems() -> list[str]:
    return seal.verify(Dokument.objects.select_related("fil").get())


def missed_of(changes: int) -> list[tuple[str, str, str]]:
    """Table, column and text of each change of one sign that the check does not find."""
    assert problems() == []
    chance, places = random.Random(7), cells()  # noqa: S311
    assert {place[:2] for place in places} == set(CELLS)
    sql("set local session_replication_role = replica")
    missed = []
    for _ in range(changes):
        table, column, row, text = chance.choice(places)
        change = f"update {table} set {column} = %s where id = %s"  # noqa: S608
        wrong = one_sign_changed(chance, text)
        sql(change, wrong, row)
        if not problems():
            missed.append((table, column, wrong))
        sql(change, text, row)
    assert problems() == []
    return missed


def test_a_thousand_changes_of_one_sign_are_all_found(evaluering):
    assert missed_of(CHANGES) == []


def test_a_check_that_reads_no_rows_is_caught_by_them(evaluering, monkeypatch):
    """The sabotage twin: were it to pass, the thousand would be worth nothing."""
    monkeypatch.setitem(seal.CHECKS, "evaluering", lambda dokument, text: [])
    missed = {table for table, _, _ in missed_of(200)}
    assert missed == {table for table, _ in CELLS if table.startswith("evaluering_")}


@pytest.mark.parametrize("seed", range(20))
def test_a_changed_byte_of_the_pdf_is_found(evaluering, seed):
    sql("set local session_replication_role = replica")
    size = sql("select length(pdf) from core_dokumentfil")[0][0]
    at = random.Random(seed).randrange(size)  # noqa: S311
    sql("update core_dokumentfil set pdf = set_byte(pdf, %s, (get_byte(pdf, %s) + 1) %% 256)", at, at)
    assert problems() == ["PDF'en passer ikke til sit fingeraftryk."]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            "update evaluering_svar set trin_id = (select max(id) from evaluering_skalatrin) where trin_id is not null",
            "Svarene",
        ),
        ("delete from evaluering_svar", "Svarene"),
        ("delete from evaluering_underskrift where part = 'elev'", "Kvitteringerne"),
        ("update evaluering_underskrift set tid = tid + interval '1 minute'", "Kvitteringerne"),
        ("update evaluering_besvarelse set delt = delt + interval '1 day' where delt is not null", "Delingen"),
        ("update evaluering_punkt set hvem = 'elev'", "Spørgsmålene"),
        ("update evaluering_evaluering set udgave = 2", "Samtalen"),
        (
            "update evaluering_evaluering set dokument_id = null, status = 'laast', forseglet = null",
            "Evalueringen, som teksten er om, er væk",
        ),
    ],
)
def test_a_changed_row_is_told_by_what_it_is(evaluering, change, told):
    sql("set local session_replication_role = replica")
    sql(change)
    assert any(each.startswith(told) for each in problems()), problems()


def test_a_new_name_of_person_or_department_changes_nothing_that_was_sealed(evaluering, cast):
    cast.aase.bruger.navn, cast.oekonomi.navn = "Åse Andet", "Økonomi og noget andet"
    cast.aase.bruger.save()
    cast.oekonomi.save()
    assert problems() == []


# --- The command and the night ---


def verificer() -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("verificer", stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def test_the_command_says_how_many_and_that_all_is_well(evaluering):
    code, out, err = verificer()
    assert (code, err) == (0, "")
    assert "Dokumenter: 1. PDF-filer: 1." in out and "Problemer: 0." in out


def test_the_command_ends_with_one_when_something_is_wrong_and_says_where(evaluering):
    sql("set local session_replication_role = replica")
    sql("update core_dokument set titel = 'Noget andet'")
    code, out, err = verificer()
    assert code == 1 and "Problemer: 1." in out
    assert f"Dokument {evaluering.dokument_id}: Titel, person eller tid" in err


def test_many_documents_cost_no_more_statements_each_than_few(evaluering, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        seal.verify_all()


NIGHT = datetime(2027, 10, 16, 1, 59, tzinfo=ZoneInfo("Europe/Copenhagen"))


def test_by_night_it_is_checked_once_and_later_when_the_night_was_missed(evaluering):
    for minutes in (0, 2, 3, 600):
        with time_machine.travel(NIGHT + timedelta(minutes=minutes)):
            run_alone(seal.verify_every_night)
        assert Dokumentkontrol.objects.count() == (minutes > 0)
    with time_machine.travel(NIGHT + timedelta(days=2, hours=14)):
        run_alone(seal.verify_every_night)
    assert Dokumentkontrol.objects.count() == 2


def test_an_erased_person_leaves_no_problem_behind(evaluering, cast):
    with time_machine.travel(datetime(2032, 3, 1, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))):
        erase_person(cast.elevansvarlig, person=cast.aase.bruger)
        assert seal.verify_all().problemer == []
    assert not Dokument.objects.exists()

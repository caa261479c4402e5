"""History and access log can only grow, whoever asks, the owner of the tables included."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from elevforloeb.core import audit
from elevforloeb.core.models import Haendelse, Opslag

ATTEMPTS = ["update {} set tid = now()", "delete from {}", "truncate {}"]


@pytest.fixture
def rows(cast):
    audit.record(cast.elevansvarlig, "plan.udgivet", cast.oekonomi, "Planen er udgivet", antal=3)
    Opslag.objects.create(bruger=cast.vejleder, person=cast.aase.bruger, art="vis", side="elev", anmodning="x")
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")  # what waits for the commit would stop a TRUNCATE first


@pytest.mark.parametrize("model", [Haendelse, Opslag])
@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_what_is_written_can_neither_be_changed_nor_removed(rows, model, attempt):
    before = model.objects.count()
    with pytest.raises(DatabaseError, match="kan kun udvides"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(attempt.format(model._meta.db_table))
    assert model.objects.count() == before > 0


MARK = """insert into core_haendelse (tid, handling, objekttype, tekst, data) values
    (now(), 'person.slettet', 'x', 'x', jsonb_build_object('transaktion', pg_current_xact_id()::text))"""


def run(*statements):
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.mark.parametrize("change", ["tid = now()", "handling = 'x'", "objekt_id = 7", "bruger_id = null", "id = -1"])
def test_even_an_erasure_changes_neither_who_nor_when_nor_what_kind(rows, change):
    with pytest.raises(DatabaseError, match="kan kun udvides"):
        run(MARK, f"update core_haendelse set {change} where handling = 'plan.udgivet'")  # noqa: S608


def test_words_are_taken_out_only_where_an_erasure_is_written_down_in_the_same_transaction(rows):
    out = "update core_haendelse set tekst = 'væk' where handling = 'plan.udgivet'"
    with pytest.raises(DatabaseError, match="kan kun udvides"):
        run(MARK.replace("pg_current_xact_id()", "1"), out)
    run(MARK, out)
    assert Haendelse.objects.get(handling="plan.udgivet").tekst == "væk"


def test_a_row_past_the_rule_may_go_and_a_younger_one_may_not(rows, cast):
    old = timezone.now() - timedelta(days=20 * 366)
    Haendelse.objects.create(bruger=None, handling="x", objekttype="x", tekst="x", tid=old)
    run("delete from core_haendelse where handling = 'x'")
    with pytest.raises(DatabaseError, match="kan kun udvides"):
        run("delete from core_haendelse")


def test_deleting_through_django_is_refused_too(rows):
    with pytest.raises(DatabaseError), transaction.atomic():
        Haendelse.objects.all().delete()


def test_history_of_one_object_does_not_hold_that_of_another(rows, cast):
    assert [row.tekst for row in audit.history(cast.oekonomi)] == ["Planen er udgivet"]
    assert list(audit.history(cast.personale)) == []


def test_a_look_up_says_who_whose_where_and_by_which_request(cast, rf: RequestFactory):
    request = rf.get("/")
    request.user, request.id = cast.vejleder, "abc"
    request.resolver_match = type("Match", (), {"view_name": "elev"})
    audit.log_read(request, person=cast.aase.bruger, art=Opslag.Art.HENT, soegetekst="å" * 300)
    row = Opslag.objects.get()
    assert (row.bruger, row.person, row.side, row.art, row.anmodning) == (
        cast.vejleder,
        cast.aase.bruger,
        "elev",
        "hent",
        "abc",
    )
    assert len(row.soegetekst) == 100
    request.user = cast.aase.bruger
    audit.log_read(request, person=cast.aase.bruger)
    assert Opslag.objects.count() == 1

"""Each database role is tried out: what it must be able to do, and what the database must refuse it."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from elevforloeb.core.models import Haendelse, Opslag
from elevforloeb.project.management.commands.databaseroller import APP, APPEND_ONLY, LAESER
from elevforloeb.project.opbevaring import forget_what_is_old
from elevforloeb.project.sletning import erase_person

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def rights(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        call_command("databaseroller", stdout=io.StringIO(), stderr=io.StringIO())


@pytest.fixture
def as_role(rights):
    """Run a statement with the rights of a role."""

    def run(role, statement):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"set local role {role}")
            cursor.execute(statement)
            cursor.execute("reset role")

    return run


def assert_refused(run, role, statement):
    with pytest.raises(ProgrammingError) as refusal:
        run(role, statement)
    assert isinstance(refusal.value.__cause__, InsufficientPrivilege), refusal.value


READING = ["select count(*) from core_haendelse", "select count(*) from afdelinger_bruger"]
WORK = [
    "update core_mail set svar = ''",
    "delete from core_mail",
    "insert into core_hjerteslag values ('proeve', now())",
    "insert into core_haendelse (tid, handling, objekttype, tekst, data) values (now(), 'x', 'x', 'x', '{}')",
    "select * from core_mail for update skip locked",
]
CHANGES_OF_LOGS = [
    statement.format(table)
    for table in APPEND_ONLY
    for statement in ("update {} set id = id", "delete from {}", "truncate {}")
]
CALLS = [
    "select ryd_log('core_opslag', 10)",
    "select slet_spor(1, null, 'frist', true)",
    "select slet_dokumenter(1)",
]
CHANGES_OF_TABLES = [
    "truncate core_mail",
    "drop table core_mail",
    "alter table core_mail add column x int",
    "create table ny (id int)",
    "alter table core_haendelse disable trigger all",
    "drop trigger kun_tilfoej_raekke on core_haendelse",
    "create or replace function kun_tilfoej() returns trigger language plpgsql as 'begin return null; end'",
    "set session_replication_role = replica",
]


@pytest.mark.parametrize("statement", READING + WORK)
def test_the_application_can_do_its_work(as_role, statement):
    as_role(APP, statement)


@pytest.mark.parametrize("statement", CHANGES_OF_LOGS + CHANGES_OF_TABLES)
def test_the_application_can_change_neither_logs_nor_tables(as_role, statement):
    assert_refused(as_role, APP, statement)


def look_up(cast, days: int) -> Opslag:
    """So many days ago by the clock of the database, which stays where it is while the tests live in 2027."""
    with connection.cursor() as cursor:
        cursor.execute("select now()")
        when = cursor.fetchone()[0] - timedelta(days=days)
    return Opslag.objects.create(bruger=cast.vejleder, person=cast.aase.bruger, art="vis", side="elev", tid=when)


def test_the_application_can_clear_a_log_of_what_is_past_the_rule_and_of_nothing_younger(as_role, cast):
    _, young = look_up(cast, 370), look_up(cast, 360)
    as_role(APP, "select ryd_log('core_opslag', 100)")
    assert list(Opslag.objects.all()) == [young]


def test_no_rule_that_the_application_writes_gets_below_the_floor(as_role, cast):
    _, young = look_up(cast, 190), look_up(cast, 175)
    as_role(APP, "update core_regel set vaerdi = 0 where noegle = 'slet_opslag_maaneder'")
    as_role(APP, "select ryd_log('core_opslag', 100)")
    assert list(Opslag.objects.all()) == [young]


@pytest.mark.parametrize("change", ["delete from core_regel", "update core_regel set vaerdi = 1000000"])
def test_without_a_rule_or_with_one_for_ever_nothing_is_cleared(as_role, cast, change):
    look_up(cast, 20 * 366)
    as_role(APP, change)
    as_role(APP, "select ryd_log('core_opslag', 100)")
    assert Opslag.objects.count() == 1


def test_clearing_takes_no_more_than_it_is_told(as_role, cast):
    for _ in range(3):
        look_up(cast, 10 * 366)
    as_role(APP, "select ryd_log('core_opslag', 2)")
    assert Opslag.objects.count() == 1


@pytest.mark.parametrize("table", ["core_mail", "core_opslag; drop table core_mail"])
def test_only_the_two_logs_can_be_cleared(as_role, table):
    with pytest.raises(DatabaseError, match="Ukendt log"):
        as_role(APP, f"select ryd_log('{table}', 100)")


def test_the_application_can_erase_a_persons_traces_and_leaves_a_line_that_stays(as_role, cast):
    before = Haendelse.objects.count()
    as_role(APP, f"select slet_spor({cast.bo.bruger_id}, {cast.elevansvarlig.pk}, 'frist', true)")
    told = Haendelse.objects.get(handling="person.slettet")
    assert (told.bruger, told.objekt_id) == (cast.elevansvarlig, cast.bo.bruger_id)
    assert Haendelse.objects.count() == before + 1
    assert_refused(as_role, APP, "delete from core_haendelse where handling = 'person.slettet'")


def test_the_services_of_forgetting_need_no_more_than_the_applications_rights(rights, cast):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"set local role {APP}")
        erase_person(cast.elevansvarlig, person=cast.fremmed, grund="oensket")
        forget_what_is_old()
        cursor.execute("reset role")
    assert Haendelse.objects.filter(handling="person.slettet").exists()


def test_who_is_erased_cannot_be_brought_back_or_erased_again(as_role, cast):
    erase = f"select slet_spor({cast.bo.bruger_id}, null, 'oensket', true)"
    as_role(APP, erase)
    for statement in ("update afdelinger_bruger set slettet = null where slettet is not null", erase):
        with pytest.raises(DatabaseError, match="kan ikke rettes|Ingen person"):
            as_role(APP, statement)


@pytest.mark.parametrize("grund", ["Åse bad om det", ""])
def test_a_reason_of_ones_own_is_refused(as_role, cast, grund):
    with pytest.raises(DatabaseError, match="ukendt grund"):
        as_role(APP, f"select slet_spor({cast.bo.bruger_id}, null, '{grund}', true)")


def test_a_person_who_is_no_elev_keeps_traces_while_the_account_stays(as_role, cast):
    with pytest.raises(DatabaseError, match="intet forløb"):
        as_role(APP, f"select slet_spor({cast.vejleder.pk}, null, 'frist', false)")


@pytest.mark.parametrize("statement", READING)
def test_the_reader_can_read(as_role, statement):
    as_role(LAESER, statement)


@pytest.mark.parametrize("statement", WORK + CALLS + CHANGES_OF_LOGS + CHANGES_OF_TABLES)
def test_the_reader_can_change_nothing(as_role, statement):
    assert_refused(as_role, LAESER, statement)


def test_a_table_that_a_later_migration_adds_is_covered(as_role):
    with connection.cursor() as cursor:
        cursor.execute("create table senere (id int generated by default as identity)")
    as_role(APP, "insert into senere default values")
    as_role(LAESER, "select * from senere")
    assert_refused(as_role, LAESER, "delete from senere")


def test_it_may_run_again_and_says_what_it_could_not_do(settings):
    settings.APP_DB_PASSWORD = "hemmelig"
    said, complained = io.StringIO(), io.StringIO()
    call_command("databaseroller", stdout=said, stderr=complained)
    call_command("databaseroller", stdout=said, stderr=complained)
    assert said.getvalue().count(f"{APP}: rettighederne er sat") == 2
    assert "hemmelig" not in said.getvalue() + complained.getvalue()
    # An owner that may not manage roles hears of it; one that may, has done it.
    assert "satte adgangskoden" in said.getvalue() + complained.getvalue()

"""A start does again only what has changed, and then does all of it."""

import io

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from afdelinger.models import Kursus
from elevforloeb.core.models import Haendelse
from elevforloeb.project import indlaest
from elevforloeb.project.management.commands import klargoer

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path, monkeypatch):
    """A folder that stands for the files of the system."""
    (tmp_path / "regler.yaml").write_text("regler: []")
    (tmp_path / "load.py").write_text("pass")
    monkeypatch.setattr(indlaest, "our_packages", lambda: {tmp_path})
    return tmp_path


@pytest.fixture
def start(monkeypatch):
    """`start()` answers which steps a start of the system takes; only the steps that it is given are really taken."""

    def start(*really):
        taken = []

        def call(name, *args, **options):
            taken.append(name)
            if name in really:
                call_command(name, *args, **options | {"stdout": io.StringIO()})

        monkeypatch.setattr(klargoer, "call_command", call)
        monkeypatch.setattr(indlaest, "call_command", call)
        monkeypatch.setattr(klargoer.Command, "check", lambda self: taken.append("check"))
        klargoer.Command().handle()
        return taken

    return start


@pytest.fixture
def past_the_guards(db):
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")


ALL = ["check", "migrate", "createcachetable", "databaseroller", "indlaes_referencedata"]
LEAST = ["createcachetable", "databaseroller"]  # the rights: a password may have been changed in the environment


def test_what_is_loaded_is_not_loaded_again_until_a_file_has_changed(files, start):
    assert start("indlaes_referencedata") == ALL
    Kursus.objects.all().delete()
    assert start("indlaes_referencedata") == LEAST
    assert not Kursus.objects.exists()
    (files / "kurser.yaml").write_text("")
    assert start("indlaes_referencedata") == ALL
    assert Kursus.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda files: (files / "regler.yaml").write_text("regler: [1]"),
        lambda files: (files / "load.py").write_text("pass "),
        lambda files: (files / "regler.yaml").rename(files / "andre.yaml"),
        lambda files: (files / "load.py").unlink(),
        lambda files: Haendelse.objects.filter(objekttype=indlaest.TYPE).update(data={"aftryk": "fra en anden udgave"}),
    ],
    ids=["data", "code", "a name", "gone", "another version of the system has been here"],
)
def test_whatever_has_changed_is_loaded(files, start, change, past_the_guards):
    start()
    change(files)
    assert start() == ALL
    assert start() == LEAST


def test_a_database_that_was_emptied_is_filled_again(files, start, past_the_guards):
    start()
    with connection.cursor() as cursor:
        cursor.execute("truncate core_haendelse")
    assert start() == ALL


def test_a_load_that_fails_is_tried_again(files, monkeypatch):
    monkeypatch.setattr(indlaest, "call_command", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        indlaest.load(stdout=None)
    assert indlaest.is_changed()


def test_a_migration_that_waits_is_run_also_when_no_file_has_changed(files, start):
    start()
    call_command("migrate", "project", "0003_uddannelsesbog", verbosity=0)
    assert start("migrate") == ["migrate", *LEAST]
    assert ("project", "0004_kalenderabonnement") in MigrationRecorder(connection).applied_migrations()


def test_the_digest_covers_the_reference_data_the_forms_and_the_code_of_every_app(settings):
    packages = {folder.name for folder in indlaest.our_packages()}
    assert packages == {"afdelinger", "elevforloeb", "evaluering", "rekruttering", "skoleophold"}
    for path in ("afdelinger/data/roedovre/regler.yaml", "evaluering/data/slut.yaml", "elevforloeb/core/filesync.py"):
        assert (settings.BASE_DIR / path).suffix in indlaest.KINDS and (settings.BASE_DIR / path).exists()

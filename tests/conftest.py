import gc
import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from .cast import Cast, WrittenCast
from .factories import TODAY
from .scene import Scene
from .template_database import copy_one_database

NOON = datetime(2027, 10, 15, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))

# A busy machine must not fail a property by the clock, and CI tries the same examples every time.
hypothesis_settings.register_profile("house", deadline=None, max_examples=40, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("house")


def pytest_collection_finish():
    """What is imported stays: the collector of cycles need not walk through all of it again for every test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(autouse=True)
def today():
    """Every test lives at noon on 2027-10-15 in Denmark, a Friday in the first stay of the hold of 2027.

    Only the clock moves on, so that waiting still works; a test about another day travels there itself.
    """
    with time_machine.travel(NOON, tick=True):
        yield TODAY


@pytest.fixture(autouse=True, scope="session")
def settings_of_the_tests(tmp_path_factory):
    """Said once, not for every test; a test that wants something else says so with `settings`."""
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(
        DEMO_DATE=None,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=settings.STORAGES | plain,  # the manifest of static files exists only where collectstatic has run
        # Nothing that a test sends in lands beside the files of the working copy, or asks a scanner of this machine.
        FILE_ROOT=tmp_path_factory.mktemp("filer"),
        CLAMD_URL="",
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def flush_what_was_written():
    """Tests with real transactions empty the tables afterwards: the dozen that hold something, not all with TRUNCATE.

    Only there may the append-only triggers be passed, and no foreign key asks. What `migrate` has filled stays.
    For the whole session: a patch of one test is gone before its tables are emptied.
    """
    stays = {"django_content_type", "auth_permission"}
    models = [model._meta for model in apps.get_models(include_auto_created=True)]
    tables = {meta.db_table for meta in models if meta.managed} - stays
    filled = " union all ".join(f"select '{name}' where exists (table {name})" for name in sorted(tables))

    def handle(self, **options):
        with connection.cursor() as cursor:
            cursor.execute(filled)
            deletes = [f"delete from {table}" for (table,) in cursor.fetchall()]  # noqa: S608
            cursor.execute("; ".join(["set session_replication_role = replica", *deletes]))
            cursor.execute("set session_replication_role = origin")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Of several workers the first one migrates, and each has its database as a copy of that."""
    if run := os.environ.get("PYTEST_XDIST_TESTRUNUID"):
        with django_db_blocker.unblock():
            copy_one_database(run)


@pytest.fixture(scope="session")
def written_cast(django_db_setup, django_db_blocker) -> WrittenCast:
    with django_db_blocker.unblock(), time_machine.travel(NOON):
        return WrittenCast()


@pytest.fixture
def cast(db, written_cast) -> Cast:
    return written_cast.write()


@pytest.fixture(scope="session")
def scenes() -> dict:
    """The function that makes it: the scene."""
    return {}


@pytest.fixture
def scene(cast, written_cast, scenes):
    """`scene(sealed)` is `sealed(cast)`, made once and then written again for each test that begins with it."""

    def stand(make):
        if make not in scenes:
            with time_machine.travel(NOON, tick=True):
                scenes[make] = Scene(make, written_cast)
        return scenes[make].write()

    return stand


@pytest.fixture
def as_user(client):
    """`as_user(cast.vejleder).get(url)`: the test client, logged in."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in

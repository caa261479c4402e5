import os
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management.commands import flush
from django.db import connection
from django.test import override_settings
from hypothesis import settings as hypothesis_settings

from .cast import Cast, WrittenCast
from .factories import TODAY

NOON = datetime(2027, 10, 15, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))

# A busy machine must not fail a property by the clock, and CI tries the same examples every time.
hypothesis_settings.register_profile("house", deadline=None, max_examples=40, derandomize="CI" in os.environ)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True)
def today(settings):
    """Every test lives at noon on 2027-10-15 in Denmark, a Friday in the first stay of the hold of 2027.

    Only the clock moves on, so that waiting still works; a test about another day travels there itself.
    """
    settings.DEMO_DATE = None
    with time_machine.travel(NOON, tick=True):
        yield TODAY


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    """The manifest of static files exists only where collectstatic has run."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True, scope="session")
def flush_past_the_guards():
    """Tests with real transactions empty the tables afterwards; only there may the append-only triggers be passed.

    For the whole session: a patch of one test is gone before its tables are emptied.
    """
    real_handle = flush.Command.handle

    def handle(self, **options):
        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            real_handle(self, **options)
            cursor.execute("set session_replication_role = origin")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush.Command, "handle", handle)
        yield


@pytest.fixture(autouse=True, scope="session")
def files_of_the_tests(tmp_path_factory):
    """Nothing that a test sends in lands beside the files of the working copy, or asks a scanner of this machine."""
    with override_settings(FILE_ROOT=tmp_path_factory.mktemp("filer"), CLAMD_URL=""):
        yield


@pytest.fixture(scope="session")
def written_cast(django_db_setup, django_db_blocker) -> WrittenCast:
    with django_db_blocker.unblock(), override_settings(DEMO_DATE=None), time_machine.travel(NOON):
        return WrittenCast()


@pytest.fixture
def cast(db, written_cast) -> Cast:
    return written_cast.write()


@pytest.fixture
def as_user(client):
    """`as_user(cast.vejleder).get(url)`: the test client, logged in."""

    def log_in(user):
        client.force_login(user)
        return client

    return log_in

"""One database is migrated for all workers of a test run: ten seconds of work, and a copy takes half of one."""

from contextlib import contextmanager

from django.conf import settings
from django.db import connection

LOCK = 20271015  # any number: the workers wait for each other at it


@contextmanager
def template_database(name: str):
    """While it lasts, test databases are made as copies of it. Whoever comes first makes it, and takes it away."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        cursor.execute("select 1 from pg_database where datname = %s", [name])
        ours = cursor.fetchone() is None
        if ours:
            _migrate(name)
        cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
    connection.settings_dict["TEST"]["TEMPLATE"] = name
    yield
    if ours:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"drop database {connection.ops.quote_name(name)}")


def _migrate(name: str) -> None:
    """As Django makes a test database, but not as the one that the tests then use."""
    test, was = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    later, test["NAME"] = test["NAME"], name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    test["NAME"] = later
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = was

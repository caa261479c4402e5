"""One database is migrated for all workers of a test run: ten seconds of work, and a copy takes half of one."""

from django.conf import settings
from django.db import connection

LOCK = 20271015  # any number: the workers wait for each other at it


def copy_one_database(run: str) -> None:
    """From now on the test database is made as a copy of the one that the first worker of the run migrates.

    It stays: another worker may not have copied it yet. On a server that outlives the run, the next run takes it away.
    """
    places = connection.settings_dict
    start = f"test_{places['NAME']}_skabelon_"
    name = f"{start}{run[:8]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s)", [LOCK])
        cursor.execute("select datname from pg_database where starts_with(datname, %s)", [start])
        there = [found for (found,) in cursor.fetchall()]
        if name not in there:
            for old in there:
                cursor.execute(f"drop database {connection.ops.quote_name(old)}")
            _migrate(name)
        cursor.execute("select pg_advisory_unlock(%s)", [LOCK])
    places["TEST"]["TEMPLATE"] = name


def _migrate(name: str) -> None:
    """As Django makes a test database, but not as the one that the tests then use."""
    test, was = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    later, test["NAME"] = test["NAME"], name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    test["NAME"] = later
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = was

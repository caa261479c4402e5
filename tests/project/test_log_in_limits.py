"""Limits on log-in count in all web workers together, because they stand in the database."""

from django.core.cache import cache
from django.db import connection
from django.urls import reverse

from tests.factories import BrugerFactory


def stored() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select cache_key, value from core_cache")
        return str(cursor.fetchall())


def test_failed_log_ins_are_counted_where_every_worker_looks_and_name_nobody(client, db):
    cache.clear()
    anna = BrugerFactory(email="anna.canary@kommune.invalid")
    for _ in range(3):
        client.post(reverse("account_login"), {"login": anna.email, "password": "forkert"})
    assert "login_failed" in stored()
    assert "canary" not in stored()

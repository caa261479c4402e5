"""Readiness: the database, the broker, the age of the oldest due mail and the heartbeat of the worker."""

from datetime import timedelta
from typing import NamedTuple

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from elevforloeb.core.models import Hjerteslag, Mail

MAIL_AGE = timedelta(minutes=15)
HEARTBEAT_AGE = timedelta(minutes=5)


class Check(NamedTuple):
    navn: str
    ok: bool


def readiness() -> list[Check]:
    database = database_answers()
    return [
        Check("database", database),
        Check("broker", broker_answers()),
        Check("mail", database and no_mail_is_stuck()),
        Check("worker", database and worker_is_alive()),
    ]


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        return True
    except DatabaseError:
        return False


def broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as client:
            return client.ping()
    except redis.RedisError:
        return False


def no_mail_is_stuck() -> bool:
    waiting = Mail.objects.filter(status__in=["venter", "sender"], naeste__lt=timezone.now() - MAIL_AGE)
    return not waiting.exists()


def worker_is_alive() -> bool:
    return Hjerteslag.objects.filter(navn="worker", tid__gt=timezone.now() - HEARTBEAT_AGE).exists()

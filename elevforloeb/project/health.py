"""Readiness: the database, the broker, mails and files that wait too long, the heartbeats of worker and beat."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from elevforloeb.core import heartbeat, seal
from elevforloeb.core.models import Fil, Mail

MAIL_AGE = QUARANTINE_AGE = timedelta(minutes=15)


WORDS = {
    "database": "Databasen svarer",
    "broker": "Redis svarer",
    "mail": "Mails sendes til tiden",
    "filer": "Filer scannes for virus til tiden",
    "worker": "Opgaver i baggrunden bliver udført",
    "beat": "Opgaver sættes i gang til tiden",
    "dokumenter": "De forseglede dokumenter er uændrede",
}


class Check(NamedTuple):
    navn: str
    ok: bool

    @property
    def tekst(self) -> str:
        return WORDS[self.navn]


def readiness() -> list[Check]:
    database = database_answers()
    return [
        Check("database", database),
        Check("broker", broker_answers()),
        Check("mail", database and no_mail_is_stuck()),
        Check("filer", database and files_are_scanned()),
        Check("worker", database and heartbeat.is_alive("worker")),
        Check("beat", database and heartbeat.is_alive("beat")),
        Check("dokumenter", database and documents_are_whole()),
    ]


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        return True
    except DatabaseError:
        return False


def broker_answers() -> bool:
    if not settings.REDIS_URL:
        return True  # the installation does without; see `manage.py udbakke --loop`
    import redis  # who is not asked about it need not carry it

    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1, retry=None) as client:
            return client.ping()
    except (redis.RedisError, OSError):
        return False


def documents_are_whole() -> bool:
    """As the last check of them all found them (core/seal.py)."""
    check = seal.last_check()
    return check is None or not check.problemer


def no_mail_is_stuck() -> bool:
    """A mail that the server has put off has its next attempt in the future and is not stuck."""
    if settings.MAIL_MODE == "off":
        return True
    return not Mail.objects.due(timezone.now() - MAIL_AGE).exists()


def files_are_scanned() -> bool:
    """Without a scanner no file waits for one."""
    waiting = Fil.objects.filter(tilstand=Fil.Tilstand.KARANTAENE, oprettet__lt=timezone.now() - QUARANTINE_AGE)
    return not waiting.exists()

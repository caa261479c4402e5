"""What is forgotten by itself when its time is up: logs, mails, log-ins that are over. People if a rule says so."""

import logging
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from afdelinger.models import Bruger
from elevforloeb.core.dates import add_months
from elevforloeb.core.delivery import remove_files
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from elevforloeb.queries.sletning import LONGEST, overdue

from .sletning import erase_person

log = logging.getLogger(__name__)

ROWS = 5000  # of each table in one run: a first run after years takes its minutes, and holds nobody up
PEOPLE = 5
DONE = [Mail.Status.SENDT, Mail.Status.TILBAGEHOLDT, Mail.Status.FEJLET, Mail.Status.ANNULLERET]


def forget_what_is_old() -> None:
    """May run at any time, twice and late: it looks at what is too old by now."""
    for table in ("core_opslag", "core_haendelse"):
        forget_log(table)
    forget_mails()
    forget_sessions()
    if rules().slet_af_sig_selv == 1:
        erase_overdue()


def forget_log(table: str) -> int:
    """The database decides which rows are old enough, by its own clock (core/migrations/0004_slettefrist.py)."""
    with connection.cursor() as cursor:
        cursor.execute("select ryd_log(%s, %s)", [table, ROWS])
        return cursor.fetchone()[0]


def forget_mails() -> None:
    """Those that nothing more happens to. What waits is wanted by somebody still."""
    old = Mail.objects.filter(status__in=DONE, oprettet__lt=_months_ago(rules().slet_mails_maaneder))
    found = dict(old.order_by("pk").values_list("pk", "message_id")[:ROWS])
    Mail.objects.filter(pk__in=found).delete()
    transaction.on_commit(lambda: remove_files(found.values()))


def _months_ago(months: int) -> datetime:
    """By the real clock, as everything about mail."""
    now = timezone.now()
    return now.replace(year=1) if months > LONGEST else add_months(now, -months)


def forget_sessions() -> None:
    """A log-in that is over, with the address and the browser that it came from."""
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()


def erase_overdue() -> None:
    for person in overdue(Bruger.objects.filter(slettet=None))[:PEOPLE]:
        try:
            erase_person(None, person=person)
        except ValidationError as problem:
            log.warning("Account %s is overdue and was not erased: %s", person.pk, problem.messages[0])

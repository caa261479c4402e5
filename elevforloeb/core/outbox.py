"""The outbox: mail is queued in the transaction that gives cause for it, and sent by whoever sweeps.

No mail is lost, and each is sent once, unless a process dies between the mail server's "250" and the line that writes
it down; then the same mail goes out again with the same Message-ID. How: a row is borrowed for two minutes and the loan
is committed before the mail server is asked; what a dead worker had borrowed comes back when the loan runs out.
"""

import hashlib
import logging
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from . import audit, bell, letters
from .dates import midnight
from .delivery import Line, Outcome, deliver, is_held_back
from .models import Mail

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
RUN_TIME = 60  # seconds; a sweep ends itself before a worker's time limit ends it in the middle of a mail
PAUSES = [timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1)]
LAST_ATTEMPT = 75  # with the pauses above: after 72 hours
S = Mail.Status


# --- Queue --------------------------------------------------------------------------------------------------------
def queue(modtager, *, noegle: str, skabelon: str, data: dict | None = None, forfald: datetime | None = None) -> None:
    """Queue one mail, once per `noegle` for ever. Call it in the transaction of the change that gives cause for it.

    `modtager` is a user, or the address of somebody who has no account.
    """
    queue_many([order(modtager, noegle=noegle, skabelon=skabelon, data=data, forfald=forfald)])


def queue_many(mails: Iterable[Mail]) -> None:
    """The same for many, from `order(…)`, in a few statements."""
    Mail.objects.bulk_create(mails, batch_size=2000, ignore_conflicts=True)
    bell.ring_on_commit()


def queue_new(mails: list[Mail]) -> None:
    """The same for a service that asks every minute: what is queued already costs a question and no writing."""
    known = set(Mail.objects.filter(noegle__in=[mail.noegle for mail in mails]).values_list("noegle", flat=True))
    new = [mail for mail in mails if mail.noegle not in known]
    if new:
        queue_many(new)


def order(modtager, *, noegle: str, skabelon: str, data: dict | None = None, forfald: datetime | None = None) -> Mail:
    """A row to queue. `data` holds ids and dates, no secrets: the letter is written when it is sent."""
    if skabelon not in letters.MAILS:
        raise LookupError(f"No letter is called {skabelon}: does AppConfig.ready() import the mails.py it is in?")
    due = forfald or timezone.now()
    to = {"adresse": modtager} if isinstance(modtager, str) else {"modtager_id": modtager.pk}
    return Mail(
        **to,
        noegle=noegle,
        skabelon=skabelon,
        data=data or {},
        message_id=message_id(noegle),
        forfald=due,
        naeste=due,
    )


def message_id(noegle: str) -> str:
    """Fixed by the occasion, so that a mail server and a reader can tell that two copies are one mail."""
    return f"<{hashlib.sha256(noegle.encode()).hexdigest()[:32]}@{urlsplit(settings.BASE_URL).hostname}>"


# --- Send ---------------------------------------------------------------------------------------------------------
def sweep() -> Counter:
    """Send what is due, at most MAIL_LOFT mails, and count what became of them."""
    done = Counter()
    if settings.MAIL_MODE == "off":
        return done
    cancel_before_start()
    end = time.monotonic() + RUN_TIME
    with Line() as line:
        while done.total() < settings.MAIL_LOFT and time.monotonic() < end:
            mail = claim()
            if mail is None:
                return done
            outcome = send_one(mail, line)
            done[outcome.status] += 1
            if outcome.line_is_down:
                break
    log.warning("The run ended after %d mails; %d wait for the next", done.total(), Mail.objects.due().count())
    return done


def cancel_before_start() -> None:
    """MAIL_FRA is the day on which real mail begins: what was due before it belongs to another time."""
    if settings.MAIL_FRA:
        old = Mail.objects.filter(status=S.VENTER, forfald__lt=midnight(settings.MAIL_FRA))
        old.update(status=S.ANNULLERET, svar="Forfaldt før den dag, udsendelsen begyndte.")


def claim() -> Mail | None:
    """Borrow the mail that has waited longest. The loan is committed here, before the mail server is asked."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        mail = Mail.objects.due(now).order_by("naeste", "id").select_for_update(skip_locked=True).first()
        if mail:
            mail.status, mail.laant_til, mail.laant_af = S.SENDER, now + LEASE, uuid4()
            mail.forsoeg += 1
            mail.save(update_fields=["status", "laant_til", "laant_af", "forsoeg"])
    return mail


def send_one(mail: Mail, line: Line) -> Outcome:
    outcome = attempt(mail, line)
    record(mail, outcome)
    return outcome


def attempt(mail: Mail, line: Line) -> Outcome:
    """Ask again whether the mail is wanted, write it with what is true now, and send it."""
    try:
        letter = letters.write(mail) if mail.er_oensket else None
        if letter is None:
            return Outcome(S.ANNULLERET, "Ikke længere aktuel.")
        mail.emne = letters.subject(letter)
        return deliver(mail, letter, line)
    except Exception as problem:  # a fault in one letter must not keep the others from being sent
        log.exception("Mail %s could not be written", mail.pk)
        return Outcome(S.VENTER, f"Mailen kunne ikke skrives ({type(problem).__name__}).")


def record(mail: Mail, outcome: Outcome) -> None:
    """Write down what became of the mail, and try until the database answers: a forgotten "250" is a second mail."""
    while True:
        try:
            return write_down(mail, outcome)
        except (OperationalError, InterfaceError):
            log.warning("The database does not answer; the outcome of mail %s is kept and written later", mail.pk)
            connection.close()
            time.sleep(1)


def write_down(mail: Mail, outcome: Outcome) -> None:
    now = timezone.now()
    row = Mail.objects.filter(pk=mail.pk)
    values = {"status": outcome.status, "svar": outcome.svar, "emne": mail.emne, "laant_til": None, "laant_af": None}
    if outcome.status == S.SENDT:
        # Also when the loan has run out and another worker has the row: the mail is sent.
        row.exclude(status=S.SENDT).update(**values, sendt=now, brev=mail.brev)
        return
    if outcome.status == S.VENTER and mail.forsoeg >= LAST_ATTEMPT:
        values["status"] = S.FEJLET
    row.filter(laant_af=mail.laant_af).update(**values, naeste=now + pause_after(mail.forsoeg))


def pause_after(forsoeg: int) -> timedelta:
    return PAUSES[min(forsoeg, len(PAUSES)) - 1]


# --- For people ---------------------------------------------------------------------------------------------------
@transaction.atomic
def retry(actor, *, mail: Mail) -> None:
    """Let a failed or held-back mail try again from the start."""
    again = Mail.objects.filter(pk=mail.pk, status__in=Mail.KAN_PROEVES_IGEN)
    if not again.update(status=S.VENTER, naeste=timezone.now(), forsoeg=0, svar=""):
        raise ValidationError("Mailen er ikke længere fejlet. Genindlæs siden for at se, hvad der er sket med den.")
    audit.record(
        actor,
        "mail.proevet_igen",
        mail,
        f"Prøver igen at sende “{mail.titel}” til {mail.modtager or 'en adresse uden for huset'}",
    )
    bell.ring_on_commit()


def cancel(noegler: Iterable[str]) -> list[str]:
    """Take back those that wait. Answers the keys of what did not leave the house; what is on its way stays."""
    waiting = Mail.objects.select_for_update(skip_locked=True).filter(noegle__in=list(noegler), status=S.VENTER)
    keys = list(waiting.values_list("noegle", flat=True))
    Mail.objects.filter(noegle__in=keys).update(status=S.ANNULLERET, svar="Standset, før den blev sendt.")
    return keys


class Preview(NamedTuple):
    mail: Mail
    emne: str
    skaebne: str


def preview() -> Iterator[Preview]:
    """What the next sweep would do with each due mail, without doing it."""
    sent = 0
    for mail in Mail.objects.due().select_related("modtager").order_by("naeste", "id").iterator(chunk_size=500):
        try:
            letter = letters.write(mail) if mail.er_oensket else None
            fate = _fate(mail, letter, sent)
        except Exception as problem:  # the same net as in attempt()
            letter, fate = None, f"venter: kunne ikke skrives ({type(problem).__name__})"
        sent += fate == "sendes"
        yield Preview(mail, letters.subject(letter) if letter else "", fate)


def _fate(mail: Mail, letter, sent: int) -> str:
    if settings.MAIL_FRA and mail.forfald < midnight(settings.MAIL_FRA):
        return "annulleres: forfaldt før MAIL_FRA"
    if letter is None:
        return "annulleres: ikke længere aktuel"
    if settings.MAIL_MODE == "off":
        return "venter: MAIL_MODE er off"
    if is_held_back(mail.til):
        return "holdes tilbage: ikke i pilotgruppen"
    return "sendes" if sent < settings.MAIL_LOFT else "venter: over loftet for en kørsel"

"""How a letter leaves the house: the modes of MAIL_MODE, and the line to the mail server."""

import contextlib
import smtplib
import ssl
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import cached_property

from .letters import Letter, compose
from .models import Mail

MODES = {
    "off": "Der sendes ingen mails. De bliver liggende, til udsendelsen slås til.",
    "file": "Mails skrives som filer på serveren. Ingen modtager dem.",
    "pilot": "Kun adresserne i pilotgruppen får mails. Mails til andre holdes tilbage.",
    "live": "Mails sendes til alle modtagere.",
    "demo": "Mails sendes ikke ud af huset. De kan læses i Postkasse.",
}


class Outcome(NamedTuple):
    status: str
    svar: str = ""
    line_is_down: bool = False  # the next mail would fail too: end the run


class SmtpBackend(EmailBackend):
    """Encrypted with TLS 1.2 or newer, to the server whose certificate it shows."""

    @cached_property
    def ssl_context(self):
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context


class Line:
    """One connection to the mail server for a whole run, opened when the first mail needs it."""

    def __init__(self):
        self.server = SmtpBackend()

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.close()

    def close(self):
        with contextlib.suppress(OSError):
            self.server.close()

    def send(self, message) -> Outcome:
        try:
            self.server.open()
        except OSError as problem:  # also what smtplib raises
            return Outcome(Mail.Status.VENTER, str(problem), line_is_down=True)
        try:
            self.server.send_messages([message])
        except OSError as problem:
            self.close()
            return judge(problem)
        return Outcome(Mail.Status.SENDT)


def judge(problem: OSError) -> Outcome:
    """A refused recipient or letter stays refused. All else may pass, also a 5xx at log-in: no fault of this mail."""
    code, text = 0, str(problem)
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        code, text = next(iter(problem.recipients.values()))
    elif isinstance(problem, smtplib.SMTPDataError):
        code, text = problem.smtp_code, problem.smtp_error
    text = text.decode(errors="replace") if isinstance(text, bytes) else text
    status = Mail.Status.FEJLET if code >= 500 else Mail.Status.VENTER
    return Outcome(status, f"{code} {text}" if code else text)


def is_held_back(address: str) -> bool:
    pilots = {pilot.casefold() for pilot in settings.MAIL_PILOT}
    return settings.MAIL_MODE == "pilot" and address.casefold() not in pilots


def deliver(mail: Mail, letter: Letter, line: Line) -> Outcome:
    if is_held_back(mail.til):
        return Outcome(Mail.Status.TILBAGEHOLDT, "Modtageren er ikke i pilotgruppen.")
    message = compose(mail, letter)
    if settings.MAIL_MODE == "demo":
        mail.brev = letter.shown()
        return Outcome(Mail.Status.SENDT)
    if settings.MAIL_MODE == "file":
        write_file(mail, message)
        return Outcome(Mail.Status.SENDT, "Skrevet til en fil på serveren.")
    return line.send(message)


def write_file(mail: Mail, message) -> None:
    """Named by the Message-ID: a mail that is written twice is still one file."""
    path = file_of(mail.message_id)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.write_bytes(message.message().as_bytes())


def remove_files(message_ids: Iterable[str]) -> None:
    """What write_file left, when the mails are forgotten. A mail that was never written has none."""
    for message_id in message_ids:
        file_of(message_id).unlink(missing_ok=True)


def file_of(message_id: str) -> Path:
    return Path(settings.MAIL_DIR) / f"{message_id.strip('<>')}.eml"

"""What a mail says. Each app writes its letters in its own mails.py and enters them here:

    @mail("plan_udgivet", "Plan udgivet")
    def plan_udgivet(modtager, data) -> Letter | None: ...

The app's AppConfig.ready() imports its mails.py. A letter is written at the moment of sending, from the data as they
are then; None means that the mail is no longer wanted. E-mail is not confidential: a letter holds the name of the task,
a date and a link, and its subject nothing about a person.

`modtager` is None for somebody from outside, who has no account; the letter then says whom it greets.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import NamedTuple
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


class Bilag(NamedTuple):
    navn: str
    indhold: bytes
    type: str  # MIME type with its parameters, as text/calendar; method=REQUEST


@dataclass(frozen=True)
class Letter:
    emne: str
    tekst: str  # paragraphs with an empty line between them, without greeting and signature
    url: str = ""  # a path in this system
    knap: str = "Åbn i Elevforløb"  # what the link says
    navn: str = ""  # whom it greets, where the recipient has no account
    bilag: tuple[Bilag, ...] = ()

    def shown(self) -> dict:
        """What the demo's mailbox keeps: of the attachments their names only."""
        return asdict(self) | {"bilag": [each.navn for each in self.bilag]}


@dataclass(frozen=True)
class Mailtype:
    navn: str
    titel: str  # for the page of the outbox
    write: Callable[..., Letter | None]


MAILS: dict[str, Mailtype] = {}


def mail(navn: str, titel: str = ""):
    def enter(write):
        if navn in MAILS:
            raise ValueError(f"Two letters are called {navn}")
        MAILS[navn] = Mailtype(navn, titel or navn.replace("_", " ").capitalize(), write)
        return write

    return enter


def titel(skabelon: str) -> str:
    return MAILS[skabelon].titel if skabelon in MAILS else skabelon


def write(mail) -> Letter | None:
    return MAILS[mail.skabelon].write(mail.modtager, mail.data)


def compose(mail, letter: Letter) -> EmailMultiAlternatives:
    """One recipient, the Message-ID of the row, and a header that keeps out-of-office replies away."""
    words = {
        "navn": mail.modtager.get_full_name() if mail.modtager else letter.navn,
        "brev": letter,
        "adresse": urljoin(settings.BASE_URL, letter.url) if letter.url else "",
        "kommune": settings.KOMMUNE_NAVN,
    }
    message = EmailMultiAlternatives(
        subject=subject(letter),
        body=render_to_string("mail/brev.txt", words),
        to=[mail.til],
        headers={"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(render_to_string("mail/brev.html", words), "text/html")
    for each in letter.bilag:
        message.attach(each.navn, each.indhold, each.type)
    return message


def subject(letter: Letter) -> str:
    return " ".join(letter.emne.split())[:200]  # one line: a line break would start a new header

"""Who wants to hear about the next round, by consent: those who asked on the public page, and earlier applicants."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q
from django.db.models.fields.json import KT

from elevforloeb.core.dates import now, today
from elevforloeb.core.models import Mail
from rekruttering.links import key_of
from rekruttering.models import Ansoegning, Interesse, Runde

SKABELON = "interesse_ny_runde"


def find_interesse(token: str) -> Interesse | None:
    """The database is asked also for a link that was never ours (see find_ansoegning)."""
    return Interesse.objects.filter(noegle=key_of(token)).first()


def who_asked(before: datetime, runde: Runde | None = None) -> Iterator[tuple[str, Interesse | Ansoegning]]:
    """Who said yes before that moment and whose yes still counts; nobody twice. `runde`: the one they are told of."""
    told = set()
    for row in Interesse.objects.filter(bekraeftet__lt=before, udloeber__gt=today()):
        told.add(row.email.casefold())
        yield "interesse", row
    rows = Ansoegning.objects.filter(kontakt_igen__gt=today(), indsendt__lt=before).exclude(runde=runde)
    for row in rows:
        if row.email.casefold() not in told:
            told.add(row.email.casefold())
            yield "ansoegning", row


@dataclass(frozen=True)
class Besked:
    """One round that people were told of."""

    runde: Runde
    antal: int
    sendt: datetime | None


@dataclass(frozen=True)
class Talentliste:
    """Numbers only: an address is for the mail that somebody said yes to, and for nothing else."""

    fra_siden: int
    ansoegere: int
    ubekraeftede: int
    foerste_udloeb: date | None
    naeste: list[Runde]  # written and not open yet
    sendt: list[Besked]

    @property
    def i_alt(self) -> int:
        return self.fra_siden + self.ansoegere


def get_talentliste() -> Talentliste:
    found = list(who_asked(now()))
    ends = [row.udloeber if kind == "interesse" else row.kontakt_igen for kind, row in found]
    waiting = Q(tilstand=Runde.Tilstand.KLADDE) | Q(tilstand=Runde.Tilstand.OFFENTLIG, aabner__gt=now())
    return Talentliste(
        fra_siden=sum(kind == "interesse" for kind, _ in found),
        ansoegere=sum(kind == "ansoegning" for kind, _ in found),
        ubekraeftede=Interesse.objects.filter(bekraeftet=None).count(),
        foerste_udloeb=min(ends, default=None),
        naeste=list(Runde.objects.filter(waiting, frist__gt=now()).order_by("aabner")),
        sendt=_told(),
    )


def _told() -> list[Besked]:
    """As far back as the outbox reaches."""
    mails = Mail.objects.filter(skabelon=SKABELON).order_by().annotate(nr=KT("data__runde"))
    counts = {int(row["nr"]): row for row in mails.values("nr").annotate(antal=Count("pk"), sidst=Max("sendt"))}
    runder = Runde.objects.filter(pk__in=counts)
    return [Besked(runde, counts[runde.pk]["antal"], counts[runde.pk]["sidst"]) for runde in runder]

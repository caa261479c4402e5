"""What the roof's own pages show: the search, the outbox, the logs, and the front page of an administrator."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Case, Count, Exists, Min, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from afdelinger.models import Bruger, Rolletildeling
from afdelinger.permissions import visible_afdelinger, visible_brugere
from afdelinger.queries.brugere import NO_PASSWORD, no_role
from elevforloeb.core.dates import ONE_DAY, midnight, today
from elevforloeb.core.models import Haendelse, Mail, Opslag
from elevforloeb.models import Elev
from elevforloeb.permissions import visible_elever

from .models import Bogtilladelse
from .permissions import visible_haendelser, visible_mails, visible_opslag

LIMIT = 20  # of each kind; more than that is better narrowed down than read


@dataclass(frozen=True)
class Hits:
    """Rows of the few fields that a line shows."""

    elever: list
    afdelinger: list
    brugere: list

    @property
    def antal(self) -> int:
        return len(self.elever) + len(self.afdelinger) + len(self.brugere)

    @property
    def flere(self) -> bool:
        return LIMIT in (len(self.elever), len(self.afdelinger), len(self.brugere))


def search(user, text: str) -> Hits:
    """What the folded `text` is part of. An elev is shown as an elev, not once more as a person."""
    text = text.strip()[:100]
    if len(text) < 2:
        return Hits([], [], [])
    elever = visible_elever(user).filter(bruger__soegenoegle__finder=text)
    afdelinger = visible_afdelinger(user).filter(soegenoegle__finder=text)
    as_elev = visible_elever(user).filter(bruger=OuterRef("pk"))
    brugere = visible_brugere(user).filter(~Exists(as_elev), soegenoegle__finder=text)
    return Hits(
        list(elever.values_list("pk", "bruger__navn", "hold__navn", named=True)[:LIMIT]),
        list(afdelinger.values_list("kode", "navn", "farve", named=True)[:LIMIT]),
        list(brugere.values_list("pk", "navn", "email", named=True)[:LIMIT]),
    )


# --- The outbox ---------------------------------------------------------------------------------------------------
SHOWN = [Mail.Status.VENTER, Mail.Status.SENDT, Mail.Status.TILBAGEHOLDT, Mail.Status.FEJLET]


@dataclass(frozen=True)
class OutboxState:
    antal: list[tuple[str, str, int]]  # (status, its label, how many): what somebody may have to act on
    aeldste: datetime | None  # since when the oldest due mail has waited

    @property
    def fejlet(self) -> int:
        return next(count for status, _, count in self.antal if status == Mail.Status.FEJLET)


def outbox_state(user) -> OutboxState:
    counts = dict(visible_mails(user).order_by().values_list("status").annotate(Count("pk")))
    oldest = visible_mails(user).due().aggregate(Min("naeste"))["naeste__min"]
    return OutboxState([(s.value, s.label, counts.get(s, 0)) for s in SHOWN], oldest)


def outbox_list(user, *, status="", q="") -> QuerySet[Mail]:
    mails = visible_mails(user).select_related("modtager")
    if status:
        mails = mails.filter(status=status)
    return mails.filter(_to(q)) if q else mails


def _to(q: str) -> Q:
    return Q(modtager__soegenoegle__finder=q) | Q(adresse__icontains=q)


def mailbox(q="") -> QuerySet[Mail]:
    """The demo's: every letter that has been "sent"."""
    mails = Mail.objects.filter(brev__isnull=False).select_related("modtager").order_by("-sendt", "-id")
    return mails.filter(_to(q)) if q else mails


# --- The logs -----------------------------------------------------------------------------------------------------
SAMPLE_PERIOD = timedelta(days=30)


def between(rows: QuerySet, fra=None, til=None) -> QuerySet:
    """Rows of the days from `fra` to `til`, both included."""
    if fra:
        rows = rows.filter(tid__gte=midnight(fra))
    return rows.filter(tid__lt=midnight(til + ONE_DAY)) if til else rows


def lookups(user, *, hvem="", person="", fra=None, til=None) -> QuerySet[Opslag]:
    rows = between(visible_opslag(user), fra, til).select_related("bruger", "person")
    if hvem:
        rows = rows.filter(bruger__soegenoegle__finder=hvem)
    return rows.filter(person__soegenoegle__finder=person) if person else rows


def lookup_sample(user, number: int) -> list[Opslag]:
    """So many rows of the last month, drawn at random: for somebody to ask whether each was needed."""
    recent = visible_opslag(user).filter(tid__gte=timezone.now() - SAMPLE_PERIOD)
    return list(recent.select_related("bruger", "person").order_by("?")[:number])


def lookups_about(user) -> QuerySet[Opslag]:
    """Who has looked up this person's own data."""
    return Opslag.objects.filter(person=user).select_related("bruger")


def acts(user, *, q="", hvem="", fra=None, til=None) -> QuerySet[Haendelse]:
    """`om` is the name of the elev that the act is about: its words are written for her own page."""
    elev = Elev.objects.filter(pk=OuterRef("objekt_id")).values("bruger__navn")
    rows = between(visible_haendelser(user), fra, til).select_related("bruger")
    rows = rows.annotate(om=Case(When(objekttype=Elev._meta.label, then=Subquery(elev))))
    if q:
        rows = rows.filter(tekst__icontains=q)
    return rows.filter(bruger__soegenoegle__finder=hvem) if hvem else rows


def coming_role(user) -> Rolletildeling | None:
    """The first right of somebody who has none yet."""
    return user.rolletildelinger.filter(periode__startswith__gt=today()).select_related("afdeling").first()


@dataclass(frozen=True)
class AccountFigures:
    aktive: int
    ikke_i_brug: int  # invited, but no password chosen
    uden_rolle: int


def account_figures() -> AccountFigures:
    """What an administrator keeps an eye on."""
    active = Bruger.objects.filter(is_active=True)
    figures = active.aggregate(
        aktive=Count("pk"),
        ikke_i_brug=Count("pk", filter=NO_PASSWORD),
        uden_rolle=Count("pk", filter=Q(no_role())),
    )
    return AccountFigures(**figures)


# --- The uddannelsesbog -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Bogvalg:
    """What the elev decides on, and since when she lets the elevansvarlig put it in her uddannelsesbog."""

    hvad: Bogtilladelse.Hvad
    givet: datetime | None


def bog_choices(elev: Elev) -> list[Bogvalg]:
    since = dict(elev.bogtilladelser.filter(til=None).values_list("hvad", "fra"))
    return [Bogvalg(what, since.get(what)) for what in Bogtilladelse.Hvad]

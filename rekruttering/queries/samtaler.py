"""Interview days: the whole plan for the committee, the free times for an applicant, a day list for an elev."""

from dataclasses import dataclass
from operator import attrgetter

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from elevforloeb.core.dates import now, today
from elevforloeb.models import Elev, Kalenderperiode
from rekruttering.models import Ansoegning, Runde, Samtale, Samtaledag, Samtaletid, Samtalevagt
from rekruttering.permissions import is_elevansvarlig, visible_ansoegninger
from rekruttering.services.tilstand import T

from .sammenfald import clashes_by_day

S = Samtale.Tilstand
COLOURS = {S.AFTALT: "info", S.HOLDT: "ok", S.UDEBLEVET: "fejl"}


@dataclass(frozen=True)
class Tidslinje:
    tid: Samtaletid
    samtale: Samtale | None  # None: free, or of somebody the reader must not see
    er_skjult: bool

    @property
    def er_begyndt(self) -> bool:
        return self.tid.start <= now()

    @property
    def farve(self) -> str:
        return COLOURS.get(self.samtale.tilstand, "")

    @property
    def er_ledig(self) -> bool:
        return self.samtale is None and not self.er_skjult and not self.er_begyndt


@dataclass(frozen=True)
class Dagsplan:
    dag: Samtaledag
    linjer: list[Tidslinje]
    vagter: list[Samtalevagt]
    sammenfald: list[str]  # who is elsewhere; only for who can do something about it

    @property
    def er_gaaet(self) -> bool:
        return self.dag.dato < today()

    @property
    def plads(self) -> int:
        """Where nobody has said how it went is first, then what is to come, and last what is done."""
        is_open = any(line.er_begyndt and line.samtale and line.samtale.tilstand == S.AFTALT for line in self.linjer)
        return 0 if is_open else 2 if self.er_gaaet else 1


@dataclass(frozen=True)
class Invitation:
    """One round of interviews: who can be invited to it, and how many times are free."""

    nr: int
    ansoegninger: list[Ansoegning]
    ledige: int

    @property
    def kan_sendes(self) -> bool:
        return self.ledige > 0


@dataclass(frozen=True)
class Samtaleplan:
    runde: Runde
    dage: list[Dagsplan]
    invitationer: list[Invitation]
    uden_tid: list[Samtale]  # invited or cancelled, or nobody came, and to be interviewed still
    ledige: int


def get_samtaleplan(user, runde: Runde) -> Samtaleplan:
    visible = {each.pk: each for each in _concerned(user, runde)}
    samtaler = list(Samtale.objects.filter(ansoegning__runde=runde).select_related("tid"))
    for samtale in samtaler:
        if samtale.ansoegning_id in visible:
            samtale.ansoegning = visible[samtale.ansoegning_id]
    plans = _plans(user, runde, {each.tid_id: each for each in samtaler if each.tid_id}, visible)
    shown = [each for each in samtaler if each.ansoegning_id in visible]
    return Samtaleplan(
        runde=runde,
        dage=sorted(plans, key=attrgetter("plads")),
        invitationer=_invitations(list(visible.values()), shown, plans),
        uden_tid=[each for each in shown if _waits(each)],
        ledige=sum(line.er_ledig for plan in plans for line in plan.linjer),
    )


def _concerned(user, runde: Runde) -> QuerySet[Ansoegning]:
    """Those the reader sees who are to be interviewed, or have been."""
    talked = Samtale.objects.filter(ansoegning=OuterRef("pk"))
    rows = visible_ansoegninger(user).filter(runde=runde).filter(Q(tilstand=T.SAMTALE) | Exists(talked))
    return rows.order_by("nummer")


def _plans(user, runde: Runde, by_time: dict[int, Samtale], visible: dict) -> list[Dagsplan]:
    vagter = Prefetch("vagter", Samtalevagt.objects.select_related("elev__bruger"))
    days = list(runde.samtaledage.prefetch_related("tider", vagter))
    clashes = clashes_by_day(runde, days) if is_elevansvarlig(user) else {}
    return [
        Dagsplan(day, _lines(day, by_time, visible), list(day.vagter.all()), clashes.get(day.pk, [])) for day in days
    ]


def _lines(day: Samtaledag, by_time: dict[int, Samtale], visible: dict) -> list[Tidslinje]:
    lines = []
    for tid in day.tider.all():
        samtale = by_time.get(tid.pk)
        hidden = samtale is not None and samtale.ansoegning_id not in visible
        lines.append(Tidslinje(tid, None if hidden else samtale, hidden))
    return lines


def _waits(samtale: Samtale) -> bool:
    without_time = samtale.tid_id is None or samtale.tilstand == S.UDEBLEVET
    return without_time and samtale.ansoegning.tilstand == T.SAMTALE


def _invitations(ansoegninger: list[Ansoegning], samtaler: list[Samtale], plans: list[Dagsplan]) -> list[Invitation]:
    """To the first: all who are not asked yet. To a later one: those who have been to the one before."""
    held = {(each.ansoegning_id, each.nr) for each in samtaler if each.tilstand == S.HOLDT}
    asked = {(each.ansoegning_id, each.nr) for each in samtaler}
    chosen = [each for each in ansoegninger if each.tilstand == T.SAMTALE]
    found = []
    for nr in (1, 2, 3):
        can_come = [a for a in chosen if (a.pk, nr) not in asked and (nr == 1 or (a.pk, nr - 1) in held)]
        free = sum(line.er_ledig for plan in plans if plan.dag.nr == nr for line in plan.linjer)
        if can_come:
            found.append(Invitation(nr, can_come, free))
    return found


def free_times(runde: Runde, nr: int, *, own: Samtale | None = None) -> QuerySet[Samtaletid]:
    """Those to come that nobody has, the earliest first. `own`: the one that this interview has counts too."""
    taken = Samtale.objects.filter(tid=OuterRef("pk")).exclude(pk=own.pk if own else None)
    rows = Samtaletid.objects.filter(dag__runde=runde, dag__nr=nr, tidsrum__startswith__gt=now())
    return rows.filter(~Exists(taken)).select_related("dag").order_by("tidsrum")


# --- who receives them --------------------------------------------------------------------------------------------


def on_duty_elsewhere(dag: Samtaledag) -> QuerySet[Samtalevagt]:
    """In another room at the same time of the day."""
    times = list(dag.tider.all())
    if not times:
        return Samtalevagt.objects.none()
    whole = DateTimeTZRange(min(each.start for each in times), max(each.slut for each in times), "[)")
    others = Samtaletid.objects.filter(tidsrum__overlap=whole).exclude(dag=dag).values("dag")
    return Samtalevagt.objects.filter(dag__in=others).exclude(dag__lokale=dag.lokale)


def receivers(dag: Samtaledag) -> QuerySet[Elev]:
    """Elever at work that day who receive nowhere else, who has done it least first."""
    away = Kalenderperiode.objects.on(dag.dato).filter(elev=OuterRef("pk"))
    elsewhere = on_duty_elsewhere(dag).values("elev")
    rows = Elev.objects.aktive(dag.dato).filter(~Exists(away)).exclude(samtalevagter__dag=dag).exclude(pk__in=elsewhere)
    return rows.annotate(gange=Count("samtalevagter")).select_related("bruger").order_by("gange", "bruger__sortering")


def duties_of(user) -> list[Samtaledag]:
    """The days on which this elev receives applicants, with who comes when: name, time and room."""
    times = Samtaletid.objects.filter(samtale__tilstand="aftalt").select_related("samtale__ansoegning")
    days = Samtaledag.objects.filter(vagter__elev__bruger=user, dato__gte=today())
    return list(days.prefetch_related(Prefetch("tider", times, to_attr="kommer")).order_by("dato"))


def next_duty(user) -> Samtaledag | None:
    """For the front page of the elev: her way to whom she receives."""
    return Samtaledag.objects.filter(vagter__elev__bruger=user, dato__gte=today()).order_by("dato").first()

"""Interview days: the whole plan for the committee, the free times for an applicant, a day list for an elev."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, QuerySet

from elevforloeb.core.dates import now, today
from elevforloeb.models import Elev, Kalenderperiode
from rekruttering.models import Ansoegning, Runde, Samtale, Samtaledag, Samtaletid, Samtalevagt
from rekruttering.permissions import visible_ansoegninger
from rekruttering.services.tilstand import T


@dataclass(frozen=True)
class Tidslinje:
    tid: Samtaletid
    samtale: Samtale | None  # None: free, or of somebody the reader must not see
    er_skjult: bool

    @property
    def er_begyndt(self) -> bool:
        return self.tid.start <= now()


@dataclass(frozen=True)
class Dagsplan:
    dag: Samtaledag
    linjer: list[Tidslinje]
    vagter: list[Samtalevagt]


@dataclass(frozen=True)
class Samtaleplan:
    runde: Runde
    dage: list[Dagsplan]
    uinviterede: list[Ansoegning]  # to be interviewed and not invited yet
    uden_tid: list[Samtale]  # invited, and without a time
    ledige: int


def get_samtaleplan(user, runde: Runde) -> Samtaleplan:
    visible = visible_ansoegninger(user).filter(runde=runde)
    ids = set(visible.values_list("pk", flat=True))
    samtaler = Samtale.objects.filter(ansoegning__runde=runde).select_related("ansoegning", "tid")
    by_time = {each.tid_id: each for each in samtaler if each.tid_id}
    days = runde.samtaledage.prefetch_related(
        "tider", Prefetch("vagter", Samtalevagt.objects.select_related("elev__bruger"))
    )
    plans = [_day(day, by_time, ids) for day in days]
    invited = {each.ansoegning_id for each in samtaler}
    chosen = visible.filter(tilstand=T.SAMTALE).order_by("nummer")
    free = sum(line.samtale is None and not line.er_skjult and not line.er_begyndt for p in plans for line in p.linjer)
    waiting = [each for each in samtaler if each.tid_id is None and each.ansoegning_id in ids]
    return Samtaleplan(
        runde=runde,
        dage=plans,
        uinviterede=[each for each in chosen if each.pk not in invited],
        uden_tid=[each for each in waiting if each.ansoegning.tilstand == T.SAMTALE],
        ledige=free,
    )


def _day(day: Samtaledag, by_time: dict, visible: set[int]) -> Dagsplan:
    lines = []
    for tid in day.tider.all():
        samtale = by_time.get(tid.pk)
        hidden = samtale is not None and samtale.ansoegning_id not in visible
        lines.append(Tidslinje(tid, None if hidden else samtale, hidden))
    return Dagsplan(day, lines, list(day.vagter.all()))


def free_times(runde: Runde, nr: int) -> QuerySet[Samtaletid]:
    """Those to come that nobody has, the earliest first."""
    taken = Samtale.objects.filter(tid=OuterRef("pk"))
    rows = Samtaletid.objects.filter(dag__runde=runde, dag__nr=nr, tidsrum__startswith__gt=now())
    return rows.filter(~Exists(taken)).select_related("dag").order_by("tidsrum")


def receivers(dag: Samtaledag) -> QuerySet[Elev]:
    """Elever at work that day, who has done it least first."""
    away = Kalenderperiode.objects.on(dag.dato).filter(elev=OuterRef("pk"))
    rows = Elev.objects.aktive(dag.dato).filter(~Exists(away)).exclude(samtalevagter__dag=dag)
    return rows.annotate(gange=Count("samtalevagter")).select_related("bruger").order_by("gange", "bruger__sortering")


def duties_of(user) -> list[Samtaledag]:
    """The days on which this elev receives applicants, with who comes when: name, time and room."""
    times = Samtaletid.objects.filter(samtale__tilstand="aftalt").select_related("samtale__ansoegning")
    days = Samtaledag.objects.filter(vagter__elev__bruger=user, dato__gte=today())
    return list(days.prefetch_related(Prefetch("tider", times, to_attr="kommer")).order_by("dato"))


def next_duty(user) -> Samtaledag | None:
    """For the front page of the elev: her way to whom she receives."""
    return Samtaledag.objects.filter(vagter__elev__bruger=user, dato__gte=today()).order_by("dato").first()

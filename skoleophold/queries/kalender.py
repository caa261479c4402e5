"""The pages of the elevansvarlig: all classes, one class, one period."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Prefetch, Q

from elevforloeb.core.dates import Periode, today
from elevforloeb.core.periods import period
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev, Kalenderperiode
from skoleophold.models import Fagproeverunde, Karakter, Skolehold, Skoleophold, Skoleperiode, Tilknytning
from skoleophold.skoleuger import school_weeks, weeks_until

from .foelger import deviates


@dataclass(frozen=True)
class Uger:
    """School weeks of an elev: taken by the end of today, in all, and how many there are to be."""

    brugt: float
    planlagt: float
    i_alt: int

    @property
    def for_mange(self) -> float:
        return max(self.planlagt - self.i_alt, 0)


def weeks_of(elev: Elev, spans: list[Periode], now: Rules) -> Uger:
    """The number is chosen by Elev.voksenelev, never found from an age."""
    total = now.skoleuger_voksen if elev.voksenelev else now.skoleuger
    return Uger(weeks_until(spans, now.day), school_weeks(spans), total)


def summons_due(now: Rules) -> date:
    return now.day + timedelta(days=now.indkaldelse_varsel_dage)


@dataclass(frozen=True)
class Holdlinje:
    skolehold: Skolehold
    elever: int
    nu: Skoleperiode | None
    naeste: Skoleperiode | None
    varsel: date  # from which day a summons that has not come is missing


def get_skolehold_list() -> list[Holdlinje]:
    day = today()
    until = summons_due(rules())
    ahead = Skoleperiode.objects.filter(periode__endswith__gt=day).order_by("periode")
    members = Count("tilknytninger", filter=Q(tilknytninger__periode__overlap=period(day)), distinct=True)
    rows = Skolehold.objects.select_related("skole").annotate(elever=members)
    rows = rows.prefetch_related(Prefetch("skoleperioder", ahead, to_attr="kommende"))
    found = []
    for row in rows:
        now = next((each for each in row.kommende if day in each.span), None)
        coming = next((each for each in row.kommende if each.startdato > day), None)
        found.append(Holdlinje(row, row.elever, now, coming, until))
    return sorted(found, key=lambda each: (not (each.nu or each.naeste), each.skolehold.navn))


@dataclass(frozen=True)
class Medlem:
    tilknytning: Tilknytning
    uger: Uger
    afviger: int  # periods with days of her own
    uden_dage: int  # periods that do not fit in her calendar

    @property
    def elev(self) -> Elev:
        return self.tilknytning.elev


@dataclass(frozen=True)
class Skoleholdside:
    skolehold: Skolehold
    dag: date
    perioder: list[Skoleperiode]
    medlemmer: list[Medlem]
    tidligere: list[Tilknytning]
    varsel: date
    runder: list[Fagproeverunde]

    @property
    def uger(self) -> float:
        return school_weeks([each.span for each in self.perioder])


def get_skoleholdside(skolehold: Skolehold) -> Skoleholdside:
    day, now = today(), rules()
    rows = list(skolehold.tilknytninger.select_related("elev__bruger").order_by("elev__bruger__sortering"))
    current = [row for row in rows if row.sidste_dag is None or row.sidste_dag >= day]
    spans = school_spans([row.elev_id for row in current])
    stays = defaultdict(list)
    found = Skoleophold.objects.filter(skoleperiode__skolehold=skolehold)
    for stay in found.select_related("skoleperiode", "kalenderperiode"):
        stays[stay.elev_id].append(stay)
    return Skoleholdside(
        skolehold=skolehold,
        dag=day,
        perioder=list(skolehold.skoleperioder.all()),
        medlemmer=[_medlem(row, spans[row.elev_id], stays[row.elev_id], now) for row in current],
        tidligere=[row for row in rows if row not in current],
        varsel=summons_due(now),
        runder=list(skolehold.fagproeverunder.order_by("periode")),
    )


def _medlem(row: Tilknytning, spans: list[Periode], stays: list[Skoleophold], now: Rules) -> Medlem:
    own = sum(deviates(stay) for stay in stays)
    lost = sum(stay.kalenderperiode_id is None and not stay.afviger for stay in stays)
    return Medlem(row, weeks_of(row.elev, spans, now), own, lost)


def school_spans(elever: list[int]) -> dict[int, list[Periode]]:
    found = defaultdict(list)
    for row in Kalenderperiode.objects.filter(elev__in=elever, art=Kalenderperiode.Art.SKOLE):
        found[row.elev_id].append(row.span)
    return found


@dataclass(frozen=True)
class Deltager:
    ophold: Skoleophold
    mangler_karakter: bool

    @property
    def tilstand(self) -> str:
        row = self.ophold.kalenderperiode
        if row is None:
            return "Er ikke med" if self.ophold.afviger else "Kan ikke være der"
        return "Egne dage" if deviates(self.ophold) else "Følger holdet"

    @property
    def art(self) -> str:
        return {"Følger holdet": "ok", "Kan ikke være der": "fejl"}.get(self.tilstand, "vent")


@dataclass(frozen=True)
class Periodeside:
    periode: Skoleperiode
    dag: date
    deltagere: list[Deltager]

    @property
    def er_slut(self) -> bool:
        return self.periode.slutdato <= self.dag

    @property
    def er_begyndt(self) -> bool:
        return self.periode.startdato <= self.dag


def get_periodeside(periode: Skoleperiode) -> Periodeside:
    stays = periode.skoleophold.select_related("elev__bruger", "kalenderperiode", "skoleperiode")
    graded = set(Karakter.objects.filter(skoleperiode=periode).values_list("elev_id", flat=True))
    rows = [Deltager(stay, stay.elev_id not in graded) for stay in stays.order_by("elev__bruger__sortering")]
    return Periodeside(periode, today(), rows)


def earlier_classes(skolehold: Skolehold):
    """Whose periods can be copied to this one: also its own of last year."""
    return Skolehold.objects.filter(skoleperioder__isnull=False).distinct()


def year_later(day: date, years: int) -> date:
    """The same weekday of the same ISO week; week 53 becomes 52 where there is none."""
    year, week, weekday = day.isocalendar()
    try:
        return date.fromisocalendar(year + years, week, weekday)
    except ValueError:
        return date.fromisocalendar(year + years, week - 1, weekday)


def copied(skolehold: Skolehold, source: Skolehold, years: int) -> list[Skoleperiode]:
    """The calendar of `source` so many years later: places and subjects come along, what the school wrote does not."""
    taken = {each.nr for each in skolehold.skoleperioder.all()}
    free = (nr for nr in range(1, 100) if nr not in taken)
    rows = []
    for row in source.skoleperioder.all():
        first = year_later(row.startdato, years)
        nr = row.nr if row.nr not in taken else next(free)
        taken.add(nr)
        new = Skoleperiode(skolehold=skolehold, nr=nr, titel=row.titel if nr == row.nr else "", sted=row.sted)
        new.skema, new.studietur, new.periode = (
            row.skema,
            row.studietur,
            period(first, first + (row.sidste_dag - row.startdato)),
        )
        rows.append(new)
    return rows

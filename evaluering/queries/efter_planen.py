"""Which evaluations the published plan calls for today, and which there are. Four statements, however many elever."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Q

from elevforloeb.core.dates import Periode, today
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Kalenderperiode, Ophold
from elevforloeb.proevetid import Proevetidsregler, calculate_proevetid
from evaluering.models import Evaluering
from evaluering.models.skema import Art
from evaluering.samtaleplan import Samtaleregler, cut, due_before_end_of_proevetid, due_dates

S = Evaluering.Status
Fravaer = Kalenderperiode.Art
AWAY = (Fravaer.SKOLE, Fravaer.FERIE)  # not illness: a department must not read it in a date
Key = tuple[int | None, str]  # (ophold, art)


class Samtale(NamedTuple):
    """A talk that the plan calls for."""

    ophold: int
    art: str
    elev: int
    afdeling: int
    elevvejleder: int | None
    frist: date
    sidste_dag: date  # of the stay


class Raekke(NamedTuple):
    """An evaluation that exists."""

    id: int
    ophold_id: int | None
    art: str
    elev_id: int
    afdeling_id: int
    elevvejleder_id: int | None
    frist: date
    status: str

    @property
    def key(self) -> Key:
        return self.ophold_id, self.art


@dataclass(frozen=True)
class Planen:
    samtaler: dict[Key, Samtale]
    raekker: list[Raekke]
    afdelinger: dict[int, int]  # of each stay that was looked at
    fra: date
    til: date  # what is due from `fra` to `til` is made now

    def missing(self) -> list[Samtale]:
        """What is to be made. A talk that lapsed is not made again, and prøvetid is talked about once."""
        stay = [row for row in self.raekker if row.status != S.PLANLAGT or row.key in self.samtaler]
        taken = {row.key for row in stay if row.status == S.PLANLAGT or self._is_there(row)}
        talked = {row.elev_id for row in stay if row.art == Art.PROEVETID}
        return [
            each
            for key, each in self.samtaler.items()
            if self.fra <= each.frist <= self.til
            and key not in taken
            and not (each.art == Art.PROEVETID and each.elev in talked)
        ]

    def _is_there(self, row: Raekke) -> bool:
        return self.afdelinger.get(row.ophold_id) == row.afdeling_id


def read_plan() -> Planen:
    """Stays with something due about now, and all that something unfinished hangs on."""
    now, day = rules(), today()
    first, last = day - timedelta(days=now.adgang_efter_dage), day + timedelta(days=now.evaluering_frem_dage)
    unfinished = Evaluering.objects.filter(status__in=[S.PLANLAGT, S.IGANG, S.SAMTALE])
    in_time = Q(pk__in=Ophold.objects.within(first, last).values("pk")) | Q(pk__in=unfinished.values("ophold"))
    stays = list(Ophold.objects.filter(in_time).select_related("elev").order_by("elev", "periode"))
    samtaler = {(each.ophold, each.art): each for each in talks_of(stays, now)}
    return Planen(samtaler, _rows(stays), {stay.pk: stay.afdeling_id for stay in stays}, first, last)


def talks_of(stays: list[Ophold], now: Rules) -> list[Samtale]:
    """What the plan calls for in these stays, whenever it is due. They come with their elev, one elev's together."""
    calendar = _calendar({stay.elev_id for stay in stays})
    return [each for elev in _by_elev(stays) for each in _talks(elev, calendar, now)]


def _rows(stays: list[Ophold]) -> list[Raekke]:
    of_stays = Q(ophold__in=[stay.pk for stay in stays])
    of_proevetid = Q(art=Art.PROEVETID, elev__in={stay.elev_id for stay in stays})
    loose = Q(ophold=None, status=S.PLANLAGT)
    found = Evaluering.objects.filter(of_stays | of_proevetid | loose).order_by("pk")
    return [Raekke(*row) for row in found.values_list(*Raekke._fields)]


def _calendar(elever: set[int]) -> dict[int, list[tuple[str, Periode]]]:
    found = defaultdict(list)
    rows = Kalenderperiode.objects.filter(elev__in=elever).values_list("elev", "art", "periode")
    for elev, art, periode in rows:
        found[elev].append((art, Periode(periode.lower, periode.upper)))
    return found


def _by_elev(stays: list[Ophold]) -> list[list[Ophold]]:
    found = defaultdict(list)
    for stay in stays:
        found[stay.elev_id].append(stay)
    return list(found.values())


def _talks(stays: list[Ophold], calendar: dict, now: Rules) -> list[Samtale]:
    """Of one elev. Who has stopped by today is asked no more; what she has begun stays for the elevansvarlig."""
    elev = stays[0].elev
    if elev.stoppet and elev.stoppet <= today():
        return []
    rows, numbers = calendar[elev.pk], _numbers(now)
    away = [period for art, period in rows if art in AWAY]
    left = {stay: span for stay in stays if (span := cut(stay.span, elev.stoppet))}
    found = [(stay, art, day) for stay, span in left.items() for art, day in due_dates(span, away, numbers).items()]
    day = due_before_end_of_proevetid(_end_of_proevetid(elev, rows, now), left.values(), numbers)
    found += [(stay, Art.PROEVETID.value, day) for stay, span in left.items() if day and day in span]
    return [
        Samtale(stay.pk, art, elev.pk, stay.afdeling_id, stay.elevvejleder_id, day, left[stay].sidste_dag)
        for stay, art, day in found
    ]


def _numbers(now: Rules) -> Samtaleregler:
    return Samtaleregler(
        forventning_dage=now.evaluering_forventning_dage,
        slut_dage=now.evaluering_slut_dage,
        proevetid_dage=now.evaluering_proevetid_dage,
        kort_uger=now.evaluering_kort_uger,
    )


def _end_of_proevetid(elev, rows, now: Rules) -> date:
    numbers = Proevetidsregler(months=now.proevetid_maaneder, absence_limit_days=now.proevetid_fravaer_dage)
    school = [period for art, period in rows if art == Fravaer.SKOLE]
    absence = [(art, period) for art, period in rows if art not in AWAY]
    return calculate_proevetid(elev.startdato, school=school, absence=absence, rules=numbers).sidste_dag

"""The elevansvarlig's front page. Counts and a few lines: nothing is read that the page does not tell about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Q

from elevforloeb.core.dates import ONE_DAY, Periode, today
from elevforloeb.core.rules import rules
from elevforloeb.core.words import count_noun, join_words
from elevforloeb.models import Elev, Hold, Ophold

from . import handling
from .behov import ends_of_proevetid, find_behov
from .elever import Elevraekke, row_of
from .handling import Asked, Handling
from .pladser import Plads, get_pladser
from .planlagt import find_hold
from .steder import Elevsted, elevsteder

SCHOOL_AND_LAST_DAYS = """
with ansat as (
  select elev.id, navn, sortering, periode
  from elevforloeb_elev elev join afdelinger_bruger bruger on bruger.id = bruger_id
  where upper(periode) > %(dag)s and (stoppet is null or stoppet > %(dag)s)
)
select titel, lower(skole.periode), upper(skole.periode), array_agg(navn order by sortering)
from elevforloeb_kalenderperiode skole join ansat on ansat.id = elev_id
where art = 'skole' and lower(skole.periode) between %(dag)s and %(til)s group by 1, 2, 3
union all
select null, lower(periode), upper(periode), array_agg(navn order by sortering)
from ansat where upper(periode) <= %(til)s + 1 group by 2, 3
"""
AHEAD = timedelta(days=30)
MOST_DAYS, MOST_NAMES = 8, 4
MOST_ROWS = 15  # in "Hvor er eleverne nu?"; the rest are on the page of the hold


@dataclass(frozen=True)
class Dag:
    dato: date
    titel: str
    tekst: str


@dataclass(frozen=True)
class Overblik:
    dag: date
    igang: int
    hold_igang: int
    skift: int
    uden_elevvejleder: int
    overbookede: int
    handling: list[Handling]
    dage: list[Dag]
    hold: list[Hold]
    valgt_hold: Hold | None
    raekker: list[Elevraekke]
    pladser: list[Plads]
    kort: list  # what the floors above show at the end; each has its `skabelon`, and says whether it `er_smal`

    @property
    def holdfaner(self) -> list[tuple[str, str, bool]]:
        """(number, name, open)"""
        return [(str(each.pk), each.navn, each == self.valgt_hold) for each in self.hold]

    @property
    def flere(self) -> bool:
        """Whether the hold has more elever than are shown."""
        return self.valgt_hold is not None and self.valgt_hold.aktuelle > len(self.raekker)

    @property
    def har_frist_i_dag(self) -> int:
        return sum(each.frist <= self.dag for each in self.handling)


def get_overblik(hold: int | None = None, wings: Iterable[Asked] = (), cards: Iterable[Asked] = ()) -> Overblik:
    """`hold`: whose elever are shown in "Hvor er eleverne nu?"; the newest that has begun when nothing is said.

    `wings`: what the floors above have to do, which this one cannot know. `cards`: what they show. Asked in one.
    """
    day, now = today(), rules()
    alle_hold = find_hold(now, day)
    chosen = _chosen_hold(alle_hold, hold, day)
    shown = _elever(chosen, day) if chosen else []
    stays = _stays(shown, day)
    behov = find_behov(now, day)
    ending = ends_of_proevetid(behov, now)
    places = get_pladser(day)
    asked = list(handling.find_things(now, [handling.ERASURES, *wings, *cards]))
    todo = [
        *handling.overbooked(places.overbookinger, now),
        *handling.agreements(behov, now),
        *handling.holes(behov, now),
        *handling.stops(behov, now),
        *handling.proevetider(ending, now),
        *handling.without_vejleder(stays, alle_hold, now),
        *handling.plans(alle_hold, now),
        *handling.unplanned(alle_hold, now),
        *handling.wishes(alle_hold, now),
        *(each for each in asked if isinstance(each, Handling)),
    ]
    return Overblik(
        dag=day,
        igang=sum(each.igang for each in alle_hold),
        hold_igang=sum(each.igang > 0 for each in alle_hold),
        skift=sum(day < each.sted.startdato <= day + AHEAD for each in stays),
        uden_elevvejleder=sum(each.sted.elevvejleder is None for each in stays),
        overbookede=len({each.afdeling for each in places.overbookinger}),
        handling=sorted(todo, key=lambda each: (each.frist, each.titel)),
        dage=_days(stays, ending, day),
        hold=alle_hold,
        valgt_hold=chosen,
        raekker=_rows(shown, stays),
        pladser=places.i_dag,
        kort=[each for each in asked if not isinstance(each, Handling)],
    )


def _chosen_hold(found: list[Hold], hold: int | None, day: date) -> Hold | None:
    by_id = {each.pk: each for each in found}
    begun = [each for each in found if each.startdato <= day]
    return by_id.get(hold) or next(iter(begun or found), None)


def _elever(hold: Hold, day: date) -> list[Elev]:
    return list(Elev.objects.employed_from(day).filter(hold=hold).select_related("bruger")[:MOST_ROWS])


def _stays(shown: list[Elev], day: date) -> list[Elevsted]:
    """Those that the page has a line about, and those without elevvejleder, which it counts."""
    soon = Q(periode__startswith__range=(day, day + AHEAD))
    stays = Ophold.objects.filter(elev__in=Elev.objects.employed_from(day), periode__endswith__gt=day)
    stays = stays.filter(soon | Q(elevvejleder=None) | Q(elev__in=[elev.pk for elev in shown]))
    return elevsteder(stays)


def _rows(shown: list[Elev], stays: list[Elevsted]) -> list[Elevraekke]:
    own = defaultdict(list)
    for each in stays:
        own[each.sted.elev_id].append(each.sted)
    return [row_of(elev, own[elev.pk]) for elev in shown]


# --- the coming month ---------------------------------------------------------------------------------------------


def _days(stays, ending, day: date) -> list[Dag]:
    """What happens in the coming month; elever with the same on the same day are one line."""
    names = defaultdict(list)
    for stay, navn, _, first in stays:
        what = "begynder som elev" if stay.startdato == first else "skifter afdeling"
        names[stay.startdato, what].append(navn)
    for elev, last in ending:
        names[last, "slutter prøvetiden"].append(elev.navn)
    for titel, start, end, people in _school_and_last_days(day):
        if titel is None:
            names[end - ONE_DAY, "har sidste dag"] += people
        else:
            names[start, f"begynder {(titel or 'Skole').lower()} ({Periode(start, end)})"] += people
    days = [_day(when, what, people) for (when, what), people in names.items() if day <= when <= day + AHEAD]
    return sorted(days, key=lambda each: (each.dato, each.titel))[:MOST_DAYS]


def _school_and_last_days(day: date) -> list[tuple[str | None, date, date, list[str]]]:
    """(title, first day, end, names) of school that begins; without a title: agreements that end."""
    with connection.cursor() as cursor:
        cursor.execute(SCHOOL_AND_LAST_DAYS, {"dag": day, "til": day + AHEAD})
        return cursor.fetchall()


def _day(day: date, what: str, people: list[str]) -> Dag:
    if len(people) == 1:
        return Dag(day, f"{people[0]} {what}", "")
    shown = people
    if len(people) > MOST_NAMES:
        shown = [*people[: MOST_NAMES - 1], f"{len(people) - MOST_NAMES + 1} andre"]
    return Dag(day, f"{count_noun(len(people), 'elev', 'elever')} {what}", join_words(shown))

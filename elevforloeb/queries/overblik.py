"""The elevansvarlig's front page."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from afdelinger.models import Afdeling
from elevforloeb.core.words import count_noun, join_words
from elevforloeb.models import Hold

from .elever import Elevraekke, row_of
from .figures import Art
from .handling import Handling, todo
from .snapshot import Snapshot, take_snapshot

AHEAD = timedelta(days=30)
MOST_DAYS, MOST_NAMES = 8, 4


@dataclass(frozen=True)
class Dag:
    dato: date
    titel: str
    tekst: str


@dataclass(frozen=True)
class Afdelingsplads:
    afdeling: Afdeling
    elever: int
    pladser: int

    @property
    def prikker(self) -> list[str]:
        """One dot a place: taken, over or free."""
        taken = ["fyldt"] * min(self.elever, self.pladser)
        return taken + ["over"] * max(self.elever - self.pladser, 0) + [""] * max(self.pladser - self.elever, 0)


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
    pladser: list[Afdelingsplads]

    @property
    def har_frist_i_dag(self) -> int:
        return sum(each.frist <= self.dag for each in self.handling)


def get_overblik(hold: int | None = None) -> Overblik:
    """`hold`: whose elever are shown in "Hvor er eleverne nu?"; the newest that has begun when nothing is said."""
    now = take_snapshot()
    chosen = _chosen_hold(now, hold)
    return Overblik(
        dag=now.dag,
        igang=len(now.igang),
        hold_igang=len({elev.hold_id for elev in now.igang}),
        skift=len(_shifts(now)),
        uden_elevvejleder=sum(stay.elevvejleder is None for stay in now.ophold),
        overbookede=len({afdeling.pk for afdeling, _ in now.overbookede}),
        handling=todo(now),
        dage=_days(now),
        hold=now.hold,
        valgt_hold=chosen,
        raekker=[row_of(elev, now.steder.get(elev.pk, [])) for elev in now.elever if elev.hold == chosen],
        pladser=_places(now),
    )


def _chosen_hold(now: Snapshot, hold: int | None) -> Hold | None:
    by_id = {each.pk: each for each in now.hold}
    begun = [each for each in now.hold if each.startdato <= now.dag]
    return by_id.get(hold) or next(iter(begun or now.hold), None)


def _shifts(now: Snapshot) -> list:
    return [stay for stay in now.ophold if now.dag < stay.startdato <= now.dag + AHEAD]


def _places(now: Snapshot) -> list[Afdelingsplads]:
    here = Counter(stay.afdeling.pk for stay in now.ophold if now.dag in stay.span)
    places = []
    for afdeling in now.afdelinger:
        if now.dag in afdeling.span:
            number = next((row.antal for row in afdeling.pladser.all() if now.dag in row.span), 0)
            places.append(Afdelingsplads(afdeling, here[afdeling.pk], number))
    return places


def _days(now: Snapshot) -> list[Dag]:
    """What happens in the coming month; elever with the same on the same day are one line."""
    names = defaultdict(list)
    for elev in now.elever:
        for day, what in _of_elev(now, elev):
            if now.dag <= day <= now.dag + AHEAD:
                names[day, what].append(elev.bruger.navn)
    days = [_day(day, what, people) for (day, what), people in names.items()]
    return sorted(days, key=lambda each: (each.dato, each.titel))[:MOST_DAYS]


def _of_elev(now: Snapshot, elev):
    for stay in now.steder.get(elev.pk, ()):
        yield stay.startdato, "begynder som elev" if stay.startdato == elev.startdato else "skifter afdeling"
    for row in now.kalender_of(elev):
        if row.art == Art.SKOLE and now.dag <= row.span.startdato <= now.dag + AHEAD:
            yield row.span.startdato, f"begynder {str(row).lower()} ({row.span})"
    if elev.startdato <= now.dag:
        yield now.proevetid(elev).sidste_dag, "slutter prøvetiden"
    yield elev.sidste_dag, "har sidste dag"


def _day(day: date, what: str, people: list[str]) -> Dag:
    if len(people) == 1:
        return Dag(day, f"{people[0]} {what}", "")
    shown = people
    if len(people) > MOST_NAMES:
        shown = [*people[: MOST_NAMES - 1], f"{len(people) - MOST_NAMES + 1} andre"]
    return Dag(day, f"{count_noun(len(people), 'elev', 'elever')} {what}", join_words(shown))

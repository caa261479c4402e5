"""A round of wishes as a problem to solve: what the rows say today. The rules are the solver's."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from afdelinger.models import Afdeling, Maal, Opgave, Pladser
from elevforloeb.belaegning import free_places
from elevforloeb.core.dates import Periode, days_inside, today
from elevforloeb.core.periods import period
from elevforloeb.fordeling import problem as p
from elevforloeb.fordeling.maal import STANDARD
from elevforloeb.models import (
    Binding,
    Elev,
    Inhabilitet,
    Kalenderperiode,
    Oenske,
    Oenskerunde,
    Oenskeseddel,
    Ophold,
    Udbud,
    Udbudssvar,
)
from elevforloeb.queries.oensker.runde import TILBYDER

from .udgivne import burdens

DATES = ("periode__startswith", "periode__endswith")
LEAVE = [Kalenderperiode.Art.BARSEL, Kalenderperiode.Art.ORLOV]


@dataclass(frozen=True)
class Elevfakta:
    """An elev, the days of each trin in which she is employed, and her stays."""

    id: int
    navn: str
    maalsaet: int
    etaper: dict[int, Periode]
    orlov: list[Periode]
    ophold: list[tuple[int, Periode]]  # (afdeling, days)


def build_problem(
    runde: Oenskerunde, *, maal: tuple[str, ...] = STANDARD, seed: int = 0, ikke_igen: bool = True
) -> p.Problem:
    """Twelve statements, whatever the number of elever."""
    elever = _elever(runde)
    present = tuple(row for elev in elever for row in _present(elev))
    afdelinger, goals = _afdelinger(runde, {row.afdeling for row in present})
    wishes, burden = _wishes(runde), burdens(runde)
    of_maalsaet, known = _goals_of(elever), {each.pk for each in afdelinger}
    return p.Problem(
        trin=tuple(
            p.Trin(nr, f"{nr}. ophold", days.startdato, days.sidste_dag) for nr, days in sorted(runde.etaper.items())
        ),
        afdelinger=tuple(_as_afdeling(each, goals) for each in afdelinger),
        elever=tuple(_as_elev(elev, known, wishes, burden, goals, of_maalsaet) for elev in elever),
        pladser=tuple(_places(runde, afdelinger)),
        **_bindings(runde, {elev.id for elev in elever}),
        fravaer=tuple(_absence(runde, elever, present)),
        nuvaerende=present,
        ikke_igen=ikke_igen,
        maal=maal,
        seed=seed,
    )


# --- elever -------------------------------------------------------------------------------------------------------


def _elever(runde: Oenskerunde) -> list[Elevfakta]:
    """Those of the hold who are employed in any of the stays, by name."""
    etaper = runde.etaper
    frame = Periode(etaper[runde.foerste_trin].startdato, etaper[runde.sidste_trin].slutdato)
    leave = Kalenderperiode.objects.filter(elev=OuterRef("pk"), art__in=LEAVE)
    rows = (
        Elev.objects.filter(hold=runde.hold_id)
        .employed_from(frame.startdato)
        .filter(periode__startswith__lt=frame.slutdato)
        .annotate(orlov=ArraySubquery(leave.values(row=JSONObject(fra=DATES[0], til=DATES[1]))))
        .values_list("id", "bruger__navn", "maalsaet_id", *DATES, "stoppet", "orlov")
    )
    stays = defaultdict(list)
    for elev, afdeling, *days in Ophold.objects.filter(elev__hold=runde.hold_id).values_list(
        "elev_id", "afdeling_id", *DATES
    ):
        stays[elev].append((afdeling, Periode(*days)))
    found = []
    for pk, navn, maalsaet, start, end, stopped, orlov in rows:
        aftale = Periode(start, stopped if stopped and stopped > start else end)
        own = {nr: part for nr, days in etaper.items() if (part := days.overlap(aftale))}
        found.append(Elevfakta(pk, navn, maalsaet, own, [_days(row) for row in orlov], stays[pk]))
    return found


def _as_elev(elev: Elevfakta, known, wishes, burden, goals, of_maalsaet) -> p.Elev:
    """`har_haft` are the afdelinger of the stays outside the round, and what is taught there is covered."""
    had = sorted({afdeling for afdeling, days in elev.ophold if not _lies_in(days, elev.etaper.values())})
    covered = set().union(*(goals[afdeling] for afdeling in had))
    return p.Elev(
        elev.id,
        elev.navn,
        oensker=tuple(wishes[elev.id]),
        byrde=burden.get(elev.id, 0),
        har_haft=tuple(each for each in had if each in known),
        aabne_maal=tuple(sorted(of_maalsaet[elev.maalsaet] - covered)),
    )


def _lies_in(stay: Periode, etaper: Iterable[Periode]) -> bool:
    """Most of its days."""
    return 2 * days_inside(etaper, stay) >= stay.days


def _present(elev: Elevfakta) -> Iterator[p.Nuvaerende]:
    """The published plan: per trin the afdeling that fills at least half of it. What has begun is locked."""
    for nr, etape in elev.etaper.items():
        parts = defaultdict(list)
        for afdeling, days in elev.ophold:
            if part := days.overlap(etape):
                parts[afdeling].append((part, days.startdato))
        for afdeling, found in parts.items():
            if 2 * sum(part.days for part, _ in found) >= etape.days:
                begun = min(start for _, start in found) <= today()
                yield p.Nuvaerende(elev.id, nr, afdeling, laast=begun)
                break


def _absence(runde: Oenskerunde, elever: list[Elevfakta], present: Iterable[p.Nuvaerende]) -> Iterator[p.Fravaer]:
    """Trin that are not to be filled: not employed, on leave all through, or over. What has begun is a fact."""
    locked = {(row.elev, row.trin) for row in present if row.laast}
    for elev in elever:
        for nr in runde.trin:
            if (elev.id, nr) not in locked and (reason := _why_not(elev, elev.etaper.get(nr))):
                yield p.Fravaer(elev.id, nr, reason)


def _why_not(elev: Elevfakta, days: Periode | None) -> str:
    if days is None:
        return "er ikke ansat"
    if days.slutdato <= today():
        return "opholdet er forbi"
    return "er på orlov" if days_inside(elev.orlov, days) == days.days else ""


def _wishes(runde: Oenskerunde) -> dict[int, list[p.Oenske]]:
    """Only what is sent in. A draft is nothing, and who has sent nothing is indifferent."""
    rows = Oenske.objects.filter(seddel__runde=runde, seddel__status=Oenskeseddel.Status.INDSENDT).order_by("rang")
    found = defaultdict(list)
    for elev, afdeling, trin in rows.values_list("seddel__elev_id", "afdeling_id", "trin"):
        found[elev].append(p.Oenske(afdeling, (trin,) if trin else ()))
    return found


def _goals_of(elever: Iterable[Elevfakta]) -> dict[int, set[int]]:
    found = defaultdict(set)
    for goal, maalsaet in Maal.objects.filter(maalsaet__in={elev.maalsaet for elev in elever}).values_list(
        "pk", "maalsaet_id"
    ):
        found[maalsaet].add(goal)
    return found


def _bindings(runde: Oenskerunde, elever: set[int]) -> dict:
    """An exclusion is for inhabilitet when the elev has said so herself."""
    said = set(Inhabilitet.objects.filter(seddel__runde=runde).values_list("seddel__elev_id", "afdeling_id"))
    pins, bans = [], []
    rows = Binding.objects.filter(runde=runde, elev__in=elever).order_by("pk")
    for elev, afdeling, art, trin, grund in rows.values_list("elev_id", "afdeling_id", "art", "trin", "grund"):
        if art == Binding.Art.FAST:
            pins.append(p.Fastlagt(elev, trin, afdeling, grund))
        else:
            bans.append(p.Forbud(elev, afdeling, "inhabilitet" if (elev, afdeling) in said else "hensyn", grund))
    return {"fastlagte": tuple(pins), "forbud": tuple(bans)}


# --- afdelinger ---------------------------------------------------------------------------------------------------


def _afdelinger(runde: Oenskerunde, present: set[int]):
    """Those that were asked, and those of the present plan; and what the tasks of every department train."""
    places = Pladser.objects.filter(afdeling=OuterRef("pk")).values(
        row=JSONObject(antal="antal", fra=DATES[0], til=DATES[1])
    )
    rows = Afdeling.objects.filter(Q(pk__in=runde.udbudssvar.values("afdeling")) | Q(pk__in=present))
    answered = runde.udbudssvar.filter(afdeling=OuterRef("pk")).exclude(svar=Udbudssvar.Svar.VENTER)
    rows = rows.annotate(alle_pladser=ArraySubquery(places), har_svaret=Exists(answered))
    found = list(rows.defer("beskrivelse", "elevens_rolle"))
    goals = defaultdict(set)
    pairs = Opgave.maal.through.objects.filter(opgave__udgaaet=False)
    for afdeling, goal in pairs.values_list("opgave__afdeling_id", "maal_id").distinct():
        goals[afdeling].add(goal)
    return found, goals


def _as_afdeling(row: Afdeling, goals) -> p.Afdeling:
    return p.Afdeling(row.pk, row.navn, tuple(sorted(goals[row.pk])), not row.har_svaret)


def _places(runde: Oenskerunde, afdelinger: Iterable[Afdeling]) -> Iterator[p.Pladser]:
    """What is offered, but never more than there is room for beside the published stays of other hold."""
    others, by_id = _other_load(runde), {each.pk: each for each in afdelinger}
    offers = Udbud.objects.filter(svar__runde=runde, svar__svar=TILBYDER, maksimum__gt=0).order_by("pk")
    for pk, trin, least, most in offers.values_list("svar__afdeling_id", "trin", "minimum", "maksimum"):
        afdeling, days = by_id[pk], runde.etaper[trin]
        numbers = [(_days(row), row["antal"]) for row in afdeling.alle_pladser]
        free = max(0, free_places(others[pk], numbers, days))
        room = min(most, free)
        if room < least:
            room = 0  # the department said that fewer are too few
        yield p.Pladser(pk, trin, room, min(least, room), aaben=afdeling.span.covers(days), rum=free)


def _other_load(runde: Oenskerunde) -> dict[int, list[Periode]]:
    etaper = runde.etaper
    first, last = etaper[runde.foerste_trin].startdato, etaper[runde.sidste_trin].sidste_dag
    rows = (
        Ophold.objects.filter(periode__overlap=period(first, last))
        .exclude(elev__hold=runde.hold_id)
        .order_by()
        .values_list("afdeling_id", *DATES)
        .annotate(antal=Count("pk"))
    )
    found = defaultdict(list)
    for afdeling, start, end, number in rows:
        found[afdeling] += [Periode(start, end)] * number
    return found


def _days(row: dict) -> Periode:
    return Periode(date.fromisoformat(row["fra"]), date.fromisoformat(row["til"]) if row["til"] else date.max)

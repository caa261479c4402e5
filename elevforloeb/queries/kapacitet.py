"""Under the bars: how full each afdeling is month by month, and above them: when the hold is at school."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from elevforloeb.belaegning import Belaegning, occupancy
from elevforloeb.core.dates import MONTHS, Periode, add_months, merge, period_in_words
from elevforloeb.core.words import join_words
from elevforloeb.plandata import PlanAfdeling
from elevforloeb.plangitter import Gitter, lanes, with_blanks

from .plan import Afdelingsinfo, Holdplan

HALVES_UP_TO = 12  # months; on a longer paper a cell is a whole month, or the figures would not fit
MOST_SCHOOL_ROWS = 3


class Kapacitetscelle(NamedTuple):
    kolonner: int
    elever: int
    pladser: int
    tilstand: str  # over, fuldt, halvt, or nothing
    nyt_aar: bool


@dataclass(frozen=True)
class Kapacitetsraekke:
    afdeling: Afdelingsinfo
    celler: tuple[Kapacitetscelle, ...]
    over: str
    fuldt: str


def capacity(plan: Holdplan, gitter: Gitter) -> list[Kapacitetsraekke]:
    cells = _cells(gitter)
    return [_row(plan, afdeling, cells, gitter.periode) for afdeling in plan.plan.afdelinger]


def _cells(gitter: Gitter) -> list[tuple[int, Periode]]:
    return [(1, half) for half in gitter.halvdele()] if gitter.maaneder <= HALVES_UP_TO else _months(gitter)


def _months(gitter: Gitter) -> list[tuple[int, Periode]]:
    return [(2, Periode(month, add_months(month, 1))) for month in gitter.alle_maaneder()]


def _row(plan: Holdplan, afdeling: PlanAfdeling, cells: list[tuple[int, Periode]], days: Periode) -> Kapacitetsraekke:
    load = plan.index.load(afdeling.id)
    steps = [step for step in occupancy(load, afdeling.pladser) if step.periode.overlap(days)]
    found, year = [], None
    for columns, period in cells:
        worst = _worst(steps, period)
        new_year = period.startdato.year != year
        year = period.startdato.year
        found.append(Kapacitetscelle(columns, *worst, _state(*worst), new_year))
    full = merge(step.periode for step in steps if step.elever and step.ledige == 0)
    over = [step for step in steps if step.ledige < 0]
    return Kapacitetsraekke(
        plan.afdelinger[afdeling.id],
        tuple(found),
        ", ".join(f"{_when(step.periode, days)} ({step.elever} på {step.pladser})" for step in over),
        ", ".join(_when(period, days) for period in full),
    )


def _worst(steps: Iterable[Belaegning], period: Periode) -> tuple[int, int]:
    """Elever and places on the day with the fewest left."""
    here = [
        step for step in steps if step.periode.startdato < period.slutdato and step.periode.slutdato > period.startdato
    ]
    if not here:
        return 0, 0
    worst = min(here, key=lambda step: (step.ledige, -step.elever))
    return worst.elever, worst.pladser


def _state(elever: int, pladser: int) -> str:
    if elever > pladser:
        return "over"
    return "fuldt" if elever and elever == pladser else "halvt" if elever else ""


def _when(period: Periode, days: Periode) -> str:
    shown = period.overlap(days)
    return period_in_words(shown.startdato, shown.sidste_dag)


def capacity_table(plan: Holdplan) -> tuple[list[str], list[tuple]]:
    """The months, and for each afdeling its figures in them."""
    months = [f"{MONTHS[month.month - 1][:3]} {month.year}" for month in plan.gitter.alle_maaneder()]
    whole = [_row(plan, each, _months(plan.gitter), plan.gitter.periode) for each in plan.plan.afdelinger]
    return months, [(row.afdeling.navn, *(f"{cell.elever} af {cell.pladser}" for cell in row.celler)) for row in whole]


# --- school -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Skoleraekke:
    hvem: str
    celler: tuple[tuple[int, tuple[str, str] | None], ...]  # (columns, (short, in words))
    kolonner: tuple[int, ...]  # for the hatching behind the bars


def school_rows(plan: Holdplan, gitter: Gitter) -> list[Skoleraekke]:
    """One row when the whole hold goes to school together, otherwise one for each group, the largest first."""
    groups = Counter(elev.skole for elev in plan.elever.values() if elev.skole)
    rows = []
    for school, _ in groups.most_common(MOST_SCHOOL_ROWS):
        names = [elev.fornavn for elev in plan.elever.values() if elev.skole == school]
        who = "fælles for holdet" if len(groups) == 1 else _who(names)
        rows.append(_school_row(who, school, gitter))
    return rows


def _who(names: list[str]) -> str:
    return join_words(names) if len(names) <= 3 else f"{len(names)} elever"


def _school_row(who: str, school, gitter: Gitter) -> Skoleraekke:
    spans = [
        (*span, (_short(titel), f"{titel or 'Skole'}, {days}"))
        for days, titel in school
        if (span := gitter.spand(days))
    ]
    row = lanes(spans)[0] if spans else []
    columns = sorted({column for first, end, _ in row for column in range(first, end)})
    return Skoleraekke(who, tuple(with_blanks(row, gitter.kolonner)), tuple(columns))


def _short(titel: str) -> str:
    """Skoleophold 2 is S2, Fagprøve is F: a column is narrow."""
    words = titel.split() or ["Skole"]
    return words[0][0].upper() + (words[-1] if words[-1].isdigit() else "")

"""Under the bars: how full each afdeling is month by month, and above them: when the hold is at school."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from elevforloeb.belaegning import Belaegning, occupancy
from elevforloeb.core.dates import MONTHS, Periode, merge, period_in_words
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
    size = 1 if gitter.maaneder <= HALVES_UP_TO else 2
    return [_row(plan, afdeling, gitter, size) for afdeling in plan.plan.afdelinger]


def _row(plan: Holdplan, afdeling: PlanAfdeling, gitter: Gitter, size: int) -> Kapacitetsraekke:
    """`size` is how many half months a cell has."""
    days = gitter.periode
    steps = [
        step
        for step in occupancy(plan.index.load(afdeling.id), afdeling.pladser)
        if step.periode.startdato < days.slutdato and step.periode.slutdato > days.startdato
    ]
    new_years = {2 * nr // size for nr, month in enumerate(gitter.alle_maaneder) if nr == 0 or month.month == 1}
    cells = tuple(
        Kapacitetscelle(size, elever, pladser, _state(elever, pladser), nr in new_years)
        for nr, (elever, pladser) in enumerate(_worst_days(steps, gitter, size))
    )
    full = merge(step.periode for step in steps if step.elever and step.ledige == 0)
    over = [f"{_when(step.periode, days)} ({step.elever} på {step.pladser})" for step in steps if step.ledige < 0]
    return Kapacitetsraekke(
        plan.afdelinger[afdeling.id], cells, ", ".join(over), ", ".join(_when(period, days) for period in full)
    )


def _worst_days(steps: Iterable[Belaegning], gitter: Gitter, size: int) -> list[tuple[int, int]]:
    """For each cell: elever and places on its day with the fewest places left."""
    worst: list[Belaegning | None] = [None] * (gitter.kolonner // size)
    for step in steps:
        first = max(gitter.kolonne_med(step.periode.startdato), 0) // size
        last = min(gitter.kolonne_med(step.periode.sidste_dag), gitter.kolonner - 1) // size
        for nr in range(first, last + 1):
            if worst[nr] is None or (step.ledige, -step.elever) < (worst[nr].ledige, -worst[nr].elever):
                worst[nr] = step
    return [(step.elever, step.pladser) if step else (0, 0) for step in worst]


def _state(elever: int, pladser: int) -> str:
    if elever > pladser:
        return "over"
    return "fuldt" if elever and elever == pladser else "halvt" if elever else ""


def _when(period: Periode, days: Periode) -> str:
    shown = period.overlap(days)
    return period_in_words(shown.startdato, shown.sidste_dag)


def capacity_table(plan: Holdplan) -> tuple[list[str], list[tuple]]:
    """The months, and for each afdeling its figures in them."""
    months = [f"{MONTHS[month.month - 1][:3]} {month.year}" for month in plan.gitter.alle_maaneder]
    whole = [_row(plan, each, plan.gitter, 2) for each in plan.plan.afdelinger]
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

"""The arithmetic of the fagprøve: dates counted back from the writing period, and when it lies wrong. No database."""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import pairwise

from elevforloeb.core.dates import ONE_DAY, Periode, add_months, full_date

# The steps before the writing period, in order, with their words. Data is collected beside the approvals.
BEFORE = {
    "emne_senest": "emnet",
    "problem_senest": "problemformuleringen",
    "godkendt_senest": "godkendelserne",
    "data_senest": "data",
}
CHAIN = ("emne_senest", "problem_senest", "godkendt_senest")


@dataclass(frozen=True)
class Afstande:
    """How long before the writing period each step lies, when the school says nothing. In days."""

    emne_senest: int
    problem_senest: int
    godkendt_senest: int
    data_senest: int


@dataclass(frozen=True)
class Datoer:
    """What the school has said; None: nothing."""

    skrives: Periode
    emne_senest: date | None = None
    problem_senest: date | None = None
    godkendt_senest: date | None = None
    data_senest: date | None = None
    afleveres: date | None = None
    eksamen_fra: date | None = None
    eksamen_til: date | None = None


def problems(datoer: Datoer) -> dict[str, str]:
    """What cannot be, by field: the sentence says what to do."""
    found = {}
    given = [(name, getattr(datoer, name)) for name in CHAIN if getattr(datoer, name)]
    for (first, early), (second, late) in pairwise(given):
        if late < early:
            found[second] = (
                f"Fristen for {BEFORE[second]} skal ligge samme dag som fristen for {BEFORE[first]} eller senere."
            )
    start = datoer.skrives.startdato
    for name in BEFORE:
        if (day := getattr(datoer, name)) and day >= start:
            found[name] = f"Fristen for {BEFORE[name]} skal ligge før skriveperioden, som begynder {full_date(start)}."
    if datoer.afleveres and datoer.afleveres < start:
        found["afleveres"] = f"Afleveringen kan ikke ligge før skriveperioden, som begynder {full_date(start)}."
    handed_in = datoer.afleveres or datoer.skrives.sidste_dag
    if datoer.eksamen_fra and datoer.eksamen_fra < handed_in:
        found["eksamen_fra"] = f"Eksamen kan ikke ligge før afleveringen {full_date(handed_in)}."
    if datoer.eksamen_til and not datoer.eksamen_fra:
        found["eksamen_fra"] = "Skriv også den første eksamensdag."
    elif datoer.eksamen_til and datoer.eksamen_til < datoer.eksamen_fra:
        found["eksamen_til"] = "Sidste eksamensdag skal være den samme dag som den første eller senere."
    return found


def count_back(
    datoer: Datoer, afstande: Afstande, dag: date, foer: dict[str, date] | None = None
) -> dict[str, date | None]:
    """All dates. Those that the school has said stay; the others keep their distance, and never break the order.

    On `dag` they are counted, and none of them is then over already. `foer`: what was counted before, and was told.
    """
    start = datoer.skrives.startdato
    counted = {name: start - timedelta(days=days) for name, days in _in_time(afstande, (start - dag).days).items()}
    found = {name: getattr(datoer, name) or day for name, day in (counted | (foer or {})).items()}
    latest = start - ONE_DAY
    for name in reversed(CHAIN):  # not later than the step after it
        latest = found[name] = getattr(datoer, name) or min(found[name], latest)
    earliest = date.min
    for name in CHAIN:  # not earlier than what the school has said of the step before it
        earliest = found[name] = max(found[name], earliest)
    found["data_senest"] = min(found["data_senest"], start - ONE_DAY)
    found["afleveres"] = datoer.afleveres or datoer.skrives.sidste_dag
    found["eksamen_fra"] = datoer.eksamen_fra
    found["eksamen_til"] = datoer.eksamen_til or datoer.eksamen_fra
    return found


def _in_time(afstande: Afstande, left: int) -> dict[str, int]:
    """A re-exam is soon: the steps share the days that are left, each with its part."""
    days = asdict(afstande)
    longest = max(days.values())
    return days if longest <= max(left, 0) else {name: far * max(left, 0) // longest for name, far in days.items()}


# --- the end of the agreement ----------------------------------------------------------------------------------------


def earliest_end(slutdato: date, maaneder: int) -> date:
    """The first day on which the fagprøve may be finished. `slutdato`: the first day after the agreement."""
    return add_months(slutdato, -maaneder)


def misplaced(eksamen: date, slutdato: date, maaneder: int) -> str:
    """Why the exam cannot lie on that day, or nothing."""
    if eksamen >= slutdato:
        return f"Eksamen {full_date(eksamen)} ligger efter aftalens sidste dag, {full_date(slutdato - ONE_DAY)}."
    first = earliest_end(slutdato, maaneder)
    if eksamen < first:
        return (
            f"Eksamen {full_date(eksamen)} ligger mere end {maaneder} måneder før aftalens sidste dag, "
            f"{full_date(slutdato - ONE_DAY)}. Den kan tidligst ligge {full_date(first)}."
        )
    return ""

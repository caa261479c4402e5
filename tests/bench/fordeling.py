"""The allocation beside its neighbours, each in a process of its own. Also alone: python -m tests.bench.fordeling."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass

from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.maal import PLADS
from elevforloeb.fordeling.vaerdi import value_of

from .naboer import cp_sat, serial_dictatorship
from .table import Line
from .verden_fordeling import make_problem

SIZES = {8: 5, 40: 15, 200: 20, 1000: 30, 4000: 100}  # elever: afdelinger
MUNICIPALITIES = 98, 41, 8  # one after the other: how many, elever in each, afdelinger in each
SECONDS = {40: 0.2, 1000: 5, 4000: 60}  # goals
ASKED, REASONS = 40, 2.0  # elever at most, and the seconds that all their reasons may take
MEGABYTES = 2000
CP_SAT_SECONDS = 20
OURS, DICTATOR, CP_SAT = "HiGHS", "én ad gangen", "CP-SAT"


@dataclass
class Found:
    """`values` in the order of the goals. `gap` is None when nothing is proved.

    `seconds` are those of a new process, which imports HiGHS too; `warm` and `reasons` come after, in small holds.
    """

    seconds: float
    megabytes: float
    gap: float | None
    values: list[int]
    warm: float | None = None
    reasons: float | None = None


# The solver is imported where it is used: HiGHS and OR-Tools, which brings its own, cannot live in one process.


def measure(who: str, elever: int, afdelinger: int) -> Found:
    problem = make_problem(elever, afdelinger)
    rows, seconds, gap, *more = _ours(problem) if who == OURS else _neighbour(who, problem)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    indeks = Indeks(problem)
    return Found(seconds, peak, gap, [value_of(goal, indeks, rows) for goal in (PLADS, *problem.maal)], *more)


def _ours(problem):
    from elevforloeb.fordeling.forklaring import explain
    from elevforloeb.fordeling.solver import solve

    fordeling, seconds = _timed(solve, problem)
    found = fordeling.tildelinger, seconds, fordeling.gab
    if len(problem.elever) > ASKED:
        return found
    return *found, _timed(solve, problem)[1], _timed(explain, problem, fordeling)[1]


def _neighbour(who: str, problem):
    find = serial_dictatorship if who == DICTATOR else lambda problem: cp_sat(problem, CP_SAT_SECONDS)
    return *_timed(find, problem), None


def _timed(work, *args):
    began = time.perf_counter()
    return work(*args), time.perf_counter() - began


def separate() -> float:
    """Every municipality by itself: seconds for all of them."""
    from elevforloeb.fordeling.solver import solve

    count, elever, afdelinger = MUNICIPALITIES
    problems = [make_problem(elever, afdelinger, seed) for seed in range(count)]
    began = time.perf_counter()
    assert all(solve(problem).bevist for problem in problems)
    return time.perf_counter() - began


def in_process(who: str, elever: int, afdelinger: int) -> Found:
    argv = [sys.executable, "-m", "tests.bench.fordeling", who, str(elever), str(afdelinger)]
    output = subprocess.run(argv, stdout=subprocess.PIPE, check=True, text=True, timeout=1200).stdout
    return Found(**json.loads(output.splitlines()[-1]))


def allocation_lines(say) -> list[Line]:
    """Prints the table as it grows; gives the lines that have a goal."""
    say(f"{'elever':>8} {'':<13}{'sek':>8}{'MB':>7}{'gab':>7}{'uden':>6}{'uønsket':>9}{'værste':>8}{'sum':>7}")
    lines = []
    for elever, afdelinger in SIZES.items():
        found = {who: in_process(who, elever, afdelinger) for who in (OURS, DICTATOR, CP_SAT)}
        for who, each in found.items():
            say(_row(elever, who, each))
        lines += _goals(elever, afdelinger, found)
    count, elever, afdelinger = MUNICIPALITIES
    lines.append(Line(f"Fordeling {count} × {elever} elever hver for sig: sek", round(separate(), 1)))
    return lines


def _row(elever: int, who: str, found: Found) -> str:
    gap = "–" if found.gap is None else f"{100 * found.gap:.1f} %"
    lacking, unwished, worst, total = found.values[:4]
    return (
        f"{elever:>8} {who:<13}{found.seconds:>8.2f}{found.megabytes:>7.0f}{gap:>7}"
        f"{lacking:>6}{unwished:>9}{worst:>8}{total:>7}"
    )


def _goals(elever: int, afdelinger: int, found: dict[str, Found]) -> list[Line]:
    ours, text = found[OURS], f"Fordeling {elever} × {afdelinger}"
    beaten = sum(other.values < ours.values for other in found.values())
    lines = [
        Line(f"{text}: gab i %", 100 * ours.gap if ours.gap is not None else None, 0),
        Line(f"{text}: naboer, der er bedre", beaten, 0),
    ]
    if elever == 40:
        lines.append(Line(f"{text}: sek med import af HiGHS", round(ours.seconds, 2)))
        lines.append(Line(f"{text}: alle grunde, sek", round(ours.reasons, 2), REASONS))
    seconds = ours.seconds if ours.warm is None else ours.warm
    lines.append(Line(f"{text}: sekunder", round(seconds, 2), SECONDS.get(elever)))
    if elever == 4000:
        lines.append(Line(f"{text}: MB", round(ours.megabytes), MEGABYTES))
    return lines


if __name__ == "__main__":
    if len(sys.argv) == 4:
        print(json.dumps(vars(measure(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))))
    else:
        from .table import draw

        print(draw(allocation_lines(lambda text: print(text, flush=True))))

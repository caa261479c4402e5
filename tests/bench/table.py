"""The lines of the result, beside the goals."""

from collections.abc import Iterable
from typing import NamedTuple


class Line(NamedTuple):
    """`value` is what the goal is about; `ours` and `floor` are what it was made of."""

    text: str
    value: float | None
    goal: float | None = None
    ours: str = ""
    floor: str = ""

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "IKKE MÅLT"
        if self.goal is None:
            return ""
        return "OK" if self.value <= self.goal else "OVER"


def ratio(text: str, ours: float | None, floor: float | None, goal: float, unit="ms") -> Line:
    if not ours or not floor:
        return Line(text, None, goal)
    return Line(text, ours / floor, goal, f"{ours:.1f} {unit}", f"{floor:.1f} {unit}")


def draw(lines: Iterable[Line]) -> str:
    head = f"{'':<46}{'vores':>11}{'gulv':>11}{'værdi':>9}{'mål':>8}"
    return "\n".join([head, *(_draw(line) for line in lines)])


def _draw(line: Line) -> str:
    value = "–" if line.value is None else f"{line.value:.2f}" if line.floor else f"{line.value:g}"
    goal = "" if line.goal is None else f"{line.goal:g}"
    return f"{line.text:<46}{line.ours:>11}{line.floor:>11}{value:>9}{goal:>8}  {line.verdict}".rstrip()


def last_line(lines: list[Line], noise: float) -> str:
    judged = [line.verdict for line in lines if line.goal is not None]
    missing = judged.count("IKKE MÅLT")
    return (
        f"make bench: {judged.count('OK')} af {len(judged)} mål nået, {judged.count('OVER')} over"
        f"{f', {missing} IKKE MÅLT' if missing else ''}; støj {noise:.2f}"
    )


def passed(lines: list[Line]) -> bool:
    """What could not be measured has not passed."""
    return all(line.verdict == "OK" for line in lines if line.goal is not None)

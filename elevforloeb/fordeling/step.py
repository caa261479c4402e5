"""What a search answers."""

from array import array
from dataclasses import dataclass


class Stopped(Exception):
    """Somebody asked for it, or time was up. `step` is the best plan the last search had."""

    def __init__(self, step: "Step | None" = None):
        self.step = step


@dataclass
class Step:
    """No plan costs less than `bound`. `chosen` are the columns of a plan of cost `value`, None while not whole."""

    cost: array
    value: int
    bound: int
    chosen: list[int] | None
    duals: tuple[list[float], list[float]] | None = None  # of columns and rows, where the linear program has this value

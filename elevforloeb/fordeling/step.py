"""What a search answers."""

from array import array
from dataclasses import dataclass

DUAL = 1e-5  # a price below is noise: costs are whole numbers and the matrix holds small ones


class Stopped(Exception):
    """Somebody asked for it, or time was up. `step` is the best plan the last search had."""

    def __init__(self, step: "Step | None" = None):
        self.step = step


@dataclass
class Step:
    """No plan costs less than `bound`. `chosen` are the columns of a plan of cost `value`, None while not whole.

    `duals`, of columns and rows, are those of the linear program; it had a value that is `slack` lower.
    """

    cost: array
    value: int
    bound: int
    chosen: list[int] | None
    duals: tuple[list[float], list[float]] = ((), ())
    slack: float = 0.0

    @property
    def is_tight(self) -> bool:
        """The linear program has the value of a plan, or may have."""
        return self.slack < DUAL

"""What the wings have to say of a plan while it is being made. Below them, nobody knows what it is about.

Each app enters its own in AppConfig.ready(): a function from the plan as it stands, draft or published, to a remark.
One statement at most, and nothing at all where there is nothing to say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .plan import Holdplan


@dataclass(frozen=True)
class Planbemaerkning:
    titel: str
    tekst: str
    url: str
    knap: str


BEMAERKNINGER: list[Callable[[Holdplan], Planbemaerkning | None]] = []


def remarks_on(plan: Holdplan) -> Iterator[Planbemaerkning]:
    """None of an empty plan: everything would be missing in it."""
    if plan.plan.placeringer:
        yield from (found for ask in BEMAERKNINGER if (found := ask(plan)))

"""How applications are counted: when they go, and for the pages as long as they are here. Nothing that points to one.

Never counted, because it is never asked: age, gender, birth, health.
"""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from .models import Ansoegning
from .trin import SEND, SKEMAER

T = Ansoegning.Tilstand
UOPLYST = "Ikke oplyst"
# How far an application came, the furthest first: the funnel that the counts make.
LAENGST = [T.ANSAT, T.TILBUD, T.VENTELISTE, T.SAMTALE, T.VURDERES, T.NY]


class Linje(NamedTuple):
    vej: str
    kilde: str
    skridt: str


class Tal(NamedTuple):
    """`dage`: from sent until answered, of those that were answered."""

    antal: int = 0
    besvarede: int = 0
    dage: int = 0

    def __add__(self, other: "Tal") -> "Tal":
        return Tal(*(mine + yours for mine, yours in zip(self, other, strict=True)))


def count_sent(rows: Iterable[Ansoegning]) -> dict[Linje, Tal]:
    """Each with its route and its case log."""
    found: dict[Linje, Tal] = {}
    for row in rows:
        line = Linje(str(row.adgangsvej or UOPLYST), row.get_hoert_display() or UOPLYST, _furthest(row))
        answered = row.besvaret is not None
        found[line] = found.get(line, Tal()) + Tal(1, answered, (row.besvaret - row.indsendt).days if answered else 0)
    return found


def _furthest(row: Ansoegning) -> str:
    been = {step.art for step in row.skridt.all()} | {f"tilstand-{row.tilstand}"}
    return next((state.label for state in LAENGST if f"tilstand-{state}" in been), T.NY.label)


def count_drafts(rows: Iterable[Ansoegning]) -> Counter[str]:
    """By the first step that is not finished."""
    return Counter(_stopped_at(row) for row in rows)


def _stopped_at(draft: Ansoegning) -> str:
    for trin in SKEMAER.values():
        half = any(name in draft.skrevet for name in trin.felter)
        if half or not all(_is_answered(draft, name) for name in trin.kraeves):
            return trin.slug
    return SEND.slug


def _is_answered(draft: Ansoegning, name: str) -> bool:
    return bool(getattr(draft, Ansoegning._meta.get_field(name).attname))

"""Why one elev got what she got."""

from dataclasses import dataclass

from elevforloeb.core.dates import Periode
from elevforloeb.models import Elev, Fordeling, Tildeling

from .instans import read_problem
from .ord import Rang, rank_of


@dataclass(frozen=True)
class Grund:
    row: Tildeling
    rang: Rang
    periode: Periode


@dataclass(frozen=True)
class Oenskelinje:
    """A wish, the days it was for, and whether it came true."""

    nr: int
    afdeling: str
    trin: tuple[int, ...]
    fik: bool


@dataclass(frozen=True)
class Begrundelse:
    elev: Elev
    grunde: tuple[Grund, ...]
    oensker: tuple[Oenskelinje, ...]
    byrde: int


def get_begrundelse(fordeling: Fordeling, elev: Elev) -> Begrundelse:
    rows = list(fordeling.tildelinger.filter(elev=elev).select_related("afdeling").order_by("trin"))
    problem = read_problem(fordeling.instans, {})
    own = next((each for each in problem.elever if each.id == elev.pk), None)
    names = {each.id: each.navn for each in problem.afdelinger}
    got = {(row.afdeling_id, row.rang) for row in rows}
    wishes = tuple(
        Oenskelinje(nr, names[wish.afdeling], wish.trin, (wish.afdeling, nr) in got)
        for nr, wish in enumerate(own.oensker if own else (), start=1)
    )
    grunde = tuple(Grund(row, rank_of(row), fordeling.runde.etaper[row.trin]) for row in rows)
    return Begrundelse(elev, grunde, wishes, own.byrde if own else 0)

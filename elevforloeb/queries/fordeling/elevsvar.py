"""What an elev reads about her own wishes once the plan is published. Nothing about anybody else."""

from dataclasses import dataclass

from elevforloeb.core.dates import Periode
from elevforloeb.models import Elev, Oenskerunde, Tildeling
from elevforloeb.permissions import visible_tildelinger

from .ord import Rang, rank_of
from .udgivne import given


@dataclass(frozen=True)
class Ophold:
    row: Tildeling
    rang: Rang
    periode: Periode


@dataclass(frozen=True)
class Elevsvar:
    runde: Oenskerunde
    ophold: tuple[Ophold, ...]


def get_elevsvar(user, elev: Elev) -> Elevsvar | None:
    """Of the latest round, as far as it still is the plan: one statement."""
    rows = given(visible_tildelinger(user).filter(elev=elev))
    rows = list(rows.select_related("afdeling", "fordeling__runde").defer("fordeling__instans", "begrundelse_fuld"))
    if not rows:
        return None
    runde = max((row.fordeling.runde for row in rows), key=lambda each: each.pk)
    runde.hold = elev.hold
    own = [row for row in rows if row.fordeling.runde_id == runde.pk]
    return Elevsvar(runde, tuple(Ophold(row, rank_of(row), runde.etaper[row.trin]) for row in own))

"""What an elev reads about her own wishes once the plan is published. Nothing about anybody else."""

from dataclasses import dataclass

from elevforloeb.core.dates import Periode
from elevforloeb.models import Elev, Oenskerunde, Tildeling
from elevforloeb.permissions import visible_tildelinger

from .ord import Rang, rank_of
from .udgivne import STANDS


@dataclass(frozen=True)
class Ophold:
    row: Tildeling
    rang: Rang
    periode: Periode


@dataclass(frozen=True)
class Elevsvar:
    """`foer`: what she was told and what no longer holds, the latest first. It is never taken back in silence."""

    runde: Oenskerunde
    ophold: tuple[Ophold, ...]
    foer: tuple[Ophold, ...]


def get_elevsvar(user, elev: Elev) -> Elevsvar | None:
    """Of the latest round: one statement."""
    told = visible_tildelinger(user).filter(elev=elev, fordeling__udgivet__isnull=False).annotate(staar=STANDS)
    rows = list(told.select_related("afdeling", "fordeling__runde").defer("fordeling__instans", "begrundelse_fuld"))
    if not rows:
        return None
    runde = max((row.fordeling.runde for row in rows), key=lambda each: each.pk)
    runde.hold = elev.hold
    own = sorted((row for row in rows if row.fordeling.runde_id == runde.pk), key=lambda row: row.trin)
    now, before = _split(sorted(own, key=lambda row: (row.fordeling.udgivet, row.fordeling_id), reverse=True))
    return Elevsvar(runde, _lines(sorted(now, key=lambda row: row.trin), runde), _lines(before, runde))


def _split(rows: list[Tildeling]) -> tuple[list[Tildeling], list[Tildeling]]:
    """Per trin the latest that still is the plan; and those that said something else. Takes the latest first."""
    now: dict[int, Tildeling] = {}
    for row in rows:
        if row.staar:
            now.setdefault(row.trin, row)
    said = {_words(row) for row in now.values()}
    before = {_words(row): row for row in rows if _words(row) not in said}  # the same words are said once
    return list(now.values()), list(before.values())


def _words(row: Tildeling) -> tuple:
    return row.trin, row.afdeling_id, row.begrundelse


def _lines(rows: list[Tildeling], runde: Oenskerunde) -> tuple[Ophold, ...]:
    return tuple(Ophold(row, rank_of(row), runde.etaper[row.trin]) for row in rows)

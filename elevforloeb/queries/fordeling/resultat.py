"""The page of an allocation: every elev with her stays, and every department with who comes."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from afdelinger.models import Afdeling
from elevforloeb.core.dates import Periode
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Problem
from elevforloeb.hvadnuhvis import Navne, change_in_words, read_changes
from elevforloeb.models import Elev, Fordeling, Tildeling

from .instans import read_problem
from .ord import Maallinje, Rang, goal_lines, rank_of, summary
from .umulig import Regellinje, collision_lines, ways_out


@dataclass(frozen=True)
class Celle:
    """One stay of one elev; without a row she is not to be placed, and `fravaer` says why."""

    trin: int
    row: Tildeling | None = None
    rang: Rang | None = None
    laast: bool = False
    fravaer: str = ""


@dataclass(frozen=True)
class Elevlinje:
    elev: Elev
    celler: tuple[Celle, ...]
    har_oensket: bool


@dataclass(frozen=True)
class Afdelingscelle:
    trin: int
    rows: tuple[Tildeling, ...]
    pladser: int
    mindst: int

    @property
    def ledige(self) -> int:
        return max(0, self.pladser - len(self.rows))


@dataclass(frozen=True)
class Afdelingslinje:
    afdeling: Afdeling
    celler: tuple[Afdelingscelle, ...]


@dataclass(frozen=True)
class Pladsmangel:
    trin: int
    pladser: int
    elever: int

    @property
    def antal(self) -> int:
        return self.elever - self.pladser


@dataclass(frozen=True)
class Resultat:
    fordeling: Fordeling
    problem: Problem
    rows: tuple[Tildeling, ...]
    elever: dict[int, Elev]
    afdelinger: dict[int, Afdeling]

    @property
    def trin(self) -> list[tuple[int, Periode]]:
        return list(self.fordeling.runde.etaper.items())

    @cached_property
    def linjer(self) -> list[Elevlinje]:
        cells = {(row.elev_id, row.trin): row for row in self.rows}
        return [
            Elevlinje(
                self.elever[each.id],
                tuple(self._cell(each.id, trin.nr, cells.get((each.id, trin.nr))) for trin in self.problem.trin),
                bool(each.oensker),
            )
            for each in sorted(self.problem.elever, key=lambda elev: list(self.elever).index(elev.id))
            if each.id in self.elever
        ]

    def _cell(self, elev: int, trin: int, row: Tildeling | None) -> Celle:
        if row is None:
            return Celle(trin, fravaer=self._away.get((elev, trin), "ingen plads"))
        return Celle(trin, row, rank_of(row), laast=(elev, trin) in self._locked)

    @cached_property
    def _away(self) -> dict:
        return {(each.elev, each.trin): each.grund for each in self.problem.fravaer}

    @cached_property
    def _locked(self) -> set:
        return {(each.elev, each.trin) for each in self.problem.nuvaerende if each.laast}

    @cached_property
    def afdelingslinjer(self) -> list[Afdelingslinje]:
        """Those that offer places or get somebody."""
        coming = defaultdict(list)
        for row in self.rows:
            coming[row.afdeling_id, row.trin].append(row)
        offers = {(each.afdeling, each.trin): each for each in self.problem.pladser if each.aaben}
        found = []
        for pk, afdeling in self.afdelinger.items():
            cells = [self._places(nr, offers.get((pk, nr)), coming[pk, nr]) for nr, _ in self.trin]
            if any(cell.rows or cell.pladser for cell in cells):
                found.append(Afdelingslinje(afdeling, tuple(cells)))
        return found

    @staticmethod
    def _places(nr: int, offer, rows: Iterable[Tildeling]) -> Afdelingscelle:
        return Afdelingscelle(nr, tuple(rows), offer.hoejst if offer else 0, offer.mindst if offer else 0)

    @cached_property
    def sammenfatning(self) -> list[str]:
        return summary(self.fordeling, self.rows)

    @property
    def maal(self) -> list[Maallinje]:
        return goal_lines(self.fordeling)

    @property
    def navne(self) -> Navne:
        return Navne(
            {pk: elev.bruger.navn for pk, elev in self.elever.items()},
            {pk: each.navn for pk, each in self.afdelinger.items()},
        )

    @property
    def aendringer(self) -> list[str]:
        return changes_in_words(self.fordeling, self.navne)

    @property
    def for_faa(self) -> list[Pladsmangel]:
        """The stays with fewer places than elever: where to begin, whatever else collides."""
        indeks = Indeks(self.problem)
        people = Counter(trin for _, trin in indeks.skal_fyldes)
        places = {trin: sum(indeks.plads(each, trin)[1] for each in indeks.afdelinger) for trin in indeks.trin}
        return [Pladsmangel(nr, places[nr], people[nr]) for nr in indeks.trin if places[nr] < people[nr]]

    @property
    def kollision(self) -> list[Regellinje]:
        return collision_lines(self._kept("kollision"), self.problem, self.fordeling.runde.hold_id)

    @property
    def udveje(self) -> list[list]:
        return self._kept("udveje")

    @property
    def udvejstekster(self) -> list[str]:
        return ways_out(self.udveje, self.problem)

    def _kept(self, name: str) -> list:
        return (self.fordeling.resultat or {}).get(name, [])

    @property
    def uden_oensker(self) -> list[Elev]:
        return [line.elev for line in self.linjer if not line.har_oensket]

    @property
    def kan_bruges(self) -> bool:
        return can_be_used(self.fordeling, self.rows)


def can_be_used(fordeling: Fordeling, rows: Iterable[Tildeling]) -> bool:
    """There is an answer with a place for everybody."""
    rows = list(rows)
    return fordeling.status in Fordeling.KAN_BRUGES and bool(rows) and all(row.afdeling_id for row in rows)


def changes_in_words(fordeling: Fordeling, navne: Navne) -> list[str]:
    return [change_in_words(change, navne) for change in read_changes(fordeling.aendringer)]


def get_resultat(fordeling: Fordeling) -> Resultat:
    """Three statements beside the row itself."""
    rows = tuple(fordeling.tildelinger.order_by("elev__bruger__sortering", "elev", "trin"))
    elever = {elev.pk: elev for elev in Elev.objects.filter(hold=fordeling.runde.hold_id).select_related("bruger")}
    wanted = [each["id"] for each in fordeling.instans["afdelinger"]]
    afdelinger = {
        each.pk: each for each in Afdeling.objects.filter(pk__in=wanted).defer("beskrivelse", "elevens_rolle")
    }
    for row in rows:  # the same objects for all rows
        row.elev = elever[row.elev_id]
        row.afdeling = afdelinger.get(row.afdeling_id)
    names = {pk: elev.bruger.navn for pk, elev in elever.items()}
    return Resultat(fordeling, read_problem(fordeling.instans, names), rows, elever, afdelinger)

"""A problem, looked up: who may come where, as what wish, and how many there is room for.

Elever and afdelinger are walked in an order drawn from the seed, never in the order they were given in: the answer
must not depend on who stands first in a list.
"""

from functools import cached_property

from elevforloeb.fordeling.lod import lots
from elevforloeb.fordeling.problem import Afdeling, Elev, Id, Pladser, Problem, Tildeling

Celle = tuple[Id, int]  # an elev or an afdeling in a trin


class Indeks:
    """`gentager` are elever who may come to the same afdeling twice: no rule of a problem, a question of umulig.py."""

    def __init__(self, problem: Problem, gentager: frozenset[Id] = frozenset()):
        self.problem, self.gentager = problem, gentager
        self.elever: dict[Id, Elev] = {each.id: each for each in _drawn(problem.elever, problem.seed)}
        self.afdelinger: dict[Id, Afdeling] = {each.id: each for each in _drawn(problem.afdelinger, problem.seed)}
        self.trin = sorted(each.nr for each in problem.trin)
        self.trinnavn = {each.nr: each.navn for each in problem.trin}
        self.pladser: dict[Celle, Pladser] = {(each.afdeling, each.trin): each for each in problem.pladser}
        self.nuvaerende: dict[Celle, Id] = {(each.elev, each.trin): each.afdeling for each in problem.nuvaerende}
        self.laaste: dict[Celle, Id] = {
            (each.elev, each.trin): each.afdeling for each in problem.nuvaerende if each.laast
        }
        self.fastlagte: dict[Celle, set[Id]] = {}
        for pin in problem.fastlagte:
            self.fastlagte.setdefault((pin.elev, pin.trin), set()).add(pin.afdeling)
        self.forbud: set[tuple[Id, Id]] = {(each.elev, each.afdeling) for each in problem.forbud}
        self.fravaer: set[Celle] = {(each.elev, each.trin) for each in problem.fravaer}

    @cached_property
    def uoensket_rang(self) -> int:
        """What something unwished counts as: one worse than the longest list, the same for everybody."""
        return 1 + max((len(elev.oensker) for elev in self.elever.values()), default=0)

    @cached_property
    def alle_maal(self) -> int:
        """How many open oplæringsmål there are: more can never be left uncovered."""
        return sum(len(elev.aabne_maal) for elev in self.elever.values())

    @cached_property
    def rang(self) -> dict[Id, dict[Celle, int]]:
        """Per elev the number of the wish that (afdeling, trin) would be; the first that names it counts."""
        found: dict[Id, dict[Celle, int]] = {}
        for elev in self.elever.values():
            own = found[elev.id] = {}
            for number, wish in enumerate(elev.oensker, start=1):
                for trin in wish.trin or self.trin:
                    own.setdefault((wish.afdeling, trin), number)
        return found

    def rang_of(self, elev: Id, trin: int, afdeling: Id) -> int | None:
        """As in `Tildeling`: 0 for an elev without wishes, None for what was not wished."""
        return self.rang[elev].get((afdeling, trin)) if self.elever[elev].oensker else 0

    def tal(self, rang: int | None) -> int:
        """The rank as a number to add and compare."""
        return self.uoensket_rang if rang is None else rang

    def tildeling(self, elev: Id, trin: int, afdeling: Id) -> Tildeling:
        return Tildeling(elev, trin, afdeling, self.rang_of(elev, trin, afdeling))

    @cached_property
    def skal_fyldes(self) -> list[Celle]:
        """Every (elev, trin) that is to have an afdeling. A locked stay is one, also in leave: it has been."""
        cells = [(elev, trin) for elev in self.elever for trin in self.trin]
        return [cell for cell in cells if cell in self.laaste or cell not in self.fravaer]

    @cached_property
    def aabne(self) -> dict[int, list[Id]]:
        """Per trin the afdelinger that take anybody."""
        return {trin: [each for each in self.afdelinger if self._takes_anybody(each, trin)] for trin in self.trin}

    def _takes_anybody(self, afdeling: Id, trin: int) -> bool:
        offer = self.pladser.get((afdeling, trin))
        return offer is not None and offer.aaben and offer.hoejst > 0

    def muligheder(self, elev: Id, trin: int) -> list[Id]:
        """The afdelinger that the rules about this elev leave open. A locked stay asks no rule."""
        if (elev, trin) in self.laaste:
            return [self.laaste[elev, trin]]
        pins = self.fastlagte.get((elev, trin), set())
        return [
            afdeling
            for afdeling in self.aabne[trin]
            if pins <= {afdeling} and (elev, afdeling) not in self.forbud and not self._again(elev, afdeling)
        ]

    def _again(self, elev: Id, afdeling: Id) -> bool:
        return self.problem.ikke_igen and afdeling in self.elever[elev].har_haft

    @cached_property
    def laaste_antal(self) -> dict[Celle, int]:
        """Per (afdeling, trin) how many locked stays there are."""
        counts: dict[Celle, int] = {}
        for (_, trin), afdeling in self.laaste.items():
            counts[afdeling, trin] = counts.get((afdeling, trin), 0) + 1
        return counts

    def most_visits(self, elev: Id, afdeling: Id) -> int:
        """1, but what is locked has happened."""
        if elev in self.gentager:
            return len(self.trin)
        return max(1, sum(self.laaste.get((elev, trin)) == afdeling for trin in self.trin))

    def plads(self, afdeling: Id, trin: int) -> tuple[int, int]:
        """(mindst, hoejst). Locked stays are facts: they are room enough for themselves and have begun the afdeling."""
        offer, locked = self.pladser.get((afdeling, trin)), self.laaste_antal.get((afdeling, trin), 0)
        most = offer.hoejst if offer and offer.aaben else 0
        return (0 if locked or not offer else offer.mindst), max(most, locked)


def _drawn(rows, seed: int):
    draw = lots(seed)
    return sorted(rows, key=lambda each: (draw(each.id), str(each.id)))

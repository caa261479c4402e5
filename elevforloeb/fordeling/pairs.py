"""Two undecided stays of one elev as one choice: a column for a pair of afdelinger, of which few are ever needed.

A pair stands for two x: it has their entries in every row and their costs, and what the two afdelinger together leave
uncovered besides. So its reduced cost is the sum of theirs and of what is left uncovered: with the prices of a linear
program it is known of every pair, also of those that are no columns yet. Those that make the program better come in;
when none does, the reduced cost is how much worse than the program every plan with the pair is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import nsmallest

from elevforloeb.fordeling.model import INF
from elevforloeb.fordeling.step import DUAL, Step

MOST_PAIRS = 5_000_000  # beyond, they take longer than they save
AT_ONCE = 20  # of each elev that come in at a time
WORSE = 1  # plans that leave this many more uncovered have all their pairs too: reasons (forklaring.py) ask for them


@dataclass
class Couple:
    """One elev. Per column of x, of one stay and of the other, the oplæringsmål that it leaves open: a bit for each."""

    first: dict[int, int]
    second: dict[int, int]

    @property
    def most(self) -> int:
        """No pair leaves more open."""
        return max(left.bit_count() for left in self.first.values())


Pair = tuple[float, int, int, int]  # reduced cost, the two x, what they leave uncovered


class PairSearch:
    """Until there are pairs enough, an x may stand alone, for a `penalty` that no pair costs."""

    def __init__(self, engine, couples: list[Couple]):
        self.engine, self.couples = engine, couples
        self.penalty = 3.0 * (1 + max(couple.most for couple in couples))
        self.present: set[tuple[int, int]] = set()
        self.alone = [column for couple in couples for column in couple.first]
        self.both = self.alone + [column for couple in couples for column in couple.second]
        self.prices = dict.fromkeys(self.both, 0.0)  # the reduced costs of the x, without the penalty

    def minimise(self) -> Step | None:
        """As Engine.minimise_whole. Afterwards every pair is a column that is in any plan as good, or little worse."""
        relaxed = self._relax()
        if relaxed is None:
            return None
        gap = relaxed.slack
        while gap <= 2 * self.engine.model.indeks.alle_maal:  # no two values are further apart
            pairs = [pair for couple in self.couples for pair in self._priced(couple, gap + WORSE + DUAL)]
            self._let_in(pairs)
            relaxed.duals[0].extend(reduced for reduced, *_ in pairs)
            step = self.engine.whole(relaxed)
            if step and step.slack <= gap + DUAL:
                return step
            gap = step.slack if step else 2 * gap + 1
        return None

    def _relax(self) -> Step | None:
        """The linear program as it would be with all pairs."""
        self._let_in_best(INF)
        self.engine.change_cost(self.alone, self.penalty)
        if self._improve(self.penalty) is None:
            return None
        self.engine.change_cost(self.alone, 0.0)
        self.engine.close_alone(self.both)
        return self._improve()

    def _improve(self, penalty: float = 0.0) -> Step | None:
        """Until no pair that is left out would make it better."""
        while step := self.engine.minimise():
            duals = step.duals[0]
            self.prices = {column: duals[column] for column in self.both}
            for column in self.alone:
                self.prices[column] -= penalty
            if not self._let_in_best(-DUAL):
                break
        return step

    def _let_in_best(self, below: float) -> bool:
        pairs = [pair for couple in self.couples for pair in nsmallest(AT_ONCE, self._priced(couple, below))]
        self._let_in(pairs)
        return bool(pairs)

    def _let_in(self, pairs: list[Pair]):
        self.present.update((one, other) for _, one, other, _ in pairs)
        self.engine.add_pairs([pair[1:] for pair in pairs])

    def _priced(self, couple: Couple, below: float) -> Iterator[Pair]:
        """The pairs that are no columns yet and whose reduced cost is below this."""
        afdeling = self.engine.model.x
        others = [(other, left, self.prices[other]) for other, left in couple.second.items()]
        least = min(price for *_, price in others)
        for one, left in couple.first.items():
            price = self.prices[one]
            if price + least >= below:
                continue
            for other, left_by_other, price_of_other in others:
                uncovered = (left & left_by_other).bit_count()
                reduced = price + price_of_other + uncovered
                if reduced < below and (one, other) not in self.present and afdeling[one][1] != afdeling[other][1]:
                    yield reduced, one, other, uncovered

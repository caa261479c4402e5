"""Whose turn it is to be elevvejleder: the one with the fewest elever in the period, of those whose role covers it.

Arithmetic without a database; the same facts give the same turns.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable

from elevforloeb.core.dates import Periode, merge
from elevforloeb.placering import Placering
from elevforloeb.plandata import Vejlederrolle


class Vejledertur:
    def __init__(self, roller: Iterable[Vejlederrolle], stays: Iterable[Placering]):
        """`stays` are what the elevvejledere have already, on every hold. The order of `roller` settles a tie."""
        self.roles: dict[int, dict[int, list[Periode]]] = defaultdict(lambda: defaultdict(list))
        self.load: dict[int, Counter[Periode]] = defaultdict(Counter)
        for rolle in roller:
            self.roles[rolle.afdeling][rolle.bruger].append(rolle.periode)
        for stay in stays:
            self.take(stay.elevvejleder, stay.periode)

    def covering(self, afdeling: int, days: Periode) -> list[int]:
        """Those who are elevvejleder there on all of the days, in one role or in several that meet."""
        return [
            bruger
            for bruger, periods in self.roles[afdeling].items()
            if any(period.covers(days) for period in merge(periods))
        ]

    def elever(self, bruger: int, days: Periode) -> int:
        """How many elever somebody has in some part of the days."""
        return sum(
            number
            for period, number in self.load[bruger].items()
            if period.startdato < days.slutdato and days.startdato < period.slutdato
        )

    def take(self, bruger: int | None, days: Periode) -> None:
        if bruger is not None:
            self.load[bruger][days] += 1

    def next(self, afdeling: int, days: Periode) -> int | None:
        """Whose turn it is; of equals in the period, the one with fewest in all. None: nobody covers it."""
        people = self.covering(afdeling, days)
        return min(people, key=lambda who: (self.elever(who, days), self.load[who].total()), default=None)

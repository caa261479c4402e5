"""When people are taken up by something else, for who plans a meeting with them. The wings do not know each other's.

Each app enters its own source in AppConfig.ready(), as letters and tabs are entered. A source tells what and when in
words that may stand on anybody's page: never with whom, never why.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Optaget:
    """`hvad` goes after a name: “er på skole”, “har en evalueringssamtale”."""

    bruger: int
    start: datetime
    slut: datetime
    hvad: str

    def meets(self, start: datetime, slut: datetime) -> bool:
        return self.start < slut and start < self.slut


Kilde = Callable[[Collection[int], datetime, datetime], Iterator[Optaget]]
KILDER: list[Kilde] = []


def busy(brugere: Collection[int], start: datetime, slut: datetime) -> list[Optaget]:
    return [each for source in KILDER for each in source(brugere, start, slut)] if brugere else []

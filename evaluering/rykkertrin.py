"""When somebody is reminded of a deadline: before it, on it, and after it with rising tone. Knows no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

OLD = timedelta(days=30)  # what fell due before that is on the front page; after so long an outage no mail helps


class Trin(StrEnum):
    """In order of tone."""

    FOER = "foer"
    DAGEN = "dagen"
    RYKKER = "rykker"
    RYKKER_IGEN = "rykker_igen"
    ESKALERET = "eskaleret"  # to the elevansvarlig, about what the others have not done


@dataclass(frozen=True)
class Tider:
    """Days before and after the deadline."""

    foer: int
    rykker: int
    rykker_igen: int
    eskaleret: int

    @classmethod
    def of(cls, rules) -> "Tider":
        return cls(
            foer=rules.paamindelse_foer_dage,
            rykker=rules.paamindelse_rykker_dage,
            rykker_igen=rules.paamindelse_rykker_igen_dage,
            eskaleret=rules.paamindelse_eskaleret_dage,
        )

    def steps(self, frist: date) -> Iterator[tuple[date, Trin]]:
        yield frist - timedelta(days=self.foer), Trin.FOER
        yield frist, Trin.DAGEN
        yield frist + timedelta(days=self.rykker), Trin.RYKKER
        yield frist + timedelta(days=self.rykker_igen), Trin.RYKKER_IGEN

    def reached(self, frist: date, day: date) -> Trin | None:
        """The last step that has been reached: the one after it drowns the one before."""
        begun = [step for due, step in self.steps(frist) if day - OLD <= due <= day]
        return begun[-1] if begun else None

    def tone(self, frist: date, day: date) -> Trin | None:
        """As `reached`, also of what is long past."""
        begun = [step for due, step in self.steps(frist) if due <= day]
        return begun[-1] if begun else None

    def is_escalated(self, frist: date, day: date) -> bool:
        return frist + timedelta(days=self.eskaleret) <= day

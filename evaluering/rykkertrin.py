"""When somebody is reminded of a deadline: before it, on it, and after it with rising tone. Knows no database."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

OLD = timedelta(days=30)  # what fell due before that is on the front page; after so long an outage no mail helps


class Trin(StrEnum):
    """In order of tone."""

    VARSEL = "varsel"  # in good time, for what takes weeks
    VARSEL_IGEN = "varsel_igen"
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
    varsler: tuple[int, ...] = ()  # two more in good time, for a declaration: it takes weeks and three people

    @classmethod
    def of(cls, rules) -> "Tider":
        return cls(
            foer=rules.paamindelse_foer_dage,
            rykker=rules.paamindelse_rykker_dage,
            rykker_igen=rules.paamindelse_rykker_igen_dage,
            eskaleret=rules.paamindelse_eskaleret_dage,
            varsler=(
                rules.erklaering_varsel_dage - rules.erklaering_frist_dage,
                rules.erklaering_varsel_igen_dage - rules.erklaering_frist_dage,
            ),
        )

    def steps(self, frist: date, slags: str = "") -> Iterator[tuple[date, Trin]]:
        """In order of time, for reminders that a rule has moved past each other too."""
        early = zip(self.varsler, (Trin.VARSEL, Trin.VARSEL_IGEN), strict=False) if slags == "erklaering" else ()
        before = [*early, (self.foer, Trin.FOER)]
        yield from sorted(((frist - timedelta(days=days), step) for days, step in before), key=lambda each: each[0])
        yield frist, Trin.DAGEN
        yield frist + timedelta(days=self.rykker), Trin.RYKKER
        yield frist + timedelta(days=self.rykker_igen), Trin.RYKKER_IGEN

    def reached(self, frist: date, day: date, slags: str = "") -> Trin | None:
        """The last step that has been reached: the one after it drowns the one before."""
        begun = [step for due, step in self.steps(frist, slags) if day - OLD <= due <= day]
        return begun[-1] if begun else None

    def tone(self, frist: date, day: date, slags: str = "") -> Trin | None:
        """As `reached`, also of what is long past."""
        begun = [step for due, step in self.steps(frist, slags) if due <= day]
        return begun[-1] if begun else None

    def is_escalated(self, frist: date, day: date) -> bool:
        return frist + timedelta(days=self.eskaleret) <= day

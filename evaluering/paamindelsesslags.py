"""The kinds of reminder, and whether a person may do without their mails (a Regel says so, 1 or 0)."""

from dataclasses import dataclass

from afdelinger.models import Bruger, Rolle
from elevforloeb.core.rules import Rules
from evaluering.rykkertrin import Trin

MATTERS = {"evaluering": "Evalueringer", "erklaering": "Oplæringserklæringer"}
WHEN = {
    "foer": "Før fristen",
    "efter": "På fristen, og når den er gået",
    "eskaleret": "Når andre er længe om det",
}


@dataclass(frozen=True)
class Slags:
    navn: str
    titel: str

    @property
    def regel(self) -> str:
        return f"fravalg_{self.navn}"

    def kan_fravaelges(self, now: Rules) -> bool:
        return bool(getattr(now, self.regel))


SLAGS = [
    Slags(f"{matter}_{when}", f"{name}: {text.lower()}")
    for matter, name in MATTERS.items()
    for when, text in WHEN.items()
]


def kind_of(matter: str, step: Trin) -> str:
    when = step if step in (Trin.FOER, Trin.ESKALERET) else "efter"
    return f"{matter}_{when}"


def offered(person: Bruger) -> list[Slags]:
    """What others are late with is told to the elevansvarlig alone."""
    steers = person.har_rolle(Rolle.ELEVANSVARLIG)
    return [each for each in SLAGS if steers or not each.navn.endswith(Trin.ESKALERET)]

"""The kinds of reminder, and whether a person may do without their mails (a Regel says so, 1 or 0)."""

from dataclasses import dataclass

from elevforloeb.core.rules import Rules
from evaluering.rykkertrin import Trin


@dataclass(frozen=True)
class Slags:
    navn: str
    titel: str
    forklaring: str

    @property
    def regel(self) -> str:
        return f"fravalg_{self.navn}"

    def kan_fravaelges(self, now: Rules) -> bool:
        return bool(getattr(now, self.regel))


SLAGS = [
    Slags("evaluering_foer", "Før fristen", "En mail, når der snart er frist for en evaluering."),
    Slags("evaluering_efter", "På fristen og bagefter", "En mail, når fristen er i dag, og når den er gået."),
    Slags("evaluering_eskaleret", "Når andre ikke har gjort det", "En mail om det, der trækker ud."),
]


def kind_of(matter: str, step: Trin) -> str:
    if step == Trin.ESKALERET:
        return f"{matter}_eskaleret"
    return f"{matter}_foer" if step == Trin.FOER else f"{matter}_efter"

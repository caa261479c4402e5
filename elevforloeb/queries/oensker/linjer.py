"""What the front pages say about wishes, one line for each thing to do."""

from dataclasses import dataclass

from elevforloeb.core.dates import today
from elevforloeb.models import Elev, Oenskerunde, Oenskeseddel, Udbudssvar
from elevforloeb.permissions import visible_udbudssvar

from .runde import INDSENDT


@dataclass(frozen=True)
class Oenskestatus:
    """For the elev: until when, and how far she is."""

    runde: Oenskerunde
    seddel: Oenskeseddel | None

    @property
    def indsendt(self) -> bool:
        return self.seddel is not None and self.seddel.status == INDSENDT


def wish_line(elev: Elev) -> Oenskestatus | None:
    """While the elev can wish."""
    day = today()
    runde = Oenskerunde.objects.filter(
        hold=elev.hold_id, lukket=None, oenske_fra__lte=day, oenskefrist__gte=day
    ).first()
    return runde and Oenskestatus(runde, Oenskeseddel.objects.filter(runde=runde, elev=elev).first())


def udbud_lines(user) -> list[Udbudssvar]:
    """What the department is asked, while it can answer; the unanswered first."""
    day = today()
    asked = visible_udbudssvar(user).filter(runde__lukket=None, runde__udbudsfrist__gte=day, runde__udbud_fra__lte=day)
    rows = asked.select_related("afdeling", "runde__hold")
    return sorted(rows, key=lambda svar: (svar.besvaret is not None, svar.runde.udbudsfrist))

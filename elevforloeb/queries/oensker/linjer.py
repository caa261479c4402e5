"""What the front pages say about wishes, one line for each thing to do."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from elevforloeb.core.dates import today
from elevforloeb.models import Elev, Oenskerunde, Oenskeseddel, Udbudssvar
from elevforloeb.permissions import visible_udbudssvar

from .runde import INDSENDT


@dataclass(frozen=True)
class Oenskestatus:
    """For the elev: until when, and how far she is."""

    runde: Oenskerunde
    seddel: str | None  # the status of her list; none before she begins

    @property
    def indsendt(self) -> bool:
        return self.seddel == INDSENDT


def wish_line(elev: Elev) -> Oenskestatus | None:
    """While the elev can wish."""
    day = today()
    own = Oenskeseddel.objects.filter(runde=OuterRef("pk"), elev=elev).values("status")
    open_ = Oenskerunde.objects.filter(hold=elev.hold_id, lukket=None, oenske_fra__lte=day, oenskefrist__gte=day)
    runde = open_.annotate(seddel=Subquery(own)).first()
    return runde and Oenskestatus(runde, runde.seddel)


def udbud_lines(user) -> list[Udbudssvar]:
    """What the department is asked, while it can answer; the unanswered first."""
    day = today()
    asked = visible_udbudssvar(user).filter(runde__lukket=None, runde__udbudsfrist__gte=day, runde__udbud_fra__lte=day)
    rows = asked.select_related("afdeling", "runde__hold")
    return sorted(rows, key=lambda svar: (svar.besvaret is not None, svar.runde.udbudsfrist))

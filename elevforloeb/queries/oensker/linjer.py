"""What the front pages say about wishes, one line for each thing to do."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

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


@dataclass(frozen=True)
class Rundetal:
    """How far a round is, for the elevansvarlig's list of what to do."""

    runde: Oenskerunde
    afdelinger: int  # that have not answered
    elever: int  # that have sent nothing in


def open_rounds() -> list[Rundetal]:
    """Those that the elevansvarlig has opened and not closed, with what is missing: one query."""
    sent = Oenskeseddel.objects.filter(elev=OuterRef("pk"), runde__lukket=None, status=INDSENDT)
    silent = (
        Elev.objects.filter(hold=OuterRef("hold"))
        .employed_from(today())
        .filter(~Exists(sent))
        .order_by()
        .values("hold")
        .annotate(n=Count("pk"))
    )
    rows = (
        Oenskerunde.objects.filter(lukket=None, udbud_fra__lte=today())
        .select_related("hold")
        .annotate(
            uden_svar=Count("udbudssvar", filter=Q(udbudssvar__svar=Udbudssvar.Svar.VENTER)),
            uden_oensker=silent.values("n"),
        )
    )
    return [Rundetal(runde, runde.uden_svar, runde.uden_oensker or 0) for runde in rows]

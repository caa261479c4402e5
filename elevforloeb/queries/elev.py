"""The page of one elev: the course, and what only some may read about the agreement and the absence."""

from dataclasses import dataclass
from datetime import date

from elevforloeb import permissions
from elevforloeb.core import audit
from elevforloeb.core.models import Haendelse
from elevforloeb.forloeb import Advarsel, Fravaerstal
from elevforloeb.models import Elev, Kalenderperiode, Ophold
from elevforloeb.services.elev import aftale_version

from . import figures, henvisninger
from .forloeb import Forloeb, get_forloeb, title_of

NEWEST = 20  # lines of history


@dataclass(frozen=True)
class Periodelinje:
    """A calendar period as this reader may see it."""

    row: Kalenderperiode
    titel: str
    kan_rettes: bool


@dataclass(frozen=True)
class Elevside:
    forloeb: Forloeb
    kan_rette: bool  # the agreement
    arter: list[str]  # kinds of calendar periods that the reader may write
    kalender: list[Periodelinje]
    historik: list[Haendelse]
    mangler: list[henvisninger.Advarsel]  # on the pages of the wings

    @property
    def elev(self) -> Elev:
        return self.forloeb.elev

    @property
    def aftale_version(self) -> str:
        return aftale_version(self.elev)

    @property
    def viser_fravaer(self) -> bool:
        return self.forloeb.viser_fravaer

    @property
    def skal_inviteres(self) -> bool:
        """She cannot log in yet, which is the first thing to do about her."""
        return self.kan_rette and not self.elev.stoppet and not self.elev.bruger.has_usable_password()

    @property
    def fravaer(self) -> Fravaerstal:
        return figures.absence_figure(self.elev, self.forloeb.kalender, self.forloeb.rules)

    @property
    def advarsler(self) -> list[Advarsel]:
        return figures.warnings(self.elev, self.forloeb.ophold, self.forloeb.kalender, self.forloeb.rules)

    @property
    def stoppede_ophold(self) -> list[Ophold]:
        """Stays that go on after the elev stopped: the planner has to shorten or remove them."""
        stop = self.elev.stoppet
        return [stay for stay in self.forloeb.ophold if stop and stay.slutdato > stop]


def get_elevside(user, elev: Elev) -> Elevside:
    forloeb = get_forloeb(elev, viser_fravaer=permissions.can_see_absence(user, elev))
    editable = set(permissions.editable_kalenderperioder(user).filter(elev=elev).values_list("pk", flat=True))
    kalender = [Periodelinje(row, title_of(row, forloeb.viser_fravaer), row.pk in editable) for row in forloeb.kalender]
    can_edit = permissions.can_edit_elev(user, elev)
    return Elevside(
        forloeb=forloeb,
        kan_rette=can_edit,
        arter=permissions.kalender_arter(user, elev),
        kalender=kalender,
        historik=list(audit.history(elev)[:NEWEST]) if can_edit else [],
        mangler=henvisninger.warnings_about(user, elev, forloeb.rules),
    )


def stays_after(elev: Elev, day: date) -> list[Ophold]:
    """What a stop on `day` leaves for the planner to shorten or remove."""
    return list(elev.ophold.within(day).select_related("afdeling"))

"""What one stay hands to the next: what was agreed, and a note to the next elevvejleder. The elev reads it too."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from elevforloeb.core.dates import today
from elevforloeb.models import Elev, Ophold
from evaluering import permissions
from evaluering.models import Evaluering
from evaluering.models.skema import Brug

from .forseglede import LAST_TALKS, sealed
from .grundlag import agreed


@dataclass(frozen=True)
class Viderefoert:
    fra: Evaluering  # only its department and day are shown: the rest of it stays closed
    til: Ophold | None  # who reads it; none: no stay is planned
    fokus: list[str]
    overlevering: list[str]

    @property
    def er_tom(self) -> bool:
        return not (self.fokus or self.overlevering)


def carried_to(user, ophold: Ophold) -> Viderefoert | None:
    """For the top of the forventningssamtale of that stay, and for whoever receives the elev there."""
    return _carried_to(user, ophold, _last_talks(ophold.elev))


def carried_on(user, elev: Elev, near: list[Ophold]) -> Viderefoert | None:
    """For the page of the elev: into the next stay, or the one that is now, if the reader receives her there."""
    talks = _last_talks(elev)
    into = (_carried_to(user, stay, talks) for stay in reversed(near))
    return next((found for found in into if found), None)


def near_stays(elev: Elev) -> list[Ophold]:
    """Where she is, and where she goes next."""
    stays = elev.ophold.filter(periode__endswith__gt=today()).select_related("afdeling", "elev__bruger")
    return list(stays.order_by("periode")[:2])


def _last_talks(elev: Elev) -> QuerySet[Evaluering]:
    """The newest first. Asked when the first is looked at, and not again."""
    return sealed().filter(elev=elev, art__in=LAST_TALKS).select_related("afdeling", "ophold").order_by("-forseglet")


def _carried_to(user, ophold: Ophold, talks: Iterable[Evaluering]) -> Viderefoert | None:
    if not permissions.can_read_carried_on(user, ophold.elev, ophold):
        return None
    before = (talk for talk in talks if talk.ophold is None or talk.ophold.startdato < ophold.startdato)
    last = next(before, None)
    return last and Viderefoert(last, ophold, *agreed([last], Brug.FOKUS, Brug.OVERLEVERING))

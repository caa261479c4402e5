"""What one stay hands to the next: what was agreed, and a note to the next elevvejleder. The elev reads it too."""

from dataclasses import dataclass

from django.db.models import Q

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
    if not permissions.can_read_carried_on(user, ophold.elev, ophold):
        return None
    before = sealed().filter(elev=ophold.elev, art__in=LAST_TALKS).exclude(ophold=ophold)
    before = before.filter(Q(ophold=None) | Q(ophold__periode__startswith__lt=ophold.startdato))
    last = before.select_related("afdeling").order_by("-forseglet").first()
    return last and _carried(last, ophold)


def carried_on(user, elev: Elev) -> Viderefoert | None:
    """For the page of the elev: into the next stay, or the one that is now, if the reader receives her there."""
    stays = elev.ophold.filter(periode__endswith__gt=today()).select_related("afdeling", "elev__bruger")
    near = list(stays.order_by("periode")[:2])  # where she is, and where she goes next
    into = (carried_to(user, stay) for stay in reversed(near))
    return next((found for found in into if found), None)


def _carried(last: Evaluering, ophold: Ophold) -> Viderefoert:
    return Viderefoert(last, ophold, agreed([last], Brug.FOKUS), agreed([last], Brug.OVERLEVERING))

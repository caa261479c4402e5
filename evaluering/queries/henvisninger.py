"""What the pages of an elev and of a hold say about evaluations, and where they lead."""

from collections.abc import Iterator

from django.urls import reverse

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.rules import Rules
from elevforloeb.models import Elev, Hold
from elevforloeb.queries.henvisninger import ELEVSIDE, HOLDSIDE, Henvisning
from evaluering.permissions import visible_erklaeringer

from .erklaeringer import missing_line


def on_elevside(user, elev: Elev, now: Rules) -> Iterator[Henvisning]:
    """A leder sees that there are evaluations, in the list, and opens none of this."""
    own = elev.bruger_id == user.pk
    if own or user.har_rolle(Rolle.ELEVVEJLEDER) or is_elevansvarlig(user):
        missing = missing_line(elev, visible_erklaeringer(user), now)
        yield Henvisning("Udvikling, noter og fokuspunkter", reverse("udvikling", args=[elev.pk]))
        yield Henvisning("Mål: planlagt og afprøvet", reverse("maalmatrix", args=[elev.pk]))
        yield Henvisning("Oplæringserklæringer", reverse("erklaeringer"), missing)


def on_holdside(hold: Hold) -> Iterator[Henvisning]:
    yield Henvisning("Hvilke mål mangler?", reverse("maalmatrix_hold", args=[hold.pk]))


ELEVSIDE.append(on_elevside)
HOLDSIDE.append(on_holdside)

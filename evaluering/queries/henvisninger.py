"""What the page of an elev says of what goes on beside the evaluations, and where it leads."""

from collections.abc import Iterator

from django.urls import reverse

from afdelinger.models import Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.rules import Rules
from elevforloeb.models import Elev
from elevforloeb.queries.henvisninger import ELEVSIDE, Henvisning
from evaluering.permissions import visible_erklaeringer

from .erklaeringer import missing_line


def on_elevside(user, elev: Elev, now: Rules) -> Iterator[Henvisning]:
    """A leder sees that there are evaluations, in the list, and opens none of this."""
    own = elev.bruger_id == user.pk
    if own or user.har_rolle(Rolle.ELEVVEJLEDER) or is_elevansvarlig(user):
        missing = missing_line(elev, visible_erklaeringer(user), now)
        yield Henvisning("Udvikling, noter og fokuspunkter", reverse("udvikling", args=[elev.pk]))
        yield Henvisning("Mål: planlagt og afprøvet", reverse("udvikling_maal", args=[elev.pk]))
        yield Henvisning("Oplæringserklæringer", reverse("erklaeringer"), missing)


ELEVSIDE.append(on_elevside)

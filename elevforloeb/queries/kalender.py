"""What the sources of the private calendar share: who reads, which days are asked for, and what is asked only once.

A source is a function in the feed.py of its app, from a Laeser to the entries of one kind. The roof puts them together
(project/kalender.py). What a source gives is fetched by companies abroad: no texts, no absence, no grades.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch, QuerySet, TextChoices

from afdelinger.models import Bruger, Rolle
from afdelinger.permissions import is_elevansvarlig
from elevforloeb.core.dates import Periode
from elevforloeb.core.ics import Entry
from elevforloeb.core.rules import Rules, rules
from elevforloeb.models import Elev, Kalenderperiode, Ophold
from elevforloeb.permissions import visible_elever


class Slags(TextChoices):
    """What the reader can choose among, in this order."""

    OPHOLD = "ophold", "Ophold og skift"
    SKOLE = "skole", "Skole"
    SAMTALE = "samtale", "Samtaler"
    FRIST = "frist", "Frister"
    FERIE = "ferie", "Ferie"


@dataclass(frozen=True)
class Laeser:
    """`perioder`: how an elev's own calendar is read, with what the floors above hang on it. It is read once."""

    bruger: Bruger
    dage: Periode
    perioder: QuerySet[Kalenderperiode]

    @cached_property
    def regler(self) -> Rules:
        return rules()

    @cached_property
    def elev(self) -> Elev | None:
        """The reader's own course, while she has the role."""
        if not self.bruger.har_rolle(Rolle.ELEV):
            return None
        own = Elev.objects.filter(bruger=self.bruger).select_related("hold")
        return own.prefetch_related(Prefetch("kalenderperioder", self.perioder)).first()

    @property
    def afdelinger(self) -> list[int]:
        return self.bruger.afdelinger_som(Rolle.ELEVVEJLEDER, Rolle.LEDER)

    @property
    def er_elevansvarlig(self) -> bool:
        return is_elevansvarlig(self.bruger)

    @cached_property
    def synlige(self) -> frozenset[int]:
        """The elever of the reader's departments whose pages she may open today."""
        if not self.afdelinger:
            return frozenset()
        there = Ophold.objects.filter(afdeling__in=self.afdelinger).values("elev")
        return frozenset(visible_elever(self.bruger).filter(pk__in=there).values_list("pk", flat=True))


Kilde = Callable[[Laeser], Iterator[Entry]]

"""The talks that people have agreed on, for who plans something else with them."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Q

from elevforloeb.queries.optaget import KILDER, Optaget
from evaluering.feed import TALK
from evaluering.models import Evaluering

WORDS = "har en evalueringssamtale"


def talks(brugere: Collection[int], start: datetime, slut: datetime) -> Iterator[Optaget]:
    """Of the elev and of the elevvejleder."""
    theirs = Q(elev__bruger__in=brugere) | Q(elevvejleder__in=brugere)
    rows = Evaluering.objects.filter(theirs, moede__gt=start - TALK, moede__lt=slut)
    rows = rows.exclude(status=Evaluering.Status.BORTFALDET)
    for moede, *people in rows.values_list("moede", "elev__bruger", "elevvejleder"):
        yield from (Optaget(each, moede, moede + TALK, WORDS) for each in people if each in brugere)


KILDER.append(talks)

"""The deadline, to the minute in Denmark.

Nobody can begin an application at `frist` or later. What was begun before can be saved, corrected and sent for some
minutes more (a rule), so that nobody loses her text to a slow upload. The page says the deadline, and this too.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from elevforloeb.core.dates import now
from elevforloeb.core.rules import rules
from rekruttering.models import Ansoegning, Runde

T = Ansoegning.Tilstand
# Also when the committee has begun to read: until the deadline the application is the applicant's.
KAN_RETTES = (T.KLADDE, T.NY, T.VURDERES)


def closes(runde: Runde) -> datetime:
    day = timezone.localtime(runde.frist).date()
    return runde.frist + timedelta(minutes=rules(day).ansoegning_efterfrist_minutter)


def is_open_for(ansoegning: Ansoegning) -> bool:
    """This application can still be saved and sent. It was begun before the deadline, or it would not be there."""
    runde = ansoegning.runde
    begun_in_time = ansoegning.oprettet < runde.frist
    return runde.tilstand == Runde.Tilstand.OFFENTLIG and begun_in_time and now() < closes(runde)


def can_edit(ansoegning: Ansoegning) -> bool:
    return ansoegning.tilstand in KAN_RETTES and is_open_for(ansoegning)

"""Who has to do with a fagprøve at the workplace today."""

from afdelinger.models import Bruger
from elevforloeb.core.dates import today
from elevforloeb.models import Ophold
from skoleophold.models import Fagproeve


def stays_today(fagproeve: Fagproeve) -> list[Ophold]:
    """Where those who write it are today."""
    stays = Ophold.objects.on(today()).filter(elev__fagproeveforsoeg__fagproeve=fagproeve)
    return list(stays.select_related("elevvejleder"))


def vejledere_of(stays: list[Ophold]) -> list[Bruger]:
    """Each once."""
    return list({stay.elevvejleder_id: stay.elevvejleder for stay in stays if stay.elevvejleder}.values())

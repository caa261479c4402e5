"""Who has to do with a fagprøve at the workplace today."""

from afdelinger.models import Bruger
from elevforloeb.core.dates import today
from elevforloeb.models import Ophold
from skoleophold.models import Fagproeve


def vejledere_of(fagproeve: Fagproeve) -> list[Bruger]:
    """The elevvejledere that those who write it have today; each once."""
    stays = Ophold.objects.on(today()).filter(elev__fagproeveforsoeg__fagproeve=fagproeve, elevvejleder__isnull=False)
    return list({stay.elevvejleder_id: stay.elevvejleder for stay in stays.select_related("elevvejleder")}.values())

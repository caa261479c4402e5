"""The pages of one elev that lie here."""

from afdelinger.permissions import is_elevansvarlig
from elevforloeb.models import Elev
from elevforloeb.queries.henvisninger import ELEVMENU, Henvisning


def by_the_elevansvarlig(user, elev: Elev) -> bool:
    return is_elevansvarlig(user)


ELEVMENU.append(Henvisning(20, "Før start", "opstart", by_the_elevansvarlig))

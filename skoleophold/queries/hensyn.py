"""What of school keeps an elev's course past its time."""

from elevforloeb.queries.sletning import HENSYN, Hensyn

from .aub import kept_until

WHY = "Refusionen fra AUB for et skoleophold er hverken udbetalt eller afsluttet, og fristen er ikke gået."

HENSYN.append(Hensyn(kept_until, WHY, "aub"))

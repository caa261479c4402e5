"""What of school keeps an elev's course past its time."""

from elevforloeb.queries.sletning import HENSYN, Hensyn

from .aub import kept_until

HENSYN.append(
    Hensyn(
        kept_until, "Refusionen fra AUB for et skoleophold er hverken udbetalt eller afsluttet, og I kan nå det.", "aub"
    )
)

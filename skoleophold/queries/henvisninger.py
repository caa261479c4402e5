"""The page of one elev that lies here. Hers has the name that it has among her own pages."""

from elevforloeb.queries.henvisninger import ELEVFANER, Henvisning, is_not_own, is_own

ELEVFANER += [
    Henvisning(60, "Skole", "elev_skole", is_not_own),
    Henvisning(60, "Skole og karakterer", "elev_skole", is_own, egen="min_skole"),
]

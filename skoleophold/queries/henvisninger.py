"""The pages of one elev that lie here. Hers have the names that they have among her own pages."""

from elevforloeb.queries.henvisninger import ELEVFANER, Henvisning, is_not_own, is_own

ELEVFANER += [
    Henvisning(60, "Skole", "elev_skole", is_not_own),
    Henvisning(60, "Skole og karakterer", "elev_skole", is_own, egen="min_skole", under="min_skole"),
    Henvisning(70, "Mine udlæg", "mine_udlaeg", is_own, egen="mine_udlaeg", under="min_skole"),
]

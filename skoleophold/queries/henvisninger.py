"""The page of one elev that lies here."""

from elevforloeb.queries.henvisninger import ELEVFANER, Henvisning

ELEVFANER.append(Henvisning(60, "Skole", "elev_skole", egen="min_skole"))

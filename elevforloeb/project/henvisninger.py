"""What the roof adds to the tabs and the menu of the pages about one elev."""

from operator import attrgetter

from elevforloeb.queries.henvisninger import ELEVFANER, ELEVMENU, Henvisning, is_own

ELEVFANER.append(Henvisning(0, "Mit forløb", "forside", is_own, egen="forside"))
ELEVMENU.append(Henvisning(90, "Slet oplysninger", "sletning_person", nummer=attrgetter("bruger_id")))

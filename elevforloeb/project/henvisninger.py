"""What the roof adds to the tabs and the menu of the pages about one elev."""

from operator import attrgetter

from elevforloeb.queries.henvisninger import ELEVFANER, ELEVMENU, Henvisning, is_own

from .permissions import can_order_bog

ELEVFANER.append(Henvisning(0, "Mit forløb", "forside", is_own, egen="forside"))
ELEVFANER.append(Henvisning(90, "Dokumenter", "elev_bog", can_order_bog, ogsaa=("bog", "elev_dokumenter")))
ELEVMENU.append(Henvisning(90, "Slet oplysninger", "sletning_person", nummer=attrgetter("bruger_id")))

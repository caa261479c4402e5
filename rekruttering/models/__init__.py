from .afgoerelse import Ansaettelse, Opstartspunkt, Opstartsskabelon, Tilbagetraekning, Tilbud
from .ansoegning import Ansoegning, Ansoegningsbilag, Sagsskridt
from .brev import Besked, Brev, Brevskabelon
from .offentlig import Adgangsvej, Elevhistorie, Fakta, Oplysningstekst, Side, Sideudgave, Spoergsmaal
from .runde import Interesse, Runde, Rundetal
from .sagsmappe import Sagsjournal, Sagsmappe
from .samtale import Samtale, Samtaledag, Samtaletid, Samtalevagt
from .tal import Kladdetal
from .udvalg import Bedoemmelse, Fortrinssag, Inhabilitet, Notat, Partshoering, Reference, Udvalgsmedlem

__all__ = [
    "Adgangsvej",
    "Ansaettelse",
    "Ansoegning",
    "Ansoegningsbilag",
    "Bedoemmelse",
    "Besked",
    "Brev",
    "Brevskabelon",
    "Elevhistorie",
    "Fakta",
    "Fortrinssag",
    "Inhabilitet",
    "Interesse",
    "Kladdetal",
    "Notat",
    "Oplysningstekst",
    "Opstartspunkt",
    "Opstartsskabelon",
    "Partshoering",
    "Reference",
    "Runde",
    "Rundetal",
    "Sagsjournal",
    "Sagsmappe",
    "Sagsskridt",
    "Samtale",
    "Samtaledag",
    "Samtaletid",
    "Samtalevagt",
    "Side",
    "Sideudgave",
    "Spoergsmaal",
    "Tilbagetraekning",
    "Tilbud",
    "Udvalgsmedlem",
]

from .afgoerelse import Ansaettelse, Brev, Brevskabelon, Opstartspunkt, Opstartsskabelon, Tilbud
from .ansoegning import Ansoegning, Ansoegningsbilag, Sagsskridt
from .offentlig import Adgangsvej, Elevhistorie, Fakta, Oplysningstekst, Side, Sideudgave, Spoergsmaal
from .runde import Interesse, Runde, Rundetal
from .samtale import Samtale, Samtaledag, Samtaletid, Samtalevagt
from .udvalg import Bedoemmelse, Fortrinssag, Inhabilitet, Notat, Partshoering, Reference, Udvalgsmedlem

__all__ = [
    "Adgangsvej",
    "Ansaettelse",
    "Ansoegning",
    "Ansoegningsbilag",
    "Bedoemmelse",
    "Brev",
    "Brevskabelon",
    "Elevhistorie",
    "Fakta",
    "Fortrinssag",
    "Inhabilitet",
    "Interesse",
    "Notat",
    "Oplysningstekst",
    "Opstartspunkt",
    "Opstartsskabelon",
    "Partshoering",
    "Reference",
    "Runde",
    "Rundetal",
    "Sagsskridt",
    "Samtale",
    "Samtaledag",
    "Samtaletid",
    "Samtalevagt",
    "Side",
    "Sideudgave",
    "Spoergsmaal",
    "Tilbud",
    "Udvalgsmedlem",
]

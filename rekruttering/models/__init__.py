from .ansoegning import Ansoegning, Ansoegningsbilag, Sagsskridt
from .offentlig import Adgangsvej, Elevhistorie, Fakta, Oplysningstekst, Side, Sideudgave, Spoergsmaal
from .runde import Interesse, Runde, Rundetal
from .udvalg import Bedoemmelse, Fortrinssag, Inhabilitet, Notat, Partshoering, Reference, Udvalgsmedlem

__all__ = [
    "Adgangsvej",
    "Ansoegning",
    "Ansoegningsbilag",
    "Bedoemmelse",
    "Elevhistorie",
    "Fakta",
    "Fortrinssag",
    "Inhabilitet",
    "Interesse",
    "Notat",
    "Oplysningstekst",
    "Partshoering",
    "Reference",
    "Runde",
    "Rundetal",
    "Sagsskridt",
    "Side",
    "Sideudgave",
    "Spoergsmaal",
    "Udvalgsmedlem",
]

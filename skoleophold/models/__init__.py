from .indlaesning import Indlaesning
from .kalender import Skole, Skolehold, Skoleophold, Skoleperiode, Tilknytning
from .karakter import Fag, Fagvalg, Karakter, Karakterdeling
from .udgift import Bilag, Budget, Udbetaling, Udgiftsart, Udlaeg

__all__ = [
    "Bilag",
    "Budget",
    "Fag",
    "Fagvalg",
    "Indlaesning",
    "Karakter",
    "Karakterdeling",
    "Skole",
    "Skolehold",
    "Skoleophold",
    "Skoleperiode",
    "Tilknytning",
    "Udbetaling",
    "Udgiftsart",
    "Udlaeg",
]

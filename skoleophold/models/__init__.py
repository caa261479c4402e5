from .indlaesning import Indlaesning
from .kalender import Skole, Skolehold, Skoleophold, Skoleperiode, Tilknytning
from .karakter import Fag, Fagvalg, Karakter, Karakterdeling

__all__ = [
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
]

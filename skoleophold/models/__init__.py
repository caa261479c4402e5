from .aub import Aub, Aubsats
from .indlaesning import Indlaesning
from .kalender import Skole, Skolehold, Skoleophold, Skoleperiode, Tilknytning
from .karakter import Fag, Fagvalg, Karakter, Karakterdeling
from .studietur import Noedkontakt, Punktart, Studietur, Studieturpunkt, Turfil, Turkryds, Turpunkt

__all__ = [
    "Aub",
    "Aubsats",
    "Fag",
    "Fagvalg",
    "Indlaesning",
    "Karakter",
    "Karakterdeling",
    "Noedkontakt",
    "Punktart",
    "Skole",
    "Skolehold",
    "Skoleophold",
    "Skoleperiode",
    "Studietur",
    "Studieturpunkt",
    "Tilknytning",
    "Turfil",
    "Turkryds",
    "Turpunkt",
]

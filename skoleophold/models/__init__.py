from .fagproeve import (
    Fagproeve,
    Fagproeveforsoeg,
    Fagproeverunde,
    Fagproevesvar,
    Problemformulering,
    Tegngraense,
    Udkastoptaelling,
)
from .indlaesning import Indlaesning
from .kalender import Skole, Skolehold, Skoleophold, Skoleperiode, Tilknytning
from .karakter import Fag, Fagvalg, Karakter, Karakterdeling

__all__ = [
    "Fag",
    "Fagproeve",
    "Fagproeveforsoeg",
    "Fagproeverunde",
    "Fagproevesvar",
    "Fagvalg",
    "Indlaesning",
    "Karakter",
    "Karakterdeling",
    "Problemformulering",
    "Skole",
    "Skolehold",
    "Skoleophold",
    "Skoleperiode",
    "Tegngraense",
    "Tilknytning",
    "Udkastoptaelling",
]

from .aub import Aub, Aubsats
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
from .studietur import Noedkontakt, Punktart, Studietur, Studieturpunkt, Turfil, Turkryds, Turpunkt
from .udgift import Bilag, Budget, Udbetaling, Udgiftsart, Udlaeg

__all__ = [
    "Aub",
    "Aubsats",
    "Bilag",
    "Budget",
    "Fag",
    "Fagproeve",
    "Fagproeveforsoeg",
    "Fagproeverunde",
    "Fagproevesvar",
    "Fagvalg",
    "Indlaesning",
    "Karakter",
    "Karakterdeling",
    "Noedkontakt",
    "Punktart",
    "Problemformulering",
    "Skole",
    "Skolehold",
    "Skoleophold",
    "Skoleperiode",
    "Studietur",
    "Studieturpunkt",
    "Tilknytning",
    "Udbetaling",
    "Udgiftsart",
    "Udlaeg",
    "Turfil",
    "Turkryds",
    "Turpunkt",
    "Tegngraense",
    "Tilknytning",
    "Udkastoptaelling",
]

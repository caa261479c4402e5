from .elev import Elev, Kalenderperiode
from .hold import Hold, Trin, Uddannelsesmodel
from .oensker import (
    Binding,
    Fordeling,
    Inhabilitet,
    Oenske,
    Oenskerunde,
    Oenskeseddel,
    Tildeling,
    Udbud,
    Udbudssvar,
)
from .ophold import Ophold, Udgivelse, Udkast, Udkastaendring, Udkastophold

__all__ = [
    "Binding",
    "Elev",
    "Fordeling",
    "Hold",
    "Inhabilitet",
    "Kalenderperiode",
    "Oenske",
    "Oenskerunde",
    "Oenskeseddel",
    "Ophold",
    "Tildeling",
    "Trin",
    "Udbud",
    "Udbudssvar",
    "Uddannelsesmodel",
    "Udgivelse",
    "Udkast",
    "Udkastaendring",
    "Udkastophold",
]

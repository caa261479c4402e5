from .elev import Elev, Kalenderperiode
from .hold import Hold, Trin, Uddannelsesmodel
from .ophold import Ophold, Udgivelse, Udkast, Udkastaendring, Udkastophold

__all__ = [
    "Elev",
    "Hold",
    "Kalenderperiode",
    "Ophold",
    "Trin",
    "Uddannelsesmodel",
    "Udgivelse",
    "Udkast",
    "Udkastaendring",
    "Udkastophold",
]

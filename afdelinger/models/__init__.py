from .afdeling import Afdeling, Delophold, ItSystem, Opgave, Pladser, Underomraade
from .bruger import Bruger, Invitation
from .kursus import Kursus, Kursusdeltagelse
from .maal import Jobkompetence, Maal, Maalsaet
from .rolle import Rolle, Rolletildeling
from .sletning import Udsaettelse

__all__ = [
    "Afdeling",
    "Bruger",
    "Delophold",
    "Invitation",
    "ItSystem",
    "Jobkompetence",
    "Kursus",
    "Kursusdeltagelse",
    "Maal",
    "Maalsaet",
    "Opgave",
    "Pladser",
    "Rolle",
    "Rolletildeling",
    "Udsaettelse",
    "Underomraade",
]

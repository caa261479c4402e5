from .erklaering import Oplaeringserklaering
from .evaluering import Besvarelse, Evaluering, Punkt, Svar, Underskrift
from .samling import Dokumentsamling
from .skema import Afsnit, Art, Evalueringsskema, Skala, Skalatrin, Spoergsmaal
from .undervejs import Deling, Dialognote, Fravalg, Svarbundt

__all__ = [
    "Afsnit",
    "Art",
    "Besvarelse",
    "Deling",
    "Dialognote",
    "Dokumentsamling",
    "Evaluering",
    "Evalueringsskema",
    "Fravalg",
    "Oplaeringserklaering",
    "Punkt",
    "Skala",
    "Skalatrin",
    "Spoergsmaal",
    "Svar",
    "Svarbundt",
    "Underskrift",
]

"""The dates of a class with what they mean for each elev."""

from dataclasses import dataclass
from datetime import date

from elevforloeb.core.dates import today
from skoleophold.models import Fagproeve, Fagproeverunde

from .liste import Linje, lines
from .liste import find_fagproever as find


@dataclass(frozen=True)
class Dato:
    navn: str
    dag: date | None
    beregnet: bool
    er_gaaet: bool


@dataclass(frozen=True)
class Rundeside:
    runde: Fagproeverunde
    datoer: list[Dato]
    linjer: list[Linje]

    @property
    def kan_slettes(self) -> bool:
        return all(each.fagproeve.status == Fagproeve.Status.EMNE for each in self.linjer)


NAMES = {
    "emne_senest": "Emnet er valgt",
    "problem_senest": "Problemformuleringen er sendt",
    "godkendt_senest": "Godkendt af arbejdsplads og skole",
    "data_senest": "Data er samlet ind",
    "startdato": "Skriveperioden begynder",
    "sidste_dag": "Skriveperioden slutter",
    "afleveres": "Afleveres",
    "eksamen_fra": "Første eksamensdag",
    "eksamen_til": "Sidste eksamensdag",
}


def get_rundeside(runde: Fagproeverunde) -> Rundeside:
    day = today()
    datoer = [
        Dato(navn, found, field in runde.beregnet, bool(found) and found < day)
        for field, navn in NAMES.items()
        for found in [getattr(runde, field)]
    ]
    return Rundeside(runde, datoer, lines(find(vis="alle").filter(fagproeve__runde=runde)))

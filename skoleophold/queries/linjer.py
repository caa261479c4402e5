"""What each line of a file is: new, changed, unchanged or wrong, and why. Judged anew when it is saved."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from elevforloeb.core.forms import FIRST_DAY, LAST_DAY


class Udfald(StrEnum):
    FEJL = "fejl"
    NY = "ny"
    AENDRET = "aendret"
    UAENDRET = "uaendret"


ORD = {Udfald.FEJL: "Ret linjen", Udfald.NY: "Ny", Udfald.AENDRET: "Ændret", Udfald.UAENDRET: "Uændret"}
ARTER = {Udfald.FEJL: "fejl", Udfald.NY: "ok", Udfald.AENDRET: "vent", Udfald.UAENDRET: "info"}


@dataclass(frozen=True)
class Linje:
    """`felter` is what stood in the file: enough to judge the line again."""

    nr: int
    felter: dict[str, str]
    udfald: Udfald = Udfald.NY
    emne: str = ""  # which elev, which class
    tekst: str = ""  # what it says
    fejl: list[str] = field(default_factory=list)

    @classmethod
    def from_json(cls, row: dict) -> "Linje":
        return cls(**row | {"udfald": Udfald(row["udfald"])})

    def as_json(self) -> dict:
        return asdict(self)

    @property
    def ord(self) -> str:
        return ORD[self.udfald]

    @property
    def art(self) -> str:
        return ARTER[self.udfald]


def counts(linjer: Iterable[Linje]) -> dict[str, int]:
    found = Counter(str(each.udfald) for each in linjer)
    return {str(udfald): found[udfald] for udfald in Udfald}


class Fejl(Exception):
    """A reason why a line cannot be used, in Danish."""


DAY_FIRST = re.compile(r"(\d{1,2})[-./ ]{1,2}(\d{1,2})[-./ ]{1,2}(\d{4})")


def read_day(text: str, what: str) -> date:
    """2027-09-01, 01-09-2027, 1.9.2027 and 1/9 2027."""
    try:
        found = DAY_FIRST.fullmatch(text)
        day = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text[:10])
    except ValueError:
        raise Fejl(f"{what}: “{text[:40]}” er ikke en dato. Skriv den som 01-09-2027") from None
    if not FIRST_DAY <= day <= LAST_DAY:
        raise Fejl(f"{what}: årstallet {day.year} kan ikke passe")
    return day


class Hints:
    """A name that looks like what was written. Looking is slow, so only the first wrong lines get one."""

    def __init__(self, most: int = 50):
        self.left = most

    def near(self, text: str, known: Iterable[str]) -> str:
        self.left -= 1
        found = get_close_matches(text[:60], list(known), n=1, cutoff=0.75) if self.left >= 0 else []
        return f" Mente du “{found[0]}”?" if found else ""

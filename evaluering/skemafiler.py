"""The shipped forms as files in data/: read and checked, without a database. skalaer.yaml is shared by the others.

`Indhold` is also what a stored version is compared with: the same words in the same order are the same form.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

DATA = Path(__file__).resolve().parent / "data"
SKALAER = "skalaer.yaml"


@dataclass(frozen=True, kw_only=True)
class Part:
    __pydantic_config__ = {"extra": "forbid"}  # who reads the files is told of a word that means nothing


@dataclass(frozen=True, kw_only=True)
class Trin(Part):
    navn: str
    forklaring: str = ""
    er_niveau: bool = True


@dataclass(frozen=True, kw_only=True)
class Skala(Part):
    kode: str
    navn: str
    kommentar_ved_enderne: bool = True
    trin: tuple[Trin, ...]


@dataclass(frozen=True, kw_only=True)
class Spoergsmaal(Part):
    tekst: str
    hjaelp: str = ""
    hvem: Literal["begge", "elev", "elevvejleder", "faelles"] = "begge"
    skala: str = ""  # none: the answer is text
    kraevet: bool = False
    gentages: Literal["", "opgaver", "maal"] = ""
    bruges_til: Literal["", "fokus", "overlevering", "afdeling"] = ""


@dataclass(frozen=True, kw_only=True)
class Afsnit(Part):
    titel: str
    vejledning: str = ""
    spoergsmaal: tuple[Spoergsmaal, ...]


@dataclass(frozen=True, kw_only=True)
class Indhold(Part):
    """All the words of a form."""

    navn: str
    indledning: str = ""
    med_elevansvarlig: bool = False
    afsnit: tuple[Afsnit, ...]
    skalaer: tuple[Skala, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Skemafil(Indhold):
    art: str
    fra: date
    kilde: str

    @property
    def indhold(self) -> Indhold:
        return Indhold(**{each.name: getattr(self, each.name) for each in fields(Indhold)})


@cache
def shipped() -> tuple[Skemafil, ...]:
    from pydantic import TypeAdapter  # who reads no file need not carry it

    skalaer = TypeAdapter(list[Skala]).validate_python(_load(DATA / SKALAER))
    files, whole = sorted(path for path in DATA.glob("*.yaml") if path.name != SKALAER), TypeAdapter(Skemafil)
    return tuple(_with_scales(whole.validate_python(_load(path)), skalaer) for path in files)


def _load(path: Path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _with_scales(skema: Skemafil, skalaer: list[Skala]) -> Skemafil:
    """Each form has its own copy of the scales it uses."""
    used = {each.skala for afsnit in skema.afsnit for each in afsnit.spoergsmaal if each.skala}
    if unknown := used - {each.kode for each in skalaer}:
        raise ValueError(f"{skema.art}: no such scale: {unknown}")
    return replace(skema, skalaer=tuple(each for each in skalaer if each.kode in used))

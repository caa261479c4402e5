"""What a document is to the count: pieces in order, each of a kind and with a number of characters. No Django."""

import unicodedata
from dataclasses import dataclass, field, replace
from enum import Enum
from xml.etree import ElementTree as ET

from elevforloeb.core.files.reasons import Refused

MOST_XML = 30_000_000  # bytes of one part; a report of 35 pages has one million
INVISIBLE = {"Mn", "Me"}  # an accent over a letter belongs to the letter
JOINER = "\u200d"


class Slags(Enum):
    FORSIDE = "Forside"
    INDHOLD = "Indholdsfortegnelse"
    OVERSKRIFT = "Overskrifter"
    TEKST = "Brødtekst"
    TABEL = "Tabeller"
    TEKSTBOKS = "Tekstbokse"
    NOTE = "Noter"
    SIDEHOVED = "Sidehoved og sidefod"
    BILAG = "Bilag"
    SKJULT = "Skjult tekst"

    @property
    def er_broedtekst(self) -> bool:
        """What can stand on a front page or in an appendix."""
        return self in (Slags.OVERSKRIFT, Slags.TEKST, Slags.TABEL, Slags.TEKSTBOKS)


LEFT_OUT = frozenset({Slags.FORSIDE, Slags.INDHOLD, Slags.NOTE, Slags.SIDEHOVED, Slags.BILAG})


@dataclass(frozen=True)
class Stykke:
    slags: Slags
    tegn: int
    overskrift: str = ""
    ny_side: bool = False  # begins on a new page because somebody wanted it

    def moved(self, slags: Slags | None) -> "Stykke":
        return replace(self, slags=slags) if slags and self.slags.er_broedtekst else self


@dataclass
class Dokument:
    stykker: list[Stykke] = field(default_factory=list)
    praecis: bool = True
    forbehold: list[str] = field(default_factory=list)


def length(text: str) -> int:
    """Characters as people count them: é is one, however it is written."""
    if text.isascii():
        return len(text)
    return sum(unicodedata.category(sign) not in INVISIBLE and sign != JOINER for sign in text)


def tell(target, part: bytes) -> None:
    """Lets the parser tell `target` of each element. Nothing in the part unfolds: read_part has seen to that."""
    parser = ET.XMLParser(target=target)  # noqa: S314
    try:
        parser.feed(part)
        parser.close()
    except (ET.ParseError, ValueError) as problem:
        raise Refused("ulaeselig") from problem


def read_part(archive, name: str) -> bytes:
    """One XML part within bounds, and without anything that unfolds when it is read."""
    if archive.getinfo(name).file_size > MOST_XML:
        raise Refused("for_tung")
    part = archive.read(name)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part or b"\x00" in part:
        raise Refused("script")
    return part

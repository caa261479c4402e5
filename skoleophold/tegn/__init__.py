"""Counts the characters of a report as the rule for the fagprøve does: with spaces, without what is left out.

    count_characters(data, "docx", normalside=2100, valg=Valg(bilag_fra="Bilag 1")) -> Optaelling

Exact for DOCX, ODT and text; "cirka" for PDF, with the reason. Like Word, it does not count what the program writes by
itself: numbers and dots of lists, and the number at a note. No Django; no figure of the rule stands here.

A reader (docx.py, odt.py, tekst.py) makes pieces in the order of the document (stykker.py); this module decides what is
front page and appendix, and adds up.
"""

from collections import Counter
from dataclasses import dataclass

from . import docx, odt, tekst
from .stykker import LEFT_OUT, Slags, Stykke

__all__ = ["LEFT_OUT", "Del", "Optaelling", "Slags", "Valg", "count_characters"]

READERS = {"docx": docx.read, "odt": odt.read, "txt": tekst.read_plain, "pdf": tekst.read_pdf}


@dataclass(frozen=True)
class Valg:
    """What the person chooses: which kinds do not count, and the heading that the appendix begins with."""

    udelad: frozenset[Slags] = LEFT_OUT
    bilag_fra: str = ""


@dataclass(frozen=True)
class Del:
    slags: Slags
    tegn: int
    talt_med: bool

    @property
    def navn(self) -> str:
        return self.slags.value


@dataclass(frozen=True)
class Optaelling:
    dele: tuple[Del, ...]  # those that the document has, in the order of Slags
    praecis: bool
    forbehold: tuple[str, ...]  # what the person should know about the figure
    overskrifter: tuple[str, ...]  # to choose the beginning of the appendix from

    @property
    def tegn(self) -> int:
        return sum(part.tegn for part in self.dele if part.talt_med)

    @property
    def udeladt(self) -> int:
        return sum(part.tegn for part in self.dele if not part.talt_med)


def count_characters(data: bytes, art: str, *, normalside: int, valg: Valg = Valg()) -> Optaelling:
    """Refused (core.files.reasons) when the file is damaged or a trap. `normalside`: characters of a standard page."""
    document = READERS[art](data)
    pieces, told = _placed(document.stykker, normalside, valg)
    totals = Counter()
    for piece in pieces:
        totals[piece.slags] += piece.tegn
    parts = (Del(slags, totals[slags], slags not in valg.udelad | {Slags.SKJULT}) for slags in Slags if totals[slags])
    headings = tuple(dict.fromkeys(piece.overskrift for piece in document.stykker if piece.overskrift))
    return Optaelling(tuple(parts), document.praecis, (*document.forbehold, *told), headings)


def _placed(pieces: list[Stykke], normalside: int, valg: Valg) -> tuple[list[Stykke], list[str]]:
    """The pieces with front page and appendix marked, and what could not be found."""
    told = []
    front = _end_of_front_page(pieces, normalside)
    if not front and Slags.FORSIDE in valg.udelad and not any(piece.slags is Slags.FORSIDE for piece in pieces):
        told.append("Der er ikke fundet en forside. Står der en, så lad den slutte med et sideskift.")
    back = _beginning_of_appendix(pieces, valg.bilag_fra)
    if valg.bilag_fra and back == len(pieces):
        told.append(f"Overskriften “{valg.bilag_fra}” er ikke fundet, så der er ingen bilag trukket fra.")
    moved = [
        piece.moved(Slags.FORSIDE if number < front else Slags.BILAG if number >= back else None)
        for number, piece in enumerate(pieces)
    ]
    return moved, told


def _end_of_front_page(pieces: list[Stykke], normalside: int) -> int:
    """How many pieces stand before the first page break. More than a page of text before it is no front page."""
    first = next((number for number, piece in enumerate(pieces) if piece.ny_side and number), 0)
    text = sum(piece.tegn for piece in pieces[:first] if piece.slags.er_broedtekst)
    return first if text <= normalside else 0


def _beginning_of_appendix(pieces: list[Stykke], heading: str) -> int:
    found = (number for number, piece in enumerate(pieces) if heading and piece.overskrift == heading)
    return next(found, len(pieces))

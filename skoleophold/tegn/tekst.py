"""Plain text, which is exact, and PDF, which is not: a PDF knows where each letter stands, and no paragraphs."""

import re
from collections import Counter

from elevforloeb.core.files.apart import run_apart
from elevforloeb.core.files.plain import decode

from .stykker import Dokument, Slags, Stykke, length

HEADING = re.compile(r"(bilag|appendi(x|ks)|litteratur|kilde)\w*\b.{0,60}$|\d+(\.\d+)*\.?\s+\S.{0,70}$", re.IGNORECASE)
FIGURES = re.compile(r"\d+")
EDGE = 2  # lines at the top and at the bottom of a page that can be its header and footer
ABOUT = (
    "Tallet er cirka: en PDF gemmer ikke afsnit, så mellemrum ved linjeskift er anslået, og noter og tabeller kan ikke "
    "skelnes fra teksten. Gem udkastet som DOCX eller ODT for at få det præcise tal."
)
NO_TEXT = "Der er ingen tekst i PDF-filen. Den er nok et billede af siderne."


def read_plain(data: bytes) -> Dokument:
    """Line ends do not count, as paragraphs do not in Word. A form feed begins a new page."""
    pieces = []
    for number, page in enumerate(decode(data).split("\f")):
        lines = page.splitlines() or [""]
        pieces += [_line(line, ny_side=number > 0 and first == 0) for first, line in enumerate(lines)]
    return Dokument(pieces)


def _line(line: str, *, ny_side: bool) -> Stykke:
    words = " ".join(line.split())
    is_heading = bool(HEADING.match(words)) and not words.endswith((".", ",", ";"))
    slags = Slags.OVERSKRIFT if is_heading else Slags.TEKST
    return Stykke(slags, length(line), words if is_heading else "", ny_side)


def read_pdf(data: bytes) -> Dokument:
    pages = [
        [line.strip() for line in page.splitlines() if line.strip()]
        for page in run_apart("pdf_text", data).decode().split("\f")
    ]
    repeated = _repeated(pages)
    document = Dokument(praecis=False, forbehold=[ABOUT if any(pages) else NO_TEXT])
    for number, lines in enumerate(pages):
        document.stykker += _page(lines, repeated, ny_side=number > 0)
    return document


def _repeated(pages: list[list[str]]) -> set[str]:
    """Lines that stand at the edge of most pages; a page number differs from page to page."""
    seen = Counter(line for page in pages for line in {_shape(each) for each in page[:EDGE] + page[-EDGE:]})
    return {line for line, times in seen.items() if times >= max(3, 0.6 * len(pages))}


def _shape(line: str) -> str:
    return FIGURES.sub("0", line)


def _page(lines: list[str], repeated: set[str], *, ny_side: bool) -> list[Stykke]:
    pieces = []
    for number, line in enumerate(lines):
        at_edge = number < EDGE or number >= len(lines) - EDGE
        if at_edge and _shape(line) in repeated:
            pieces.append(Stykke(Slags.SIDEHOVED, length(line), ny_side=ny_side))
        else:
            piece = _line(line, ny_side=ny_side)
            pieces.append(Stykke(piece.slags, piece.tegn + _blank_after(line), piece.overskrift, ny_side))
        ny_side = False
    return pieces


def _blank_after(line: str) -> int:
    """Where a line was broken stood a space; where a word was divided, a hyphen is too many."""
    return -1 if line.endswith("-") and line[-2:-1].isalpha() else 1

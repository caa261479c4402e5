"""Small Danish sentences from numbers and lists."""

import unicodedata
from collections.abc import Sequence

TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def count_noun(number: int, singular: str, plural: str) -> str:
    """1 dag, 2 dage, 0 dage"""
    return f"{number} {singular if number == 1 else plural}"


def join_words(words: Sequence[str], last: str = "og") -> str:
    """Noah, Freja og Yusuf"""
    *first, final = words
    return f"{', '.join(first)} {last} {final}" if first else final


def decimal_comma(number: float) -> str:
    """7,4 and 7, never 7,0"""
    return f"{number:.1f}".removesuffix(".0").replace(".", ",")


ONE_OF = {"dage": "dag", "uger": "uge", "måneder": "måned", "elever": "elev", "filer": "fil", "minutter": "minut"}


def with_unit(number: int, unit: str) -> str:
    """1 dag før skolen, 21 dage, and ja where a number only answers a question"""
    if "er ja" in unit:
        return "ja" if number else "nej"
    first, space, rest = unit.partition(" ")
    return f"{number} {ONE_OF.get(first, first) if number == 1 else first}{space}{rest}"


def genitive(name: str) -> str:
    """Saras, Tobias’"""
    return f"{name}’" if name[-1:].lower() in "sxz" else f"{name}s"


def one_line(text: str) -> str:
    """A name as somebody typed or pasted it: no line break, and no sign that turns the text after it around."""
    return " ".join("".join(sign for sign in text if unicodedata.bidirectional(sign) not in TURNS).split())

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError

MOST_ROWS = 10_000
LONGEST_CELL = 4_000  # characters
LONGEST_TITLE = 60
NAMED = re.compile(r"(?:skole)?(?:ophold|periode|modul)\s*(?:nr\.?\s*)?(\d{1,2})\b|^\s*(\d{1,2})\b", re.IGNORECASE)


class FilError(ValidationError):
    """The file as a whole cannot be used; the words say what to do."""


@dataclass(frozen=True)
class Raekke:
    """A row with the number of the line it stands on in the file, and its cells by our own names."""

    nr: int
    felter: dict[str, str]


def too_many() -> FilError:
    return FilError("Filen har over 10.000 linjer. Del den i flere filer.")


def period_number(text: str) -> str:
    """The 1 of “KOF 27-2 Skoleophold 1”: the class and the weeks have numbers too. Nothing when it cannot be told."""
    if len(text) > LONGEST_TITLE:
        return ""
    if named := NAMED.search(text):
        return named[1] or named[2]
    numbers = re.findall(r"\d+", text)
    return numbers[0] if len(numbers) == 1 and len(numbers[0]) <= 2 else ""

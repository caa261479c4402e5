from dataclasses import dataclass

from django.core.exceptions import ValidationError

MOST_ROWS = 10_000
LONGEST_CELL = 4_000  # characters


class FilError(ValidationError):
    """The file as a whole cannot be used; the words say what to do."""


@dataclass(frozen=True)
class Raekke:
    """A row with the number of the line it stands on in the file, and its cells by our own names."""

    nr: int
    felter: dict[str, str]


def too_many() -> FilError:
    return FilError("Filen har over 10.000 linjer. Del den i flere filer.")

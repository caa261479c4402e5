"""Elever pasted from a spreadsheet: from text to rows with the number of the line they stood on.

A line is navn, e-mail, telefon, "25 år eller mere" (ja/nej), parted by tabs or semicolons. A heading line may name the
columns in another order.
"""

from dataclasses import dataclass

COLUMNS = ("navn", "email", "telefon", "voksenelev")
HEADINGS = {
    "navn": "navn",
    "elev": "navn",
    "e-mail": "email",
    "email": "email",
    "mail": "email",
    "telefon": "telefon",
    "tlf": "telefon",
    "mobil": "telefon",
    "25+": "voksenelev",
    "voksenelev": "voksenelev",
    "25 år eller mere": "voksenelev",
}
YES = {"ja", "x", "1", "true", "sand"}


@dataclass(frozen=True)
class Linje:
    nr: int
    felter: dict[str, str]


def read_lines(text: str) -> list[Linje]:
    columns, lines = COLUMNS, []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [cell.strip().strip('"').strip() for cell in line.split("\t" if "\t" in line else ";")]
        if not lines and (heading := _heading(cells)):
            columns = heading
            continue
        lines.append(Linje(number, _fields(columns, cells)))
    return lines


def _heading(cells: list[str]) -> tuple[str, ...]:
    """The columns when the line names them; a name with no meaning here is a column that is left out."""
    names = tuple(HEADINGS.get(cell.lower().rstrip("."), "") for cell in cells)
    return names if "email" in names and "navn" in names else ()


def _fields(columns: tuple[str, ...], cells: list[str]) -> dict[str, str]:
    fields = {name: cell for name, cell in zip(columns, cells, strict=False) if name}
    fields["voksenelev"] = "on" if fields.get("voksenelev", "").lower() in YES else ""
    return fields

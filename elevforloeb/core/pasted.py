"""Cells pasted from a spreadsheet, or typed with semicolons between: rows, each with the number of its line."""

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

LONGEST_TEXT = 100_000  # characters; many times the longest list


class RegnearkField(forms.CharField):
    """`flest`: the most lines that are taken."""

    def __init__(self, *, flest: int, **options):
        super().__init__(max_length=LONGEST_TEXT, widget=forms.Textarea({"rows": 8, "spellcheck": "false"}), **options)
        self.flest = flest

    def validate(self, value):
        super().validate(value)
        if len(value.splitlines()) > self.flest:
            raise forms.ValidationError(f"Indsæt højst {self.flest} linjer ad gangen.")


@dataclass(frozen=True)
class Linje:
    nr: int
    felter: dict[str, str]


def read_lines(text: str, headings: Mapping[str, str], columns: tuple[str, ...], needed: set[str]) -> list[Linje]:
    """`headings`: what a heading may be called, in lower case, and the column it means.

    A first line that names the `needed` columns says their order, and a heading with no meaning is a column that is
    left out. Without such a line they come as in `columns`.
    """
    lines = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        cells = [cell.strip().strip('"').strip() for cell in line.split("\t" if "\t" in line else ";")]
        if not lines and needed <= set(named := tuple(headings.get(cell.lower().rstrip("."), "") for cell in cells)):
            columns = named
            continue
        lines.append(Linje(number, {name: cell for name, cell in zip(columns, cells, strict=False) if name}))
    return lines

"""The reading of tables: CSV and Excel. What may come in is decided where files are (core/files)."""

import csv
import io
import warnings
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from .ics import read_ics
from .raekker import LONGEST_CELL, MOST_ROWS, FilError, Raekke, too_many

MOST_COLUMNS = 60

Row = tuple[int, list[str]]


def read_rows(content: bytes, headings: dict[str, str]) -> list[Raekke]:
    """`content` is that of a CheckedFile, so its size, its kind and what is packed in it have been looked at.

    `headings`: what people call a column, in small letters, and what we call it. Other columns are passed over.
    """
    if content.startswith(b"PK\x03\x04"):
        return list(_named(_excel_rows(content), headings))
    text = content.decode()
    if not text.strip():
        raise FilError("Filen er tom. Vælg en anden fil.")
    if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        return read_ics(text)
    return list(_named(_csv_rows(text), headings))


def _csv_rows(text: str) -> Iterator[Row]:
    first = text.lstrip().splitlines()[0]
    delimiter = max(";\t,", key=first.count)
    # Strict: a quotation mark without its mate would swallow every line below it, and nobody would miss them.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for cells in reader:
            yield number + 1, cells
            number = reader.line_num
    except csv.Error as error:
        words = f"Linje {number + 1} kan ikke læses. Se efter et anførselstegn, der mangler sin makker."
        raise FilError(words) from error


def _excel_rows(content: bytes) -> Iterator[Row]:
    """The first sheet. Formulas give the value that was last calculated."""
    from openpyxl import load_workbook  # brings numpy along

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and printers, which we do not look at
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
                yield number, [_as_text(cell) for cell in cells]
            book.close()
    except Exception as error:  # a broken file can fail anywhere in three libraries
        raise FilError("Excel-filen kan ikke læses. Åbn den, gem den igen som .xlsx, og prøv så.") from error


def _as_text(cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _named(rows: Iterable[Row], headings: dict[str, str]) -> Iterator[Raekke]:
    columns, found = None, 0
    for number, cells in rows:
        cells = [cell.strip()[:LONGEST_CELL] for cell in cells[:MOST_COLUMNS]]
        if not any(cells):
            continue
        if columns is None:
            columns = _columns(cells, headings)
            continue
        found += 1
        if found > MOST_ROWS:
            raise too_many()
        yield Raekke(number, {name: cell for name, cell in zip(columns, cells, strict=False) if name})
    if not found:
        raise FilError("Filen har ingen linjer under overskrifterne.")


def _columns(cells: list[str], headings: dict[str, str]) -> list[str]:
    names = [headings.get(cell.lower().rstrip(".:").strip(), "") for cell in cells]
    double = next((name for name in names if name and names.count(name) > 1), None)
    if double:
        twice = [cell for cell, name in zip(cells, names, strict=True) if name == double]
        raise FilError(f"Kolonnerne “{twice[0]}” og “{twice[1]}” betyder det samme. Slet den ene.")
    if sum(map(bool, names)) < 2:
        known = ", ".join(dict.fromkeys(headings))
        raise FilError(f"Den første linje skal være overskrifter. Systemet kender: {known}.")
    return names

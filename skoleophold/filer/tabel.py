"""Which kind of file it is, by its content, and the reading of tables: CSV and Excel."""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from .ics import read_ics
from .raekker import LARGEST_FILE, LONGEST_CELL, MOST_ROWS, FilError, Raekke, too_many

LARGEST_UNPACKED = 100_000_000  # bytes; an honest sheet of 10,000 rows is far below
MOST_COLUMNS = 60
FOREIGN = [
    (b"\xd0\xcf\x11\xe0", "Filen er i det gamle Excel-format. Gem den som .xlsx, og prøv igen."),
    (b"%PDF", "Filen er en PDF. Bed skolen om en CSV-, Excel- eller kalenderfil (.ics)."),
]

Row = tuple[int, list[str]]


def read_rows(content: bytes, headings: dict[str, str]) -> list[Raekke]:
    """`headings`: what people call a column, in small letters, and what we call it. Other columns are passed over."""
    if len(content) > LARGEST_FILE:
        raise FilError("Filen må højst fylde 5 MB. Del den i flere filer.")
    for mark, words in FOREIGN:
        if content.startswith(mark):
            raise FilError(words)
    if content.startswith(b"PK\x03\x04"):
        return list(_named(_excel_rows(content), headings))
    text = decode(content)
    if text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        return read_ics(text)
    return list(_named(_csv_rows(text), headings))


def decode(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or Windows-1252, which is what Excel in Denmark writes. Nothing else is in use."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\x00" in text:
        raise FilError("Filen er ikke en CSV-, Excel- eller kalenderfil. Vælg en anden fil.")
    if not text.strip():
        raise FilError("Filen er tom. Vælg en anden fil.")
    return text


def _csv_rows(text: str) -> Iterator[Row]:
    first = text.lstrip().splitlines()[0]
    delimiter = max(";\t,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
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
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise FilError("Regnearket er for stort. Kopiér rækkerne til et nyt, tomt ark, og prøv igen.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and printers, which we do not look at
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), start=1):
                yield number, [_as_text(cell) for cell in cells]
            book.close()
    except FilError:
        raise
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

"""Excel files by XlsxWriter. A text is always a text: what somebody typed can never run as a formula or open a link."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING

from django.http import HttpResponse

if TYPE_CHECKING:  # the library is loaded by who writes a file: it weighs on every web worker otherwise
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "d. mmm yyyy",
}
LONGEST_TEXT = 32_767  # Excel's own limit for one cell


@dataclass(frozen=True)
class Kolonne:
    titel: str
    bredde: int = 18  # characters


@dataclass(frozen=True)
class Ark:
    """A sheet with one heading row. Cells are text, numbers, dates or None. A Decimal is an amount: 1.234,50."""

    navn: str
    kolonner: tuple[Kolonne, ...]
    raekker: Iterable[tuple]


@contextmanager
def new_workbook(output: BytesIO) -> "Iterator[Workbook]":
    import xlsxwriter

    with xlsxwriter.Workbook(output, OPTIONS) as book:
        yield book


def excel_response(filename: str, *sheets: Ark) -> HttpResponse:
    """The sheets as a file to download."""
    output = BytesIO()
    with new_workbook(output) as book:
        for sheet in sheets:
            write_sheet(book, sheet)
    return download(output, filename)


def download(output: BytesIO, filename: str) -> HttpResponse:
    disposition = f'attachment; filename="{filename}"'
    return HttpResponse(output.getvalue(), content_type=MIME, headers={"Content-Disposition": disposition})


def write_sheet(book: "Workbook", sheet: Ark) -> "Worksheet":
    page = book.add_worksheet(sheet_name(sheet.navn))
    heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    for number, column in enumerate(sheet.kolonner):
        page.set_column(number, number, column.bredde)
        page.write_string(0, number, column.titel, heading)
    amount, row = book.add_format({"num_format": "#,##0.00"}), 0
    for row, cells in enumerate(sheet.raekker, start=1):  # noqa: B007 - the last number is used below
        for number, value in enumerate(cells):
            write_cell(page, row, number, value, amount)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, row, len(sheet.kolonner) - 1)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    return page


def write_cell(page: "Worksheet", row: int, column: int, value, amount=None) -> None:
    if value is None or value == "":
        return
    if isinstance(value, date):  # a datetime is one too, but must not carry a time zone
        page.write_datetime(row, column, value)
    elif isinstance(value, Decimal):
        page.write_number(row, column, value, amount)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(value)[:LONGEST_TEXT])


def sheet_name(text: str) -> str:
    """Excel allows 31 characters and not these."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in text).strip("' ")[:31] or "Ark"

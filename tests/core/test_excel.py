from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from elevforloeb.core.excel import Ark, Kolonne, excel_response

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "https://example.com", "\t=1", "{=1}"]


def read(*sheets):
    response = excel_response("liste.xlsx", *sheets)
    return response, load_workbook(BytesIO(response.content))


def test_typed_text_stays_text():
    _, book = read(Ark("Elever", (Kolonne("Navn"),), [(text,) for text in DANGEROUS]))
    cells = [row[0] for row in book["Elever"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == DANGEROUS
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_dates_and_numbers_can_be_counted_with():
    _, book = read(Ark("Ark", (Kolonne("Dato"), Kolonne("Tal"), Kolonne("Tom")), [(date(2026, 9, 1), 4, None)]))
    assert [cell.value for cell in book["Ark"][2]] == [datetime(2026, 9, 1), 4, None]  # noqa: DTZ001


def test_the_heading_stays_in_view_and_the_file_downloads():
    response, book = read(Ark("Plan: [2026]/x", (Kolonne("Navn", 30),), []))
    assert book.sheetnames == ["Plan   2026  x"]
    assert book.active.freeze_panes == "A2"
    assert response.headers["Content-Disposition"] == 'attachment; filename="liste.xlsx"'


def test_a_text_longer_than_a_cell_is_cut():
    _, book = read(Ark("Ark", (Kolonne("Navn"),), [("x" * 40_000,)]))
    assert len(book.active["A2"].value) == 32_767

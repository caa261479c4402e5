"""Files from the school: every kind, every encoding, and what is no file of ours. No 500, and reasons in Danish."""

import io
import zipfile
from datetime import date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from elevforloeb.core.files.fields import FilFelt
from skoleophold.filer import read_rows
from skoleophold.queries.karakterlinjer import HEADINGS as KARAKTERER
from skoleophold.queries.linjer import Fejl, read_day
from skoleophold.queries.periodelinjer import HEADINGS
from skoleophold.uses import SKOLELISTE
from tests.factories import add_rules

LINE = "Hold;Nr;Første dag;Sidste dag;Sted\nKøbenhavn 1;2;01-09-2027;12-09-2027;Lokale æøå\n"
FIELDS = {"skolehold": "København 1", "nr": "2", "fra": "01-09-2027", "til": "12-09-2027", "sted": "Lokale æøå"}


@pytest.fixture(autouse=True)
def sizes(db):
    add_rules()


def taken(content: bytes) -> bytes:
    """What the form hands on of a file that is sent in."""
    return FilFelt(use=SKOLELISTE).clean(SimpleUploadedFile("fra-skolen", content)).data


def rows(content, headings=HEADINGS):
    return [(row.nr, row.felter) for row in read_rows(taken(content), headings)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_danish_letters_survive_every_encoding_that_is_in_use(encoding):
    assert rows(LINE.encode(encoding)) == [(2, FIELDS)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_columns_may_be_parted_by_semicolon_comma_or_tab(delimiter):
    assert rows(LINE.replace(";", delimiter).encode()) == [(2, FIELDS)]


def test_a_cell_over_two_lines_does_not_move_the_line_numbers_before_it():
    text = 'Hold;Nr;Fag\nA;1;"Mandag: dansk\nTirsdag: fri"\n\nB;2;Engelsk\n'
    assert [(nr, felter["nr"]) for nr, felter in rows(text.encode())] == [(2, "1"), (5, "2")]


def sheet(*lines) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for line in lines:
        book.active.append(line)
    book.save(out)
    return out.getvalue()


def test_an_excel_sheet_gives_the_same_rows_with_its_dates_and_numbers():
    heads = ("Hold", "Nr", "Første dag", "Sidste dag")
    content = sheet(
        heads, ("A", 2.0, datetime.combine(date(2027, 9, 1), time()), date(2027, 9, 12)), (), ("B", 3, "1/9 2027", None)
    )
    assert rows(content) == [
        (2, {"skolehold": "A", "nr": "2", "fra": "2027-09-01", "til": "2027-09-12"}),
        (4, {"skolehold": "B", "nr": "3", "fra": "1/9 2027", "til": ""}),
    ]


def calendar(*events: str) -> bytes:
    body = "\r\n".join(f"BEGIN:VEVENT\r\nUID:{nr}\r\n{event}\r\nEND:VEVENT" for nr, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}\r\nEND:VCALENDAR\r\n".encode()


@pytest.mark.parametrize(
    ("times", "days"),
    [
        ("DTSTART;VALUE=DATE:20270906\r\nDTEND;VALUE=DATE:20270918", ("2027-09-06", "2027-09-17")),
        ("DTSTART;VALUE=DATE:20270906", ("2027-09-06", "2027-09-06")),
        ("DTSTART:20270905T220000Z\r\nDTEND:20270917T130000Z", ("2027-09-06", "2027-09-17")),
        ("DTSTART:20270906T083000\r\nDTEND:20270918T000000", ("2027-09-06", "2027-09-17")),
        ("DTSTART;TZID=America/New_York:20270905T190000\r\nDURATION:P1D", ("2027-09-06", "2027-09-07")),
        ("DTSTART;TZID=Romance Standard Time:20270906T083000\r\nDTEND;TZID=Romance Standard Time:20270917T150000",
         ("2027-09-06", "2027-09-17")),
        ("DTSTART;TZID=Ingen/Steder:20270906T083000\r\nDTEND;TZID=Ingen/Steder:20270917T150000",
         ("2027-09-06", "2027-09-17")),
    ],
    ids=["whole days", "one day", "UTC", "floating", "another continent", "Outlook's name", "no such zone"],
)  # fmt: skip
def test_an_event_is_days_in_denmark_whatever_zone_it_is_written_in(times, days):
    ((nr, felter),) = rows(calendar(f"SUMMARY:Skoleophold 2\r\nLOCATION:Lokale 4\r\n{times}"))
    assert nr == 4 and (felter["fra"], felter["til"]) == days
    assert (felter["titel"], felter["nr"], felter["sted"]) == ("Skoleophold 2", "2", "Lokale 4")


def test_an_event_that_repeats_itself_or_has_no_time_says_so_on_its_line():
    content = calendar("DTSTART:20270906T083000\r\nRRULE:FREQ=DAILY", "SUMMARY:Intet")
    wrong = [felter["fejl"] for _, felter in rows(content)]
    assert "gentager sig" in wrong[0] and "tider kan ikke læses" in wrong[1]


def packed(name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: b"", "tom"),
        (lambda: b"  \n ", "tom"),
        (lambda: b"%PDF-1.7 x", "af typen CSV, Excel"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "gammelt Office-format"),
        (lambda: b"PK\x03\x04 not a zip", "kan ikke læses"),
        (lambda: packed("word/document.xml", b"x"), "pakket"),
        (lambda: packed("xl/worksheets/sheet1.xml", b"0" * 120_000_000), "fylder for meget"),
        (lambda: b"\x89PNG\r\n\x00\x00", "ikke ren tekst"),
        (lambda: b"Navn;Adresse\nA;B\n", "overskrifter"),
        (lambda: b"Hold;Nr\n", "ingen linjer"),
        (lambda: b'Hold;Sted\nA;"Lokale 1\nB;Lokale 2\nC;Lokale 3\n', "Linje 2 kan ikke læses"),  # not one line
        (lambda: b"Hold;Klasse;Nr\nA;B;1\n", "betyder det samme"),
        (lambda: b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR", "Kalenderfilen"),
        (lambda: b"BEGIN:VCALENDAR\r\nEND:VCALENDAR", "ingen begivenheder"),
        (lambda: b"Hold;Nr\n" + b"A;1\n" * 10_001, "10.000"),
        (lambda: b"x" * (5 * 1024 * 1024 + 1), "5 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_used_is_refused_in_words(make, words):
    content = make()
    with pytest.raises(ValidationError, match=words):
        rows(content)


def test_ten_thousand_lines_are_read():
    assert len(rows(b"Hold;Nr\n" + b"A;1\n" * 10_000)) == 10_000


def test_other_columns_are_passed_over():
    assert rows(b"E-mail;CPR;Fag\na@b.dk;x;LOV\n", KARAKTERER) == [(2, {"email": "a@b.dk", "fag": "LOV"})]


@pytest.mark.parametrize("text", ["2027-09-01", "01-09-2027", "1.9.2027", "1/9 2027", "1/9/2027", "2027-09-01 00:00"])
def test_a_date_is_read_as_danes_and_machines_write_it(text):
    assert read_day(text, "Dato") == date(2027, 9, 1)


@pytest.mark.parametrize("text", ["", "31-02-2027", "snart", "2027", "01-09-27", "01-09-1900", "٠١-٠٩-٢٠٢٧x"])
def test_what_is_no_date_is_refused(text):
    with pytest.raises(Fejl):
        read_day(text, "Dato")

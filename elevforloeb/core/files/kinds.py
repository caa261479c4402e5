"""The kinds of files that may come in, told by how they begin and never by their name. No Django."""

import re
from dataclasses import dataclass

from .reasons import Refused


@dataclass(frozen=True)
class Kind:
    key: str
    label: str
    mime: str
    ending: str
    shown: bool = False  # a browser may show it in its own window; all else is downloaded


PDF = Kind("pdf", "PDF", "application/pdf", ".pdf", shown=True)
JPG = Kind("jpg", "JPG", "image/jpeg", ".jpg", shown=True)
PNG = Kind("png", "PNG", "image/png", ".png", shown=True)
DOCX = Kind("docx", "Word (DOCX)", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
XLSX = Kind("xlsx", "Excel (XLSX)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
ODT = Kind("odt", "ODT", "application/vnd.oasis.opendocument.text", ".odt")
TXT = Kind("txt", "tekst (TXT)", "text/plain; charset=utf-8", ".txt")
CSV = Kind("csv", "CSV", "text/csv; charset=utf-8", ".csv")
ICS = Kind("ics", "kalender (ICS)", "text/calendar; charset=utf-8", ".ics")

KINDS = {kind.key: kind for kind in (PDF, JPG, PNG, DOCX, XLSX, ODT, TXT, CSV, ICS)}
OFFICE = (DOCX, XLSX, ODT)
PLAIN = (TXT, CSV, ICS)

# How the files that we take begin, and how those that people take for them do.
BEGINNINGS = [
    (rb"%PDF-", "pdf"),
    (rb"\xff\xd8\xff", "jpg"),
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"PK\x03\x04", "zip"),
]
FOREIGN = [
    (rb".{4}ftyp(hei[cfmsx]|hev[cx]|mif1|msf1|avi[fs])", "heic"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf", "gammel_office"),
    (rb"MZ|\x7fELF|#!|\xca\xfe\xba\xbe|[\xce\xcf]\xfa\xed\xfe|L\x00\x00\x00\x01\x14\x02\x00", "program"),
    (rb"\s*\[InternetShortcut\]", "program"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b|\xfd7zXZ|BZh|PK\x05\x06|PK\x07\x08|MSCF|.{257}ustar", "arkiv"),
    (rb"GIF8|RIFF.{4}WEBP|BM.{4}\x00{4}|II\*\x00|MM\x00\*|%!PS", "forkert_type"),
    (rb"(\xef\xbb\xbf)?\s*<(\?xml|!doctype|!--|html|head|body|script|svg|iframe|meta)", "webside"),
]


def beginning(data: bytes) -> str:
    """pdf, jpg, png, zip or, when nothing else fits, text."""
    for pattern, code in FOREIGN:
        if re.match(pattern, data, re.DOTALL | re.IGNORECASE if code == "webside" else re.DOTALL):
            raise Refused(code)
    return next((key for pattern, key in BEGINNINGS if re.match(pattern, data, re.DOTALL)), "text")

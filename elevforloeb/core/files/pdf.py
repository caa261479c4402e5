"""A PDF that only shows pages: no code, no attached files, nothing else in the same file. Runs apart."""

import re
from contextlib import contextmanager
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from .reasons import Refused

MOST_OBJECTS, MOST_PAGES = 200_000, 1000
HEADER = re.compile(rb"%PDF-\d\.\d[ \t]*[\r\n]")
AFTER_THE_END = re.compile(rb"%%EOF[\s\x00]*\Z")
PAGE_IN_DISGUISE = re.compile(rb"<(html|script|svg|iframe|body)", re.IGNORECASE)
ZIP_END = b"PK\x05\x06"  # stands within the last 65,557 bytes of anything that can be opened as a zip
# What a dictionary may not have, or do.
KEYS = {
    "/JS": "script",
    "/JavaScript": "script",
    "/XFA": "script",
    "/RichMedia": "script",
    "/EmbeddedFile": "vedhaeftet",
    "/EmbeddedFiles": "vedhaeftet",
    "/EF": "vedhaeftet",
    "/RF": "vedhaeftet",
}
ACTS = {
    "/JavaScript": "script",
    "/Launch": "script",
    "/SubmitForm": "script",
    "/ImportData": "script",
    "/Rendition": "script",
    "/RichMediaExecute": "script",
    "/GoToE": "vedhaeftet",
    "/GoToR": "henter",
}
TYPES = {"/EmbeddedFile": "vedhaeftet", "/RichMedia": "script", "/FileAttachment": "vedhaeftet"}


def check(data: bytes) -> bytes:
    _check_outside(data)
    with _readable(data):
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise Refused("laast")
        if not 0 < len(reader.pages) <= MOST_PAGES:
            raise Refused("for_tung" if reader.pages else "ulaeselig")
        _check(reader.trailer)
        for number, found in enumerate(_objects(reader)):
            if number > MOST_OBJECTS:
                raise Refused("for_tung")
            _check(found)
    return b""


def text(data: bytes) -> bytes:
    """The text of each page, with a form feed between pages."""
    with _readable(data):
        pages = PdfReader(BytesIO(data), strict=False).pages
        return "\f".join(page.extract_text() for page in pages).encode(errors="replace")


@contextmanager
def _readable(data: bytes):
    """What goes wrong inside pypdf is a reason to refuse. A lock that it does not know stops it like any damage."""
    try:
        yield
    except LimitReachedError as problem:
        raise Refused("bombe") from problem
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        AssertionError,
    ) as problem:
        raise Refused("laast" if b"/Encrypt" in data else "ulaeselig") from problem
    except RecursionError as problem:
        raise Refused("for_tung") from problem


def _check_outside(data: bytes) -> None:
    """One file is one document: nothing before its first line, nothing after its last, and no zip around it."""
    if not HEADER.match(data) or PAGE_IN_DISGUISE.search(data[:1024]) or ZIP_END in data[-65_557:]:
        raise Refused("to_i_en")
    if b"%%EOF" not in data:
        raise Refused("ulaeselig")
    if not AFTER_THE_END.search(data[-4096:]):
        raise Refused("to_i_en")


def _objects(reader: PdfReader):
    numbers = {(number, generation) for generation, found in reader.xref.items() for number in found}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    for number, generation in sorted(numbers):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _check(found) -> None:
    """This object and those inside it; what it points to has a number of its own."""
    waiting = [found]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            _check_dictionary(each)
            waiting += dict.values(each)
        elif isinstance(each, ArrayObject):
            waiting += list.__iter__(each)


def _check_dictionary(found: DictionaryObject) -> None:
    for key in dict.keys(found):
        if key in KEYS:
            raise Refused(KEYS[key])
    for table, key in ((ACTS, "/S"), (TYPES, "/Type"), (TYPES, "/Subtype")):
        value = found.get(key)
        value = value.get_object() if isinstance(value, IndirectObject) else value
        if isinstance(value, str) and value in table:
            raise Refused(table[value])
    if isinstance(found, StreamObject) and "/F" in found:
        raise Refused("henter")  # the stream lies in another file

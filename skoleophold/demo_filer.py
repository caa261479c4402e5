"""Small files for the demo, made in code and taken in as everybody else's: examined, kept, handed out by a view."""

from django.core.files.uploadedfile import SimpleUploadedFile

from elevforloeb.core.files.examine import CheckedFile, examine
from elevforloeb.core.files.uses import Use
from skoleophold.uses import BEVIS

HEADER = "%PDF-1.4\n"
FONT = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"


def demo_file(name: str, *lines: str, use: Use = BEVIS) -> CheckedFile:
    return examine(SimpleUploadedFile(name, simple_pdf(*lines), "application/pdf"), use)


def simple_pdf(*lines: str) -> bytes:
    """A page with a heading and lines of text. A browser can show it and our check lets it in; it is no PDF/UA."""
    shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines[1:])
    text = f"BT /F1 20 Tf 60 760 Td ({_escaped(lines[0])}) Tj /F1 12 Tf 18 TL 0 -40 Td\n{shown}ET"
    bodies = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(text)}>>\nstream\n{text}\nendstream",
        FONT,
    ]
    out, starts = HEADER, []
    for number, body in enumerate(bodies, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    size = len(bodies) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<</Size {size}/Root 1 0 R>>\n"
    return (out + end + f"startxref\n{len(out)}\n%%EOF\n").encode("cp1252")


def _escaped(line: str) -> str:
    return "".join(f"\\{sign}" if sign in "()\\" else sign for sign in line)

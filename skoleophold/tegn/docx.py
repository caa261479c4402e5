"""Word files: the body in order, then notes, headers and footers. One pass over the XML, and no tree in memory."""

import re
from xml.etree import ElementTree as ET

from elevforloeb.core.files.office import open_package
from elevforloeb.core.files.reasons import Refused

from .stykker import Dokument, Slags, Stykke, length, read_part, tell

HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
CONTENTS = re.compile(r"(toc \d|toc heading|table of figures)$", re.IGNORECASE)
WORD = re.compile(r"\{[^}]*wordprocessingml[^}]*\}(\w+)$")
SKIPPED = {"del", "moveFrom", "instrText", "delText", "tabs", "rPrChange", "pPrChange", "sectPrChange"}
OTHERS_SKIPPED = ("}Fallback", "}oMath", "}oMathPara")  # Fallback says the same again for old programs
ONE_CHARACTER = {"tab", "ptab", "cr", "noBreakHyphen", "softHyphen", "sym"}
FORMULA = "Formler er ikke talt med."


def read(data: bytes) -> Dokument:
    with open_package(data) as archive:
        names = archive.namelist()
        if "word/document.xml" not in names:
            raise Refused("ulaeselig")
        styles = Styles(read_part(archive, "word/styles.xml") if "word/styles.xml" in names else b"<styles/>")
        document = Dokument()
        _read_part(archive, "word/document.xml", document, Body(document, styles))
        for name in sorted(names):
            if slags := _slags_of(name):
                _read_part(archive, name, document, Body(document, styles, slags))
    return document


def _slags_of(name: str) -> Slags | None:
    if re.match(r"word/(foot|end)notes\.xml$", name):
        return Slags.NOTE
    return Slags.SIDEHOVED if re.match(r"word/(header|footer)\d*\.xml$", name) else None


def _read_part(archive, name: str, document: Dokument, target) -> None:
    tell(target, read_part(archive, name))
    if target.has_formula and FORMULA not in document.forbehold:
        document.forbehold.append(FORMULA)


def local(tag: str) -> str:
    """The name of a Word element, else nothing: drawings and formulas have elements called t and p as well."""
    found = WORD.match(tag)
    return found[1] if found else ""


def value(attrs: dict, name: str = "val") -> str:
    return next((text for key, text in attrs.items() if key.rpartition("}")[2] == name), "")


class Styles:
    """Which paragraph styles are headings, which belong to the table of contents, and which begin a new page."""

    def __init__(self, part: bytes):
        self.names, self.parents, self.levels, self.breaks = {}, {}, {}, set()
        try:
            styles = [each for each in ET.fromstring(part) if local(each.tag) == "style"]  # noqa: S314  no entities in it
        except ET.ParseError as problem:
            raise Refused("ulaeselig") from problem
        for style in styles:
            self._enter(value(style.attrib, "styleId"), style)

    def _enter(self, key: str, style) -> None:
        for each in style.iter():
            name, text = local(each.tag), value(each.attrib)
            if name == "name":
                self.names[key] = text
            elif name == "basedOn":
                self.parents[key] = text
            elif name == "outlineLvl" and text.isdecimal():
                self.levels[key] = int(text)
            elif name == "pageBreakBefore" and text not in ("0", "false"):
                self.breaks.add(key)

    def line(self, key: str) -> list[str]:
        """The style and those it is based on; a ring of them ends."""
        found = []
        while key and key not in found:
            found.append(key)
            key = self.parents.get(key, "")
        return found

    def is_heading(self, key: str) -> bool:
        line = self.line(key)
        return any(HEADING.match(self.names.get(each, "")) or self.levels.get(each, 9) < 9 for each in line)

    def is_contents(self, key: str) -> bool:
        return bool(CONTENTS.match(self.names.get(key, "")))

    def breaks_page(self, key: str) -> bool:
        return not self.breaks.isdisjoint(self.line(key))


class Paragraph:
    def __init__(self):
        self.tegn, self.text, self.hidden = 0, [], 0
        self.style, self.level, self.new_page, self.ends_section = "", 9, False, False


class Body:
    """Told of each element by the parser. Paragraphs lie in each other where a text box hangs in one."""

    def __init__(self, document: Dokument, styles: Styles, slags: Slags | None = None):
        self.pieces, self.styles, self.slags = document.stykker, styles, slags
        self.skipped = 0  # how deep in something that is not counted
        self.open: list[Paragraph] = []
        self.inside: list[str] = []  # tables and text boxes
        self.blocks: list[str] = []  # what Word says that a block is: Table of Contents, Cover Pages
        self.fields: list[str] = []  # the instruction of each field that is open
        self.words, self.keeps_spaces, self.hidden, self.instruction = None, False, False, False
        self.new_page = self.has_formula = self._in_properties = self.after_number = False

    # --- From the parser ---
    def start(self, tag: str, attrs: dict) -> None:
        name = local(tag)
        self.has_formula |= tag.endswith("}oMath")
        self.instruction = name == "instrText"
        if self.skipped or name in SKIPPED or tag.endswith(OTHERS_SKIPPED) or self._is_separator(name, attrs):
            self.skipped += 1
        elif name in ONE_CHARACTER:
            self._count("" if self.after_number and name == "tab" else "\t")
        elif name and (act := getattr(self, f"start_{name}", None)):
            act(attrs)

    def end(self, tag: str) -> None:
        name = local(tag)
        self.instruction = False
        if self.skipped:
            self.skipped -= 1
        elif name and (act := getattr(self, f"end_{name}", None)):
            act()

    def data(self, text: str) -> None:
        if self.words is not None and not self.skipped:
            self.words.append(text)
        elif self.instruction and self.fields:
            self.fields[-1] += text

    def close(self) -> None:
        pass

    # --- Text ---
    def start_t(self, attrs) -> None:
        self.words, self.keeps_spaces = [], value(attrs, "space") == "preserve"

    def end_t(self) -> None:
        text = "".join(self.words)
        self.words = None
        self._count(text if self.keeps_spaces else text.strip(" \t\r\n"))

    def start_footnoteRef(self, attrs) -> None:  # noqa: N802  Word's name
        self.after_number = True  # LibreOffice puts a tab between the number and the note

    start_endnoteRef = start_footnoteRef  # noqa: N815

    def start_r(self, attrs) -> None:
        self.hidden = False

    def start_vanish(self, attrs) -> None:
        self.hidden = value(attrs) not in ("0", "false") and not self._in_properties

    def start_br(self, attrs) -> None:
        if value(attrs, "type") == "page" and self.open and not self.inside:
            self._put(self.open[-1])
            self.new_page = True
        elif value(attrs, "type") not in ("page", "column"):
            self._count("\n")

    def _count(self, text: str) -> None:
        self.after_number = False
        if self.open and self.hidden:
            self.open[-1].hidden += length(text)
        elif self.open:
            self.open[-1].tegn += length(text)
            self.open[-1].text.append(text)

    # --- Paragraphs ---
    def start_p(self, attrs) -> None:
        self.open.append(Paragraph())
        self.hidden = self._in_properties = False

    def start_pPr(self, attrs) -> None:  # noqa: N802  Word's name
        self._in_properties = True

    def end_pPr(self) -> None:  # noqa: N802
        self._in_properties = False

    def start_pStyle(self, attrs) -> None:  # noqa: N802
        if self.open:
            self.open[-1].style = value(attrs)

    def start_outlineLvl(self, attrs) -> None:  # noqa: N802
        if self.open and value(attrs).isdecimal():
            self.open[-1].level = int(value(attrs))

    def start_pageBreakBefore(self, attrs) -> None:  # noqa: N802
        if self.open:
            self.open[-1].new_page = value(attrs) not in ("0", "false")

    def start_sectPr(self, attrs) -> None:  # noqa: N802
        if self.open:  # the last one stands outside all paragraphs and ends nothing
            self.open[-1].ends_section = True

    def start_type(self, attrs) -> None:
        if self.open and value(attrs) == "continuous":
            self.open[-1].ends_section = False

    def end_p(self) -> None:
        paragraph = self.open.pop()
        self._put(paragraph)
        self.new_page |= paragraph.ends_section

    def _put(self, paragraph: Paragraph) -> None:
        """What has been counted so far. The rest of the paragraph is another piece."""
        slags = self._slags(paragraph)
        begins = self.new_page or paragraph.new_page or self.styles.breaks_page(paragraph.style)
        heading = " ".join("".join(paragraph.text).split()) if slags is Slags.OVERSKRIFT else ""
        self.pieces.append(Stykke(slags, paragraph.tegn, heading, bool(begins and not self.slags and not self.inside)))
        if paragraph.hidden:
            self.pieces.append(Stykke(Slags.SKJULT, paragraph.hidden))
        paragraph.tegn, paragraph.text, paragraph.hidden, paragraph.new_page = 0, [], 0, False
        self.new_page = False

    def _slags(self, paragraph: Paragraph) -> Slags:
        if self.slags:
            return self.slags
        in_field = any(field.strip().upper().startswith("TOC") for field in self.fields)
        if in_field or "Table of Contents" in self.blocks or self.styles.is_contents(paragraph.style):
            return Slags.INDHOLD
        if "Cover Pages" in self.blocks:
            return Slags.FORSIDE
        if self.inside:
            return Slags.TABEL if self.inside[-1] == "tbl" else Slags.TEKSTBOKS
        is_heading = paragraph.level < 9 or self.styles.is_heading(paragraph.style)
        return Slags.OVERSKRIFT if is_heading else Slags.TEKST

    # --- What paragraphs lie in ---
    def start_tbl(self, attrs) -> None:
        self.inside.append("tbl")

    def start_txbxContent(self, attrs) -> None:  # noqa: N802
        self.inside.append("box")

    def end_tbl(self) -> None:
        self.inside.pop()

    end_txbxContent = end_tbl  # noqa: N815

    def start_sdt(self, attrs) -> None:
        self.blocks.append("")

    def start_docPartGallery(self, attrs) -> None:  # noqa: N802
        if self.blocks:
            self.blocks[-1] = value(attrs)

    def end_sdt(self) -> None:
        self.blocks.pop()

    def start_fldChar(self, attrs) -> None:  # noqa: N802
        kind = value(attrs, "fldCharType")
        if kind == "begin":
            self.fields.append("")
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _is_separator(self, name: str, attrs: dict) -> bool:
        """The line between text and notes is a note of its own kind."""
        return name in ("footnote", "endnote") and value(attrs, "type") not in ("", "normal")

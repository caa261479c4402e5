"""OpenDocument text: the body in order with its notes, then headers and footers. One pass, and no tree in memory."""

from elevforloeb.core.files.office import open_package
from elevforloeb.core.files.reasons import Refused

from .stykker import Dokument, Slags, Stykke, length, read_part, tell

SKIPPED = {
    "annotation",
    "tracked-changes",
    "note-citation",
    "title",
    "desc",
    "table-of-content-source",
    "ruby-text",
    "forms",
    "math",
}
BOXES = {"text-box", "custom-shape", "rect", "ellipse", "circle", "line", "polygon", "caption"}
INDEXES = {"table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index", "user-index"}
BLANK = " \t\r\n"


def read(data: bytes) -> Dokument:
    with open_package(data) as archive:
        if "content.xml" not in archive.namelist():
            raise Refused("ulaeselig")
        document, styles = Dokument(), Styles()
        if "styles.xml" in archive.namelist():
            tell(Body(document, styles, Slags.SIDEHOVED), read_part(archive, "styles.xml"))
        heads, document.stykker[:] = list(document.stykker), []
        tell(Body(document, styles), read_part(archive, "content.xml"))
        document.stykker += heads
    return document


def plain(attrs: dict) -> dict:
    return {key.rpartition("}")[2]: text for key, text in attrs.items()}


class Styles:
    """Which styles begin a new page and which hide their text. They stand before the text that uses them."""

    def __init__(self):
        self.parents, self.breaks, self.ends, self.hidden = {}, set(), set(), set()
        self.current = ""

    def enter(self, name: str, attrs: dict) -> None:
        if name.endswith("style"):  # a default-style has no name, and is nobody's
            self.current = attrs.get("name", "")
            self.parents[self.current] = attrs.get("parent-style-name", "")
            if attrs.get("master-page-name"):
                self.breaks.add(self.current)
        elif attrs.get("break-before") == "page":
            self.breaks.add(self.current)
        elif attrs.get("break-after") == "page":
            self.ends.add(self.current)
        elif attrs.get("display") == "none":
            self.hidden.add(self.current)

    def has(self, found: set, key: str) -> bool:
        seen = set()
        while key and key not in seen:
            if key in found:
                return True
            seen.add(key)
            key = self.parents.get(key, "")
        return False


class Paragraph:
    def __init__(self, style: str, is_heading: bool):
        self.style, self.is_heading = style, is_heading
        self.tegn, self.text, self.hidden = 0, [], 0
        self.after_blank = True  # blanks at the beginning do not count, and of several in a row only the first


class Body:
    """Told of each element by the parser. Paragraphs lie in each other where a note or a text box hangs in one."""

    def __init__(self, document: Dokument, styles: Styles, slags: Slags | None = None):
        self.pieces, self.styles, self.slags = document.stykker, styles, slags
        self.skipped = 0
        self.open: list[Paragraph] = []
        self.inside: list[Slags] = []
        self.spans: list[bool] = []  # whether each open span hides its text
        self.new_page = False

    # --- From the parser ---
    def start(self, tag: str, attrs: dict) -> None:
        name, attrs = tag.rpartition("}")[2], plain(attrs)
        if self.skipped or name in SKIPPED:
            self.skipped += 1
        elif name in ("style", "default-style", "paragraph-properties", "text-properties", "table-properties"):
            self.styles.enter(name, attrs)
        elif name in ("p", "h"):
            self._begin(attrs.get("style-name", ""), name == "h")
        elif name == "span":
            self.spans.append(self.styles.has(self.styles.hidden, attrs.get("style-name", "")))
        elif slags := self._container(name):
            self.new_page |= name == "table" and self.styles.has(self.styles.breaks, attrs.get("style-name", ""))
            self.inside.append(slags)
        elif name == "s":
            self._count(" " * min(int(attrs.get("c") or 1), 10_000))
        elif name in ("tab", "line-break"):
            self._count("\t")

    def end(self, tag: str) -> None:
        name = tag.rpartition("}")[2]
        if self.skipped:
            self.skipped -= 1
        elif name in ("p", "h"):
            self._end()
        elif name == "span":
            self.spans.pop()
        elif self._container(name):
            self.inside.pop()

    def data(self, text: str) -> None:
        if not self.open or self.skipped:
            return
        paragraph, kept = self.open[-1], []
        for sign in text:
            blank = sign in BLANK
            if not (blank and paragraph.after_blank):
                kept.append(" " if blank else sign)
            paragraph.after_blank = blank
        self._add("".join(kept))

    def close(self) -> None:
        pass

    # --- Counting ---
    def _count(self, text: str) -> None:
        """A blank that was written as an element counts as it is, and the next one too."""
        if self.open:
            self._add(text)
            self.open[-1].after_blank = False

    def _add(self, text: str) -> None:
        paragraph = self.open[-1]
        if any(self.spans) or self.styles.has(self.styles.hidden, paragraph.style):
            paragraph.hidden += length(text)
        else:
            paragraph.tegn += length(text)
            paragraph.text.append(text)

    def _begin(self, style: str, is_heading: bool) -> None:
        self.new_page |= not self.inside and self.styles.has(self.styles.breaks, style)
        self.open.append(Paragraph(style, is_heading))

    def _end(self) -> None:
        paragraph = self.open.pop()
        slags = self._slags(paragraph)
        heading = " ".join("".join(paragraph.text).split()) if slags is Slags.OVERSKRIFT else ""
        self.pieces.append(Stykke(slags, paragraph.tegn, heading, self.new_page and not self.slags and not self.inside))
        if paragraph.hidden:
            self.pieces.append(Stykke(Slags.SKJULT, paragraph.hidden))
        if not self.inside:
            self.new_page = self.styles.has(self.styles.ends, paragraph.style)

    def _slags(self, paragraph: Paragraph) -> Slags:
        if self.slags:
            return self.slags
        for each in (Slags.NOTE, Slags.INDHOLD):
            if each in self.inside:
                return each
        if self.inside:
            return self.inside[-1]
        return Slags.OVERSKRIFT if paragraph.is_heading else Slags.TEKST

    def _container(self, name: str) -> Slags | None:
        if name == "table":
            return Slags.TABEL
        if name == "note-body":
            return Slags.NOTE
        if name in BOXES:
            return Slags.TEKSTBOKS
        return Slags.INDHOLD if name in INDEXES else None

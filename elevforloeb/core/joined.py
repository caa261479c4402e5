"""Several tagged PDFs as one that is still tagged: the pages one after another, and their structure in one tree.

A joined file says what the documents say, for screen readers too. It is a copy for reading and printing, not a sealed
document: its fingerprint is known to nobody.
"""

from collections.abc import Iterable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

PAGE = "side:"


def page_count(content: bytes) -> int:
    with Pdf.open(BytesIO(content)) as pdf:
        return len(pdf.pages)


def headings(content: bytes) -> list[tuple[str, int]]:
    """The bookmarks of the first two levels and the page of each, counted from 0."""
    with Pdf.open(BytesIO(content)) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        found = [each for top in outline.root for each in (top, *top.children)]
        return [(each.title, numbers[each.destination[0].objgen]) for each in found]


class Joiner:
    """Give it one document at a time; `finish` answers the whole."""

    def __init__(self, titel: str):
        self.titel, self.number, self.next_key = titel, 0, 0
        self.pdf = Pdf.new()
        tree = Dictionary(Type=Name.StructTreeRoot, ParentTree=Dictionary(Nums=Array()), K=Array())
        self.tree = self.pdf.Root.StructTreeRoot = self.pdf.make_indirect(tree)
        self.bookmarks: list[OutlineItem] = []

    def add(self, titel: str, content: bytes, kapitler: Iterable[tuple[str, int]] = ()) -> None:
        """`kapitler`: bookmarks of its own instead of the one, each with the page that it begins on."""
        source, first = Pdf.open(BytesIO(content)), len(self.pdf.pages)
        self.number += 1
        self.pdf.pages.extend(source.pages)
        for page in self.pdf.pages[first:]:
            self._move_keys(page.obj)
        self._add_structure(source)
        self.bookmarks += [OutlineItem(text, first + page) for text, page in kapitler or [(titel, 0)]]

    def _move_keys(self, page) -> None:
        """Each page and each link finds its place in the tree by a number; those of another document come after."""
        if Name.StructParents in page:
            page.StructParents = int(page.StructParents) + self.next_key
        for link in page.get(Name.Annots, []):
            if Name.StructParent in link:
                link.StructParent = int(link.StructParent) + self.next_key

    def _add_structure(self, source: Pdf) -> None:
        """After the pages, so that what the tree says about them points at their copies."""
        tree = self.pdf.copy_foreign(source.make_indirect(source.Root.StructTreeRoot))
        for part in _each(tree.K):
            part.P = self.tree
            self._rename(part)
            self.tree.K.append(part)
        numbers = list(tree.ParentTree.Nums)
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            self.tree.ParentTree.Nums.extend([int(key) + self.next_key, value])
        self.next_key += max((int(key) for key in numbers[::2]), default=-1) + 1

    def _rename(self, part) -> None:
        """Cells name their headers; the same name in two documents would be two headers."""
        waiting = [part]
        while waiting:
            part = waiting.pop()
            if Name.ID in part:
                part.ID = self._own(part.ID)
            rules = part.get(Name.A)
            if isinstance(rules, Dictionary) and Name.Headers in rules:
                rules.Headers = Array([self._own(each) for each in rules.Headers])
            waiting += [each for each in _each(part.get(Name.K)) if isinstance(each, Dictionary) and Name.S in each]

    def _own(self, name) -> String:
        return String(f"{self.number}-{name}")

    def follow_links(self) -> None:
        """A link to PAGE and a number leads to that page of the joined file, also into another document."""
        for page in self.pdf.pages:
            for link in page.obj.get(Name.Annots, []):
                link.F = 4  # also in print: without it the standard calls the link hidden
                uri = str(link.get(Name.A, Dictionary()).get(Name.URI, ""))
                if uri.startswith(PAGE):
                    there = self.pdf.pages[int(uri.removeprefix(PAGE)) - 1]
                    link.A = Dictionary(S=Name.GoTo, D=Array([there.obj, Name.Fit]))

    def stamp(self, stamps: bytes) -> None:
        """Lay page 1 of `stamps` over page 1, and so on. What stood there is not touched; a reader aloud skips it."""
        source = Pdf.open(BytesIO(stamps))
        for page, stamp in zip(self.pdf.pages, source.pages, strict=True):
            form = self.pdf.copy_foreign(stamp.as_form_xobject())
            name = page.add_resource(form, Name.XObject, prefix="Stempel")
            page.contents_add(b"q", prepend=True)
            page.contents_add(b"Q /Artifact BMC q %s Do Q EMC" % bytes(str(name), "ascii"))

    def finish(self) -> bytes:
        root = self.pdf.Root
        root.Lang, root.MarkInfo = String("da"), Dictionary(Marked=True)
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        with self.pdf.open_outline() as outline:
            outline.root.extend(self.bookmarks)
        with self.pdf.open_metadata(set_pikepdf_as_editor=False) as facts:
            facts["dc:title"], facts["pdfuaid:part"] = self.titel, "1"
        written = BytesIO()
        self.pdf.save(written, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return written.getvalue()


def _each(kids) -> Iterable:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, Array) else [kids]

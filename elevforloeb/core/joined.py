"""Several tagged PDFs as one that is still tagged: the pages one after another, and their structure in one tree.

A joined file says what the documents say, for screen readers too. It is a copy for reading and printing, not a sealed
document: its fingerprint is known to nobody.
"""

from collections.abc import Iterable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String


class Joiner:
    """Give it one document at a time; `finish` answers the whole."""

    def __init__(self, titel: str):
        self.titel, self.number, self.next_key = titel, 0, 0
        self.pdf = Pdf.new()
        tree = Dictionary(Type=Name.StructTreeRoot, ParentTree=Dictionary(Nums=Array()), K=Array())
        self.tree = self.pdf.Root.StructTreeRoot = self.pdf.make_indirect(tree)
        self.bookmarks: list[OutlineItem] = []

    def add(self, titel: str, content: bytes) -> None:
        source, first = Pdf.open(BytesIO(content)), len(self.pdf.pages)
        self.number += 1
        self.pdf.pages.extend(source.pages)
        for page in self.pdf.pages[first:]:
            self._move_keys(page.obj)
        self._add_structure(source)
        self.bookmarks.append(OutlineItem(titel, first))

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

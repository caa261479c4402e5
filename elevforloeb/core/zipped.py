"""Several documents in one ZIP file, numbered in the order they came, with names that every system can write."""

import hashlib
import zipfile
from io import BytesIO

from django.utils import timezone
from django.utils.text import slugify

ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class Zip:
    """The same two words as joined.Joiner. What comes is compressed already."""

    def __init__(self):
        self.written = BytesIO()
        self.file = zipfile.ZipFile(self.written, "w", zipfile.ZIP_STORED)
        self.number = 0
        self.prints: list[str] = []

    def add(self, titel: str, content: bytes, ending: str = ".pdf") -> None:
        self.number += 1
        name = slugify(titel.lower().translate(ASCII))[:90]
        entry = zipfile.ZipInfo(f"{self.number:03}-{name}{ending}", timezone.localtime().timetuple()[:6])
        self.file.writestr(entry, content)
        self.prints.append(f"{hashlib.sha256(content).hexdigest()}  {entry.filename}")

    def listing(self, *remarks: str) -> bytes:
        """What is in it so far, as `sha256sum -c` reads it; it passes over the remarks."""
        return "".join(f"{line}\n" for line in [*self.prints, *(f"# {each}" for each in remarks)]).encode()

    def finish(self) -> bytes:
        self.file.close()
        return self.written.getvalue()

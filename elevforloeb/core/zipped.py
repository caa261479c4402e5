"""Several documents in one ZIP file, numbered in the order they came, with names that every system can write."""

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

    def add(self, titel: str, content: bytes, ending: str = ".pdf") -> None:
        self.number += 1
        name = slugify(titel.lower().translate(ASCII))[:90]
        entry = zipfile.ZipInfo(f"{self.number:03}-{name}{ending}", timezone.localtime().timetuple()[:6])
        self.file.writestr(entry, content)

    def finish(self) -> bytes:
        self.file.close()
        return self.written.getvalue()

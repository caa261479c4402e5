"""From what somebody sent to a CheckedFile, or Refused. The only way to make one."""

import hashlib
from dataclasses import dataclass, field

from django.core.files.uploadedfile import InMemoryUploadedFile

from . import plain, scanner
from .apart import run_apart
from .kinds import JPG, KINDS, OFFICE, PDF, PLAIN, PNG, Kind, beginning
from .names import clean_name
from .reasons import Refused
from .uses import MB, Use


@dataclass(frozen=True)
class CheckedFile:
    """What may be kept: proven, cleaned and, if there is a scanner that answers, scanned."""

    navn: str
    kind: Kind
    data: bytes = field(repr=False)
    tilstand: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def examine(upload: InMemoryUploadedFile, use: Use) -> CheckedFile:
    largest = use.largest_mb
    if upload.size > largest * MB:
        raise Refused("for_stor", mb=largest)
    data = upload.file.getvalue()  # it is in memory as a whole (FILE_UPLOAD_HANDLERS); read() would copy it
    if not data:
        raise Refused("tom")
    kind, clean = _read(data, use.kinds)
    return CheckedFile(clean_name(upload.name, kind), kind, clean, scanner.state_of(clean))


def _read(data: bytes, allowed: tuple[Kind, ...]) -> tuple[Kind, bytes]:
    """What it is, and the bytes to keep. Nothing is unpacked that the use does not take."""
    start = beginning(data)
    candidates = {"pdf": (PDF,), "jpg": (JPG,), "png": (PNG,), "zip": OFFICE, "text": PLAIN}[start]
    if not set(candidates) & set(allowed):
        raise Refused("forkert_type")
    if start == "text":
        text = plain.decode(data)
        return plain.kind_of(text, allowed), text.encode()
    if start == "zip":
        kind = KINDS[run_apart("office", data).decode()]
        if kind not in allowed:
            raise Refused("forkert_type")
        return kind, data
    cleaned = run_apart(start, data)  # a picture is drawn anew; a PDF is good or not
    return KINDS[start], cleaned or data

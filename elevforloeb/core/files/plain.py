"""Text in the encodings that Danish office programs write. What is kept is UTF-8. No Django."""

import re

from .kinds import CSV, ICS, TXT, Kind
from .reasons import Refused

MARKS = [(b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")]
# Nothing of this stands in a text; it stands in programs and in pictures that say they are one.
NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decode(data: bytes) -> str:
    for encoding in [name for mark, name in MARKS if data.startswith(mark)] or ["utf-8", "windows-1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not NO_TEXT.search(text):
            return text
    raise Refused("ukendte_tegn")


def kind_of(text: str, allowed: tuple[Kind, ...]) -> Kind:
    """A calendar says what it is. Text and lists cannot be told apart: the use decides."""
    undecided = TXT if TXT in allowed else CSV
    found = ICS if text.lstrip()[:15].upper() == "BEGIN:VCALENDAR" else undecided
    if found not in allowed:
        raise Refused("forkert_type")
    return found

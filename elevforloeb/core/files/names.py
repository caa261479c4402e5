"""The name that people see. It is never a path, and says nothing about where the bytes lie."""

import re
import unicodedata

from .kinds import Kind

LONGEST = 100
# Control characters, those that turn the direction of writing (report‮fdp.exe) and those that belong to nobody.
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
FORBIDDEN = re.compile(r'[<>:"|?*%;]')  # by Windows, or meaning something in a header or an address
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)
ENDING = re.compile(r"\.\w{1,5}$")


def clean_name(given: str, kind: Kind) -> str:
    """The last part of what the browser said, readable on every machine and with the ending of what it really is."""
    name = unicodedata.normalize("NFC", given or "")
    name = "".join(" " if unicodedata.category(sign) in UNSEEN else sign for sign in name)
    name = re.split(r"[/\\]", name)[-1]
    name = ENDING.sub("", FORBIDDEN.sub("_", name).strip(" ."))
    name = re.sub(r"\s+", " ", name).strip(" .")[: LONGEST - len(kind.ending)].strip(" .")
    if not name or RESERVED.match(name):
        name = f"fil {name}".strip()
    return name + kind.ending

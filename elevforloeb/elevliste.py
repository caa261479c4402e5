"""Elever pasted from a spreadsheet: navn, e-mail, telefon, and "25 år eller mere" (ja/nej)."""

from dataclasses import replace

from elevforloeb.core import pasted
from elevforloeb.core.pasted import Linje

COLUMNS = ("navn", "email", "telefon", "voksenelev")
HEADINGS = {
    "navn": "navn",
    "elev": "navn",
    "e-mail": "email",
    "email": "email",
    "mail": "email",
    "telefon": "telefon",
    "tlf": "telefon",
    "mobil": "telefon",
    "25+": "voksenelev",
    "voksenelev": "voksenelev",
    "25 år eller mere": "voksenelev",
}
YES = {"ja", "x", "1", "true", "sand"}


def read_lines(text: str) -> list[Linje]:
    return [_as_form(line) for line in pasted.read_lines(text, HEADINGS, COLUMNS, {"navn", "email"})]


def _as_form(line: Linje) -> Linje:
    """As a checkbox sends it."""
    adult = line.felter.get("voksenelev", "").lower() in YES
    return replace(line, felter=line.felter | {"voksenelev": "on" if adult else ""})

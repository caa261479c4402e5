"""A pasted list of goals, one on each line, as data. Pure text in, rows and errors out."""

import re
from dataclasses import dataclass

KODE = re.compile(r"^([A-ZÆØÅ0-9][A-ZÆØÅ0-9.-]{0,19})\s*[:\t]\s*(.+)$")
VALGFRIT = re.compile(r"\s*\(valgfrit\)\s*$", re.IGNORECASE)
MOST_LINES = 200


@dataclass(frozen=True)
class Maallinje:
    kode: str
    navn: str
    obligatorisk: bool = True


def parse(text: str) -> tuple[list[Maallinje], list[str]]:
    """'KOM: Kommunikation (valgfrit)'. Without a code the goal gets its number. The errors name the line."""
    lines, errors, seen = [], [], {}
    for nr, raw in enumerate((line for line in text.splitlines()), start=1):
        if not raw.strip():
            continue
        line = parse_line(raw.strip(), len(lines) + 1)
        if len(line.navn) > 200:
            errors.append(f"Linje {nr}: Målet må højst være på 200 tegn.")
        if line.kode in seen:
            errors.append(f"Linje {nr}: Koden {line.kode} er brugt i linje {seen[line.kode]}. Giv målet en anden kode.")
        seen.setdefault(line.kode, nr)
        lines.append(line)
    if len(lines) > MOST_LINES:
        errors = [f"Listen har {len(lines)} mål. Der kan højst være {MOST_LINES}."]
    return lines, errors


def parse_line(text: str, nr: int) -> Maallinje:
    navn = VALGFRIT.sub("", text)
    match = KODE.match(navn)
    kode, navn = match.groups() if match else (f"M{nr}", navn)
    return Maallinje(kode, navn.strip(), obligatorisk=not VALGFRIT.search(text))

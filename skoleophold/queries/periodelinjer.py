"""Lines about periods of classes."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from elevforloeb.core.dates import format_period
from elevforloeb.core.forms import FIRST_DAY, LAST_DAY
from elevforloeb.core.periods import period
from skoleophold.filer import Raekke, period_number
from skoleophold.models import Skolehold, Skoleperiode

from .linjer import Fejl, Hints, Linje, Udfald, read_day

HEADINGS = {
    "skolehold": "skolehold",
    "hold": "skolehold",
    "klasse": "skolehold",
    "nr": "nr",
    "nummer": "nr",
    "periode": "nr",
    "navn": "titel",
    "titel": "titel",
    "første dag": "fra",
    "fra": "fra",
    "start": "fra",
    "startdato": "fra",
    "sidste dag": "til",
    "til": "til",
    "slut": "til",
    "slutdato": "til",
    "uge": "uge",
    "uger": "uge",
    "år": "aar",
    "sted": "sted",
    "lokale": "sted",
    "fag og tider": "skema",
    "fag": "skema",
    "skema": "skema",
    "kontakt": "kontakt",
    "lærer": "kontakt",
    "indkaldt": "indkaldt",
    "indkaldelse": "indkaldt",
    "studietur": "studietur",
}
TEXTS = ("titel", "sted", "skema", "kontakt", "studietur")
LIMITS = {name: Skoleperiode._meta.get_field(name).max_length for name in TEXTS}
LABELS = {"titel": "Navn", "sted": "Sted", "skema": "Fag og tider", "kontakt": "Kontakt", "studietur": "Studietur"}
NO = {"", "nej", "-", "0"}
LONGEST = 200  # days


@dataclass
class Stand:
    """What is there already, fetched once for the whole file."""

    hold: dict[str, Skolehold]
    perioder: dict[int, dict[int, Skoleperiode]]  # by class and number
    hints: Hints = field(default_factory=Hints)
    linjer: dict[tuple[int, int], int] = field(default_factory=dict)  # by class and number: the line that has it


def judge(raekker: Iterable[Raekke]) -> tuple[list[Linje], list[Skoleperiode]]:
    """The lines with their verdicts, and the periods as they are to be saved (new and changed)."""
    known = _known()
    linjer, rows = [], {}
    for raekke in raekker:
        try:
            row, linje = _judge(raekke, known)
            rows[raekke.nr] = row
        except Fejl as error:
            emne = raekke.felter.get("skolehold", "")
            linje = Linje(raekke.nr, raekke.felter, Udfald.FEJL, emne, raekke.felter.get("titel", ""), [str(error)])
        linjer.append(linje)
    clashes = _clashes(rows, known)
    linjer = [_wrong(linje, clashes[linje.nr]) if linje.nr in clashes else linje for linje in linjer]
    saved = {linje.nr for linje in linjer if linje.udfald in (Udfald.NY, Udfald.AENDRET)}
    return linjer, [row for nr, row in rows.items() if nr in saved]


def _wrong(linje: Linje, why: str) -> Linje:
    return replace(linje, udfald=Udfald.FEJL, fejl=[why])


def _known() -> Stand:
    perioder = defaultdict(dict)
    for row in Skoleperiode.objects.select_related("skolehold"):
        perioder[row.skolehold_id][row.nr] = row
    return Stand({row.navn.casefold(): row for row in Skolehold.objects.all()}, perioder)


def _judge(raekke: Raekke, known: Stand) -> tuple[Skoleperiode, Linje]:
    felter = raekke.felter
    if "fejl" in felter:
        raise Fejl(felter["fejl"])
    hold = _class(felter, known)
    first, last = _days(felter)
    there = _existing(felter, known.perioder[hold.pk], first)
    values = _values(felter, there)
    before = _facts(there) if there else None
    row = there or Skoleperiode(skolehold=hold, nr=_number(felter, known.perioder[hold.pk]))
    _claim(row, raekke.nr, known)
    row.periode = period(first, last)
    for name, value in values.items():
        setattr(row, name, value)
    known.perioder[hold.pk].setdefault(row.nr, row)
    text = f"{row}, {format_period(first, last)}"
    udfald = Udfald.NY if before is None else Udfald.UAENDRET if before == _facts(row) else Udfald.AENDRET
    if udfald == Udfald.AENDRET and before["periode"] != row.periode:
        was = before["periode"]
        text += f" (før {format_period(was.lower, was.upper - timedelta(days=1))})"
    return row, Linje(raekke.nr, felter, udfald, str(hold), text)


def _claim(row: Skoleperiode, linje: int, known: Stand) -> None:
    """Before anything is written to it: the line that comes second leaves the period as the first one made it."""
    first = known.linjer.setdefault((row.skolehold_id, row.nr), linje)
    if first != linje:
        raise Fejl(f"{row.skolehold} nr. {row.nr} står også på linje {first}")


def _facts(row: Skoleperiode) -> dict:
    return {name: getattr(row, name) for name in ("periode", "indkaldt", *TEXTS)}


def _class(felter, known: Stand) -> Skolehold:
    name = felter.get("skolehold", "")
    if not name:
        raise Fejl("Skoleholdet mangler. Skriv det i en kolonne, eller vælg det, når du henter filen")
    hold = known.hold.get(name.casefold())
    if hold is None:
        names = (row.navn for row in known.hold.values())
        raise Fejl(
            f"Skoleholdet “{name[:60]}” findes ikke. Opret det, eller ret navnet.{known.hints.near(name, names)}"
        )
    return hold


def _days(felter) -> tuple[date, date]:
    if felter.get("fra") or felter.get("til"):
        first = read_day(felter.get("fra", ""), "Første dag")
        last = read_day(felter.get("til", ""), "Sidste dag")
    else:
        first, last = _weeks(felter)
    if last < first:
        raise Fejl(f"Sidste dag, {last:%d-%m-%Y}, ligger før første dag, {first:%d-%m-%Y}")
    if (last - first).days > LONGEST:
        raise Fejl(f"Perioden er over {LONGEST} dage lang. Se, om årstallene er rigtige")
    return first, last


def _weeks(felter) -> tuple[date, date]:
    """Monday of the first week to Friday of the last: uge 41-43 in år 2027, or 52-1 over New Year."""
    found = re.fullmatch(r"(?:uge )?(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?", felter.get("uge", "").lower())
    if not found:
        raise Fejl("Datoerne mangler. Skriv første og sidste dag, eller uge og år")
    try:
        year, first, last = int(felter.get("aar", "")), int(found[1]), int(found[2] or found[1])
        start = date.fromisocalendar(year, first, 1)
        end = date.fromisocalendar(year + (last < first), last, 5)
    except ValueError:
        raise Fejl(f"Uge {felter['uge']} i år “{felter.get('aar', '')[:10]}” findes ikke") from None
    if not FIRST_DAY <= start <= LAST_DAY:
        raise Fejl(f"Året {felter['aar'][:10]} kan ikke passe. Skriv det med fire cifre, fx 2027")
    return start, end


def _existing(felter, perioder: dict[int, Skoleperiode], first: date) -> Skoleperiode | None:
    """The one with the number; without a number the one that begins on that day."""
    if felter.get("nr"):
        return perioder.get(_read_number(felter["nr"]))
    return next((row for row in perioder.values() if row.startdato == first), None)


def _number(felter, perioder: dict[int, Skoleperiode]) -> int:
    nr = _read_number(felter["nr"]) if felter.get("nr") else max(perioder, default=0) + 1
    if not 1 <= nr <= 99:
        raise Fejl("Nummeret skal ligge mellem 1 og 99")
    return nr


def _read_number(text: str) -> int:
    found = period_number(text)
    if not found:
        raise Fejl(f"“{text[:40]}” er ikke et nummer på en periode")
    return int(found)


def _values(felter, there: Skoleperiode | None) -> dict:
    """What the file says. A column that the file does not have leaves what is there."""
    values = {name: felter[name] for name in TEXTS if name in felter}
    if values.get("studietur", "").lower() in NO and "studietur" in values:
        values["studietur"] = ""
    for name, text in values.items():
        if len(text) > LIMITS[name]:
            raise Fejl(f"{LABELS[name]} må højst være på {LIMITS[name]} tegn. Nu er det {len(text)}")
    if felter.get("indkaldt", "").lower() not in NO:
        values["indkaldt"] = read_day(felter["indkaldt"], "Indkaldelsen")
    return values


def _clashes(rows: dict[int, Skoleperiode], known: Stand) -> dict[int, str]:
    """Lines whose days another period of the same class takes, in the file or outside it."""
    by_class = defaultdict(list)
    lines = {id(row): nr for nr, row in rows.items()}
    for hold in {row.skolehold_id for row in rows.values()}:
        by_class[hold] = sorted(known.perioder[hold].values(), key=lambda row: (row.startdato, row.nr))
    found = {}
    for perioder in by_class.values():
        widest = perioder[0]
        for row in perioder[1:]:
            if widest.span.overlap(row.span) and (id(row) in lines or id(widest) in lines):
                late, early = (row, widest) if id(row) in lines else (widest, row)
                where = f"på linje {lines[id(early)]}" if id(early) in lines else "i systemet"
                found[lines[id(late)]] = f"Dagene overlapper {early}, {early.span}, {where}"
            widest = max(widest, row, key=lambda each: each.slutdato)
    return found

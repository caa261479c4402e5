"""Lines about grades: an elev, a subject, a period or the end, and a grade of the subject's scale."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from elevforloeb.core.dates import today
from elevforloeb.models import Elev
from skoleophold.filer import Raekke
from skoleophold.models import Fag, Karakter, Skoleophold, Skoleperiode

from .linjer import Fejl, Hints, Linje, Udfald, read_day

HEADINGS = {
    "elev": "elev",
    "navn": "elev",
    "e-mail": "email",
    "email": "email",
    "mail": "email",
    "fag": "fag",
    "fagkode": "fag",
    "skoleophold": "periode",
    "skoleperiode": "periode",
    "periode": "periode",
    "karakter": "karakter",
    "bedømmelse": "karakter",
    "dato": "dato",
    "givet": "dato",
}
END = {"slut", "slutkarakter", "endelig", "afsluttende"}
# What a spreadsheet makes of "02" and "00", and how people write the others.
SAME = {"2": "02", "0": "00", "−3": "-3", "–3": "-3", "bestået": "B", "b": "B", "ikke bestået": "IB", "ib": "IB"}


@dataclass
class Stand:
    """What is there already, fetched once for the whole file."""

    by_email: dict[str, Elev]
    by_name: dict[str, list[Elev]]
    fag: dict[str, Fag]
    perioder: dict[int, dict[int, list[Skoleperiode]]]  # by elev and number
    karakterer: dict[tuple, Karakter]
    hints: Hints = field(default_factory=Hints)


def judge(raekker: Iterable[Raekke]) -> tuple[list[Linje], list[Karakter]]:
    """The lines with their verdicts, and the grades as they are to be saved (new and changed)."""
    known = _known()
    linjer, seen, rows = [], {}, []
    for raekke in raekker:
        felter = raekke.felter
        emne = felter.get("elev") or felter.get("email", "")
        try:
            row, udfald, text = _judge(felter, known)
            key = _key(row)
            if key in seen:
                raise Fejl(f"Den samme karakter står også på linje {seen[key]}")
            seen[key] = raekke.nr
        except Fejl as error:
            what = " ".join(filter(None, (felter.get("fag"), felter.get("karakter"))))
            linjer.append(Linje(raekke.nr, felter, Udfald.FEJL, emne, what, [str(error)]))
            continue
        linjer.append(Linje(raekke.nr, felter, udfald, str(row.elev), text))
        if udfald != Udfald.UAENDRET:
            rows.append(row)
    return linjer, rows


def _known() -> Stand:
    by_email, by_name = {}, defaultdict(list)
    for elev in Elev.objects.select_related("bruger"):
        by_email[elev.bruger.email.lower()] = elev
        by_name[elev.bruger.navn.casefold()].append(elev)
    perioder = defaultdict(lambda: defaultdict(list))
    for stay in Skoleophold.objects.select_related("skoleperiode").order_by("skoleperiode__periode"):
        perioder[stay.elev_id][stay.skoleperiode.nr].append(stay.skoleperiode)
    fag = {}
    for each in Fag.objects.all():
        fag |= {each.kode.casefold(): each, each.navn.casefold(): each}
    karakterer = {_key(row): row for row in Karakter.objects.select_related("elev__bruger", "fag", "skoleperiode")}
    return Stand(by_email, by_name, fag, perioder, karakterer)


def _key(row: Karakter) -> tuple:
    return row.elev_id, row.fag_id, row.skoleperiode_id


def _judge(felter, known: Stand) -> tuple[Karakter, Udfald, str]:
    elev = _elev(felter, known)
    fag = _fag(felter, known)
    periode = _periode(felter, elev, known)
    vaerdi = read_grade(felter.get("karakter", ""), fag)
    dato = _dato(felter)
    row = Karakter(elev=elev, fag=fag, skoleperiode=periode, vaerdi=vaerdi, dato=dato)
    text = f"{fag}, {row.hvornaar.lower()}: {row}"
    there = known.karakterer.get(_key(row))
    if there is None:
        return row, Udfald.NY, text
    if there.vaerdi == vaerdi and dato in (None, there.dato):
        return there, Udfald.UAENDRET, text
    if there.vaerdi != vaerdi:
        text += f" (før {there})"
    there.vaerdi, there.dato = vaerdi, dato or there.dato
    there.fulgt_op = None if there.er_bestaaet else there.fulgt_op
    return there, Udfald.AENDRET, text


def _elev(felter, known: Stand) -> Elev:
    email, name = felter.get("email", "").lower(), felter.get("elev", "")
    if email:
        if elev := known.by_email.get(email):
            return elev
        raise Fejl(f"Ingen elev har e-mailen {email[:80]}.{known.hints.near(email, known.by_email)}")
    if not name:
        raise Fejl("Elevens navn eller e-mail mangler")
    found = known.by_name.get(name.casefold(), [])
    if len(found) > 1:
        raise Fejl(f"Flere elever hedder {name[:80]}. Skriv e-mailen i en kolonne")
    if not found:
        names = (elever[0].bruger.navn for elever in known.by_name.values())
        raise Fejl(f"Ingen elev hedder {name[:80]}.{known.hints.near(name, names)}")
    return found[0]


def _fag(felter, known: Stand) -> Fag:
    text = felter.get("fag", "")
    if not text:
        raise Fejl("Faget mangler")
    if fag := known.fag.get(text.casefold()):
        return fag
    if text.casefold() in ("fagprøve", "fagprøven"):
        raise Fejl("Fagprøvens karakter skrives ind på elevens fagprøve. Fjern linjen")
    raise Fejl(f"Faget “{text[:60]}” findes ikke.{known.hints.near(text, {fag.navn for fag in known.fag.values()})}")


def _periode(felter, elev: Elev, known: Stand) -> Skoleperiode | None:
    text = felter.get("periode", "").casefold()
    if text in END:
        return None
    digits = "".join(sign for sign in text if sign.isdecimal() and sign.isascii())[:3]
    if not digits:
        raise Fejl("Skriv, hvilket skoleophold karakteren er fra, fx 2, eller skriv slut")
    found = known.perioder[elev.pk][int(digits)]
    if not found:
        raise Fejl(f"{elev} har ikke noget skoleophold {digits}")
    if len(found) > 1:
        raise Fejl(f"{elev} har flere skoleophold med nummer {digits}. Skriv karakteren ind på elevens side")
    if found[0].startdato > today():
        raise Fejl(f"{found[0]} er ikke begyndt endnu")
    return found[0]


def read_grade(text: str, fag: Fag) -> str:
    known = Karakter.PAA_SKALA[fag.skala]
    vaerdi = SAME.get(text.lower(), text)
    if vaerdi in known:
        return vaerdi
    if not text:
        raise Fejl("Karakteren mangler")
    shown = ", ".join(str(Karakter.Vaerdi(each).label) for each in known)
    raise Fejl(f"“{text[:20]}” er ikke en karakter i {fag}. Brug {shown}")


def _dato(felter) -> date | None:
    if not felter.get("dato"):
        return None
    day = read_day(felter["dato"], "Datoen")
    if day > today():
        raise Fejl("Datoen ligger i fremtiden")
    return day

"""An allocation in words: what a rank is called, what the goals came to, and what was reached."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from elevforloeb.core.words import count_noun, join_words
from elevforloeb.fordeling.maal import MAAL
from elevforloeb.models import Fordeling, Tildeling

KORT = {
    "plads": "Ophold uden plads",
    "uoensket": "Uønskede ophold",
    "vaerste": "Laveste ønske",
    "rangsum": "Ønskernes numre lagt sammen",
    "byrde": "Ulempe for dem, der tabte sidst",
    "oplaering": "Oplæringsmål, der ikke dækkes",
    "aendringer": "Ændrede ophold",
}
S = Fordeling.Status
STATUS = {S.FAERDIG: "ok", S.UMULIG: "fejl", S.STOPPET: "vent", S.FEJLET: "fejl"}


@dataclass(frozen=True)
class Rang:
    """What a stay is to the elev. Words first; `art` is only the colour."""

    tekst: str
    art: str = ""
    ikon: str = ""


def rank_of(row: Tildeling) -> Rang:
    if row.afdeling_id is None:
        return Rang("Ingen plads", "fejl", "error")
    if row.rang is None:
        return Rang("Ikke ønsket", "fejl", "warning")
    if row.rang == 0:
        return Rang("Har ikke ønsket")
    if row.rang == 1:
        return Rang("1. ønske", "ok", "star")
    return Rang(f"{row.rang}. ønske", "info" if row.rang <= 3 else "vent")


@dataclass(frozen=True)
class Maallinje:
    """A goal, what it came to, and whether that is proved to be the best."""

    key: str
    navn: str
    kort: str
    vaerdi: int
    graense: int | None

    @property
    def bevist(self) -> bool:
        return self.graense == self.vaerdi


def goal_lines(fordeling: Fordeling) -> list[Maallinje]:
    """In the order that was chosen; empty before there is an answer."""
    rows = (fordeling.resultat or {}).get("maaltal", [])
    return [
        Maallinje(row["maal"], MAAL[row["maal"]].navn, KORT[row["maal"]], row["vaerdi"], row["graense"])
        for row in rows
        if row["maal"] in MAAL
    ]


def summary(fordeling: Fordeling, rows: Sequence[Tildeling]) -> list[str]:
    """What was reached, as sentences."""
    per_elev = _by_elev(rows)
    without = sum(any(row.afdeling_id is None for row in own) for own in per_elev)
    placed = [own for own in per_elev if all(row.afdeling_id for row in own)]
    return [
        _everybody(len(per_elev), without),
        *_wishes(placed),
        *_proof(fordeling),
    ]


def _by_elev(rows: Iterable[Tildeling]) -> list[list[Tildeling]]:
    found: dict[int, list[Tildeling]] = {}
    for row in rows:
        found.setdefault(row.elev_id, []).append(row)
    return list(found.values())


def _everybody(number: int, without: int) -> str:
    if without:
        return f"{without} af {count_noun(number, 'elev', 'elever')} mangler en plads."
    return "Den ene elev har fået en plads." if number == 1 else f"Alle {number} har fået en plads."


def _wishes(placed: list[list[Tildeling]]) -> Iterable[str]:
    wished = [own for own in placed if any(row.rang != 0 for row in own)]
    happy = sum(all(row.rang for row in own) for own in wished)
    some = sum(any(row.rang for row in own) and not all(row.rang for row in own) for own in wished)
    none = len(wished) - happy - some
    if happy:
        yield f"{happy} fik noget, de har ønsket, i alle ophold."
    if some:
        yield f"{some} fik noget, de har ønsket, i noget af tiden."
    if none:
        yield f"{none} fik ikke noget, de har ønsket."
    if len(placed) > len(wished):
        number = len(placed) - len(wished)
        yield f"{number} har ikke sendt ønsker ind og regnes for, at det er lige meget."
    yield from _ranks([row.rang for own in wished for row in own])


def _ranks(ranks: Sequence[int | None]) -> Iterable[str]:
    """How many stays are somebody's first wish, second wish …; of elever who wished."""
    counts = Counter(ranks)
    parts = [f"{counts[rang]} et {rang}. ønske" for rang in sorted(filter(None, counts))]
    parts += [f"{counts[None]} ikke ønsket"] if counts[None] else []
    if len(parts) > 1:
        yield f"Af deres {len(ranks)} ophold er {join_words(parts)}."
    elif parts and counts[None] == 0:
        yield f"Alle deres ophold er {parts[0].partition(' ')[2]}."


def _proof(fordeling: Fordeling) -> Iterable[str]:
    if fordeling.status == S.STOPPET:
        yield "Beregningen blev stoppet, så der kan findes en bedre fordeling."
    elif (fordeling.resultat or {}).get("bevist"):
        yield "Det er bevist, at det ikke kan gøres bedre med de mål, du har valgt."
    elif fordeling.resultat:
        yield "Tiden slap op, før det var bevist, at det ikke kan gøres bedre."

"""What a change of a class's calendar does to each elev who follows it. Shown before it is saved, and saved as shown.

An elev with days of her own is left alone. Something else on the days (holiday, leave, illness, the end of the
agreement) keeps the school out of her calendar and is told.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from elevforloeb.core.dates import Periode, format_period, today
from elevforloeb.models import Elev, Kalenderperiode
from skoleophold.models import Skoleophold, Skoleperiode, Tilknytning


class Art(StrEnum):
    NY = "ny"
    FLYTTES = "flyttes"
    FJERNES = "fjernes"
    NAVN = "navn"
    KOLLIDERER = "kolliderer"
    AFVIGER = "afviger"
    UAENDRET = "uaendret"


WORDS = {
    Art.NY: "Får perioden",
    Art.FLYTTES: "Flyttes",
    Art.FJERNES: "Fjernes",
    Art.NAVN: "Får det nye navn",
    Art.KOLLIDERER: "Kan ikke være der",
    Art.AFVIGER: "Har egne dage og røres ikke",
    Art.UAENDRET: "Uændret",
}


@dataclass(frozen=True)
class Skift:
    """One elev and one period: the days before and after in her calendar."""

    elev: Elev
    skoleperiode: Skoleperiode
    art: Art
    ophold: Skoleophold | None
    row: Kalenderperiode | None
    efter: Periode | None
    hvorfor: str = ""

    @property
    def foer(self) -> Periode | None:
        return self.row.span if self.row else None

    @property
    def ord(self) -> str:
        return WORDS[self.art]

    @property
    def rammer(self) -> bool:
        """Something of hers changes, or cannot."""
        return self.art not in (Art.UAENDRET, Art.AFVIGER)


def stand(skift: Iterable[Skift]) -> str:
    """A fingerprint of what is shown; saving asks for the same."""
    lines = [
        f"{s.elev.pk} {s.skoleperiode.skolehold_id} {s.skoleperiode.nr} {s.art} {s.foer} {s.efter} {s.hvorfor}"
        for s in skift
    ]
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def members(skolehold_ids) -> list[Tilknytning]:
    found = Tilknytning.objects.filter(skolehold__in=set(skolehold_ids))
    return list(found.select_related("elev__bruger").order_by("elev__bruger__sortering", "elev"))


def find_skift(
    perioder: list[Skoleperiode], *, medlemmer: list[Tilknytning] | None = None, slettes: Iterable[Skoleperiode] = ()
) -> list[Skift]:
    """`perioder` as they are to be, saved or not; `medlemmer` as they are to be (otherwise those of the database)."""
    gone = {periode.pk for periode in slettes}
    perioder = [*perioder, *slettes]
    if medlemmer is None:
        medlemmer = members(periode.skolehold_id for periode in perioder)
    stays = _stays(perioder)
    elever = {each.elev_id: each.elev for each in medlemmer}
    elever |= {stay.elev_id: stay.elev for stay in stays.values()}
    calendars = _calendars(elever)
    pairs = [
        pair
        for periode in sorted(perioder, key=lambda each: (each.startdato, each.nr))
        for pair in _pairs(periode, medlemmer, stays, elever, periode.pk in gone)
    ]
    moving = {stay.kalenderperiode_id for _, _, stay, _ in pairs if stay and not deviates(stay)}
    taken = {pk: {row.pk: row for row in rows if row.pk not in moving} for pk, rows in calendars.items()}
    return [_judge(periode, elev, stay, follows, taken[elev.pk]) for periode, elev, stay, follows in pairs]


def _stays(perioder) -> dict[tuple[int, int], Skoleophold]:
    found = Skoleophold.objects.filter(skoleperiode__in=[each.pk for each in perioder if each.pk])
    found = found.select_related("elev__bruger", "kalenderperiode", "skoleperiode")
    return {(stay.elev_id, stay.skoleperiode_id): stay for stay in found}


def _calendars(elever: dict[int, Elev]) -> dict[int, list[Kalenderperiode]]:
    found = defaultdict(list, {pk: [] for pk in elever})
    for row in Kalenderperiode.objects.filter(elev__in=elever).select_related("skoleophold"):
        found[row.elev_id].append(row)
    return found


def _pairs(periode, medlemmer, stays, elever, gone):
    """Who follows the class on the first day of the period, and who has a stay in it already."""
    followers = {} if gone else {each.elev_id: each.elev for each in medlemmer if _follows(each, periode)}
    for pk, elev in followers.items():
        yield periode, elev, stays.get((pk, periode.pk)), True
    for (pk, other), stay in stays.items():
        if other == periode.pk and pk not in followers:
            yield periode, elever[pk], stay, False


def _follows(each: Tilknytning, periode: Skoleperiode) -> bool:
    stopped = each.elev.stoppet and each.elev.stoppet <= periode.startdato
    return each.skolehold_id == periode.skolehold_id and periode.startdato in each.span and not stopped


def deviates(stay: Skoleophold) -> bool:
    """Days of her own: said outright, or written by hand on her page."""
    row = stay.kalenderperiode
    return stay.afviger or (row is not None and row.span != stay.skoleperiode.span)


def _judge(periode, elev, stay, follows, taken) -> Skift:
    """`taken`: what lies in the elev's calendar whatever happens; what is placed here is added."""
    row, wanted = stay and stay.kalenderperiode, periode.span
    if stay and deviates(stay):
        return Skift(elev, periode, Art.AFVIGER, stay, row, row and row.span)
    if not follows:
        return _leaves(periode, elev, stay, row, taken)
    same = next((each for each in taken.values() if _is_same_school(each, wanted)), None) if row is None else None
    if same:
        row = same
    elif why := _hindrance(elev, wanted, taken.values()):
        return Skift(elev, periode, Art.KOLLIDERER, stay, row, None, why)
    _take(taken, row, periode, elev)
    if row is None:
        return Skift(elev, periode, Art.NY, stay, None, wanted)
    art = Art.FLYTTES if row.span != wanted else Art.NAVN if row.titel != str(periode) else Art.UAENDRET
    return Skift(elev, periode, art, stay, row, wanted)


def _leaves(periode, elev, stay, row, taken) -> Skift:
    """Does not follow the class any more: what is over stays, what lies ahead goes."""
    if row is None or row.startdato > today():
        return Skift(elev, periode, Art.FJERNES, stay, row, None)
    taken[row.pk] = row
    return Skift(elev, periode, Art.UAENDRET, stay, row, row.span)


def _is_same_school(row: Kalenderperiode, wanted: Periode) -> bool:
    """Written by hand before the class was, and nobody's yet."""
    return row.art == Kalenderperiode.Art.SKOLE and row.span == wanted and not hasattr(row, "skoleophold")


def _hindrance(elev: Elev, wanted: Periode, rows) -> str:
    if not elev.span.covers(wanted):
        return f"ligger uden for aftalen, {format_period(elev.startdato, elev.sidste_dag)}"
    for row in rows:
        if row.span.overlap(wanted):
            return f"har allerede {str(row).lower()} {format_period(row.startdato, row.sidste_dag)}"
    return ""


def _take(taken, row, periode: Skoleperiode, elev: Elev) -> None:
    placed = Kalenderperiode(elev=elev, art=Kalenderperiode.Art.SKOLE, titel=str(periode), periode=periode.periode)
    taken[row.pk if row else ("ny", id(periode))] = placed

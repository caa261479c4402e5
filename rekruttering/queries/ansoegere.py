"""The applicants of a round, as board and as list: the same rows, the same filter."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Collate

from elevforloeb.core.text import DanskSortering
from elevforloeb.core.words import count_noun
from rekruttering.models import Adgangsvej, Ansoegning, Notat, Runde
from rekruttering.permissions import can_see_fortrinsadgang, undeclared_ansoegninger, visible_ansoegninger
from rekruttering.services.flyt import BUTTONS, options
from rekruttering.services.tilstand import ASSESSED, T
from rekruttering.services.udvalg import seat_of

from .bedoemmelser import readings
from .kort import Ansoegerkort, is_booked, with_marks
from .pligter import unheard

COLUMNS = [T.NY, T.VURDERES, T.SAMTALE, T.TILBUD, T.VENTELISTE, T.ANSAT, T.AFSLAG, T.TRUKKET]
# The end of the way takes no room on the board when nobody is there.
ONLY_WITH_SOMEBODY = {T.VENTELISTE, T.ANSAT, T.AFSLAG, T.TRUKKET}
VURDERING = {"": "Alle", "min": "Mangler min bedømmelse", "andre": "Mangler bedømmelser", "klar": "Alle har bedømt"}
ALONG_THE_WAY = Case(*[When(tilstand=state, then=Value(nr)) for nr, state in enumerate(COLUMNS)])
BY_NAME = Collate(DanskSortering(F("efternavn")), "C")
SORTED_BY = {
    "nummer": "nummer",
    "navn": "efter",
    "vej": "adgangsvej__raekkefoelge",
    "tilstand": "vejen",
    "sendt": "indsendt",
}
ORDER = [*SORTED_BY, *(f"-{each}" for each in SORTED_BY)]
SHOWN = 20  # cards in a column; the rest are in the list


@dataclass(frozen=True)
class Kolonne:
    tilstand: str
    navn: str
    antal: int
    kort: list[Ansoegerkort]

    @property
    def flere(self) -> int:
        return self.antal - len(self.kort)


@dataclass(frozen=True)
class Ansoegere:
    runde: Runde
    kort: list[Ansoegerkort]
    i_alt: int  # without the filter
    uerklaerede: int
    er_medlem: bool
    altid: Collection[int] = ()  # who was moved just now is on the board, however long the column is

    @property
    def kolonner(self) -> list[Kolonne]:
        columns = [self._column(state) for state in COLUMNS]
        return [each for each in columns if each.kort or each.tilstand not in ONLY_WITH_SOMEBODY]

    def _column(self, state: T) -> Kolonne:
        cards = [card for card in self.kort if card.ansoegning.tilstand == state]
        shown = [card for nr, card in enumerate(cards) if nr < SHOWN or card.ansoegning.pk in self.altid]
        return Kolonne(state, state.label, len(cards), shown)

    @property
    def under_titlen(self) -> str:
        people = count_noun(self.i_alt, "ansøger", "ansøgere")
        return f"{people} til {count_noun(self.runde.pladser, 'plads', 'pladser')}"

    @property
    def min_tur(self) -> int:
        return sum(each.min_mangler for each in self.kort)


def get_ansoegere(
    user, runde: Runde, *, q="", vej=None, tilstand="", vurdering="", sorter="nummer", altid=()
) -> Ansoegere:
    visible = visible_ansoegninger(user).filter(runde=runde)
    rows = _found(visible, q=q, vej=vej, tilstand=tilstand).annotate(vejen=ALONG_THE_WAY, efter=BY_NAME)
    back = "-" * sorter.startswith("-")
    rows = rows.order_by(f"{back}{SORTED_BY[sorter.removeprefix('-')]}", f"{back}fornavn", "nummer")
    cards = cards_of(user, list(with_marks(rows)))
    seat = seat_of(user, runde)
    return Ansoegere(
        runde=runde,
        kort=[card for card in cards if _fits(card, vurdering)],
        i_alt=visible.count() if q or vej or tilstand else len(cards),
        uerklaerede=undeclared_ansoegninger(user, runde).count() if seat else 0,
        er_medlem=seat is not None,
        altid=altid,
    )


def _found(rows: QuerySet[Ansoegning], *, q, vej, tilstand) -> QuerySet[Ansoegning]:
    for word in q.split()[:6]:
        noted = Notat.objects.filter(ansoegning=OuterRef("pk"), tekst__icontains=word)
        rows = rows.filter(
            Q(fornavn__icontains=word)
            | Q(efternavn__icontains=word)
            | Q(skole__icontains=word)
            | Q(nummer=int(word) if word.isdecimal() and len(word) < 7 else None)
            | Q(Exists(noted))
        )
    if vej:
        rows = rows.filter(adgangsvej=vej)
    return rows.filter(tilstand=tilstand) if tilstand else rows


def _fits(card: Ansoegerkort, vurdering: str) -> bool:
    if vurdering == "min":
        return card.min_mangler
    if vurdering == "andre":
        return bool(card.laesning.mangler)
    return card.laesning.er_aaben if vurdering == "klar" else True


def cards_of(user, ansoegninger: list[Ansoegning]) -> list[Ansoegerkort]:
    read, waiting = readings(ansoegninger), unheard(ansoegninger)
    steers = can_see_fortrinsadgang(user)
    return [
        Ansoegerkort(
            ansoegning=each,
            laesning=read[each.pk],
            min_mangler=any(seat.bruger_id == user.pk for seat in read[each.pk].mangler) and each.tilstand in ASSESSED,
            fortrinsadgang=steers and each.fortrinsadgang,
            partshoering=each.pk in waiting,
            veje=_moves(each, read[each.pk], each.pk not in waiting) if steers else [],
        )
        for each in ansoegninger
    ]


def _moves(ansoegning: Ansoegning, laesning, is_heard: bool) -> list[tuple[str, str, str]]:
    found = options(ansoegning, laesning, is_heard=is_heard, is_booked=is_booked(ansoegning))
    return [(to, BUTTONS[to], why) for to, why in found]


def route_choices(runde: Runde) -> list[tuple[int, str]]:
    used = runde.ansoegninger.exclude(tilstand=T.KLADDE).values("adgangsvej")
    return list(Adgangsvej.objects.filter(pk__in=used).values_list("pk", "navn"))

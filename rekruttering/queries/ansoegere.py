"""The applicants of a round, as board and as list: the same rows, the same filter."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from elevforloeb.core.dates import today
from elevforloeb.core.words import count_noun
from rekruttering.models import Adgangsvej, Ansoegning, Runde
from rekruttering.permissions import can_see_fortrinsadgang, undeclared_ansoegninger, visible_ansoegninger
from rekruttering.services.flyt import BUTTONS, TARGETS
from rekruttering.services.tilstand import ASSESSED, MOVES, T
from rekruttering.services.udvalg import seat_of

from .bedoemmelser import Laesning, readings
from .pligter import unheard

COLUMNS = [T.NY, T.VURDERES, T.SAMTALE, T.TILBUD, T.VENTELISTE, T.ANSAT, T.AFSLAG, T.TRUKKET]
# The end of the way takes no room on the board when nobody is there.
ONLY_WITH_SOMEBODY = {T.VENTELISTE, T.ANSAT, T.AFSLAG, T.TRUKKET}
COLOURS = {T.NY: "info", T.VURDERES: "vent", T.SAMTALE: "fjord", T.TILBUD: "ok", T.ANSAT: "ok"}
VURDERING = {"": "Alle", "min": "Mangler min bedømmelse", "andre": "Mangler bedømmelser", "klar": "Alle har bedømt"}
ORDER = {
    "nummer": ("nummer",),
    "navn": ("efternavn", "fornavn", "nummer"),
    "vej": ("adgangsvej__raekkefoelge", "nummer"),
    "tilstand": ("tilstand", "tilstand_siden"),
    "sendt": ("-indsendt",),
}
OLD = 10  # days as new before the card says so


@dataclass(frozen=True)
class Ansoegerkort:
    ansoegning: Ansoegning
    laesning: Laesning
    min_mangler: bool
    fortrinsadgang: bool  # only for who may see it
    partshoering: bool
    veje: list[tuple[str, str]]  # where it can be put, as far as its state goes

    @property
    def skal_bedoemmes(self) -> bool:
        return self.ansoegning.tilstand in ASSESSED

    @property
    def i_alt(self) -> int:
        return self.laesning.afgivet + len(self.laesning.mangler)

    @property
    def farve(self) -> str:
        return COLOURS.get(self.ansoegning.tilstand, "")

    @property
    def dage_som_ny(self) -> int:
        """How long it has lain unread; 0 when that is no news."""
        if self.ansoegning.tilstand != T.NY:
            return 0
        days = (today() - self.ansoegning.tilstand_siden.date()).days
        return days if days >= OLD else 0


@dataclass(frozen=True)
class Kolonne:
    tilstand: str
    navn: str
    kort: list[Ansoegerkort]


@dataclass(frozen=True)
class Ansoegere:
    runde: Runde
    kort: list[Ansoegerkort]
    i_alt: int  # without the filter
    uerklaerede: int
    er_medlem: bool

    @property
    def kolonner(self) -> list[Kolonne]:
        columns = [Kolonne(t, T(t).label, [k for k in self.kort if k.ansoegning.tilstand == t]) for t in COLUMNS]
        return [each for each in columns if each.kort or each.tilstand not in ONLY_WITH_SOMEBODY]

    @property
    def under_titlen(self) -> str:
        people = count_noun(self.i_alt, "ansøger", "ansøgere")
        return f"{people} til {count_noun(self.runde.pladser, 'plads', 'pladser')}"

    @property
    def min_tur(self) -> int:
        return sum(each.min_mangler for each in self.kort)


def get_ansoegere(user, runde: Runde, *, q="", vej=None, tilstand="", vurdering="", sorter="nummer") -> Ansoegere:
    visible = visible_ansoegninger(user).filter(runde=runde)
    rows = _found(visible, q=q, vej=vej, tilstand=tilstand).order_by(*ORDER[sorter])
    cards = cards_of(user, list(rows.select_related("adgangsvej", "runde")))
    seat = seat_of(user, runde)
    return Ansoegere(
        runde=runde,
        kort=[card for card in cards if _fits(card, vurdering)],
        i_alt=visible.count() if q or vej or tilstand else len(cards),
        uerklaerede=undeclared_ansoegninger(user, runde).count() if seat else 0,
        er_medlem=seat is not None,
    )


def _found(rows: QuerySet[Ansoegning], *, q, vej, tilstand) -> QuerySet[Ansoegning]:
    if q:
        words = q.split()[:6]
        for word in words:
            rows = rows.filter(
                Q(fornavn__icontains=word)
                | Q(efternavn__icontains=word)
                | Q(skole__icontains=word)
                | Q(nummer=int(word) if word.isdecimal() and len(word) < 7 else None)
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
            veje=[(to, BUTTONS[to]) for to in TARGETS if to in MOVES[each.tilstand]],
        )
        for each in ansoegninger
    ]


def route_choices(runde: Runde) -> list[tuple[int, str]]:
    used = runde.ansoegninger.exclude(tilstand=T.KLADDE).values("adgangsvej")
    return list(Adgangsvej.objects.filter(pk__in=used).values_list("pk", "navn"))

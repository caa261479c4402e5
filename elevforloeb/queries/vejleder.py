"""What an elevvejleder needs first: whom she has, whom she gets, and what happens when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef

from afdelinger.models import Rolle
from elevforloeb import permissions
from elevforloeb.core.dates import format_period, today
from elevforloeb.core.rules import Rules
from elevforloeb.core.words import genitive
from elevforloeb.forloeb import Nettouger
from elevforloeb.models import Elev, Kalenderperiode, Ophold

from . import figures
from .figures import Art
from .forloeb import title_of

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class Opholdskort:
    """One stay in the department, with what its elevvejleder plans by. No reasons for absence."""

    ophold: Ophold
    skole: tuple[Kalenderperiode, ...]  # what is left of it in the stay
    netto: Nettouger
    borte: str  # where the elev is today, when not in the department
    er_min: bool  # the reader is the elevvejleder of the stay

    @property
    def elev(self) -> Elev:
        return self.ophold.elev

    @property
    def dage_tilbage(self) -> int:
        return (self.ophold.slutdato - today()).days


@dataclass(frozen=True)
class Kommende:
    """A stay that begins so late that the reader knows whose it is and when, and nothing more."""

    ophold: Ophold
    aabner: date  # from then on the reader sees the elev's page


@dataclass(frozen=True)
class Frist:
    dato: date
    titel: str
    tekst: str
    elev: Elev


@dataclass(frozen=True)
class Vejlederside:
    nu: tuple[Opholdskort, ...]
    kommer: tuple[Opholdskort, ...]
    senere: tuple[Kommende, ...]
    frister: tuple[Frist, ...]

    @property
    def flere_kommer(self) -> bool:
        return len(self.kommer) + len(self.senere) > 1


def get_vejlederside(user) -> Vejlederside:
    day = today()
    cards, later = stay_cards(user, user.afdelinger_som(Rolle.ELEVVEJLEDER))
    cards.sort(key=lambda card: (not card.er_min, card.ophold.startdato))
    return Vejlederside(
        nu=tuple(card for card in cards if card.ophold.startdato <= day),
        kommer=tuple(card for card in cards if card.ophold.startdato > day),
        senere=tuple(later),
        frister=tuple(_deadlines(cards, user.regler)),
    )


def stay_cards(user, afdelinger: list[int]) -> tuple[list[Opholdskort], list[Kommende]]:
    """The stays from today on in these departments: of elever whose page the user may see, and of the others."""
    stays = (
        permissions.announced_ophold(user)
        .filter(afdeling__in=afdelinger, elev__in=Elev.objects.employed_from(today()))
        .select_related("elev__bruger", "elev__hold", "afdeling", "elevvejleder")
        .prefetch_related("elev__kalenderperioder")
        .annotate(er_aaben=Exists(permissions.visible_elever(user).filter(pk=OuterRef("elev"))))
        .order_by("periode", "elev__bruger__sortering")
    )
    cards, later = [], []
    for stay in stays:
        if stay.er_aaben:
            cards.append(_card(user, stay))
        else:
            later.append(Kommende(stay, permissions.opens(stay, user.regler)))
    return cards, later


def _card(user, stay: Ophold) -> Opholdskort:
    day, rows = today(), stay.elev.kalenderperioder.all()
    away = next((row for row in rows if day in row.span), None) if day in stay.span else None
    return Opholdskort(
        ophold=stay,
        skole=tuple(r for r in rows if r.art == Art.SKOLE and r.sidste_dag >= day and r.span.overlap(stay.span)),
        netto=figures.net(stay, rows),
        borte=title_of(away, viser_fravaer=False) if away else "",
        er_min=stay.elevvejleder_id == user.pk,
    )


def _deadlines(cards: list[Opholdskort], numbers: Rules) -> list[Frist]:
    """What happens in the coming weeks, by date."""
    day = today()
    found = []
    for card in cards:
        found += _of_stay(card)
        if card.ophold.startdato <= day:
            last = figures.proevetid(card.elev, card.elev.kalenderperioder.all(), numbers).sidste_dag
            text = "Tal med den elevansvarlige i god tid, hvis I er i tvivl"
            found.append(Frist(last, f"{genitive(card.elev.bruger.fornavn)} prøvetid slutter", text, card.elev))
    return sorted((each for each in found if day <= each.dato <= day + AHEAD), key=lambda each: each.dato)


def _of_stay(card: Opholdskort) -> list[Frist]:
    name, stay = card.elev.bruger.fornavn, card.ophold
    where = stay.afdeling.kortnavn
    found = [
        Frist(stay.startdato, f"{name} begynder i {where}", format_stay(stay), card.elev),
        Frist(
            stay.sidste_dag,
            f"{genitive(name)} sidste dag i {where}",
            "Sig farvel og giv videre",
            card.elev,
        ),
    ]
    for row in card.skole:
        days = format_period(row.startdato, row.sidste_dag)
        found.append(Frist(row.startdato, f"{name} er på skole", days, card.elev))
    return found


def format_stay(stay: Ophold) -> str:
    return format_period(stay.startdato, stay.sidste_dag)

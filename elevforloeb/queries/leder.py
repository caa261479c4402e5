"""What the leder of a department needs first: who is here, who comes, and how much room there is."""

from dataclasses import dataclass
from datetime import date, timedelta

from afdelinger.models import Afdeling, Rolle
from elevforloeb.belaegning import free_places
from elevforloeb.core.dates import Periode, add_months, first_of_month, month_name, today
from elevforloeb.models import Ophold

from .vejleder import Kommende, Opholdskort, stay_cards

MONTHS = 12
SOON = timedelta(days=60)


@dataclass(frozen=True)
class Maanedsplads:
    maaned: date
    pladser: int
    ledige: int

    @property
    def navn(self) -> str:
        return month_name(self.maaned)

    @property
    def optaget(self) -> int:
        return self.pladser - self.ledige


@dataclass(frozen=True)
class Lederafdeling:
    afdeling: Afdeling
    her: tuple[Opholdskort, ...]
    kommer: tuple[Opholdskort, ...]
    senere: tuple[Kommende, ...]
    uden_elevvejleder: tuple[Ophold, ...]
    maaneder: tuple[Maanedsplads, ...]


@dataclass(frozen=True)
class Lederside:
    afdelinger: tuple[Lederafdeling, ...]


def get_lederside(user) -> Lederside:
    ids = user.afdelinger_som(Rolle.LEDER)
    cards, later = stay_cards(user, ids)
    stays = list(Ophold.objects.within(first_of_month(today())).filter(afdeling__in=ids))
    afdelinger = Afdeling.objects.filter(pk__in=ids).prefetch_related("pladser")
    return Lederside(tuple(_afdeling(afdeling, cards, later, stays) for afdeling in afdelinger))


def _afdeling(afdeling, cards, later, stays) -> Lederafdeling:
    day = today()
    mine = [card for card in cards if card.ophold.afdeling_id == afdeling.pk]
    later = tuple(each for each in later if each.ophold.afdeling_id == afdeling.pk)
    soon = [each.ophold for each in (*mine, *later)]
    return Lederafdeling(
        afdeling=afdeling,
        her=tuple(card for card in mine if card.ophold.startdato <= day),
        kommer=tuple(card for card in mine if card.ophold.startdato > day),
        senere=later,
        uden_elevvejleder=tuple(s for s in soon if s.elevvejleder_id is None and s.startdato <= day + SOON),
        maaneder=months_of(afdeling, [stay.span for stay in stays if stay.afdeling_id == afdeling.pk]),
    )


def months_of(afdeling: Afdeling, load: list[Periode]) -> tuple[Maanedsplads, ...]:
    """The coming year, month by month: the least room there is on any day of the month."""
    places = [(row.span, row.antal) for row in afdeling.pladser.all()]
    months = []
    for number in range(MONTHS):
        first = add_months(first_of_month(today()), number)
        month = Periode(first, add_months(first, 1))
        room = free_places([], places, month)
        months.append(Maanedsplads(first, room, free_places(load, places, month)))
    return tuple(months)

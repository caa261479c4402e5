"""Talks that nobody will be asked to hold: of stays that were over before the system knew of them, and lapsed ones.

The daily work (efter_planen) makes what is due about now. A hold that is read in with its past has more behind it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from elevforloeb.core.rules import rules
from elevforloeb.models import Elev, Ophold
from evaluering.models import Evaluering
from evaluering.models.skema import Art

from .efter_planen import talks_of

S = Evaluering.Status


@dataclass(frozen=True)
class Tidligere:
    ophold: Ophold
    art: Art
    frist: date  # after the plan
    bortfaldet: bool

    @property
    def noegle(self) -> str:
        return f"{self.ophold.pk}-{self.art}"

    @property
    def navn(self) -> str:
        return f"{self.art.label}: {self.ophold.elev.bruger.navn} i {self.ophold.afdeling.kortnavn}"


def earlier_talks(elever: Iterable[Elev]) -> list[Tidligere]:
    """By elev and time. Prøvetid is talked about once, in whichever stay it was."""
    now, elever = rules(), list(elever)
    held, lapsed, talked = _there_are(elever)
    is_here = Q(periode__startswith__lte=now.day) | Q(pk__in=[stay for stay, _ in lapsed if stay])
    stays = Ophold.objects.filter(is_here, elev__in=elever).select_related("elev__bruger", "afdeling")
    stays = list(stays.order_by("elev__bruger__sortering", "elev", "periode"))
    edge = now.day - timedelta(days=now.adgang_efter_dage)
    by_pk = {stay.pk: stay for stay in stays}
    found = []
    for talk in talks_of(stays, now):
        key = talk.ophold, talk.art
        comes_not = talk.frist < edge or key in lapsed
        is_talked = talk.art == Art.PROEVETID and talk.elev in talked
        if comes_not and key not in held and not is_talked:
            found.append(Tidligere(by_pk[talk.ophold], Art(talk.art), talk.frist, key in lapsed))
    return found


def _there_are(elever: list[Elev]) -> tuple[set, set, set[int]]:
    """(stay, kind) of those that are held or to be held, of those that lapsed, and who has talked of the prøvetid."""
    rows = Evaluering.objects.filter(elev__in=elever).order_by().values_list("elev", "ophold", "art", "status")
    held = {(stay, art) for _, stay, art, status in rows if status != S.BORTFALDET}
    lapsed = {(stay, art) for _, stay, art, status in rows if status == S.BORTFALDET}
    talked = {elev for elev, _, art, status in rows if art == Art.PROEVETID and status != S.BORTFALDET}
    return held, lapsed, talked

"""Offers and letters: how far each is."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from afdelinger.models import Maalsaet
from elevforloeb.core.models import Mail
from elevforloeb.models import Hold
from rekruttering.models import Ansoegning, Runde, Tilbud
from rekruttering.models.brev import Skrivelse
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.services.breve import AFSLAG, Slags, key_of


@dataclass(frozen=True)
class Brevlinje:
    brev: Skrivelse
    mail: Mail | None

    @property
    def er_ude(self) -> bool:
        return self.mail is None or self.mail.status not in Mail.PAA_VEJ


@dataclass(frozen=True)
class Sendte:
    linjer: list[Brevlinje]

    @property
    def paa_vej(self) -> int:
        return sum(not each.er_ude for each in self.linjer)

    @property
    def ude(self) -> int:
        return len(self.linjer) - self.paa_vej


def letters_of(user, runde: Runde, slags: Slags = AFSLAG) -> Sendte:
    mine = steerable_ansoegninger(user).filter(runde=runde)
    rows = list(slags.model.objects.filter(ansoegning__in=mine).select_related("ansoegning"))
    mails = {mail.noegle: mail for mail in Mail.objects.filter(noegle__in=[key_of(row) for row in rows])}
    return Sendte([Brevlinje(row, mails.get(key_of(row))) for row in rows])


def steps_of(rows: QuerySet[Ansoegning]) -> list[tuple[str, str, int]]:
    """State, its name and how many are in it, along the way."""
    counts = Counter(rows.order_by().values_list("tilstand", flat=True))
    return [(state, state.label, counts[state]) for state in Ansoegning.Tilstand if counts[state]]


def current_offer(ansoegning: Ansoegning) -> Tilbud | None:
    return ansoegning.tilbud.filter(trukket=None).first()


def first_hold(runde: Runde) -> Hold | None:
    """The hold that begins when the round says."""
    return Hold.objects.filter(startdato=runde.startdato).first()


def newest_maalsaet() -> Maalsaet | None:
    return Maalsaet.objects.last()

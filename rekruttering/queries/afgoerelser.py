"""Offers and letters: how far each is."""

from dataclasses import dataclass

from afdelinger.models import Maalsaet
from elevforloeb.core.models import Mail
from elevforloeb.models import Hold
from rekruttering.models import Ansoegning, Brev, Runde, Tilbud
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.services.breve import key_of


@dataclass(frozen=True)
class Brevlinje:
    brev: Brev
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


def letters_of(user, runde: Runde) -> Sendte:
    mine = steerable_ansoegninger(user).filter(runde=runde)
    rows = list(Brev.objects.filter(ansoegning__in=mine).select_related("ansoegning"))
    mails = {mail.noegle: mail for mail in Mail.objects.filter(noegle__in=[key_of(row) for row in rows])}
    return Sendte([Brevlinje(row, mails.get(key_of(row))) for row in rows])


def current_offer(ansoegning: Ansoegning) -> Tilbud | None:
    return ansoegning.tilbud.filter(trukket=None).first()


def first_hold(runde: Runde) -> Hold | None:
    """The hold that begins when the round says."""
    return Hold.objects.filter(startdato=runde.startdato).first()


def newest_maalsaet() -> Maalsaet | None:
    return Maalsaet.objects.last()

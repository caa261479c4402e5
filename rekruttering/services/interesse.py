"""Somebody wants to hear about the next round. By consent, confirmed by a link, and it ends by itself."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import add_months, at_eight, now, today
from elevforloeb.core.rules import rules
from rekruttering.models import Ansoegning, Interesse, Runde
from rekruttering.queries.interesse import SKABELON, who_asked

from .post import forget_mails, forget_unknown, has_room
from .tilstand import write_step

UNCONFIRMED = timedelta(days=7)


@transaction.atomic
def ask_for_notice(*, email: str) -> None:
    """The answer is the same whether the address is known or not, and so is the work."""
    email = email.lower()
    new = Interesse(email=email, noegle=uuid4(), udloeber=_end(), samtykke=now())
    Interesse.objects.bulk_create([new], ignore_conflicts=True)
    row = Interesse.objects.filter(email=email).first()
    if row and has_room(email):
        noegle = f"interesse:{row.pk}:bekraeft:{uuid4().hex}"
        outbox.queue(email, noegle=noegle, skabelon="interesse_bekraeft", data={"interesse": row.pk})


def confirm(*, interesse: Interesse) -> None:
    """The consent counts from here."""
    moment = now()
    Interesse.objects.filter(pk=interesse.pk).update(bekraeftet=moment, samtykke=moment, udloeber=_end())


@transaction.atomic
def take_back(*, interesse: Interesse) -> None:
    _remove([interesse.pk])


def _end():
    return add_months(today(), rules().interesse_maaneder)


@transaction.atomic
def forget_expired_interests() -> None:
    """Whose time is up, who never confirmed, and who asked for the link to an application that is not there."""
    forget_unknown()
    old = Q(udloeber__lte=today()) | Q(bekraeftet=None, samtykke__lt=now() - UNCONFIRMED)
    _remove(list(Interesse.objects.filter(old).values_list("pk", flat=True)[:500]))
    Ansoegning.objects.filter(kontakt_igen__lte=today()).update(kontakt_igen=None)


def _remove(pks: list[int]) -> None:
    forget_mails(f"interesse:{pk}:" for pk in pks)
    Interesse.objects.filter(pk__in=pks).delete()


def tell_interested() -> None:
    """A round is open: whoever asked before it opened gets one mail about it."""
    open_now = Runde.objects.filter(tilstand=Runde.Tilstand.OFFENTLIG, aabner__lte=now(), frist__gt=now())
    for runde in open_now:
        due = at_eight(timezone.localtime(runde.aabner).date())
        outbox.queue_new(
            [
                outbox.order(
                    row.email,
                    noegle=f"{kind}:{row.pk}:runde:{runde.pk}",
                    skabelon=SKABELON,
                    data={kind: row.pk, "runde": runde.pk},
                    forfald=due,
                )
                for kind, row in who_asked(runde.aabner, runde)
            ]
        )


@transaction.atomic
def forget_address(actor, *, email: str) -> bool:
    """Somebody rings and wants no more of it. False: the address was not on the list."""
    wishes = list(Interesse.objects.filter(email__iexact=email))
    for wish in wishes:
        audit.record(actor, "interesse.fjernet", wish, f"{wish} er slettet")
    _remove([wish.pk for wish in wishes])
    asked = Ansoegning.objects.filter(email__iexact=email, kontakt_igen__isnull=False).select_for_update()
    for row in asked:
        Ansoegning.objects.filter(pk=row.pk).update(kontakt_igen=None)
        write_step(actor, ansoegning=row, art="kontakt", tekst="Ansøgeren vil ikke høre om en senere runde.")
    return bool(wishes or asked)

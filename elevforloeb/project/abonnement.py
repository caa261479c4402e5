"""The subscription to one's own calendar: a secret address that Outlook, Google and Apple fetch without log-in.

The key is told once and kept as a fingerprint. Whoever has it reads what its owner may read today: with the last role,
or with the account, the calendar is gone.
"""

from hashlib import sha256
from secrets import token_urlsafe

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from afdelinger.models import Bruger, Rolle
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.models import Opslag

from .models import Kalenderabonnement

KEY_BYTES = 32  # 256 bits


def fingerprint(noegle: str) -> str:
    return sha256(noegle.encode()).hexdigest()


def address(noegle: str) -> str:
    return settings.BASE_URL.rstrip("/") + reverse("min_kalender_fil", args=[noegle])


@transaction.atomic
def subscribe(actor: Bruger) -> str:
    """A new key, told here and never again. The one before stops working."""
    noegle = token_urlsafe(KEY_BYTES)
    values = {"noegle": fingerprint(noegle), "oprettet": today(), "hentet": None}
    row, _ = Kalenderabonnement.objects.update_or_create(bruger=actor, defaults=values)
    audit.record(actor, "kalender.abonnement", row, f"{actor}: ny adresse til den private kalender")
    return noegle


@transaction.atomic
def unsubscribe(actor: Bruger) -> None:
    row = Kalenderabonnement.objects.filter(bruger=actor).first()
    if row:
        audit.record(actor, "kalender.opsagt", row, f"{actor}: adressen til den private kalender er fjernet")
        row.delete()


def find(noegle: str) -> Kalenderabonnement | None:
    """Of somebody who could log in today and see something."""
    rows = Kalenderabonnement.objects.select_related("bruger").filter(bruger__is_active=True)
    row = rows.filter(noegle=fingerprint(noegle)).first()
    return row if row and row.bruger.roller else None


def note_fetch(request, row: Kalenderabonnement) -> None:
    """In the row and in the access log once a day: programs come every hour."""
    day = today()
    if row.hentet == day:
        return
    first = Kalenderabonnement.objects.filter(pk=row.pk).exclude(hentet=day).update(hentet=day)
    if first and reads_of_others(row.bruger):
        audit.log_read(request, bruger=row.bruger, art=Opslag.Art.HENT)


def reads_of_others(bruger: Bruger) -> bool:
    """An elev's calendar is about herself alone."""
    return bruger.har_rolle(*(rolle for rolle in Rolle if rolle != Rolle.ELEV))

"""Mail to applicants, who have no account: how many an address gets, and what is forgotten with the case.

Anybody can type anybody's address into a public form, so one address gets few of the mails that a form can order.
A link leaves room for one more: the receipt of whoever sends her application the same day.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from elevforloeb.core import outbox
from elevforloeb.core.delivery import remove_files
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from rekruttering.models import Ansoegning, Runde

UNKNOWN = "ansoegning:ingen:link:"
ORDERED_BY_A_FORM = ("ansoegning_link", "ansoegning_kvittering", "ansoegning_trukket", "interesse_bekraeft")


def has_room(adresse: str, *, spare: int = 0) -> bool:
    """Those who ask for the same address wait for each other, so that ten at once do not all find room."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext(%s))", [f"post:{adresse.casefold()}"])
    today = Mail.objects.filter(
        adresse__iexact=adresse, skabelon__in=ORDERED_BY_A_FORM, oprettet__gt=timezone.now() - timedelta(days=1)
    )
    return today.count() + spare < rules().ansoegning_mails_dag


@transaction.atomic
def send_link(*, ansoegning: Ansoegning, adresse: str) -> None:
    if has_room(adresse, spare=1):
        noegle = f"ansoegning:{ansoegning.pk}:link:{uuid4().hex}"
        outbox.queue(adresse, noegle=noegle, skabelon="ansoegning_link", data={"ansoegning": ansoegning.pk})


def send_to_applicant(ansoegning: Ansoegning, hvad: str) -> None:
    """A mail that the application gives cause for once: kvittering, trukket."""
    if has_room(ansoegning.email):
        noegle, data = f"ansoegning:{ansoegning.pk}:{hvad}", {"ansoegning": ansoegning.pk}
        outbox.queue(ansoegning.email, noegle=noegle, skabelon=f"ansoegning_{hvad}", data=data)


@transaction.atomic
def request_link(*, email: str) -> None:
    """Somebody has lost her link. Nobody learns which addresses have applied: not from the answer, and not from how
    long it takes, for an unknown address gives a row too, which is never sent and soon forgotten.
    """
    rows = Ansoegning.objects.filter(email__iexact=email).exclude(runde__tilstand=Runde.Tilstand.AFSLUTTET)
    found = list(rows.order_by("-indsendt", "-pk").values_list("pk", "email")[:2])  # in two rounds: one mail
    pks = [pk for pk, _ in found]
    adresse = found[0][1] if pks else email  # hers, not what was typed: two addresses can look alike to the database
    if has_room(adresse, spare=1):
        noegle = f"ansoegning:{pks[0]}:link:{uuid4().hex}" if pks else f"{UNKNOWN}{uuid4().hex}"
        data = dict(zip(("ansoegning", "ogsaa"), pks, strict=False))
        outbox.queue(adresse, noegle=noegle, skabelon="ansoegning_link", data=data)


def forget_unknown() -> None:
    """The addresses that were asked about and have not applied."""
    old = timezone.now() - timedelta(days=1)
    Mail.objects.filter(noegle__startswith=UNKNOWN, oprettet__lt=old).delete()


def forget_mails(prefixes: Iterable[str]) -> None:
    """The mails about what is deleted, sent or not, and the files that they were written to."""
    about = Q()
    for prefix in prefixes:
        about |= Q(noegle__startswith=prefix)
    found = dict(Mail.objects.filter(about).values_list("pk", "message_id")) if about else {}
    Mail.objects.filter(pk__in=found).delete()
    transaction.on_commit(lambda: remove_files(found.values()))

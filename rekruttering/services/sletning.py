"""What is forgotten when its time is up: abandoned drafts, and the applications of a closed round.

Everything goes: row, answers, files and their bytes, the case and the committee's words about it, mails and what they
were written to. What stays are counts that point to nobody, and lines of history that know a number only.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q

from elevforloeb.core import audit
from elevforloeb.core.dates import add_months, now, today
from elevforloeb.core.models import Fil
from elevforloeb.core.rules import rules
from elevforloeb.core.words import count_noun
from rekruttering.models import Ansoegning, Interesse, Kladdetal, Runde, Rundetal, Sagsmappe
from rekruttering.taelling import count_drafts, count_sent

from .post import forget_mails

T = Ansoegning.Tilstand
ROWS = 200  # in one run; the next minute takes the rest


def remove(ansoegninger: list[Ansoegning]) -> None:
    """With all that hangs on them. The bytes go when the deletion is committed."""
    pks = [each.pk for each in ansoegninger]
    forget_mails(f"ansoegning:{pk}:" for pk in pks)
    Fil.objects.filter(pk__in=Fil.objects.filter(ansoegningsbilag__ansoegning__in=pks).values("pk")).delete()
    Ansoegning.objects.filter(pk__in=pks).delete()


@transaction.atomic
def discard_draft(*, ansoegning: Ansoegning) -> None:
    """She will not apply after all: a draft that nobody else has seen goes at once."""
    drafts = list(Ansoegning.objects.select_for_update().filter(pk=ansoegning.pk, tilstand=T.KLADDE))
    _count(ansoegning.runde, drafts)
    remove(drafts)


@transaction.atomic
def forget_drafts() -> None:
    old = now() - timedelta(days=rules().ansoegning_kladde_dage)
    rows = Ansoegning.objects.filter(tilstand=T.KLADDE, rettet__lte=old)
    by_round = defaultdict(list)
    for row in rows.select_related("runde").select_for_update(skip_locked=True, of=["self"]).order_by("pk")[:ROWS]:
        by_round[row.runde].append(row)
    for runde, drafts in by_round.items():
        _count(runde, drafts)
        remove(drafts)
        _write_down(runde, "kladder_slettet", len(drafts), "forladt kladde", "forladte kladder")


@transaction.atomic
def delete_applications() -> None:
    """Of rounds that closed so many months ago. One that must be kept for a complaint waits for its own day."""
    for runde in Runde.objects.filter(tilstand=Runde.Tilstand.AFSLUTTET):
        if add_months(runde.afsluttet, runde.slettes_efter_maaneder) <= today():
            _delete_of(runde)


def _delete_of(runde: Runde) -> None:
    due = runde.ansoegninger.filter(Q(beholdes_til=None) | Q(beholdes_til__lte=today()))
    rows = due.select_related("adgangsvej").select_for_update(skip_locked=True, of=["self"]).order_by("pk")
    found = list(rows.prefetch_related("skridt")[:ROWS])
    if not found:
        return
    _count(runde, found)
    _keep_consents(found)
    Sagsmappe.objects.filter(runde=runde).delete()
    remove(found)
    _write_down(runde, "ansoegninger_slettet", len(found), "ansøgning", "ansøgninger")


def _write_down(runde: Runde, what: str, number: int, one: str, many: str) -> None:
    words = f"{count_noun(number, one, many)} i {runde} er slettet for altid"
    audit.record(None, f"runde.{what}", runde, words, antal=number)


def _count(runde: Runde, rows: list[Ansoegning]) -> None:
    """Added before they go, in the same transaction: none is counted twice or forgotten."""
    for line, tal in count_sent(row for row in rows if not row.er_kladde).items():
        found, _ = Rundetal.objects.get_or_create(runde=runde, **line._asdict(), defaults={"antal": 0})
        more = {"antal": tal.antal, "besvarede": tal.besvarede, "dage_til_svar": tal.dage}
        Rundetal.objects.filter(pk=found.pk).update(**{name: F(name) + number for name, number in more.items()})
    for trin, number in count_drafts(row for row in rows if row.er_kladde).items():
        kladder, _ = Kladdetal.objects.get_or_create(runde=runde, trin=trin)
        Kladdetal.objects.filter(pk=kladder.pk).update(antal=F("antal") + number)


def _keep_consents(rows: list[Ansoegning]) -> None:
    """Who said yes to hear about a later round is remembered by her address alone, for as long as she said."""
    for row in rows:
        if row.kontakt_igen and row.kontakt_igen > today():
            own = {"noegle": row.noegle, "udloeber": row.kontakt_igen, "samtykke": row.indsendt, "bekraeftet": now()}
            wish, _ = Interesse.objects.get_or_create(email=row.email.lower(), defaults=own)
            if wish.bekraeftet is None:  # she asked on the public page too, and has said yes here
                Interesse.objects.filter(pk=wish.pk).update(udloeber=row.kontakt_igen, bekraeftet=now())

"""Approved expenses on their way to payroll or accounts: each in one payment, which can be undone until handed over."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.errors import StaleError
from elevforloeb.core.money import kroner
from elevforloeb.core.words import count_noun
from skoleophold.models import Udbetaling, Udlaeg

from .udlaeg import MOVES, S

CHANGED = "Nogle af udlæggene er ikke længere klar til udbetaling. Der er ikke lavet noget. Se den nye liste."


@transaction.atomic
def create_udbetaling(actor, *, ids: list[int]) -> Udbetaling:
    """Of those that were shown: all, or none when somebody else has taken or returned one meanwhile."""
    rows = Udlaeg.objects.select_for_update(of=("self",)).filter(pk__in=ids, status=S.GODKENDT).order_by("pk")
    amounts = [row.til_udbetaling for row in rows]
    if not ids:
        raise ValidationError("Sæt kryds ved mindst ét udlæg.")
    if len(amounts) != len(set(ids)):
        raise StaleError(CHANGED)
    made = Udbetaling.objects.create(lavet_af=actor, antal=len(amounts), beloeb=sum(amounts))
    _move_all(Udlaeg.objects.filter(pk__in=ids), S.GODKENDT, S.UDBETALT, udbetaling=made)
    text = f"{made} lavet: {count_noun(made.antal, 'udlæg', 'udlæg')}, {kroner(made.beloeb)}"
    audit.record(actor, "udbetaling.lavet", made, text)
    return made


@transaction.atomic
def undo_udbetaling(actor, *, udbetaling: Udbetaling) -> None:
    """The expenses are approved again, and wait for another payment."""
    _settle(udbetaling, fortrudt=now())
    _move_all(udbetaling.udlaeg.all(), S.UDBETALT, S.GODKENDT, udbetaling=None)
    audit.record(actor, "udbetaling.fortrudt", udbetaling, f"{udbetaling} fortrudt")


@transaction.atomic
def hand_over(actor, *, udbetaling: Udbetaling) -> None:
    """The file is with payroll or accounts: from now on it cannot be undone here."""
    _settle(udbetaling, afleveret=now(), afleveret_af=actor)
    audit.record(actor, "udbetaling.afleveret", udbetaling, f"{udbetaling} afleveret")


def _settle(udbetaling: Udbetaling, **fields) -> None:
    """Handed over or undone, once."""
    if not Udbetaling.objects.filter(pk=udbetaling.pk, afleveret=None, fortrudt=None).update(**fields):
        udbetaling.refresh_from_db()
        raise StaleError(f"{udbetaling} er {udbetaling.tilstand.lower()} i forvejen, så det kan ikke ændres.")


def _move_all(rows, old: str, new: str, **fields) -> None:
    if new not in MOVES[old]:
        raise ValueError(f"No way from {old} to {new}")
    rows.filter(status=old).update(status=new, version=F("version") + 1, **fields)

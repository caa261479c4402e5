"""What is set aside for each kind of cost, and the kinds themselves."""

from datetime import date
from decimal import Decimal
from hashlib import sha256

from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, compared, conflict, fingerprint, save_checked
from elevforloeb.core.money import kroner
from elevforloeb.core.periods import checked_period
from elevforloeb.models import Hold
from skoleophold.models import Budget, Udgiftsart

FIELDS = (
    "periode", "navn", "betales", "betales_ikke", "loft", "egen_udgift", "mindst_km", "konto", "kilde",
)  # fmt: skip


def budget_version(hold: Hold | None, aar: int | None) -> str:
    """Of all the amounts of a hold or a year together: one form has them all."""
    rows = Budget.objects.filter(hold=hold, aar=aar).order_by("art_id").values_list("art_id", "beloeb", "kilde")
    return sha256(repr(list(rows)).encode()).hexdigest()[:16]


@transaction.atomic
def set_budget(
    actor, *, hold: Hold | None, aar: int | None, beloeb: dict[Udgiftsart, Decimal | None], kilde: str, version: str
) -> None:
    """Of a hold through its course, or of a year. Without an amount an art has no budget, which is not 0."""
    list(Udgiftsart.objects.select_for_update().order_by("pk"))
    if version != budget_version(hold, aar):
        raise StaleError("En anden har rettet budgettet imens. Se de nye tal, og ret så dine ind.")
    there = {row.art_id: row for row in Budget.objects.filter(hold=hold, aar=aar)}
    for art, amount in beloeb.items():
        row = there.get(art.pk) or Budget(art=art, hold=hold, aar=aar)
        if amount is not None:
            row.beloeb, row.kilde = amount, kilde
            save_checked(row)
        elif row.pk:
            row.delete()
    total = kroner(sum(amount for amount in beloeb.values() if amount is not None) or Decimal(0))
    audit.record(actor, "budget.rettet", hold or _any_row(aar), f"Budget for {hold or aar} sat til {total} i alt")


def _any_row(aar: int) -> Budget:
    """What the line in the history hangs on; a year is no row of its own."""
    return Budget.objects.filter(aar=aar).first() or Budget(aar=aar)


# --- kinds of cost ------------------------------------------------------------------------------------------------


def udgiftsart_version(art: Udgiftsart) -> str:
    return fingerprint(art, FIELDS)


@transaction.atomic
def create_udgiftsart(actor, *, startdato: date, sidste_dag: date | None, **felter) -> Udgiftsart:
    art = Udgiftsart(periode=checked_period(startdato, sidste_dag), **felter)
    art.nr = Udgiftsart.objects.count() + 1
    save_checked(art)
    audit.record(actor, "udgiftsart.oprettet", art, f"Udgiftsart oprettet: {art}")
    return art


@transaction.atomic
def update_udgiftsart(
    actor, *, art: Udgiftsart, version: str, startdato: date, sidste_dag: date | None, **felter
) -> Udgiftsart:
    art = Udgiftsart.objects.select_for_update().get(pk=art.pk)
    if version != udgiftsart_version(art):
        raise conflict(audit.last_actor(art), compared(art, felter))
    art.periode = checked_period(startdato, sidste_dag)
    for name, value in felter.items():
        setattr(art, name, value)
    save_checked(art)
    audit.record(actor, "udgiftsart.rettet", art, f"Udgiftsart rettet: {art}")
    return art

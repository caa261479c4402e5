"""An application is kept beyond its time, because somebody complains or a case runs. Always to a day, with a reason."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.dates import add_months, full_date, today
from elevforloeb.core.errors import save_checked
from elevforloeb.core.rules import rules
from rekruttering.models import Ansoegning

from .tilstand import write_step


def last_day_to_keep(ansoegning: Ansoegning) -> date:
    """Reckoned from the end of the round, so that it cannot be put off for ever."""
    return add_months(ansoegning.runde.afsluttet or today(), rules().ansoegning_beholdes_maaneder)


@transaction.atomic
def keep(actor, *, ansoegning: Ansoegning, beholdes_til: date, beholdes_grund: str) -> None:
    """Again with another day or reason: that is what counts."""
    row = _locked(ansoegning)
    first, last = row.runde.slettes or today(), last_day_to_keep(row)
    if beholdes_til <= first:
        words = "Vælg en dag efter i dag." if row.runde.slettes is None or first <= today() else _no_need(first)
        raise ValidationError({"beholdes_til": words})
    if beholdes_til > last:
        raise ValidationError({"beholdes_til": f"Vælg en dag, der ikke ligger efter {full_date(last)}."})
    row.beholdes_til, row.beholdes_grund = beholdes_til, beholdes_grund.strip()
    save_checked(row)
    text = f"Ansøgningen slettes ikke før {full_date(beholdes_til)}."
    write_step(actor, ansoegning=row, art="beholdes", tekst=text)


def _no_need(first: date) -> str:
    return f"Ansøgningen slettes først {full_date(first)}. Vælg en senere dag."


@transaction.atomic
def let_go(actor, *, ansoegning: Ansoegning) -> None:
    """The case is over. It goes with its round, or at once when that is gone already. Twice is once."""
    row = _locked(ansoegning)
    if row.beholdes_til is None:
        return
    row.beholdes_til, row.beholdes_grund = None, ""
    save_checked(row)
    text = "Ansøgningen skal ikke længere gemmes ekstra."
    write_step(actor, ansoegning=row, art="beholdes-ikke", tekst=text)


def _locked(ansoegning: Ansoegning) -> Ansoegning:
    """ValidationError: the deletion came first."""
    rows = Ansoegning.objects.select_for_update(of=["self"], no_key=True).select_related("runde")
    row = rows.filter(pk=ansoegning.pk).first()
    if row is None:
        raise ValidationError("Ansøgningen er slettet.")
    return row

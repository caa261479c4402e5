"""The dated numbers. A new value is a new row; what was in force before stays as it was."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.errors import save_checked
from elevforloeb.core.models import Regel
from elevforloeb.core.periods import DateRange


@transaction.atomic
def set_regel(actor, *, noegle, vaerdi, fra, kilde, note="") -> Regel:
    """A new value from a day on; the value before it ends the day before, a coming one keeps its own start."""
    if fra < today():
        raise ValidationError(
            {"fra": "Vælg i dag eller en senere dato. Det, der allerede er regnet ud, må ikke ændre sig bagud."}
        )
    rows = list(Regel.objects.select_for_update().filter(noegle=noegle).order_by("periode"))
    if any(row.startdato == fra for row in rows):
        raise ValidationError(
            {"fra": f"Der er allerede en værdi fra {full_date(fra)}. Fjern den, eller vælg en anden dag."}
        )
    current = next((row for row in reversed(rows) if row.startdato < fra), None)
    if current is None:
        raise ValidationError({"fra": f"Reglen begynder {full_date(rows[0].startdato)}. Vælg en senere dato."})
    end = current.slutdato
    if end is None or end > fra:
        current.periode = DateRange(current.startdato, fra, "[)")
        save_checked(current)
    later = next((row.startdato for row in rows if row.startdato > fra), None)
    regel = Regel(noegle=noegle, navn=current.navn, enhed=current.enhed, vaerdi=vaerdi, kilde=kilde, note=note)
    regel.periode = DateRange(fra, later, "[)")
    save_checked(regel)
    text = f"{regel} fra {full_date(fra)} (før {current.vaerdi})"
    audit.record(actor, "regel.sat", regel, text, noegle=noegle)
    return regel


@transaction.atomic
def remove_regel(actor, *, regel) -> None:
    """Take back a value that is not in force yet; the value before it goes on in its place."""
    if regel.startdato <= today():
        raise ValidationError("Værdien gælder allerede. Sæt en ny værdi i stedet.")
    before = Regel.objects.select_for_update().filter(noegle=regel.noegle, periode__endswith=regel.startdato).first()
    audit.record(actor, "regel.fjernet", regel, f"{regel} fra {full_date(regel.startdato)} er taget tilbage")
    end = regel.slutdato
    regel.delete()
    if before:
        before.periode = DateRange(before.startdato, end, "[)")
        save_checked(before)

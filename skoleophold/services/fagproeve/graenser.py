"""The limits of characters by how many write together: dated rows, typed by the elevansvarlig."""

from datetime import date

from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.errors import save_checked
from elevforloeb.core.periods import DateRange
from skoleophold.models import Tegngraense


@transaction.atomic
def set_tegngraense(actor, *, antal: int, mindst: int, hoejst: int, fra: date, kilde: str) -> Tegngraense:
    """In force from a day on. What was in force before ends the day before; the same day again corrects it."""
    rows = list(Tegngraense.objects.select_for_update().filter(antal=antal).order_by("periode"))
    later = next((row.startdato for row in rows if row.startdato > fra), None)
    row = next((row for row in rows if row.startdato == fra), None) or Tegngraense(antal=antal)
    for before in rows:
        if before.startdato < fra and (before.slutdato is None or before.slutdato > fra):
            before.periode = DateRange(before.startdato, fra, "[)")
            save_checked(before)
    row.mindst, row.hoejst, row.kilde, row.periode = mindst, hoejst, kilde, DateRange(fra, later, "[)")
    save_checked(row)
    audit.record(actor, "tegngraense.sat", row, f"Tegngrænse for {row}")
    return row

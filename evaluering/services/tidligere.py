"""What was not held here of the past: the elevansvarlig has it held now, or writes down that it was held on paper."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.errors import create_checked
from evaluering.models import Evaluering
from evaluering.queries.tidligere import Tidligere

S = Evaluering.Status


@transaction.atomic
def hold_now(actor, *, samtaler: Iterable[Tidligere], til: date) -> int:
    """They are owed from now on. What the plan wanted before `til` is put off to that day from the beginning."""
    if til < today():
        raise ValidationError({"til": "Vælg i dag eller en senere dag."})
    put_off = {"udsat_til": til, "udsat_grund": Evaluering.Grund.ANDET}
    rows = [_row(each, **put_off if each.frist < til else {}) for each in samtaler]
    create_checked(rows)
    words = "skal holdes senest"
    texts = ((row, f"{row} {words} {full_date(row.gaeldende_frist)}", {}) for row in rows)
    audit.record_many(actor, "evaluering.taget_op", texts)
    return len(rows)


@transaction.atomic
def held_on_paper(actor, *, samtaler: Iterable[Tidligere], papir: str) -> int:
    """`papir`: where what was written lies."""
    if not papir.strip():
        raise ValidationError({"papir": "Skriv, hvor papirerne ligger."})
    rows = [_row(each, status=S.PAPIR, papir=papir.strip()) for each in samtaler]
    create_checked(rows)
    audit.record_many(actor, "evaluering.papir", ((row, f"{row}: holdt på papir", {}) for row in rows))
    return len(rows)


def _row(talk: Tidligere, **fields) -> Evaluering:
    stay = talk.ophold
    return Evaluering(
        elev=stay.elev,
        ophold=stay,
        afdeling=stay.afdeling,
        elevvejleder_id=stay.elevvejleder_id,
        art=talk.art,
        frist=talk.frist,
        **fields,
    )

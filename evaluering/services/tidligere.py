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
    """They are owed from now on. The plan's deadline is long past, so each is put off to `til` from the beginning."""
    if til < today():
        raise ValidationError({"til": "Vælg i dag eller en senere dag."})
    rows = [_row(each, udsat_til=til, udsat_grund=Evaluering.Grund.ANDET) for each in samtaler]
    create_checked(rows)
    words = f"skal holdes senest {full_date(til)}"
    audit.record_many(actor, "evaluering.taget_op", ((row, f"{row} {words}", {}) for row in rows))
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

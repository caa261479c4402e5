"""Somebody is not to be erased yet, e.g. because a complaint is running."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Bruger, Udsaettelse
from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today


@transaction.atomic
def put_off(actor, *, person: Bruger, til: date, grund: str) -> Udsaettelse:
    """Until a day, which may be moved by doing it again."""
    if til <= today():
        raise ValidationError({"til": "Vælg en dag efter i dag."})
    values = {"til": til, "grund": grund, "sat_af": actor}
    udsaettelse, _ = Udsaettelse.objects.update_or_create(bruger=person, defaults=values)
    audit.record(actor, "sletning.udsat", person, f"Sletning udsat til {full_date(til)}: {grund}")
    return udsaettelse


@transaction.atomic
def lift(actor, *, person: Bruger) -> None:
    """Twice is once."""
    gone, _ = Udsaettelse.objects.filter(bruger=person).delete()
    if gone:
        audit.record(actor, "sletning.ophaevet", person, "Sletningen er ikke længere udsat")

"""Courses that an elevvejleder has completed."""

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Kursusdeltagelse
from elevforloeb.core import audit
from elevforloeb.core.dates import short_date, today
from elevforloeb.core.errors import save_checked


@transaction.atomic
def register_kursus(actor, *, kursus, dato) -> Kursusdeltagelse:
    """The actor has completed a course."""
    if dato > today():
        raise ValidationError({"dato": "Datoen ligger i fremtiden. Registrér kurset, når du har gennemført det."})
    deltagelse = Kursusdeltagelse(bruger=actor, kursus=kursus, dato=dato)
    save_checked(deltagelse)
    audit.record(actor, "kursus.gennemfoert", actor, f"Kursus {kursus} gennemført {short_date(dato)}")
    return deltagelse


@transaction.atomic
def remove_kursus(actor, *, deltagelse) -> None:
    text = f"Kursus {deltagelse.kursus} er fjernet igen"
    deltagelse.delete()
    audit.record(actor, "kursus.fjernet", actor, text)

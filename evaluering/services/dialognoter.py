"""Notes of the running dialogue: added and never changed. One's own can be withdrawn the same day."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.errors import save_checked
from elevforloeb.models import Elev
from evaluering import permissions
from evaluering.models import Dialognote


@transaction.atomic
def add_note(actor, *, elev: Elev, tekst: str) -> Dialognote:
    """On the stay of today. The history says that there is one, and none of its words."""
    stay = permissions.stay_for_notes(actor, elev)
    if stay is None:
        raise ValidationError("Der kan kun skrives noter, mens eleven er i afdelingen.")
    note = Dialognote(elev=elev, ophold=stay, afdeling=stay.afdeling, forfatter=actor, tekst=tekst.strip())
    save_checked(note)
    audit.record(actor, "dialognote.skrevet", elev, f"Dialognote skrevet i {stay.afdeling}", note=note.pk)
    return note


@transaction.atomic
def withdraw_note(actor, *, note: Dialognote) -> None:
    if not permissions.can_withdraw(actor, note):
        raise ValidationError("Noten kan kun fjernes af den, der har skrevet den, og kun samme dag.")
    Dialognote.objects.filter(pk=note.pk).delete()
    audit.record(actor, "dialognote.fjernet", note.elev, f"Dialognote fjernet i {note.afdeling}", note=note.pk)

"""An applicant tells us by phone or mail that she withdraws: written in, receipted, and undone when it was wrong."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from elevforloeb.core import outbox
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.errors import save_checked
from rekruttering.models import Ansoegning, Runde, Tilbagetraekning

from .samtaler import release
from .tilbud import free_places
from .tilstand import T, move, write_step

ALREADY = "Ansøgningen er allerede trukket tilbage."


@transaction.atomic
def register(actor, *, ansoegning: Ansoegning, dag: date, maade: str) -> Tilbagetraekning:
    """Twice is once. Whoever has an interview to come gets her time back, as when she withdraws by herself."""
    found = _locked(ansoegning)
    if there := Tilbagetraekning.objects.filter(ansoegning=found).first():
        return there
    if found.tilstand == T.TRUKKET:
        raise ValidationError(ALREADY)
    if not timezone.localtime(found.indsendt).date() <= dag <= today():
        raise ValidationError({"dag": "Vælg en dag, der ligger efter ansøgningen og ikke i fremtiden."})
    row = Tilbagetraekning(ansoegning=found, dag=dag, maade=maade, bruger=actor, kontakt_igen=found.kontakt_igen)
    row.fra, row.fra_siden = found.tilstand, found.tilstand_siden
    save_checked(row)
    how = f"{row.get_maade_display().lower()} {full_date(dag)}"
    move(actor, ansoegning=found, to=T.TRUKKET, tekst=f"Ansøgeren trak sig {how}.", kontakt_igen=None)
    release(actor, ansoegning=found)
    outbox.queue(found.email, noegle=_key(row), skabelon="tilbagetraekning", data={"tilbagetraekning": row.pk})
    return row


@transaction.atomic
def undo(actor, *, ansoegning: Ansoegning) -> None:
    """As it was, but for an interview: its time may be somebody else's by now. Twice is once.

    ValidationError: something has followed. Who had the receipt is told that it was wrong.
    """
    runde = Runde.objects.select_for_update(no_key=True).get(pk=ansoegning.runde_id)  # as an offer of her place does
    found = _locked(ansoegning)
    row = Tilbagetraekning.objects.filter(ansoegning=found).first()
    if row is None:
        return
    if runde.er_afsluttet:
        raise ValidationError("Runden er afsluttet, så det kan ikke fortrydes mere.")
    if row.fra == T.TILBUD and not free_places(runde):
        raise ValidationError("Pladsen er tilbudt en anden imens, så det kan ikke fortrydes mere.")
    before = {"tilstand": row.fra, "tilstand_siden": row.fra_siden, "kontakt_igen": row.kontakt_igen}
    Ansoegning.objects.filter(pk=found.pk).update(**before)
    key, pk = _key(row), row.pk
    row.delete()
    words = "Tilbagetrækningen var en fejl. Ansøgningen behandles igen."
    write_step(actor, ansoegning=found, art="tilbagetraekning-fortrudt", tekst=words)
    if not outbox.cancel([key]):
        noegle, data = f"{key}:fortrudt", {"ansoegning": found.pk, "tilbagetraekning": pk}
        outbox.queue(found.email, noegle=noegle, skabelon="tilbagetraekning_fortrudt", data=data)


def _locked(ansoegning: Ansoegning) -> Ansoegning:
    return Ansoegning.objects.select_for_update(of=["self"], no_key=True).get(pk=ansoegning.pk)


def _key(row: Tilbagetraekning) -> str:
    return f"ansoegning:{row.ansoegning_id}:tilbagetraekning:{row.pk}"

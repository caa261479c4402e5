"""What the law wants written down in a hiring case: notes, references, hearings, fortrinsadgang."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.dates import full_date, now, today
from elevforloeb.core.errors import save_checked
from elevforloeb.core.outbox import queue
from rekruttering.models import Ansoegning, Fortrinssag, Notat, Partshoering, Reference

from .tilstand import write_step


@transaction.atomic
def write_notat(actor, *, ansoegning: Ansoegning, tekst: str) -> Notat:
    notat = Notat(ansoegning=ansoegning, forfatter=actor, tekst=tekst.strip())
    save_checked(notat)
    write_step(actor, ansoegning=ansoegning, art="notat", tekst=f"{actor} har skrevet et notat.")
    return notat


# --- references ---------------------------------------------------------------------------------------------------


@transaction.atomic
def add_reference(actor, *, ansoegning: Ansoegning, hvem: str, samtykke: date, samtykke_hvordan: str) -> Reference:
    """The consent comes first: without it nobody may be asked."""
    if samtykke > today():
        raise ValidationError({"samtykke": "Vælg den dag, ansøgeren sagde ja. Den kan ikke ligge i fremtiden."})
    row = Reference(
        ansoegning=ansoegning, bruger=actor, hvem=hvem, samtykke=samtykke, samtykke_hvordan=samtykke_hvordan
    )
    save_checked(row)
    text = f"Samtykke til at spørge en reference er givet {full_date(samtykke)}."
    write_step(actor, ansoegning=ansoegning, art="reference-samtykke", tekst=text)
    return row


@transaction.atomic
def write_reference(actor, *, reference: Reference, indhentet: date, tekst: str, negativ: bool) -> Reference:
    """What was said. If it can speak against the applicant, a hearing is opened: she answers before it is used."""
    row = Reference.objects.select_for_update(of=("self",)).select_related("ansoegning").get(pk=reference.pk)
    if row.indhentet:
        raise ValidationError("Referencen er allerede skrevet ind. Skriv et notat, hvis der er mere.")
    if indhentet > today():
        raise ValidationError({"indhentet": "Vælg den dag, du talte med referencen."})
    row.indhentet, row.tekst, row.negativ, row.bruger = indhentet, tekst.strip(), negativ, actor
    save_checked(row)
    write_step(actor, ansoegning=row.ansoegning, art="reference", tekst="En reference er indhentet og skrevet ind.")
    if negativ:
        open_hearing(actor, ansoegning=row.ansoegning, oplysning=row.tekst, reference=row)
    return row


# --- hearings -----------------------------------------------------------------------------------------------------


@transaction.atomic
def open_hearing(actor, *, ansoegning: Ansoegning, oplysning: str, reference: Reference | None = None) -> Partshoering:
    row = Partshoering(ansoegning=ansoegning, oplysning=oplysning.strip(), reference=reference)
    save_checked(row)
    write_step(actor, ansoegning=ansoegning, art="partshoering", tekst="En partshøring er åbnet.")
    return row


@transaction.atomic
def send_hearing(actor, *, partshoering: Partshoering, oplysning: str, frist: date) -> None:
    """To the applicant's own page, where she reads it and answers; the mail says only that there is something."""
    row = _hearing(partshoering)
    if row.sendt:
        raise ValidationError("Partshøringen er allerede sendt.")
    if frist <= today():
        raise ValidationError({"frist": "Giv ansøgeren mindst til i morgen at svare."})
    row.oplysning, row.frist, row.sendt = oplysning.strip(), frist, now()
    save_checked(row)
    text = f"Partshøring sendt. Svar senest {full_date(frist)}."
    write_step(actor, ansoegning=row.ansoegning, art="partshoering-sendt", tekst=text)
    pk = row.ansoegning_id
    key = f"ansoegning:{pk}:partshoering:{row.pk}"
    queue(row.ansoegning.email, noegle=key, skabelon="partshoering", data={"partshoering": row.pk})


@transaction.atomic
def answer_hearing(*, partshoering: Partshoering, svar: str) -> None:
    """By the applicant, once; the same words again are a double click. After the deadline too: what comes before the
    decision counts.
    """
    row = _hearing(partshoering)
    if row.svaret and row.svar == svar.strip():
        return
    if row.sendt is None or row.svaret:
        raise ValidationError("Partshøringen er besvaret. Skriv til os, hvis du har mere at sige.")
    row.svar, row.svaret = svar.strip(), now()
    save_checked(row)
    write_step(None, ansoegning=row.ansoegning, art="partshoering-svar", tekst="Ansøgeren har svaret på partshøringen.")


def _hearing(partshoering: Partshoering) -> Partshoering:
    rows = Partshoering.objects.select_for_update(of=("self",)).select_related("ansoegning")
    return rows.get(pk=partshoering.pk)


# --- fortrinsadgang -----------------------------------------------------------------------------------------------


@transaction.atomic
def save_fortrinssag(
    actor, *, ansoegning: Ansoegning, redegoerelse_sendt: date | None, dialog_holdt: date | None, note: str
) -> Fortrinssag:
    if not ansoegning.fortrinsadgang:
        raise ValidationError("Ansøgeren bruger ikke fortrinsadgang.")
    for name, day in (("redegoerelse_sendt", redegoerelse_sendt), ("dialog_holdt", dialog_holdt)):
        if day and day > today():
            raise ValidationError({name: "Vælg den dag, det skete. Den kan ikke ligge i fremtiden."})
    Ansoegning.objects.select_for_update(no_key=True).get(pk=ansoegning.pk)
    row = Fortrinssag.objects.filter(ansoegning=ansoegning).first() or Fortrinssag(ansoegning=ansoegning)
    row.redegoerelse_sendt, row.dialog_holdt, row.note = redegoerelse_sendt, dialog_holdt, note.strip()
    save_checked(row)
    write_step(actor, ansoegning=ansoegning, art="fortrinssag", tekst="Trin i sagen om fortrinsadgang er skrevet ind.")
    return row

"""An offer of a place, and the applicant's answer."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.dates import full_date, now, today
from elevforloeb.core.errors import save_checked
from elevforloeb.core.outbox import queue
from rekruttering.models import Ansoegning, Runde, Tilbud
from rekruttering.queries.pligter import booked, unheard

from .flyt import BOOKED, check_offer
from .tilstand import T, move, write_step


@transaction.atomic
def offer(actor, *, ansoegning: Ansoegning, frist: date) -> Tilbud:
    """ValidationError: no place left, a duty of the law is open, or too short a time to answer."""
    runde = Runde.objects.select_for_update(no_key=True).get(pk=ansoegning.runde_id)  # two offers of the last place
    if frist <= today():
        raise ValidationError({"frist": "Giv ansøgeren mindst til i morgen at svare."})
    if not free_places(runde):
        raise ValidationError(
            "Alle pladser er tilbudt eller besat. Træk et tilbud tilbage, eller ret antallet af pladser."
        )
    check_offer(ansoegning)
    if unheard([ansoegning]):
        raise ValidationError("En partshøring er ikke afsluttet.")
    if booked([ansoegning]):
        raise ValidationError(BOOKED)
    move(actor, ansoegning=ansoegning, to=T.TILBUD, tekst=f"Tilbud om en plads. Svar senest {full_date(frist)}.")
    row = Tilbud(ansoegning=ansoegning, frist=frist)
    save_checked(row)
    _mail(row, "tilbud")
    return row


def free_places(runde: Runde) -> int:
    return runde.pladser - runde.ansoegninger.filter(tilstand__in=[T.TILBUD, T.ANSAT]).count()


@transaction.atomic
def answer(*, tilbud: Tilbud, svar: str) -> None:
    """By the applicant, once (the same answer again is a double click). After the deadline too, as long as the offer
    has not been taken back.
    """
    row = _locked(tilbud)
    if row.svar == svar:
        return
    if not row.er_aabent:
        raise ValidationError("Tilbuddet er besvaret eller trukket tilbage. Skriv til os, hvis det er en fejl.")
    if row.ansoegning.tilstand != T.TILBUD:
        raise ValidationError("Din ansøgning er trukket tilbage. Skriv til os, hvis det er en fejl.")
    row.svar, row.svaret = svar, now()
    save_checked(row)
    if svar == Tilbud.Svar.NEJ:
        move(None, ansoegning=row.ansoegning, to=T.TRUKKET, tekst="Ansøgeren sagde nej tak til pladsen.")
    else:
        write_step(None, ansoegning=row.ansoegning, art="tilbud-ja", tekst="Ansøgeren sagde ja tak til pladsen.")


@transaction.atomic
def withdraw_offer(actor, *, tilbud: Tilbud) -> None:
    """When nobody answers. The applicant is told, and is on the waiting list again."""
    row = _locked(tilbud)
    if not row.er_aabent:
        raise ValidationError("Tilbuddet er allerede besvaret. Genindlæs siden.")
    row.trukket = now()
    save_checked(row)
    move(actor, ansoegning=row.ansoegning, to=T.VENTELISTE, tekst="Tilbuddet er trukket tilbage.")
    _mail(row, "tilbud_trukket")


def _locked(tilbud: Tilbud) -> Tilbud:
    return Tilbud.objects.select_for_update(of=("self",)).select_related("ansoegning__runde").get(pk=tilbud.pk)


def _mail(tilbud: Tilbud, skabelon: str) -> None:
    key = f"ansoegning:{tilbud.ansoegning_id}:{skabelon}:{tilbud.pk}"
    queue(tilbud.ansoegning.email, noegle=key, skabelon=skabelon, data={"tilbud": tilbud.pk})

"""The letters to applicants: what the matter is, a date and the private link. None says what a hearing is about."""

from django.urls import reverse

from elevforloeb.core.dates import full_date
from elevforloeb.core.letters import Letter, mail
from rekruttering.models import Brev, Partshoering, Tilbud

from .links import token


@mail("partshoering", "Partshøring af en ansøger")
def partshoering(modtager, data) -> Letter | None:
    row = Partshoering.objects.select_related("ansoegning__runde").filter(pk=data["partshoering"], svaret=None).first()
    if row is None:
        return None
    text = (
        "Der er kommet en oplysning i din sag, som du skal kunne svare på, før vi beslutter os.\n\n"
        f"Læs den på din side, og svar senest {full_date(row.frist)}."
    )
    return _letter(row.ansoegning, "Din ansøgning: vi vil gerne høre fra dig", text, "partshoering_svar", "Læs og svar")


@mail("tilbud", "Tilbud om en elevplads")
def tilbud(modtager, data) -> Letter | None:
    row = Tilbud.objects.select_related("ansoegning__runde").filter(pk=data["tilbud"], svar="", trukket=None).first()
    if row is None:
        return None
    text = (
        f"Vi vil gerne tilbyde dig en plads som kontorelev fra {full_date(row.ansoegning.runde.startdato)}.\n\n"
        f"Svar på din egen side senest {full_date(row.frist)}."
    )
    return _letter(row.ansoegning, "Svar på din ansøgning", text, "tilbud_svar", "Se tilbuddet, og svar")


@mail("tilbud_trukket", "Tilbud trukket tilbage")
def tilbud_trukket(modtager, data) -> Letter | None:
    row = Tilbud.objects.select_related("ansoegning").filter(pk=data["tilbud"], trukket__isnull=False).first()
    if row is None:
        return None
    text = (
        f"Vi har ikke fået svar på tilbuddet, som du skulle svare på senest {full_date(row.frist)}, og har derfor "
        "trukket det tilbage.\n\nDu står på ventelisten. Skriv til os, hvis det er en fejl."
    )
    return _letter(row.ansoegning, "Om din ansøgning", text, "tilbud_svar", "Se din side")


@mail("afslag", "Brev til en ansøger")
def afslag(modtager, data) -> Letter | None:
    row = Brev.objects.select_related("ansoegning").filter(pk=data["brev"]).first()
    if row is None:
        return None
    return _letter(row.ansoegning, row.emne, row.tekst, "brev", "Læs brevet på din side")


@mail("begrundelse", "Begrundelse for et afslag")
def begrundelse(modtager, data) -> Letter | None:
    row = Brev.objects.select_related("ansoegning").filter(pk=data["brev"], begrundet__isnull=False).first()
    if row is None:
        return None
    text = "Du har bedt om en begrundelse. Den er kommet nu, og du kan læse den på din side."
    return _letter(row.ansoegning, "Om din ansøgning", text, "brev", "Læs begrundelsen")


def _letter(ansoegning, emne, text, name, knap) -> Letter:
    url = reverse(name, args=[token(ansoegning.noegle)])
    return Letter(emne, text, url, knap, navn=ansoegning.fornavn)

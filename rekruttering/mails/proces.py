"""What the committee's work sends to applicants: hearings, interviews, offers and answers."""

from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from elevforloeb.core import ics
from elevforloeb.core.dates import full_date, long_date
from elevforloeb.core.letters import Bilag, Letter, mail
from rekruttering.links import token
from rekruttering.models import Ansoegning, Besked, Brev, Partshoering, Samtale, Tilbagetraekning, Tilbud


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


@mail("besked", "Besked til en ansøger")
def besked(modtager, data) -> Letter | None:
    row = Besked.objects.select_related("ansoegning").filter(pk=data["besked"]).first()
    if row is None:
        return None
    return _letter(row.ansoegning, row.emne, row.tekst, "min_ansoegning", "Åbn din side")


@mail("begrundelse", "Begrundelse for et afslag")
def begrundelse(modtager, data) -> Letter | None:
    row = Brev.objects.select_related("ansoegning").filter(pk=data["brev"], begrundet__isnull=False).first()
    if row is None:
        return None
    text = "Du har bedt om en begrundelse. Den er kommet nu, og du kan læse den på din side."
    return _letter(row.ansoegning, "Om din ansøgning", text, "brev", "Læs begrundelsen")


@mail("tilbagetraekning", "Kvittering for, at en ansøger har trukket sig")
def tilbagetraekning(modtager, data) -> Letter | None:
    row = Tilbagetraekning.objects.select_related("ansoegning").filter(pk=data["tilbagetraekning"]).first()
    if row is None:
        return None
    text = (
        f"Du har {row.get_maade_display().lower()} {full_date(row.dag)} sagt, at du trækker din ansøgning nummer "
        f"{row.ansoegning.nummer} tilbage. Det har vi skrevet ind, og vi behandler den ikke mere.\n\n"
        "Er det en misforståelse, så ring eller skriv til den elevansvarlige med det samme."
    )
    return _letter(row.ansoegning, f"Besked fra {settings.KOMMUNE_NAVN}", text, "min_ansoegning", "Se din ansøgning")


@mail("tilbagetraekning_fortrudt", "En ansøger har alligevel ikke trukket sig")
def tilbagetraekning_fortrudt(modtager, data) -> Letter | None:
    """No longer wanted when she has withdrawn after all."""
    rows = Ansoegning.objects.exclude(tilstand=Ansoegning.Tilstand.TRUKKET)
    found = rows.filter(pk=data["ansoegning"]).first()
    if found is None:
        return None
    text = (
        "Vi skrev til dig, at din ansøgning var trukket tilbage. Det var en fejl, og vi behandler den igen.\n\n"
        "Havde du en samtale, så er den aflyst, og vi skriver til dig om en ny tid."
    )
    return _letter(found, f"Besked fra {settings.KOMMUNE_NAVN}", text, "min_ansoegning", "Se din ansøgning")


@mail("samtale_vaelg", "Vælg tid til samtale")
def samtale_vaelg(modtager, data) -> Letter | None:
    row = _samtale(data, tilstand=Samtale.Tilstand.INVITERET, sekvens=data["sekvens"])
    if row is None or row.ansoegning.tilstand != Ansoegning.Tilstand.SAMTALE:
        return None
    again = " igen" if row.nr > 1 else ""
    text = (
        f"Vi vil gerne tale med dig{again}. Vælg selv en tid, der passer dig, på din side. De første vælger mellem "
        "flest."
    )
    return _letter(row.ansoegning, "Vælg en tid til samtale", text, "samtale_vaelg", "Vælg en tid")


@mail("samtale_aftalt", "Indkaldelse til samtale")
def samtale_aftalt(modtager, data) -> Letter | None:
    """Of several editions the newest alone is sent."""
    row = _samtale(data, tilstand=Samtale.Tilstand.AFTALT, sekvens=data["sekvens"])
    if row is None:
        return None
    tid = row.tid
    text = (
        f"Din samtale er {long_date(tid.dag.dato)} kl. {timezone.localtime(tid.start):%H.%M} i {tid.dag.lokale}.\n\n"
        "En af vores elever tager imod dig. Kan du ikke komme, så vælg en anden tid på din side."
    )
    file = _invitation(row, tid.start, tid.slut, tid.dag.lokale, "REQUEST")
    return _letter(row.ansoegning, "Din samtale", text, "samtale_vaelg", "Se eller flyt samtalen", file)


@mail("samtale_aflyst", "Samtale aflyst")
def samtale_aflyst(modtager, data) -> Letter | None:
    row = _samtale(data, tilstand=Samtale.Tilstand.AFLYST, sekvens=data["sekvens"])
    if row is None:
        return None
    start, slut = datetime.fromisoformat(data["start"]), datetime.fromisoformat(data["slut"])
    day = long_date(timezone.localtime(start).date())
    withdrawn = row.ansoegning.tilstand == Ansoegning.Tilstand.TRUKKET
    more = "" if withdrawn else " Vi skriver til dig, hvis der kommer en ny tid."
    text = f"Samtalen {day} er aflyst.{more}"
    file = _invitation(row, start, slut, data["sted"], "CANCEL")
    return _letter(row.ansoegning, "Din samtale er aflyst", text, "samtale_vaelg", "Se din side", file)


def _samtale(data, **wanted) -> Samtale | None:
    rows = Samtale.objects.select_related("ansoegning__runde", "tid__dag")
    return rows.filter(pk=data["samtale"], **wanted).first()


def _invitation(row: Samtale, start, slut, sted: str, method: str) -> Bilag:
    """Without names: a calendar is read by others."""
    uid = ics.event_uid("samtale", row.pk)
    entry = ics.Entry(start, slut, uid, f"Samtale, {settings.KOMMUNE_NAVN}", place=sted)
    parties = {"organizer": ics.Party(*parseaddr(settings.DEFAULT_FROM_EMAIL))}
    parties["attendee"] = ics.Party(row.ansoegning.navn, row.ansoegning.email)
    content = ics.invitation(entry, method, row.sekvens, **parties)
    return Bilag("samtale.ics", content, f"text/calendar; method={method}; charset=utf-8")


def _letter(ansoegning, emne, text, name, knap, *bilag) -> Letter:
    url = reverse(name, args=[token(ansoegning.noegle)])
    return Letter(emne, text, url, knap, navn=ansoegning.fornavn, bilag=bilag)

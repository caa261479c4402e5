"""An elev's story: asked by the elevansvarlig, answered by the elev alone, and withdrawn by her whenever she likes."""

from dataclasses import replace
from datetime import date
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Bruger
from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import now, today
from elevforloeb.core.errors import StaleError, compared, conflict, fingerprint, save_checked
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.store import keep
from elevforloeb.core.periods import checked_period
from rekruttering.models import Elevhistorie

SIDE = 240  # pixels, shown in 96: a phone on a bus fetches it
TEXTS = ("fornavn", "overskrift", "tekst")


def historie_version(row: Elevhistorie) -> str:
    """What the elev says yes to: it changes with every word, the picture and the days."""
    return fingerprint(row, (*TEXTS, "periode", "billede_id"))


@transaction.atomic
def ask(actor, *, elev: Bruger, startdato: date, sidste_dag: date, billede: CheckedFile | None, **texts):
    """Nothing is public before she has said yes."""
    row = Elevhistorie(elev=elev, periode=_period(startdato, sidste_dag), **texts)
    _put_picture(actor, row, billede)
    save_checked(row)
    _ask_again(row)
    audit.record(actor, "elevhistorie.spurgt", row, f"Elevhistorie {row.pk} sendt til eleven")
    return row


@transaction.atomic
def change(actor, *, row: Elevhistorie, version: str, startdato, sidste_dag, billede, fjern_billede, **texts):
    """What she has said yes to is no longer this, so she is asked again and nothing is shown in between."""
    row = Elevhistorie.objects.select_for_update().get(pk=row.pk)
    if version != historie_version(row):
        raise conflict(audit.last_actor(row), compared(row, texts))
    for name, value in texts.items():
        setattr(row, name, value)
    row.periode = _period(startdato, sidste_dag)
    old = row.billede if billede or fjern_billede else None
    if old:
        row.billede = None
    _put_picture(actor, row, billede)
    row.samtykke = row.trukket = None
    save_checked(row)
    if old:
        old.delete()
    _ask_again(row)
    audit.record(actor, "elevhistorie.rettet", row, f"Elevhistorie {row.pk} rettet og sendt til eleven igen")
    return row


@transaction.atomic
def remove(actor, *, row: Elevhistorie) -> None:
    audit.record(actor, "elevhistorie.fjernet", row, f"Elevhistorie {row.pk} fjernet")
    picture = row.billede
    row.delete()
    if picture:
        picture.delete()


@transaction.atomic
def say_yes(actor, *, row: Elevhistorie, version: str) -> None:
    """To these very words, this picture and these days."""
    row = _own(actor, row)
    if version != historie_version(row):
        raise StaleError("Historien er rettet, siden du så den. Læs den igen, før du siger ja.")
    if row.tilstand == "udløbet":
        raise ValidationError("Den sidste dag er gået. Spørg den elevansvarlige om en ny periode.")
    if row.samtykke and not row.trukket:
        raise StaleError("Du har allerede sagt ja.")
    Elevhistorie.objects.filter(pk=row.pk).update(samtykke=now(), trukket=None)
    audit.record(actor, "elevhistorie.ja", row, f"Samtykke til elevhistorie {row.pk} givet")


@transaction.atomic
def say_no(actor, *, row: Elevhistorie) -> None:
    """A no, or the end of an earlier yes. It works at once, and nobody is asked for a reason."""
    row = _own(actor, row)
    if not Elevhistorie.objects.filter(pk=row.pk, trukket=None).update(trukket=now()):
        raise StaleError("Du har allerede sagt nej.")
    words = "Samtykke til elevhistorie {} trukket tilbage" if row.samtykke else "Nej tak til elevhistorie {}"
    audit.record(actor, "elevhistorie.nej", row, words.format(row.pk))


def _own(actor, row: Elevhistorie) -> Elevhistorie:
    """Consent is the elev's own: no role can give it for her."""
    return Elevhistorie.objects.select_for_update().get(pk=row.pk, elev=actor)


def _period(startdato: date, sidste_dag: date):
    if sidste_dag < today():
        raise ValidationError({"sidste_dag": "Vælg en sidste dag, der ikke er gået."})
    return checked_period(startdato, sidste_dag)


def _ask_again(row: Elevhistorie) -> None:
    """One letter for each wording: asked twice about the same, she has it already."""
    data = {"historie": row.pk}
    key = f"elevhistorie:{row.pk}:{historie_version(row)}"
    outbox.queue(row.elev, noegle=key, skabelon="elevhistorie_spurgt", data=data)


def _put_picture(actor, row: Elevhistorie, picture: CheckedFile | None) -> None:
    if picture:
        row.billede = keep(actor, _smaller(picture))


def _smaller(picture: CheckedFile) -> CheckedFile:
    """It has been proven and drawn anew already; here it only becomes light enough for a public page."""
    from PIL import Image

    form = "PNG" if picture.kind.key == "png" else "JPEG"
    with Image.open(BytesIO(picture.data), formats=[form]) as image:
        image.thumbnail((SIDE, SIDE))
        output = BytesIO()
        image.save(output, form, optimize=True, **({"quality": 78} if form == "JPEG" else {}))
    return replace(picture, data=output.getvalue())

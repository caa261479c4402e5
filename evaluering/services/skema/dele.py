"""The parts of a draft: sections, questions and scales. Each is saved, moved and removed by itself."""

from django.core.exceptions import ValidationError
from django.db import models, transaction

from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, compared, conflict, fingerprint, save_checked
from evaluering.models import Afsnit, Evalueringsskema, Skala, Skalatrin, Spoergsmaal
from evaluering.models.skema import Brug

from .kladde import lock_draft

PARTS = {"afsnit": Afsnit, "spoergsmaal": Spoergsmaal, "skala": Skala}
FIELDS = {
    Afsnit: ("titel", "vejledning"),
    Spoergsmaal: (
        "afsnit_id", "tekst", "hjaelp", "hvem", "svarform", "skala_id", "kraevet", "gentages", "bruges_til",
    ),
    Skala: ("navn", "kommentar_ved_enderne", "ord"),
}  # fmt: skip
REMOVED = "Den del af skemaet er fjernet i mellemtiden. Gå tilbage til skemaet."


def skema_of(part) -> int:
    return part.afsnit.skema_id if isinstance(part, Spoergsmaal) else part.skema_id


def part_version(part) -> str:
    return fingerprint(part, FIELDS[type(part)]) if part.pk else "ny"


@transaction.atomic
def save_part(actor, *, part: Afsnit | Spoergsmaal, version: str, **felter):
    """Create it last among its like, or change it."""
    skema = lock_draft(skema_of(part))
    if part.pk:
        part = _unchanged(part, version, felter)
    moved = "afsnit" in felter and part.pk and felter["afsnit"].pk != part.afsnit_id
    for name, value in felter.items():
        setattr(part, name, value)
    if not part.pk or moved:
        part.nr = _last(part) + 1
    if isinstance(part, Spoergsmaal):
        _check(part, skema)
    save_checked(part)
    _record(actor, skema, f"{part._meta.verbose_name} gemt: {part}")
    return part


def _unchanged(part, version: str, felter: dict):
    """As it is now, if it is as this person saw it."""
    now = type(part).objects.filter(pk=part.pk).first()
    if now is None:
        raise StaleError(REMOVED)
    if version != part_version(now):
        raise conflict("En anden", compared(now, felter))
    return now


def _last(part) -> int:
    return _siblings(part).aggregate(nr=models.Max("nr", default=0))["nr"]


def _siblings(part):
    if isinstance(part, Spoergsmaal):
        return Spoergsmaal.objects.filter(afsnit=part.afsnit_id)
    return type(part).objects.filter(skema=part.skema_id)


def _check(part: Spoergsmaal, skema: Evalueringsskema) -> None:
    """What the columns cannot see: what the answer is used for must come from the right people, in the right shape."""
    if part.afsnit.skema_id != skema.pk:
        raise ValidationError({"afsnit": "Vælg et af skemaets afsnit."})
    if part.skala and part.skala.skema_id != skema.pk:
        raise ValidationError({"skala": "Vælg en af skemaets skalaer."})
    carried_on = part.bruges_til in (Brug.FOKUS, Brug.OVERLEVERING)
    if carried_on and (part.hvem != Spoergsmaal.Hvem.FAELLES or part.skala or part.gentages):
        words = "Det, der følger med videre, skrives sammen ved samtalen, som tekst og én gang."
        raise ValidationError({"bruges_til": words})


@transaction.atomic
def save_skala(actor, *, skala: Skala, navn: str, kommentar_ved_enderne: bool, trin: list[dict], version: str) -> Skala:
    """The steps are replaced as a whole: a scale is only right as a whole."""
    skema = lock_draft(skala.skema_id)
    felter = {"navn": navn, "kommentar_ved_enderne": kommentar_ved_enderne}
    if skala.pk:
        skala = _unchanged_skala(skala, version, felter, trin)
    else:
        skala.kode = _free_code(skema)
    if sum(each["er_niveau"] for each in trin) < 2:
        raise ValidationError("En skala har mindst to trin, der er niveauer. Skriv flere.")
    for name, value in felter.items():
        setattr(skala, name, value)
    save_checked(skala)
    skala.trin.all().delete()
    Skalatrin.objects.bulk_create(Skalatrin(skala=skala, nr=nr, **each) for nr, each in enumerate(trin, start=1))
    _record(actor, skema, f"skala gemt: {skala}")
    return skala


def _unchanged_skala(skala: Skala, version: str, felter: dict, trin: list[dict]) -> Skala:
    now = Skala.objects.filter(pk=skala.pk).first()
    if now is None:
        raise StaleError(REMOVED)
    if version != part_version(now):
        typed = " · ".join(Skalatrin(**each).ord for each in trin)
        raise conflict("En anden", [*compared(now, felter), ("trin", now.ord, typed)])
    return now


def _free_code(skema: Evalueringsskema) -> str:
    used = set(skema.skalaer.values_list("kode", flat=True))
    return next(kode for nr in range(1, len(used) + 2) if (kode := f"skala-{nr}") not in used)


@transaction.atomic
def remove_part(actor, *, part) -> None:
    """A section goes when it is empty and a scale when nothing uses it; so nothing goes unseen."""
    skema = lock_draft(skema_of(part))
    if isinstance(part, Afsnit | Skala) and part.spoergsmaal.exists():
        raise ValidationError(f"“{part}” bruges af spørgsmål. Flyt eller fjern dem først.")
    _record(actor, skema, f"{part._meta.verbose_name} fjernet: {part}")
    part.delete()


@transaction.atomic
def move_part(actor, *, part: Afsnit | Spoergsmaal, op: bool) -> bool:
    """Swap with the neighbour above (`op`) or below. False when there is none."""
    skema = lock_draft(skema_of(part))
    order = list(_siblings(part).order_by("nr"))
    here = next((place for place, each in enumerate(order) if each.pk == part.pk), None)
    there = None if here is None else here - 1 if op else here + 1
    if there is None or not 0 <= there < len(order):
        return False
    order[here].nr, order[there].nr = order[there].nr, order[here].nr
    type(part).objects.bulk_update([order[here], order[there]], ["nr"])
    _record(actor, skema, f"{part._meta.verbose_name} flyttet: {part}")
    return True


def _record(actor, skema: Evalueringsskema, text: str) -> None:
    audit.record(actor, "skema.rettet", skema, text[0].upper() + text[1:])

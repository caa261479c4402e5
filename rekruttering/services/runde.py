"""A round: written, made public, closed. One table of legal moves; each is conditional on the old state."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, now, today
from elevforloeb.core.errors import StaleError, compared, conflict, fingerprint, save_checked
from elevforloeb.core.words import count_noun
from rekruttering.models import Ansoegning, Runde
from rekruttering.slugs import to_slug

T = Runde.Tilstand
MOVES = {T.KLADDE: {T.OFFENTLIG}, T.OFFENTLIG: {T.KLADDE, T.AFSLUTTET}, T.AFSLUTTET: set()}
FIELDS = (
    "titel",
    "tekst",
    "pladser",
    "startdato",
    "aabner",
    "frist",
    "svar_senest",
    "samtaler",
    "slettes_efter_maaneder",
    "slettefrist_grund",
)
NO_REASON_NEEDED = 6  # months; the same as in the constraint


def runde_version(runde: Runde) -> str:
    return fingerprint(runde, (*FIELDS, "tilstand"))


@transaction.atomic
def create_runde(actor, **fields) -> Runde:
    runde = Runde(**fields)
    runde.slug = _free_slug(runde)
    _check(runde)
    save_checked(runde)
    audit.record(actor, "runde.oprettet", runde, f"Runden {runde} oprettet")
    return runde


@transaction.atomic
def update_runde(actor, *, runde: Runde, version: str, **fields) -> Runde:
    runde = Runde.objects.select_for_update().get(pk=runde.pk)
    if version != runde_version(runde):
        raise conflict(audit.last_actor(runde), compared(runde, fields))
    before = {name: str(getattr(runde, name)) for name, new in fields.items() if getattr(runde, name) != new}
    _check_promises(runde, fields)
    for name, value in fields.items():
        setattr(runde, name, value)
    if runde.er_kladde:
        runde.slug = _free_slug(runde)
    _check(runde)
    save_checked(runde)
    if before:
        audit.record(actor, "runde.rettet", runde, f"Runden {runde} rettet", foer=before)
    return runde


def _free_slug(runde: Runde) -> str:
    """The address follows the title, until it is out and shared."""
    slug = to_slug(runde.titel, 55)
    taken = set(Runde.objects.filter(slug__startswith=slug).exclude(pk=runde.pk).values_list("slug", flat=True))
    return next(each for each in [slug, *(f"{slug}-{nr}" for nr in range(2, 100))] if each not in taken)


def _check(runde: Runde) -> None:
    """What has an error of its own is left to the fields and constraints."""
    if runde.frist and runde.startdato and runde.fristdag >= runde.startdato:
        raise ValidationError({"frist": "Vælg en frist, der ligger før første arbejdsdag."})
    if runde.svar_senest and runde.frist and runde.svar_senest <= runde.fristdag:
        raise ValidationError({"svar_senest": "Vælg en dag efter fristen, så der er tid til at læse og tale sammen."})
    if (runde.slettes_efter_maaneder or 0) > NO_REASON_NEEDED and not runde.slettefrist_grund:
        words = "Skriv, hvorfor ansøgningerne skal opbevares i mere end seks måneder."
        raise ValidationError({"slettefrist_grund": words})


def _check_promises(runde: Runde, fields: dict) -> None:
    """People have read the advert and shared its link: what it promised them is kept."""
    if runde.er_afsluttet:
        raise ValidationError("Runden er afsluttet og kan ikke rettes.")
    if not runde.er_offentlig:
        return
    if runde.er_begyndt and fields["aabner"] != runde.aabner:
        raise ValidationError({"aabner": "Der kan allerede søges. Dagen kan ikke ændres nu."})
    if fields["frist"] < runde.frist:
        raise ValidationError({"frist": "Fristen er meldt ud og kan kun blive senere. Nogen regner med den."})


def _move(actor, runde: Runde, to: str, act: str, text: str, **fields) -> None:
    """Of two at once the later one is refused and changes nothing."""
    if to not in MOVES[runde.tilstand]:
        raise ValidationError(f"Runden er “{runde.get_tilstand_display()}”, så det kan ikke lade sig gøre.")
    rows = Runde.objects.filter(pk=runde.pk, tilstand=runde.tilstand)
    if to == T.KLADDE:  # somebody may send the very first application at this moment
        rows = rows.filter(~Exists(Ansoegning.objects.filter(runde=OuterRef("pk"))))
    if not rows.update(tilstand=to, **fields):
        raise StaleError("Runden er ændret imens. Genindlæs siden, og se efter.")
    for name, value in (fields | {"tilstand": to}).items():
        setattr(runde, name, value)
    audit.record(actor, act, runde, text)


@transaction.atomic
def publish_runde(actor, *, runde: Runde) -> None:
    """From now on the advert can be read; one can apply from the moment that it opens."""
    if not runde.tekst.strip():
        raise ValidationError("Skriv opslagets tekst, før du offentliggør det.")
    if runde.frist <= now():
        raise ValidationError("Fristen er gået. Vælg en senere frist, før du offentliggør opslaget.")
    _move(actor, runde, T.OFFENTLIG, "runde.offentliggjort", f"Opslaget {runde} offentliggjort")


@transaction.atomic
def withdraw_runde(actor, *, runde: Runde) -> None:
    """Taken down again, as long as nobody has begun an application."""
    if Ansoegning.objects.filter(runde=runde).exists():
        raise ValidationError("Nogen er begyndt på en ansøgning, så opslaget kan ikke tages ned. Forlæng eller afslut.")
    _move(actor, runde, T.KLADDE, "runde.taget_ned", f"Opslaget {runde} taget ned")


@transaction.atomic
def close_runde(actor, *, runde: Runde) -> None:
    """The end: the time after which the applications go begins. Everybody has had an answer by then."""
    if not runde.fristen_er_gaaet:
        words = f"Fristen er først {full_date(runde.fristdag)}. Runden kan afsluttes, når den er gået."
        raise ValidationError(words)
    if waiting := undecided(runde).count():
        people = count_noun(waiting, "ansøger", "ansøgere")
        raise ValidationError(f"{people} har ikke fået svar. Giv alle svar, før du afslutter runden.")
    _move(actor, runde, T.AFSLUTTET, "runde.afsluttet", f"Runden {runde} afsluttet", afsluttet=today())


def undecided(runde: Runde):
    decided = [Ansoegning.Tilstand.KLADDE, *Ansoegning.AFGJORT]
    return Ansoegning.objects.filter(runde=runde).exclude(tilstand__in=decided)


@transaction.atomic
def delete_runde(actor, *, runde: Runde) -> None:
    """A draft that came to nothing."""
    if not runde.er_kladde or Ansoegning.objects.filter(runde=runde).exists():
        raise ValidationError("Kun en kladde uden ansøgninger kan slettes.")
    audit.record(actor, "runde.slettet", runde, f"Runden {runde} slettet")
    runde.delete()

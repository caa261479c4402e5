"""An elev's expense: written with its receipts, sent, taken back, approved or returned. One table of legal moves."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import full_date, now, today
from elevforloeb.core.errors import StaleError, compared, conflict, save_checked
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.store import keep
from elevforloeb.core.money import kroner
from elevforloeb.models import Elev
from skoleophold.models import Bilag, Udlaeg
from skoleophold.permissions import udlaeg_to_decide

S = Udlaeg.Status

MOVES = {
    S.KLADDE: {S.SENDT},
    S.SENDT: {S.KLADDE, S.GODKENDT, S.RETURNERET},
    S.RETURNERET: {S.SENDT},
    S.GODKENDT: {S.RETURNERET, S.UDBETALT},
    S.UDBETALT: {S.GODKENDT},
}
FIELDS = ("art", "dato", "beloeb", "egen_udgift", "km", "formaal", "skoleperiode")
MOST_BILAG = 20
CHANGED = "Udlægget er ændret, siden du åbnede det. Læs det igen, og tag så stilling."
TAKEN = "En anden har allerede taget stilling til udlægget."


def move(udlaeg: Udlaeg, to: str, *, version: int, **fields) -> None:
    """Conditional on the state and the version that were read: of two at once, the later one changes nothing."""
    if to not in MOVES[udlaeg.status]:
        raise StaleError(REASONS[udlaeg.status])
    there = Udlaeg.objects.filter(pk=udlaeg.pk, status=udlaeg.status, version=version)
    if not there.update(status=to, version=version + 1, **fields):
        raise StaleError(CHANGED)
    for name, value in {"status": to, "version": version + 1, **fields}.items():
        setattr(udlaeg, name, value)


REASONS = {
    S.KLADDE: "Eleven er ved at rette udlægget. Det kommer igen, når det bliver sendt.",
    S.SENDT: "Udlægget er sendt. Vent på svar, eller tag det tilbage, hvis du vil rette det.",
    S.RETURNERET: f"{TAKEN} Det er sendt retur til eleven.",
    S.GODKENDT: f"{TAKEN} Det er godkendt.",
    S.UDBETALT: f"{TAKEN} Det er godkendt og på vej til udbetaling.",
}


# --- the elev writes ----------------------------------------------------------------------------------------------


@transaction.atomic
def save_udlaeg(
    actor, *, elev: Elev, noegle: UUID, version: int | None, felter: dict, filer: list[CheckedFile] = ()
) -> Udlaeg:
    """A new one, or the one with that key. What is missing may be missing until it is sent.

    The same form twice, as by a double click, is the same expense with each receipt once.
    """
    if (felter.get("dato") or today()) > today():
        raise ValidationError({"dato": "Vælg den dag, der står på kvitteringen. Den kan ikke ligge i fremtiden."})
    udlaeg, is_new = Udlaeg.objects.get_or_create(noegle=noegle, elev=elev)
    udlaeg = Udlaeg.objects.select_for_update(of=("self",)).get(pk=udlaeg.pk)
    new = _new_files(udlaeg, filer)
    differs = any(getattr(udlaeg, name) != value for name, value in felter.items())
    if not (is_new or new or differs):
        return udlaeg
    if not udlaeg.kan_rettes:
        raise StaleError(REASONS[udlaeg.status])
    if not is_new and differs and version != udlaeg.version:
        raise conflict("Du", compared(udlaeg, felter))
    for name, value in felter.items():
        setattr(udlaeg, name, value)
    udlaeg.version += not is_new
    save_checked(udlaeg)
    Bilag.objects.bulk_create(Bilag(udlaeg=udlaeg, fil=keep(actor, checked)) for checked in new)
    if is_new:
        audit.record(actor, "udlaeg.skrevet", elev, "Udlæg skrevet som kladde", udlaeg=udlaeg.pk)
    return udlaeg


def _new_files(udlaeg: Udlaeg, filer: list[CheckedFile]) -> list[CheckedFile]:
    """Those that are not there already, each once."""
    known = set(udlaeg.bilag.values_list("fil__sha256", flat=True))
    new = {checked.sha256: checked for checked in filer if checked.sha256 not in known}
    if len(known) + len(new) > MOST_BILAG:
        raise ValidationError({"bilag": f"Der kan være {MOST_BILAG} bilag på et udlæg. Lav et udlæg mere til resten."})
    return list(new.values())


@transaction.atomic
def remove_bilag(actor, *, bilag: Bilag) -> None:
    udlaeg = _lock_editable(bilag.udlaeg)
    bilag.fil.delete()
    Udlaeg.objects.filter(pk=udlaeg.pk).update(version=udlaeg.version + 1)


@transaction.atomic
def delete_udlaeg(actor, *, udlaeg: Udlaeg) -> None:
    """What was never sent, or came back. The receipts go too."""
    udlaeg = _lock_editable(udlaeg)
    audit.record(actor, "udlaeg.slettet", udlaeg.elev, "Udlæg slettet af eleven selv", udlaeg=udlaeg.pk)
    for bilag in udlaeg.bilag.select_related("fil"):
        bilag.fil.delete()
    udlaeg.delete()


def _lock_editable(udlaeg: Udlaeg) -> Udlaeg:
    udlaeg = Udlaeg.objects.select_for_update(of=("self",)).get(pk=udlaeg.pk)
    if not udlaeg.kan_rettes:
        raise StaleError(REASONS[udlaeg.status])
    return udlaeg


@transaction.atomic
def send_udlaeg(actor, *, udlaeg: Udlaeg) -> Udlaeg:
    """Whole, with a receipt. A second click finds it sent and is content."""
    udlaeg = Udlaeg.objects.select_for_update(of=("self",)).select_related("art", "elev").get(pk=udlaeg.pk)
    if udlaeg.status == S.SENDT:
        return udlaeg
    if missing := find_missing(udlaeg):
        raise ValidationError(missing)
    move(udlaeg, S.SENDT, version=udlaeg.version, sendt=now())
    text = f"Udlæg på {kroner(udlaeg.til_udbetaling)} sendt: {udlaeg.art}"
    audit.record(actor, "udlaeg.sendt", udlaeg.elev, text, udlaeg=udlaeg.pk)
    return udlaeg


def find_missing(udlaeg: Udlaeg) -> dict[str, str]:
    """By field, what has to be there before it can be sent."""
    words = {
        "art": "Vælg, hvad udlægget gælder.",
        "dato": "Skriv den dato, der står på kvitteringen.",
        "beloeb": "Skriv beløbet.",
        "formaal": "Skriv kort, hvad det er til.",
    }
    missing = {name: text for name, text in words.items() if not getattr(udlaeg, name)}
    if not udlaeg.bilag.exists():
        missing["bilag"] = "Læg kvitteringen ved som billede eller PDF."
    art = udlaeg.art
    if art and udlaeg.dato and udlaeg.dato not in art.span:
        missing["art"] = f"{art} kunne ikke vælges den {full_date(udlaeg.dato)}. Vælg noget andet, eller ret datoen."
    if art and art.mindst_km and not udlaeg.km:
        missing["km"] = "Skriv, hvor langt der er frem og tilbage."
    if udlaeg.beloeb and udlaeg.egen_udgift >= udlaeg.beloeb:
        missing["egen_udgift"] = "Din egen udgift er lige så stor som beløbet. Så er der ikke noget at betale tilbage."
    return missing


@transaction.atomic
def take_back(actor, *, udlaeg: Udlaeg) -> None:
    """As long as nobody has decided."""
    move(udlaeg, S.KLADDE, version=udlaeg.version)
    audit.record(actor, "udlaeg.taget_tilbage", udlaeg.elev, "Udlæg taget tilbage af eleven", udlaeg=udlaeg.pk)


# --- the elevansvarlig decides ------------------------------------------------------------------------------------


@transaction.atomic
def approve(actor, *, udlaeg: Udlaeg, version: int) -> None:
    approve_many(actor, seen={udlaeg.pk: version})


@transaction.atomic
def approve_many(actor, *, seen: dict[int, int]) -> list[Udlaeg]:
    """All that were seen, each as it was seen (id to version), or none."""
    rows = list(udlaeg_to_decide(actor).filter(pk__in=seen).select_related("elev__bruger", "art").order_by("pk"))
    if not rows or len(rows) != len(seen):
        raise StaleError("Et af udlæggene er taget tilbage af eleven, eller du må ikke godkende det. Se listen igen.")
    moment = now()
    for row in rows:
        move(row, S.GODKENDT, version=seen[row.pk], behandlet=moment, behandlet_af=actor)
    acts = [
        (row.elev, f"Udlæg på {kroner(row.til_udbetaling)} godkendt: {row.art}", {"udlaeg": row.pk}) for row in rows
    ]
    audit.record_many(actor, "udlaeg.godkendt", acts)
    outbox.queue_many([_letter(row, "udlaeg_godkendt") for row in rows])
    return rows


@transaction.atomic
def return_udlaeg(actor, *, udlaeg: Udlaeg, version: int, grund: str) -> None:
    """Also an approved one, as long as it is not on its way to be paid."""
    if udlaeg.elev.bruger_id == actor.pk:
        raise ValidationError("Dit eget udlæg skal en anden elevansvarlig tage stilling til.")
    move(udlaeg, S.RETURNERET, version=version, grund=grund, behandlet=now(), behandlet_af=actor)
    audit.record(actor, "udlaeg.returneret", udlaeg.elev, "Udlæg sendt retur til eleven", udlaeg=udlaeg.pk)
    outbox.queue_many([_letter(udlaeg, "udlaeg_returneret")])


def _letter(udlaeg: Udlaeg, skabelon: str):
    noegle = f"{skabelon}:{udlaeg.pk}:{udlaeg.version}"
    return outbox.order(udlaeg.elev.bruger, noegle=noegle, skabelon=skabelon, data={"udlaeg": udlaeg.pk})

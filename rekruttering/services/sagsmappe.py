"""Hiring cases as files: one case, or all of a round with their attachments and a sealed list of them."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from elevforloeb.core import audit, bell, filejob
from elevforloeb.core.files.store import Damaged, read
from elevforloeb.core.files.uses import MB
from elevforloeb.core.seal import fingerprint
from elevforloeb.core.zipped import Zip
from rekruttering.models import Ansoegning, Ansoegningsbilag, Runde, Sagsmappe
from rekruttering.pdf import sagsakt_pdf
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.queries.sagsakt import get_sagsakt

TASK = "rekruttering.tasks.make_sagsmappe"
KEPT = timedelta(hours=24)
LARGEST = 60 * MB  # of attachments in one file: the worker holds it in memory. One applicant may send 50.
RELATED = ("runde", "adgangsvej", "fortrinssag", "brev", "oplysningstekst")


# --- one case -------------------------------------------------------------------------------------------------------
def case_file(actor, *, ansoegning: Ansoegning) -> bytes:
    """The case as a PDF, and the applicant's files as they came: as much as a rule lets her send. Raises `Damaged`."""
    file = Zip()
    file.add(f"sag {ansoegning.nummer}", sagsakt_pdf(get_sagsakt(actor, ansoegning)))
    for bilag in attachments(ansoegning):
        file.add(stem(bilag), read(bilag.fil), bilag.fil.kind.ending)
    return file.finish()


def attachments(ansoegning: Ansoegning) -> list[Ansoegningsbilag]:
    """Those that may be opened."""
    return [each for each in ansoegning.bilag.select_related("fil") if each.fil.kan_hentes]


def stem(bilag: Ansoegningsbilag) -> str:
    return bilag.fil.navn.rpartition(".")[0]


# --- the cases of a round -------------------------------------------------------------------------------------------
def in_mappe(actor, runde: Runde) -> QuerySet[Ansoegning]:
    """Those that the one who asks steers."""
    return steerable_ansoegninger(actor).filter(runde=runde).order_by("nummer")


@transaction.atomic
def order(actor, *, runde: Runde) -> list[Sagsmappe]:
    parts = _parts(in_mappe(actor, runde))
    if not parts:
        raise ValidationError("Der er ingen sager, du kan samle. Kun ansættelsesudvalget kan læse dem.")
    return [_order_part(actor, runde, numbers) for numbers in parts]


def _parts(rows: QuerySet[Ansoegning]) -> list[list[int]]:
    """The numbers of each file. No case is in two."""
    parts, taken = [], 0
    sized = rows.annotate(fylder=Coalesce(Sum("bilag__fil__stoerrelse"), 0))
    for number, size in sized.values_list("nummer", "fylder"):
        if not parts or taken + size > LARGEST:
            parts.append([])
            taken = 0
        parts[-1].append(number)
        taken += size
    return parts


def _order_part(actor, runde: Runde, numbers: list[int]) -> Sagsmappe:
    facts = {"antal": len(numbers), "foerste": numbers[0], "sidste": numbers[-1]}
    mappe = Sagsmappe.objects.create(runde=runde, bestilt_af=actor, **facts)
    audit.record(actor, "runde.sager_samlet", runde, f"{mappe} bestilt samlet i en fil", antal=mappe.antal)
    bell.ring_for_on_commit(TASK, mappe.pk)
    return mappe


def make(pk: int) -> None:
    filejob.work(Sagsmappe, pk, _collect)


def _collect(mappe: Sagsmappe, pulse: filejob.Pulse) -> bytes:
    """What she steers now, which may be less than when she asked."""
    numbers = (mappe.foerste, mappe.sidste)
    rows = list(in_mappe(mappe.bestilt_af, mappe.runde).filter(nummer__range=numbers).values_list("pk", flat=True))
    pulse.begin(len(rows))
    file, missing = Zip(), []
    for number, pk in enumerate(rows, start=1):
        pulse.beat(number - 1)
        ansoegning = Ansoegning.objects.select_related(*RELATED).get(pk=pk)
        file.add(f"sag {ansoegning.nummer}", sagsakt_pdf(get_sagsakt(mappe.bestilt_af, ansoegning)))
        missing += _add_attachments(file, ansoegning)
    _seal(mappe, file, missing)
    return file.finish()


def _add_attachments(file: Zip, ansoegning: Ansoegning) -> list[str]:
    """Answers those that cannot be read: the others are not kept back by them."""
    missing = []
    for nr, bilag in enumerate(attachments(ansoegning), start=1):
        name = f"sag {ansoegning.nummer} bilag {nr}"
        try:
            file.add(f"{name} {stem(bilag)}", read(bilag.fil), bilag.fil.kind.ending)
        except Damaged:
            missing.append(f"{name} kan ikke læses på disken (SHA-256 {bilag.fil.sha256})")
    return missing


def _seal(mappe: Sagsmappe, file: Zip, missing: list[str]) -> None:
    """The last in the file is a list of all the others. Its fingerprint is in the history, which nobody can change."""
    listing = file.listing(*missing)
    file.add("fortegnelse", listing, ".txt")
    mappe.segl = fingerprint(listing)
    Sagsmappe.objects.filter(pk=mappe.pk).update(segl=mappe.segl)
    words = f"{mappe}: fortegnelsen er forseglet"
    audit.record(mappe.bestilt_af, "runde.sager_forseglet", mappe.runde, words, sha256=mappe.segl)


def tend_sagsmapper() -> None:
    filejob.tend(Sagsmappe, TASK, KEPT)


def make_waiting() -> None:
    """Where there is no bell, the sweep itself makes them."""
    if not settings.REDIS_URL:
        for pk in filejob.waiting(Sagsmappe):
            make(pk)

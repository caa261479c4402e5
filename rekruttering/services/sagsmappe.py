"""Hiring cases on their way into the municipality's case system: made into files, and marked when they are filed."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from elevforloeb.core import audit, bell, filejob
from elevforloeb.core.dates import now
from elevforloeb.core.errors import save_checked
from elevforloeb.core.files.store import read
from elevforloeb.core.zipped import Zip
from rekruttering.models import Ansoegning, Runde, Sagsjournal, Sagsmappe
from rekruttering.pdf import sagsakt_pdf
from rekruttering.permissions import steerable_ansoegninger
from rekruttering.queries.sagsakt import get_sagsakt

from .tilstand import write_step

TASK = "rekruttering.tasks.make_sagsmappe"
KEPT = timedelta(hours=24)
RELATED = ("runde", "adgangsvej", "fortrinssag", "brev", "oplysningstekst")


# --- filed ----------------------------------------------------------------------------------------------------------
@transaction.atomic
def mark_filed(actor, *, ansoegninger: Iterable[Ansoegning], sagsnr: str) -> int:
    """Somebody has filed them by hand. Again with another number: that is what counts. Answers how many."""
    wanted = [each.pk for each in ansoegninger]
    rows = Ansoegning.objects.select_for_update(of=["self"], no_key=True).filter(pk__in=wanted).order_by("pk")
    for row in rows:
        write_step(actor, ansoegning=row, art="journaliseret", tekst=f"Sagen er journaliseret (sag {sagsnr}).")
        journal = Sagsjournal.objects.filter(ansoegning=row).first() or Sagsjournal(ansoegning=row)
        journal.sagsnr, journal.tid, journal.bruger = sagsnr, now(), actor
        save_checked(journal)
    return len(rows)


# --- one case -------------------------------------------------------------------------------------------------------
def case_file(actor, *, ansoegning: Ansoegning) -> bytes:
    """The case as a PDF, and the applicant's files as they came: as much as a rule lets her send."""
    file = Zip()
    file.add(f"sag {ansoegning.nummer}", sagsakt_pdf(get_sagsakt(actor, ansoegning)))
    for bilag in ansoegning.bilag.select_related("fil"):
        if bilag.fil.kan_hentes:
            file.add(bilag.fil.navn.rpartition(".")[0], read(bilag.fil), bilag.fil.kind.ending)
    return file.finish()


# --- the cases of a round -------------------------------------------------------------------------------------------
def in_mappe(actor, runde: Runde) -> QuerySet[Ansoegning]:
    """Those that the one who asks steers."""
    return steerable_ansoegninger(actor).filter(runde=runde).order_by("nummer")


@transaction.atomic
def order(actor, *, runde: Runde) -> Sagsmappe:
    mappe = Sagsmappe(runde=runde, bestilt_af=actor, antal=in_mappe(actor, runde).count())
    if not mappe.antal:
        raise ValidationError("Der er ingen sager, du kan samle. Kun ansættelsesudvalget kan læse dem.")
    mappe.save()
    audit.record(actor, "runde.sager_samlet", runde, f"{mappe} bestilt samlet i en fil", antal=mappe.antal)
    bell.ring_for_on_commit(TASK, mappe.pk)
    return mappe


def make(pk: int) -> None:
    filejob.work(Sagsmappe, pk, _collect)


def _collect(mappe: Sagsmappe, pulse: filejob.Pulse) -> bytes:
    rows = list(in_mappe(mappe.bestilt_af, mappe.runde).values_list("pk", flat=True))
    pulse.begin(len(rows))
    file = Zip()
    for number, pk in enumerate(rows, start=1):
        pulse.beat(number - 1)
        ansoegning = Ansoegning.objects.select_related(*RELATED).get(pk=pk)
        file.add(f"sag {ansoegning.nummer}", sagsakt_pdf(get_sagsakt(mappe.bestilt_af, ansoegning)))
    return file.finish()


def tend_sagsmapper() -> None:
    filejob.tend(Sagsmappe, TASK, KEPT)


def make_waiting() -> None:
    """Where there is no bell, the sweep itself makes them."""
    if not settings.REDIS_URL:
        for pk in filejob.waiting(Sagsmappe):
            make(pk)

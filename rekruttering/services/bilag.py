"""The files of an application: how many, how much, and by whom is decided before a byte is kept."""

import hashlib
import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from elevforloeb.core.dates import now
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.store import keep
from elevforloeb.core.files.uses import MB
from elevforloeb.core.models import Fil
from elevforloeb.core.rules import rules
from rekruttering.models import Ansoegning, Ansoegningsbilag

from .ansoegning import locked
from .tilstand import write_step

log = logging.getLogger(__name__)


@transaction.atomic
def add_bilag(*, ansoegning: Ansoegning, art: str, fil: CheckedFile) -> Ansoegningsbilag:
    """The same file sent twice is kept once."""
    found = locked(ansoegning)
    there = found.bilag.filter(fil__sha256=hashlib.sha256(fil.data).hexdigest()).first()
    if there:
        return there
    _check_room(found, len(fil.data))
    bilag = Ansoegningsbilag.objects.create(ansoegning=found, art=art, fil=keep(None, fil))
    _touched(found, f"En fil er vedlagt: {bilag.get_art_display()}.")
    _watch_the_whole()
    return bilag


@transaction.atomic
def remove_bilag(*, ansoegning: Ansoegning, bilag: Ansoegningsbilag) -> None:
    """Removed twice is removed once."""
    found = locked(ansoegning)
    there = found.bilag.select_related("fil").filter(pk=bilag.pk).first()
    if there:
        there.fil.delete()
        _touched(found, f"En fil er fjernet: {there.get_art_display()}.")


def _check_room(ansoegning: Ansoegning, more: int) -> None:
    most = rules()
    files = ansoegning.bilag.count()
    taken = ansoegning.bilag.aggregate(sum=Sum("fil__stoerrelse"))["sum"] or 0
    if files >= most.ansoegning_filer:
        raise ValidationError({"fil": f"Du kan højst vedlægge {most.ansoegning_filer} filer. Fjern en, du ikke bruger"})
    if taken + more > most.ansoegning_filer_mb * MB:
        raise ValidationError(
            {"fil": f"Dine filer må højst fylde {most.ansoegning_filer_mb} MB i alt. Gem filen i en mindre udgave"}
        )


def _touched(ansoegning: Ansoegning, what: str) -> None:
    ansoegning.rettet = now()
    ansoegning.version += 1
    ansoegning.save(update_fields=["rettet", "version"])
    if not ansoegning.er_kladde:
        write_step(None, ansoegning=ansoegning, art="bilag", tekst=what)


def _watch_the_whole() -> None:
    """Anybody can send files in here. A day with more than the rule says is told in the log, for whoever watches it."""
    since = timezone.now() - timedelta(days=1)
    day = Fil.objects.filter(ansoegningsbilag__isnull=False, oprettet__gt=since).aggregate(sum=Sum("stoerrelse"))["sum"]
    if (day or 0) > rules().ansoegning_alarm_mb * MB:
        log.error("Applicants have sent in %s MB within a day. Is somebody filling the disk?", day // MB)

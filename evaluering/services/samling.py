"""Sealed evaluations in one file, as core/filejob.py says. One PDF at a time is in memory besides the file."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from elevforloeb.core import audit, bell, filejob, prints
from elevforloeb.core.zipped import Zip
from evaluering.models import Dokumentsamling, Evaluering
from evaluering.permissions import readable_sealed
from evaluering.queries.forseglede import sealed

TASK = "evaluering.tasks.make_samling"
KEPT = timedelta(hours=24)


def in_samling(samling: Dokumentsamling) -> QuerySet[Evaluering]:
    """The newest edition of each sealed evaluation that the one who asks may read."""
    rows = readable_sealed(samling.bestilt_af).filter(pk__in=sealed().values("pk"))
    about = {"elev__hold": samling.hold_id} if samling.hold_id else {"elev": samling.elev_id}
    return rows.filter(**about).order_by("elev__bruger__sortering", "forseglet", "pk")


@transaction.atomic
def order(actor, *, form: str, hold=None, elev=None) -> Dokumentsamling:
    samling = Dokumentsamling(hold=hold, elev=elev, bestilt_af=actor, form=form)
    samling.antal = in_samling(samling).count()
    if not samling.antal:
        raise ValidationError("Der er ingen forseglede evalueringer at samle endnu.")
    samling.save()
    text = f"{samling} bestilt samlet i en fil ({samling.antal})"
    audit.record(actor, "evaluering.samlet", hold or elev, text, samling=samling.pk)
    bell.ring_for_on_commit(TASK, samling.pk)
    return samling


# --- The worker ---------------------------------------------------------------------------------------------------
def make(pk: int) -> None:
    filejob.work(Dokumentsamling, pk, _collect)


def _collect(samling: Dokumentsamling, pulse: filejob.Pulse) -> bytes:
    parts = in_samling(samling).select_related("elev__bruger", "afdeling")
    pulse.begin(len(parts))
    file = Zip() if samling.form == Dokumentsamling.Form.ZIP else _joiner(str(samling))
    for number, evaluering in enumerate(parts, start=1):
        pulse.beat(number - 1)
        file.add(str(evaluering), prints.pdf_of(evaluering.dokument_id))
    return file.finish()


def _joiner(titel: str):
    from elevforloeb.core.joined import Joiner  # its library is for the worker that joins, and for nobody else

    return Joiner(titel)


# --- Every minute -------------------------------------------------------------------------------------------------
def tend_samlinger() -> None:
    filejob.tend(Dokumentsamling, TASK, KEPT)


def make_waiting() -> None:
    """Where there is no bell, the sweep itself makes them."""
    if not settings.REDIS_URL:
        for pk in filejob.waiting(Dokumentsamling):
            make(pk)

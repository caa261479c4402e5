"""200 sealed evaluations as one file, as a worker makes it: its memory at the peak, and what the last 150 add to it.

`python -m tests.bench.samling zip`, in a process of its own: a peak never comes down again.
"""

import json
import os
import sys
import time
from unittest import mock

import django

SEALED, EARLY = 200, 50


def make(form: str, number: int = SEALED) -> dict:
    """In a world of the bench. None of the PDFs is there beforehand, which is the most that a worker meets."""
    from django.db import transaction

    with transaction.atomic():
        found = _make(form, *sealed_evaluations(number), number)
        transaction.set_rollback(True)  # what is sealed cannot be deleted, and the next form begins without PDFs too
    return found


def _make(form: str, actor, hold, number: int) -> dict:
    from elevforloeb.core import prints
    from evaluering.services import samling

    from .outside import peak_memory

    peaks, print_one = [], prints.pdf_of

    def watched(pk: int) -> bytes:
        found = print_one(pk)
        peaks.append(peak_memory([os.getpid()]) or 0)
        return found

    job = samling.order(actor, form=form, hold=hold)
    began = time.monotonic()
    with mock.patch.object(prints, "pdf_of", watched):
        samling.make(job.pk)
    job.refresh_from_db()
    if (job.status, job.gjort) != ("faerdig", number):
        raise RuntimeError(f"{job.status}: {job.gjort}")
    peak = peak_memory([os.getpid()]) or 0
    early = peaks[min(EARLY, number) - 1]
    return {"mb": peak, "growth": peak - early, "seconds": time.monotonic() - began, "file": len(job.fil) / 1e6}


def sealed_evaluations(number: int):
    """One of two pages for each elev of a hold, written straight into the tables beside the world's own (`slut`)."""
    from afdelinger.models import Bruger
    from elevforloeb.core.dates import now, today
    from elevforloeb.models import Hold, Ophold
    from evaluering.models import Evaluering
    from evaluering.queries.skema import in_force
    from tests.dokument_steps import seal_evaluation

    hold = max(Hold.objects.filter(startdato__lte=today()), key=lambda each: each.elever.count())
    actor = Bruger.objects.filter(rolletildelinger__rolle="elevansvarlig").first()
    stays = Ophold.objects.filter(elev__hold=hold, periode__startswith__lte=today()).order_by("elev_id", "periode")
    stays = list(stays.distinct("elev_id").select_related("elev__bruger"))[:number]
    fields = {"art": "midtvejs", "status": "forseglet", "skema": in_force("midtvejs"), "frist": today()}
    fields |= {"laast_tekst": "{}"}
    for stay in stays:
        people = {"elev": stay.elev, "ophold": stay, "afdeling_id": stay.afdeling_id, "begyndt": now()}
        dokument = seal_evaluation(actor, stay.elev.bruger)
        Evaluering.objects.create(dokument=dokument, forseglet=now(), **people, **fields)
    return actor, hold


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make(sys.argv[1])))

"""The calendar's entries of an elev's own fagprøve: what she owes by when, the weeks of writing, and the exam."""

from collections.abc import Iterator

from django.urls import reverse

from elevforloeb.core.dates import ONE_DAY
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.queries.kalender import Laeser, Slags
from skoleophold.queries.fagproeve.vej import ELEV, steps

from .samlet import exam, writing


def own_fagproeve(laeser: Laeser) -> Iterator[Entry]:
    """After a stop nothing of it counts any more."""
    if laeser.elev is None or laeser.elev.stoppet:
        return
    url = reverse("min_fagproeve")
    for row in laeser.elev.fagproeveforsoeg.select_related("fagproeve__runde"):
        for step in steps(row.fagproeve, None, {}, laeser.regler.day):
            if step.hvem == ELEV and step.frist and not step.gjort:
                uid, title = event_uid(f"fagproeve-{step.kode}", row.pk), f"Frist: {step.navn} (fagprøven)"
                yield Entry.on(step.frist, uid=uid, title=title, url=url, kind=Slags.FRIST)
        if runde := row.fagproeve.runde:
            yield writing(row.pk, "Fagprøven skrives", url, runde.startdato, runde.slutdato)
        if day := row.eksamen or (runde and runde.eksamen_fra):
            last = row.eksamen or runde.eksamen_til
            yield exam(row.pk, "Mundtlig eksamen i fagprøven", url, day, last + ONE_DAY)

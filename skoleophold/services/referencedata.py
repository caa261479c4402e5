"""Loads the schools and subjects of the reference data; their shape is checked with the other files, floors down."""

from itertools import groupby, zip_longest
from operator import attrgetter

from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import ONE_DAY
from elevforloeb.core.filesync import Sync
from elevforloeb.core.periods import period
from skoleophold.models import Fag, Skole, Tegngraense


@transaction.atomic
def load_skoler_og_fag(actor, *, skoler, fag, overwrite: bool = False) -> Sync:
    sync = Sync(overwrite)
    rows = [{name: getattr(each, name) for name in ("kode", "navn", "adresse", "kilde")} for each in skoler]
    sync.rows(Skole.objects.filter(kode__in=[row["kode"] for row in rows]), ["kode"], rows)
    rows = [
        {name: getattr(each, name) for name in ("kode", "navn", "bundet", "skala", "kilde")}
        | {"nr": nr, "periode": period(each.fra, each.til)}
        for nr, each in enumerate(fag, start=1)
    ]
    sync.rows(Fag.objects.filter(kode__in=[row["kode"] for row in rows]), ["kode"], rows, unless_new=["nr"])
    for row in sync.changed():
        audit.record(
            actor, "fag.indlaest" if isinstance(row, Fag) else "skole.indlaest", row, "Indlæst fra referencedata"
        )
    return sync


@transaction.atomic
def load_tegngraenser(actor, *, rows, overwrite: bool = False) -> Sync:
    """A limit without a last day runs until the next one of its size begins."""
    sync = Sync(overwrite)
    wanted = {
        antal: [
            {name: getattr(each, name) for name in ("antal", "mindst", "hoejst", "kilde")}
            | {"periode": period(each.fra, each.til or (later and later.fra - ONE_DAY))}
            for each, later in zip_longest(series, series[1:])
        ]
        for antal, found in groupby(sorted(rows, key=attrgetter("antal", "fra")), attrgetter("antal"))
        for series in [list(found)]
    }
    sync.series(Tegngraense.objects.filter(antal__in=wanted), "antal", wanted)
    for row in sync.changed():
        audit.record(actor, "tegngraense.indlaest", row, "Indlæst fra referencedata")
    return sync

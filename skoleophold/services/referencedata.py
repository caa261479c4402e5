"""Loads schools, subjects and kinds of cost from the reference data; their shape is checked floors down."""

from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.filesync import Sync
from elevforloeb.core.periods import period
from skoleophold.models import Fag, Skole, Udgiftsart


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
def load_udgiftsarter(actor, *, rows, overwrite: bool = False) -> Sync:
    sync = Sync(overwrite)
    names = ("kode", "navn", "betales", "betales_ikke", "loft", "egen_udgift", "mindst_km", "konto", "kilde")
    wanted = [
        {name: getattr(each, name) for name in names} | {"nr": nr, "periode": period(each.fra, each.til)}
        for nr, each in enumerate(rows, start=1)
    ]
    sync.rows(Udgiftsart.objects.filter(kode__in=[row["kode"] for row in wanted]), ["kode"], wanted, unless_new=["nr"])
    for row in sync.changed():
        audit.record(actor, "udgiftsart.indlaest", row, "Indlæst fra referencedata")
    return sync

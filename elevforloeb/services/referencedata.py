"""Loads the uddannelsesmodeller of the reference data; the departments themselves are loaded one floor down."""

from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.filesync import Sync
from elevforloeb.models import Trin, Uddannelsesmodel


@transaction.atomic
def load_uddannelsesmodeller(actor, *, rows, overwrite: bool = False) -> Sync:
    """`rows` as read from the files: kode, navn, kilde, note and trin. Hold that follow a model keep their own plan."""
    sync = Sync(overwrite, _describe)
    wanted = [{name: getattr(row, name) for name in ("kode", "navn", "kilde", "note")} for row in rows]
    existing = Uddannelsesmodel.objects.filter(kode__in=[row.kode for row in rows])
    modeller = sync.rows(existing, ["kode"], wanted)
    trin = {
        modeller[(row.kode,)].pk: [
            {"model_id": modeller[(row.kode,)].pk, "nr": nr, "art": each.art, "maaneder": each.maaneder}
            for nr, each in enumerate(row.trin, start=1)
        ]
        for row in rows
    }
    sync.series(Trin.objects.filter(model__in=trin).select_related("model"), "model_id", trin, order="nr")
    for row in sync.changed():
        if isinstance(row, Uddannelsesmodel):
            audit.record(actor, "uddannelsesmodel.indlaest", row, "Indlæst fra referencedata")
    return sync


def _describe(row):
    return f"'{row}' i '{row.model}'" if isinstance(row, Trin) else f"'{row}'"

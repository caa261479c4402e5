"""Loads the public texts of the reference data; their shape is checked with the other files, floors down."""

from itertools import groupby
from operator import attrgetter

from django.db import transaction

from afdelinger.services.referencedata import with_last_days
from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.filesync import Outcome, Sync
from elevforloeb.core.periods import period
from rekruttering.models import Adgangsvej, Fakta, Oplysningstekst, Side, Sideudgave, Spoergsmaal
from rekruttering.opmaerkning import unwrapped

VEJ = ("kode", "navn", "krav", "dokumenter", "naeste_skridt", "kilde", "note")
FAKTA = ("noegle", "overskrift", "tekst", "kilde")


@transaction.atomic
def load_offentligt(actor, *, data, overwrite: bool = False) -> Sync:
    """Creates what is missing. What the elevansvarlig has written is hers, unless `overwrite`."""
    sync = Sync(overwrite)
    _dated(sync, Adgangsvej, "kode", VEJ, data.adgangsveje)
    _dated(sync, Fakta, "noegle", FAKTA, data.fakta)
    _spoergsmaal(sync, data.spoergsmaal)
    _sider(sync, data.sider)
    _oplysningstekst(sync, data.oplysningstekst)
    for row in sync.changed():
        audit.record(actor, f"{row._meta.model_name}.indlaest", row, "Indlæst fra referencedata")
    return sync


def _dated(sync, model, key, names, rows) -> None:
    """A key's rows belong together: one dated row written in the browser, and the file leaves them all alone."""
    order = {value: nr for nr, value in enumerate(dict.fromkeys(getattr(row, key) for row in rows), start=1)}
    wanted = {
        value: [
            {name: getattr(row, name) for name in names} | {"periode": period(row.fra, last)}
            for row, last in with_last_days(group)
        ]
        for value, group in groupby(sorted(rows, key=attrgetter(key)), key=attrgetter(key))
    }
    sync.series(model.objects.filter(**{f"{key}__in": wanted}), key, wanted)
    new = [row for row in sync.changed() if isinstance(row, model)]
    for row in new:
        row.raekkefoelge = order[getattr(row, key)]
    model.objects.bulk_update(new, ["raekkefoelge"])


def _spoergsmaal(sync, rows) -> None:
    wanted = [
        {"kode": row.kode, "spoergsmaal": row.spoergsmaal, "svar": unwrapped(row.svar), "raekkefoelge": nr}
        for nr, row in enumerate(rows, start=1)
    ]
    existing = Spoergsmaal.objects.filter(kode__in=[row.kode for row in rows])
    sync.rows(existing, ["kode"], wanted, unless_new=["raekkefoelge"])


def _sider(sync, rows) -> None:
    wanted = [{"noegle": row.noegle, "navn": row.navn, "raekkefoelge": nr} for nr, row in enumerate(rows, start=1)]
    existing = Side.objects.filter(noegle__in=[row.noegle for row in rows])
    sider = sync.rows(existing, ["noegle"], wanted, unless_new=["raekkefoelge"])
    published = Sideudgave.objects.filter(udgivet__isnull=False).order_by("side_id", "-id").distinct("side_id")
    newest = {udgave.side_id: udgave for udgave in published.filter(side__in=sider.values())}
    editions = []
    for row in rows:
        side, tekst = sider[(row.noegle,)], unwrapped(row.tekst)
        there = newest.get(side.pk)
        if there and (there.titel, there.tekst) == (row.titel, tekst):
            continue
        if there and not sync.overwrite:
            sync.outcomes[side] = Outcome.KEPT
            sync.kept.append(f"offentlig side '{side}': tekst")
            continue
        if there:
            sync.outcomes[side] = Outcome.UPDATED
        editions.append(Sideudgave(side=side, titel=row.titel, tekst=tekst, udgivet=now()))
    Sideudgave.objects.bulk_create(editions)


def _oplysningstekst(sync, row) -> None:
    """Only when there is none: an edition that somebody was shown is never written over."""
    if row and not Oplysningstekst.objects.exists():
        sync.outcomes[Oplysningstekst.objects.create(tekst=unwrapped(row.tekst), kilde=row.kilde)] = Outcome.CREATED

"""Loads schools, subjects, kinds of cost, AUB rates and the trip's checklist; their shape is checked floors down."""

from collections import defaultdict
from itertools import groupby, zip_longest
from operator import attrgetter

from django.db import transaction

from afdelinger.services.referencedata import with_last_days
from elevforloeb.core import audit
from elevforloeb.core.dates import ONE_DAY
from elevforloeb.core.filesync import Sync
from elevforloeb.core.periods import period
from skoleophold.models import Aubsats, Fag, Skole, Studieturpunkt, Tegngraense, Udgiftsart


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


@transaction.atomic
def load_aub_og_studietur(actor, *, aubsatser, studieturpunkter, overwrite: bool = False) -> Sync:
    """The rates of one kind belong together: a series that people have changed is left alone as a whole."""
    sync = Sync(overwrite)
    wanted = defaultdict(list)
    for each, last in [pair for rows in _by_art(aubsatser) for pair in with_last_days(rows)]:
        fields = {"art": each.art, "beloeb": each.beloeb, "kilde": each.kilde, "periode": period(each.fra, last)}
        wanted[each.art].append(fields)
    sync.series(Aubsats.objects.filter(art__in=wanted), "art", wanted)
    names = ("kode", "navn", "hjaelp", "art", "dage_foer", "kilde")
    rows = [{name: getattr(each, name) for name in names} | {"nr": nr} for nr, each in enumerate(studieturpunkter, 1)]
    there = Studieturpunkt.objects.filter(kode__in=[row["kode"] for row in rows])
    sync.rows(there, ["kode"], rows, unless_new=["nr"])
    return sync


def _by_art(aubsatser) -> list[list]:
    found = defaultdict(list)
    for each in aubsatser:
        found[each.art].append(each)
    return list(found.values())


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

"""Loads the shipped forms. May be run again: a file that is as before does nothing, a changed one is a new version."""

from django.db import connection, transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.filesync import Outcome, Sync
from evaluering.models import Evalueringsskema
from evaluering.queries.skema import content_of, whole_forms
from evaluering.skemafiler import Skemafil, shipped

from .indhold import fill

Status = Evalueringsskema.Status
LOCK = 20170902  # any number of our own: two loads at once wait for each other


@transaction.atomic
def load_skemaer(actor, *, skemaer: tuple[Skemafil, ...] | None = None, overwrite: bool = False) -> Sync:
    """Where the municipality has made a version of its own, a changed file waits for `overwrite`."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
    sync = Sync(overwrite)
    published: dict[str, list[Evalueringsskema]] = {}
    for skema in whole_forms().filter(status=Status.UDGIVET).order_by("version"):
        published.setdefault(skema.art, []).append(skema)
    for file in shipped() if skemaer is None else skemaer:
        _load(actor, sync, file, published.get(file.art, []))
    return sync


def _load(actor, sync: Sync, file: Skemafil, versions: list[Evalueringsskema]) -> None:
    from_files = [each for each in versions if each.oprettet_af_id is None]
    is_known = bool(from_files) and content_of(from_files[-1]) == file.indhold
    has_own = bool(versions) and versions[-1].oprettet_af_id is not None
    if is_known and not (has_own and sync.overwrite):
        sync.outcomes[from_files[-1]] = Outcome.UNCHANGED
    elif has_own and not sync.overwrite:
        _keep(sync, versions[-1], "kommunen har sin egen version")
    elif draft := Evalueringsskema.objects.filter(art=file.art, status=Status.KLADDE).first():
        _keep(sync, draft, "udgiv eller kassér kladden, og indlæs igen")
    else:
        sync.outcomes[_publish(actor, file, versions)] = Outcome.UPDATED if versions else Outcome.CREATED


def _keep(sync: Sync, skema: Evalueringsskema, why: str) -> None:
    sync.outcomes[skema] = Outcome.KEPT
    sync.kept.append(f"evalueringsskema '{skema}': {why}")


def _publish(actor, file: Skemafil, versions: list[Evalueringsskema]) -> Evalueringsskema:
    """In force from today, or from the day of the file when it is the first."""
    since = max(today(), *(each.gaelder_fra for each in versions)) if versions else file.fra
    words = {name: getattr(file, name) for name in ("art", "navn", "indledning", "med_elevansvarlig", "kilde")}
    skema = Evalueringsskema.objects.create(version=versions[-1].version + 1 if versions else 1, **words)
    fill(skema, file.indhold)
    skema.status, skema.gaelder_fra = Status.UDGIVET, since
    skema.save(update_fields=["status", "gaelder_fra"])
    audit.record(actor, "skema.indlaest", skema, f"{skema} er indlæst fra filerne")
    return skema

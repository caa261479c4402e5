"""An applicant is told before her application is deleted: until then she can fetch a copy of it."""

from datetime import timedelta

from elevforloeb.core import outbox
from elevforloeb.core.dates import at_eight, today
from elevforloeb.core.rules import rules
from rekruttering.models import Ansoegning, Runde


def warn_of_deletion() -> None:
    """Once for each day that it is set to: one that is kept longer is told again before its own day."""
    day, before = today(), timedelta(days=rules().ansoegning_varsel_dage)
    closed = Runde.objects.filter(tilstand=Runde.Tilstand.AFSLUTTET)
    near = [runde for runde in closed if runde.slettes - before <= day]
    rows = Ansoegning.objects.filter(runde__in=near).exclude(tilstand=Ansoegning.Tilstand.KLADDE)
    few = rows.select_related("runde").defer("motivation", "erfaring", "uddannelse_note", "skrevet")
    due = [row for row in few if row.email and row.slettes - before <= day < row.slettes]
    outbox.queue_new(
        [
            outbox.order(
                row.email,
                noegle=f"ansoegning:{row.pk}:slettes:{row.slettes}",
                skabelon="ansoegning_slettes",
                data={"ansoegning": row.pk, "dag": row.slettes.isoformat()},
                forfald=at_eight(row.slettes - before),
            )
            for row in due
        ]
    )

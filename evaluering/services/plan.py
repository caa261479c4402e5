"""The evaluations follow the plan. Asks "what should there be today?": it may run twice, late, and in two workers.

What nobody has begun comes, moves and goes with the plan. What somebody has begun is never taken away: its date and
elevvejleder follow, and when its stay is gone or is in another department, it is left for the elevansvarlig to decide.
"""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from evaluering.models import Besvarelse, Evaluering
from evaluering.queries.efter_planen import Planen, Raekke, Samtale, read_plan

from .tilstand import S
from .vejen.overdragelse import follow_elevvejleder

BEGUN = (S.IGANG, S.SAMTALE)
# All of them in one statement. Who had put it off to a day that the plan has passed by now, has put it off no more.
FOLLOW = """
update evaluering_evaluering as e set
  frist = ny.frist, afdeling_id = ny.afdeling, elevvejleder_id = ny.elevvejleder,
  udsat_til = case when udsat_til > ny.frist then udsat_til end,
  udsat_grund = case when udsat_til > ny.frist then udsat_grund else '' end
from unnest(%s::bigint[], %s::date[], %s::bigint[], %s::bigint[]) as ny (id, frist, afdeling, elevvejleder)
where e.id = ny.id
"""


def sync_evalueringer() -> None:
    """No row is locked while the plan is read: only those that change, and none that somebody works in just now."""
    plan = read_plan()
    _remove([row for row in plan.raekker if row.status == S.PLANLAGT and row.key not in plan.samtaler])
    _let_go([row for row in plan.raekker if _has_moved(row, plan)])
    _follow({row: want for row in plan.raekker if (want := _change(row, plan))})
    _create(plan.missing())


def _has_moved(row: Raekke, plan: Planen) -> bool:
    """Its stay is in another department now, and somebody had begun."""
    there = plan.afdelinger.get(row.ophold_id)
    return row.status != S.PLANLAGT and there is not None and there != row.afdeling_id


def _change(row: Raekke, plan: Planen) -> Samtale | None:
    """What the plan says of an unfinished one, when it says something new."""
    want = plan.samtaler.get(row.key)
    if want is None or row.status not in (S.PLANLAGT, *BEGUN) or _has_moved(row, plan):
        return None
    if row.status in BEGUN and want.elevvejleder is None:
        want = want._replace(elevvejleder=row.elevvejleder_id)  # nobody has taken over yet
    want = want._replace(frist=_in_time(row, want))
    same = (want.frist, want.afdeling, want.elevvejleder) == (row.frist, row.afdeling_id, row.elevvejleder_id)
    return None if same else want


def _in_time(row: Raekke, want: Samtale) -> date:
    """A stay cut short makes nobody late: a day that has passed by now is not set, but the last that is left."""
    if want.frist >= today() or row.frist <= want.frist:
        return want.frist
    return max(want.frist, min(row.frist, want.sidste_dag))


def _still(rows: Iterable[Raekke]) -> list[Evaluering]:
    """Those that are as they were read, locked. Somebody is working in the others: their turn is the next minute."""
    expected = {row.id: row.status for row in rows}
    if not expected:
        return []
    found = Evaluering.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
    found = found.select_related("elev__bruger", "afdeling").filter(pk__in=expected)
    return [each for each in found.order_by("pk") if each.status == expected[each.pk]]


def _remove(rows: list[Raekke]) -> None:
    gone = _still(rows)
    acts = [(each.elev, f"{each}: ikke længere i planen", {"evaluering": each.pk}) for each in gone]
    audit.record_many(None, "evaluering.fjernet", acts)  # its own number leads nowhere from now on
    if gone:
        Evaluering.objects.filter(pk__in=[each.pk for each in gone]).delete()


def _let_go(rows: list[Raekke]) -> None:
    """The place in the stay is free for the new department; the evaluation stays with the one it was written in."""
    moved = _still(rows)
    if moved:
        Evaluering.objects.filter(pk__in=[each.pk for each in moved]).update(ophold=None)
        acts = [(each, f"{each}: opholdet er flyttet til en anden afdeling", {}) for each in moved]
        audit.record_many(None, "evaluering.uden_ophold", acts)


def _follow(changes: dict[Raekke, Samtale]) -> None:
    wanted = {row.id: want for row, want in changes.items()}
    rows = _still(changes)
    if not rows:
        return
    values = [(row.pk, wanted[row.pk].frist, wanted[row.pk].afdeling, wanted[row.pk].elevvejleder) for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(FOLLOW, [list(column) for column in zip(*values, strict=True)])
    if taken_over := [row.pk for row in rows if _is_taken_over(row, wanted[row.pk])]:
        follow_elevvejleder(taken_over)
    if moved := [row.pk for row in rows if row.afdeling_id != wanted[row.pk].afdeling]:
        Besvarelse.objects.filter(evaluering__in=moved).delete()  # nobody had begun: it only named a substitute there
    audit.record_many(None, "evaluering.fulgt_planen", [_told(row, wanted[row.pk]) for row in rows])


def _is_taken_over(row: Evaluering, want: Samtale) -> bool:
    return want.elevvejleder is not None and row.elevvejleder_id != want.elevvejleder


def _told(row: Evaluering, want: Samtale) -> tuple[Evaluering, str, dict]:
    return row, f"{row}: frist {full_date(want.frist)} efter planen", {"foer": str(row.frist)}


def _create(talks: list[Samtale]) -> None:
    """Two at once make one: the constraint takes the second as done."""
    rows = [
        Evaluering(
            ophold_id=each.ophold,
            art=each.art,
            elev_id=each.elev,
            afdeling_id=each.afdeling,
            elevvejleder_id=each.elevvejleder,
            frist=each.frist,
        )
        for each in talks
    ]
    if rows:
        Evaluering.objects.bulk_create(rows, ignore_conflicts=True)

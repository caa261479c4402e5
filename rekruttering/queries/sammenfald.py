"""What stands in the way of interviews: who of the committee, and of the elever who receive, is elsewhere.

They are warnings and never refusals: a calendar may be wrong, and people make arrangements. Only what cannot be (one
room, one committee, one applicant) is refused, where it is written.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from elevforloeb.core.dates import ONE_DAY, midnight, today
from elevforloeb.queries.optaget import Optaget, busy
from rekruttering.models import Runde, Samtaledag, Samtaletid

from .runder import IN_COMMITTEE

Span = tuple[datetime, datetime]

# Who, from when, until when, what: whole days from midnight to midnight in Denmark. One statement for all the days.
# The rows without a time say who sits in the committee.
COMMITTEE = """
select m.bruger_id, null::timestamptz, null::timestamptz, b.navn
from rekruttering_udvalgsmedlem m join afdelinger_bruger b on b.id = m.bruger_id
where m.runde_id = %(runde)s and m.udtraadt is null
union all
select m.bruger_id, d::timestamp at time zone 'Europe/Copenhagen', (d + 1)::timestamp at time zone 'Europe/Copenhagen',
       'har ingen rolle den dag, fx på grund af orlov'
from rekruttering_udvalgsmedlem m cross join unnest(%(dage)s::date[]) d
where m.runde_id = %(runde)s and m.udtraadt is null and not exists (
    select from afdelinger_rolletildeling r
    where r.bruger_id = m.bruger_id and r.rolle = any(%(roller)s) and r.periode @> d)
union all
select m.bruger_id, lower(t.tidsrum), upper(t.tidsrum), 'har andre samtaler i ' || dag.lokale
from rekruttering_udvalgsmedlem m
join rekruttering_udvalgsmedlem other on other.bruger_id = m.bruger_id and other.udtraadt is null
join rekruttering_samtaledag dag on dag.runde_id = other.runde_id and dag.dato = any(%(dage)s::date[])
join rekruttering_samtaletid t on t.dag_id = dag.id
where m.runde_id = %(runde)s and m.udtraadt is null and other.runde_id <> m.runde_id
"""
RECEIVERS = """
union all
select e.bruger_id, lower(k.periode)::timestamp at time zone 'Europe/Copenhagen',
       upper(k.periode)::timestamp at time zone 'Europe/Copenhagen',
       case k.art when 'skole' then 'er på skole' else 'er ikke på arbejde' end
from rekruttering_samtalevagt v join rekruttering_samtaledag dag on dag.id = v.dag_id and dag.runde_id = %(runde)s
join elevforloeb_elev e on e.id = v.elev_id
join elevforloeb_kalenderperiode k on k.elev_id = e.id and k.periode @> dag.dato
where dag.dato = any(%(dage)s::date[])
union all
select e.bruger_id, o.dag, o.dag + interval '1 day', 'begynder i en ny afdeling'
from rekruttering_samtalevagt v join rekruttering_samtaledag dag on dag.id = v.dag_id and dag.runde_id = %(runde)s
join elevforloeb_elev e on e.id = v.elev_id
join lateral (
    select lower(s.periode)::timestamp at time zone 'Europe/Copenhagen' dag from elevforloeb_ophold s
    where s.elev_id = e.id and lower(s.periode) = dag.dato) o on true
where dag.dato = any(%(dage)s::date[])
"""


def committee_clashes(runde: Runde, spans: list[Span]) -> list[str]:
    """In sentences without a full stop, for times that are about to be made."""
    people, taken = _taken(runde, {timezone.localtime(start).date() for start, _ in spans}, COMMITTEE)
    return _sentences(people, taken, spans)


def clashes_by_time(runde: Runde, tider: Iterable[Samtaletid]) -> dict[int, list[str]]:
    """Of the committee, for each time that somebody may be given."""
    tider = list(tider)
    if not tider:
        return {}
    people, taken = _taken(runde, {timezone.localtime(each.start).date() for each in tider}, COMMITTEE)
    return {each.pk: _sentences(people, taken, [(each.start, each.slut)]) for each in tider}


def clashes_by_day(runde: Runde, dage: Iterable[Samtaledag]) -> dict[int, list[str]]:
    """For the days to come, by id. Takes days with their `tider` and `vagter` fetched."""
    coming = [dag for dag in dage if dag.dato >= today()]
    if not coming:
        return {}
    receivers = {v.elev.bruger_id for dag in coming for v in dag.vagter.all()}
    committee, taken = _taken(runde, {dag.dato for dag in coming}, COMMITTEE + RECEIVERS, receivers)
    return {dag.pk: _on(dag, committee, taken) for dag in coming}


def _on(dag: Samtaledag, committee: dict[int, str], taken: list[Optaget]) -> list[str]:
    people = committee | {v.elev.bruger_id: v.elev.bruger.navn for v in dag.vagter.all()}
    return _sentences(people, taken, [(tid.start, tid.slut) for tid in dag.tider.all()])


def _taken(runde: Runde, days: set[date], sql: str, also: Iterable[int] = ()) -> tuple[dict[int, str], list[Optaget]]:
    """The names of the committee by user, and what they, and those in `also`, are taken up by on the days."""
    with connection.cursor() as cursor:
        cursor.execute(sql, {"runde": runde.pk, "dage": list(days), "roller": [each.value for each in IN_COMMITTEE]})
        rows = cursor.fetchall()
    committee = {who: navn for who, start, _, navn in rows if start is None}
    found = [Optaget(*row) for row in rows if row[1] is not None]
    first, end = midnight(min(days)), midnight(max(days) + ONE_DAY)
    return committee, found + busy({*committee, *also}, first, end)


def _sentences(people: dict[int, str], taken: list[Optaget], spans: list[Span]) -> list[str]:
    """Each once, in order of time."""
    meets = [each for each in taken if each.bruger in people and any(each.meets(*span) for span in spans)]
    found = {(each.start, f"{people[each.bruger]} {each.hvad}{_clock(each)}") for each in meets}
    return list(dict.fromkeys(text for _, text in sorted(found)))


def _clock(each: Optaget) -> str:
    """Nothing for what takes whole days."""
    start, slut = timezone.localtime(each.start), timezone.localtime(each.slut)
    return "" if slut - start >= ONE_DAY else f" kl. {start:%H.%M}–{slut:%H.%M}"

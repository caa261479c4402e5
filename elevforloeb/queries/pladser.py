"""How full the departments are from today on, as it will be when the drafts are published.

The sweep of `belaegning.py`, done by the database: it reads every stay and answers with today and the overbooked days.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import connection

from elevforloeb.belaegning import Belaegning, overbooked_stretches
from elevforloeb.core.dates import Periode

from .planlagt import PLANLAGT
from .steder import Afdelingsnavn

SWEEP = (
    PLANLAGT  # noqa: S608 - two texts of our own
    + """, plads as (
  select afdeling_id, periode, antal from afdelinger_pladser where periode && daterange(%(dag)s, null)
), aendring as (
  select afdeling_id, greatest(lower(periode), %(dag)s) as fra, 1 as elever, 0 as pladser from planlagt
  union all select afdeling_id, upper(periode), -1, 0 from planlagt
  union all select afdeling_id, greatest(lower(periode), %(dag)s), 0, antal from plads
  union all select afdeling_id, upper(periode), 0, -antal from plads where not upper_inf(periode)
  union all select id, %(dag)s, 0, 0 from afdelinger_afdeling
), forloeb as (
  select afdeling_id, fra, lead(fra) over forfra as til,
    (sum(sum(elever)) over forfra)::int as elever, (sum(sum(pladser)) over forfra)::int as pladser
  from aendring group by afdeling_id, fra window forfra as (partition by afdeling_id order by fra)
)
select afdeling.id, afdeling.navn, kortnavn, farve, fra, til, elever, pladser, afdeling.periode @> %(dag)s,
  coalesce(her.antal, 0), navne, et_hold
from forloeb join afdelinger_afdeling afdeling on afdeling.id = afdeling_id
left join (
  select afdeling_id, count(*) as antal from udgivet where periode @> %(dag)s group by afdeling_id
) her using (afdeling_id)
left join lateral (
  select array_agg(distinct navn) as navne, min(hold_id) as et_hold from planlagt
  where elever > pladser and afdeling_id = afdeling.id and periode && daterange(fra, til)
) dem on true
where (fra = %(dag)s or elever > pladser) and afdeling.periode && daterange(%(dag)s, null)
order by art, sortering, fra
"""
)


class Plads(NamedTuple):
    """A department today."""

    afdeling: Afdelingsnavn
    elever: int
    pladser: int


class Overbooking(NamedTuple):
    """A stretch of days with more elever than places, with the figures of its worst day."""

    afdeling: Afdelingsnavn
    vaerst: Belaegning
    navne: list[str]
    hold: int  # one of those that the elever are on


class Afdelingspladser(NamedTuple):
    i_dag: list[Plads]
    overbookinger: list[Overbooking]


def get_pladser(day: date) -> Afdelingspladser:
    places, steps = [], defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(SWEEP, {"dag": day})
        for *name, start, end, elever, pladser, is_open, here, names, hold in cursor:
            afdeling = Afdelingsnavn(*name)
            if start == day and is_open:
                places.append(Plads(afdeling, here, pladser))
            if elever > pladser:
                steps[afdeling][Belaegning(Periode(start, end), elever, pladser)] = names, hold
    return Afdelingspladser(places, [each for item in steps.items() for each in _overbookings(*item)])


def _overbookings(afdeling: Afdelingsnavn, steps: dict[Belaegning, tuple]) -> Iterator[Overbooking]:
    for worst in overbooked_stretches(steps):
        met = [who for step, who in steps.items() if step.periode.overlap(worst.periode)]
        yield Overbooking(afdeling, worst, sorted({name for names, _ in met for name in names}), met[0][1])

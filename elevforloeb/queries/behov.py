"""The few elever who may need something from the elevansvarlig. The database finds them; the pure rules say what.

It may find some too many, never too few: `i_proevetid` and `meget_syg` count the days roughly.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db import connection

from elevforloeb.core.dates import Periode
from elevforloeb.core.rules import Rules

from . import figures

SIGN_AHEAD = timedelta(weeks=4)

FIND = """
select *, (
  select json_agg(json_build_array(art, lower(periode), upper(periode)) order by periode)
  from elevforloeb_kalenderperiode where elev_id = fundet.id and art <> 'ferie')
from (
  select elev.id, navn, hold_id, lower(elev.periode), upper(elev.periode), stoppet, aftale_kommune, aftale_elev,
    (aftale_kommune is null or aftale_elev is null) and lower(elev.periode) <= %(sign)s as ikke_underskrevet,
    vaek.syg * 100 >= %(fravaer)s * (upper(elev.periode) - lower(elev.periode)) as meget_syg,
    lower(elev.periode) <= %(dag)s
      and lower(elev.periode) + make_interval(months => %(maaneder)s, days => vaek.alt::int) >= %(dag)s as i_proevetid,
    elev.periode @> %(dag)s
      and not exists (select from elevforloeb_ophold where elev_id = elev.id and periode @> %(dag)s)
      and exists (select from elevforloeb_ophold where elev_id = elev.id) as ingen_steder,
    stoppet is not null and exists (
      select from elevforloeb_ophold where elev_id = elev.id and upper(periode) > stoppet) as planlagt_efter_stop
  from elevforloeb_elev elev
  join afdelinger_bruger bruger on bruger.id = bruger_id
  cross join lateral (
    select coalesce(sum(upper(periode) - lower(periode) + 2), 0) as alt,  -- with the weekend after a stay at school
      coalesce(sum(upper(periode) - lower(periode)) filter (where art = 'sygdom'), 0) as syg
    from elevforloeb_kalenderperiode where elev_id = elev.id and art <> 'ferie') vaek
  where upper(elev.periode) > %(dag)s and (stoppet is null or stoppet > %(dag)s)
  order by sortering, elev.id
) fundet
where ikke_underskrevet or meget_syg or i_proevetid or ingen_steder or planlagt_efter_stop
"""


class Dage(NamedTuple):
    """Days away from the department."""

    art: str
    span: Periode


class Behov(NamedTuple):
    """An elev, with what may be the matter."""

    pk: int
    navn: str
    hold: int
    startdato: date
    slutdato: date
    stoppet: date | None
    underskrevet_kommune: date | None
    underskrevet_elev: date | None
    ikke_underskrevet: bool
    meget_syg: bool
    i_proevetid: bool
    ingen_steder: bool  # today, though there is a plan
    planlagt_efter_stop: bool
    dage: tuple[Dage, ...]  # school and absence


def find_behov(rules: Rules, day: date) -> list[Behov]:
    limits = {"maaneder": rules.proevetid_maaneder, "fravaer": rules.fravaer_gul_pct}
    spans: dict[tuple, Dage] = {}
    with connection.cursor() as cursor:
        cursor.execute(FIND, {"dag": day, "sign": day + SIGN_AHEAD, **limits})
        return [Behov(*row, tuple(_dage(spans, *away) for away in dage or ())) for *row, dage in cursor]


def _dage(known: dict[tuple, Dage], *row: str) -> Dage:
    """A hold goes to school together: most of them are the same."""
    if row not in known:
        art, start, end = row
        known[row] = Dage(art, Periode(date.fromisoformat(start), date.fromisoformat(end)))
    return known[row]


def ends_of_proevetid(elever: list[Behov], rules: Rules) -> list[tuple[Behov, date]]:
    """The last day of each prøvetid. The same days away, the same prøvetid: calculated once."""
    known, found = {}, []
    for elev in elever:
        if elev.i_proevetid:
            key = elev.startdato, elev.dage
            if key not in known:
                known[key] = figures.proevetid(elev, elev.dage, rules).sidste_dag
            found.append((elev, known[key]))
    return found

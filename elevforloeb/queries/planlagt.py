"""The hold of now and later, and how far their plans and wishes are.

A draft of a plan counts as it will be when it is published.
"""

from datetime import date, timedelta

from elevforloeb.core.rules import Rules
from elevforloeb.models import Hold

# The statements of the front page are written out: to build them for each request takes longer than to answer them.
# This is the beginning that two of them share.
PLANLAGT = """
with ansat as (
  select elev.id, hold_id, navn, periode, stoppet
  from elevforloeb_elev elev join afdelinger_bruger bruger on bruger.id = bruger_id
  where upper(periode) > %(dag)s and (stoppet is null or stoppet > %(dag)s)
), nyeste as (
  select distinct on (hold_id) id, hold_id from elevforloeb_udkast order by hold_id, id desc
), kladde as (
  select elev_id, afdeling_id, ophold.periode, navn, hold_id from elevforloeb_udkastophold ophold
  join ansat on ansat.id = elev_id join nyeste using (hold_id)
  where nyeste.id = udkast_id and upper(ophold.periode) > %(dag)s
), udgivet as (
  select elev_id, afdeling_id, ophold.periode, navn, hold_id from elevforloeb_ophold ophold
  join ansat on ansat.id = elev_id where upper(ophold.periode) > %(dag)s
), planlagt as (
  select * from kladde
  union all select * from udgivet where hold_id not in (select hold_id from kladde)
)"""

HOLD = (
    PLANLAGT  # noqa: S608 - two texts of our own
    + """, ledig as (
  select ansat.id, exists (select from elevforloeb_ophold where elev_id = ansat.id) as har_ophold,
    lower(datemultirange(ansat.periode * daterange(%(dag)s, stoppet))
      - coalesce(range_agg(planlagt.periode), '{}')) as fra  -- the first day that is not planned
  from ansat left join planlagt on elev_id = ansat.id group by ansat.id, ansat.periode, stoppet
), uplanlagt as (  -- who has left the plan today has a line of its own
  select id, har_ophold, case when fra <= %(til)s and not (fra = %(dag)s and har_ophold) then fra end as fra from ledig
), runde as (  -- of wishes: at most one of a hold is open
  select id, hold_id, udbudsfrist, oenske_fra, oenskefrist,
    (select count(*) from elevforloeb_udbudssvar where runde_id = runde.id and svar = 'venter') as uden_svar
  from elevforloeb_oenskerunde runde where lukket is null and udbud_fra <= %(dag)s
), indsendt as (
  select elev_id from elevforloeb_oenskeseddel join runde on runde.id = runde_id where status = 'indsendt'
)
select hold.id, hold.navn, startdato, count(*) as aktuelle, count(*) filter (where periode @> %(dag)s) as igang,
  bool_or(har_ophold) as har_plan, hold.id in (select hold_id from kladde) as har_kladde,
  count(fra) as uplanlagte, min(fra) as uplanlagt_fra, min(ansat.navn) filter (where fra is not null) as uplanlagt_navn,
  udbudsfrist, oenske_fra, oenskefrist, uden_svar, count(*) - count(indsendt.elev_id) as uden_oensker
from elevforloeb_hold hold join ansat on hold_id = hold.id join uplanlagt on uplanlagt.id = ansat.id
left join runde on runde.hold_id = hold.id left join indsendt on elev_id = ansat.id
group by hold.id, udbudsfrist, oenske_fra, oenskefrist, uden_svar
order by startdato desc, hold.navn desc
"""
)


def find_hold(rules: Rules, day: date) -> list[Hold]:
    """Those with elever from today on, the newest first, with the columns of HOLD."""
    return list(Hold.objects.raw(HOLD, {"dag": day, "til": day + timedelta(days=rules.plan_varsel_dage)}))

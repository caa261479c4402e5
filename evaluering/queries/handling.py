"""What this wing has for "Kræver handling": what others are too late with, and what waits for her."""

from datetime import date, timedelta

from django.urls import reverse

from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Asked, Handling, line
from evaluering.models import Evaluering
from evaluering.models.skema import Part

from .skylder import OPEN

S = Evaluering.Status
ASK = """
select 'sene', null::bigint, '', '', min(coalesce(udsat_til, frist)), count(*) from evaluering_evaluering
where status = any(%(aabne)s) and coalesce(udsat_til, frist) <= %(sen)s having count(*) > 0
union all
select 'egne', null, '', '', min(coalesce(e.udsat_til, e.frist)), count(*) from evaluering_evaluering e
join evaluering_evalueringsskema s on s.id = e.skema_id
where s.med_elevansvarlig and e.status = any(%(til_samtale)s)
  and not exists (select from evaluering_underskrift u where u.evaluering_id = e.id and u.part = %(part)s)
having count(*) > 0
"""


def ask(now: Rules) -> tuple[str, dict]:
    late = now.day - timedelta(days=now.paamindelse_eskaleret_dage)
    talk = [S.SAMTALE.value, S.LAAST.value]
    part = Part.ELEVANSVARLIG.value
    return ASK, {"aabne": [each.value for each in OPEN], "sen": late, "til_samtale": talk, "part": part}


def _late(now: Rules, pk, navn, hvad, first: date, number: int) -> Handling:
    title = f"{count_noun(number, 'evaluering', 'evalueringer')} er længe forsinket"
    text = "De, der mangler, er påmindet flere gange. Tag fat i dem, eller giv en ny frist"
    return line(now, first, title, text, "assignment", f"{reverse('evalueringer')}?frist=forsinket", "Se evalueringer")


def _own(now: Rules, pk, navn, hvad, first: date, number: int) -> Handling:
    title = f"{count_noun(number, 'evaluering', 'evalueringer')} venter på dig"
    return line(now, first, title, "Du deltager og kvitterer", "assignment", reverse("evalueringer"), "Se evalueringer")


WING = Asked(ask, {"sene": _late, "egne": _own})

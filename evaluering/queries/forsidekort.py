"""The card on the elevansvarlig's front page: how many evaluations of the last year were done in time."""

from dataclasses import dataclass

from elevforloeb.core.rules import Rules
from elevforloeb.queries.handling import Asked
from evaluering.models import Evaluering

from .skylder import OPEN

S = Evaluering.Status

# What was held on paper has no day, and what was dropped is nobody's debt. A correction is not held again.
ASK = """
select 'til_tiden', null::bigint, '', count(*) filter (
    where (forseglet at time zone 'Europe/Copenhagen')::date <= coalesce(udsat_til, frist)
)::text, %(dag)s::date, count(*)
from evaluering_evaluering
where status = any(%(taeller)s) and retter_id is null
  and coalesce(udsat_til, frist) < %(dag)s and coalesce(udsat_til, frist) >= %(dag)s::date - interval '1 year'
"""


@dataclass(frozen=True)
class TilTiden:
    til_tiden: int
    i_alt: int

    skabelon = "evaluering/_forsidekort.html"
    er_smal = True  # stands in the column at the side

    @property
    def procent(self) -> int:
        return self.til_tiden * 100 // self.i_alt if self.i_alt else 0


def ask(now: Rules) -> tuple[str, dict]:
    return ASK, {"dag": now.day, "taeller": [S.FORSEGLET.value, *(each.value for each in OPEN)]}


CARD = Asked(ask, {"til_tiden": lambda now, pk, navn, done, day, number: TilTiden(int(done), number)})

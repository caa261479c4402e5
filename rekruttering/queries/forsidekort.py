"""The card on the elevansvarlig's front page: how far the applicants of the newest round are. Numbers only."""

import json
from dataclasses import dataclass
from datetime import date

from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Asked
from rekruttering.models import Ansoegning

T = Ansoegning.Tilstand
ALWAYS = [T.NY, T.VURDERES, T.SAMTALE, T.TILBUD]
WITH_SOMEBODY = [T.VENTELISTE, T.ANSAT, T.AFSLAG]

# One row also when there is no round: the card then says how to begin one.
ASK = """
select 'ansoegere', r.id, coalesce(r.titel, ''), (
    select json_object_agg(tilstand, antal)::text from (
        select tilstand, count(*) as antal from rekruttering_ansoegning
        where runde_id = r.id and tilstand <> 'kladde' group by tilstand
    ) talt
), (r.frist at time zone 'Europe/Copenhagen')::date, r.pladser
from (select) altid left join lateral (
    select id, titel, frist, pladser from rekruttering_runde
    where tilstand = 'offentlig' and aabner < %(nu)s::date + 1 order by aabner desc, id desc limit 1
) r on true
"""


@dataclass(frozen=True)
class Ansoegerkort:
    runde: int | None
    titel: str
    tal: dict[str, int]
    frist: date | None
    pladser: int
    dag: date

    skabelon = "rekruttering/_forsidekort.html"
    er_smal = False

    @property
    def under_titlen(self) -> str:
        people = count_noun(sum(self.tal.values()), "ansøger", "ansøgere")
        return f"{people} til {count_noun(self.pladser, 'plads', 'pladser')}"

    @property
    def fristen_er_gaaet(self) -> bool:
        return self.frist < self.dag

    @property
    def trin(self) -> list[tuple[str, str, int]]:
        """State, its words and how many: the way that is always there, then where somebody is."""
        states = [*ALWAYS, *(state for state in WITH_SOMEBODY if state in self.tal)]
        return [(state.value, "Nye" if state == T.NY else state.label, self.tal.get(state, 0)) for state in states]


def _card(now: Rules, runde, titel, tal, frist, pladser) -> Ansoegerkort:
    return Ansoegerkort(runde, titel, json.loads(tal or "{}"), frist, pladser or 0, now.day)


CARD = Asked(lambda now: (ASK, {"nu": now.day}), {"ansoegere": _card})

"""Goals with their coverage, and the dated numbers."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from afdelinger.models import Afdeling, Maal, Maalsaet, Opgave
from elevforloeb.core.dates import today
from elevforloeb.core.models import Regel


@dataclass(frozen=True)
class Maalraekke:
    maal: Maal
    antal: list[tuple[Afdeling, int]]  # for each department: how many tasks train the goal
    i_alt: int


@dataclass(frozen=True)
class Maaldaekning:
    afdelinger: list[Afdeling]
    raekker: list[Maalraekke]


def maaldaekning(maalsaet: Maalsaet) -> Maaldaekning:
    """Which goals can be learnt where, in the departments that are open today."""
    departments = list(Afdeling.objects.on(today()))
    pairs = Opgave.maal.through.objects.filter(maal__maalsaet=maalsaet, opgave__udgaaet=False)
    count = Counter(pairs.values_list("maal_id", "opgave__afdeling_id"))
    rows = []
    for goal in maalsaet.maal.all():
        cells = [(afdeling, count[goal.pk, afdeling.pk]) for afdeling in departments]
        rows.append(Maalraekke(goal, cells, sum(number for _, number in cells)))
    return Maaldaekning(departments, rows)


@dataclass(frozen=True)
class Regelraekke:
    """One rule: what is in force, what comes and what was."""

    noegle: str
    navn: str
    nu: Regel | None
    kommende: list[Regel]
    tidligere: list[Regel]


def regler(noegle: str = "") -> list[Regelraekke]:
    rows = Regel.objects.filter(noegle=noegle) if noegle else Regel.objects.all()
    groups = groupby(rows.order_by("noegle", "periode"), key=lambda row: row.noegle)
    return sorted((one_rule(key, list(values)) for key, values in groups), key=lambda rule: rule.navn)


def one_rule(noegle: str, values: list[Regel]) -> Regelraekke:
    day = today()
    return Regelraekke(
        noegle=noegle,
        navn=values[-1].navn,
        nu=next((v for v in values if v.startdato <= day and (v.slutdato is None or v.slutdato > day)), None),
        kommende=[value for value in values if value.startdato > day],
        tidligere=[value for value in reversed(values) if value.slutdato and value.slutdato <= day],
    )

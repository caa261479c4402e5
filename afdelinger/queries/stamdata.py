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


# Where a rule stands on the page: under the first heading that names the beginning of its key.
REGELGRUPPER = {
    "Planen og elevvejlederne": ("plan_", "vejleder", "naeste_elev_", "frist_"),
    "Pladser og ønsker": ("udbud_", "oenske_"),
    "Prøvetid og fravær": ("proevetid_", "fravaer_"),
    "Evalueringer": ("evaluering_", "afdelingsbillede_"),
    "Oplæringserklæringer": ("erklaering_",),
    "Påmindelser": ("paamindelse_", "fravalg_"),
    "Skoleophold": ("skoleuger", "indkaldelse_", "karakter_", "fagvalg_"),
    "Fagprøven": ("fagproeve_",),
    "Udlæg og AUB": ("udlaeg_", "aub_"),
    "Studieture": ("studietur_",),
    "Ansøgninger": ("ansoegning", "interesse_", "elevhistorie_", "fil_ansoegning_", "slet_ansoegninger_"),
    "Filer": ("fil_",),
    "Hvem der kan se hvad": ("adgang_",),
    "Opbevaring og sletning": ("slet_", "journal_"),
}
ANDRE_REGLER = "Andre regler"


@dataclass(frozen=True)
class Regelgruppe:
    titel: str
    regler: list[Regelraekke]


def regelgrupper() -> list[Regelgruppe]:
    """All rules under their headings; in a group by name. A heading without rules is left out."""
    there = {titel: [] for titel in [*REGELGRUPPER, ANDRE_REGLER]}
    for rule in _regler():
        there[_group_of(rule.noegle)].append(rule)
    return [Regelgruppe(titel, rules) for titel, rules in there.items() if rules]


def _group_of(noegle: str) -> str:
    return next((titel for titel, begins in REGELGRUPPER.items() if noegle.startswith(begins)), ANDRE_REGLER)


def regel(noegle: str) -> Regelraekke | None:
    values = list(Regel.objects.filter(noegle=noegle).order_by("periode"))
    return _one_rule(noegle, values) if values else None


def _regler() -> list[Regelraekke]:
    groups = groupby(Regel.objects.order_by("noegle", "periode"), key=lambda row: row.noegle)
    return sorted((_one_rule(key, list(values)) for key, values in groups), key=lambda rule: rule.navn)


def _one_rule(noegle: str, values: list[Regel]) -> Regelraekke:
    day = today()
    return Regelraekke(
        noegle=noegle,
        navn=values[-1].navn,
        nu=next((v for v in values if v.startdato <= day and (v.slutdato is None or v.slutdato > day)), None),
        kommende=[value for value in values if value.startdato > day],
        tidligere=[value for value in reversed(values) if value.slutdato and value.slutdato <= day],
    )

"""The words of the plan's rules: what is checked (`Plan`), what is found (`Problem`) and what may be done (`Forslag`).

Only data, so that `queries` can fill it in and a test can write it down. The rules are in `planregler`.
"""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum

from elevforloeb.belaegning import ALTID
from elevforloeb.core.dates import Periode
from elevforloeb.placering import Placering


class Niveau(StrEnum):
    FEJL = "fejl"
    VENT = "vent"
    INFO = "info"


class Problemkode(StrEnum):
    OVERBOOKET = "overbooket"
    OVERLAP = "overlap"
    UDEN_FOR_AFTALE = "uden_for_aftale"
    AFDELING_LUKKET = "afdeling_lukket"
    HUL = "hul"
    SAMME_AFDELING = "samme_afdeling"
    MANGLER_VEJLEDER = "mangler_vejleder"
    VEJLEDER_UDEN_ROLLE = "vejleder_uden_rolle"
    KUN_FRAVAER = "kun_fravaer"
    ANTAL_OPHOLD = "antal_ophold"


class Handling(StrEnum):
    FLYT = "flyt"
    FORLAENG = "forlaeng"
    AFKORT = "afkort"
    FREMRYK = "fremryk"
    VAELG_AFDELING = "vaelg_afdeling"
    VAELG_VEJLEDER = "vaelg_vejleder"


@dataclass(frozen=True)
class PlanElev:
    id: int
    navn: str
    aftale: Periode
    antal_ophold: int | None = None  # how many stays the uddannelsesmodel has; None when it does not say
    fravaer: tuple[Periode, ...] = ()  # school, barsel, orlov: time away from the afdeling


@dataclass(frozen=True)
class PlanAfdeling:
    id: int
    navn: str
    pladser: tuple[tuple[Periode, int], ...]
    aaben: Periode = ALTID


@dataclass(frozen=True)
class Vejlederrolle:
    bruger: int
    navn: str
    afdeling: int
    periode: Periode = ALTID


@dataclass(frozen=True)
class Plan:
    """`placeringer` are the draft that is checked; `andre` are the stays of all other hold, which only take places."""

    elever: tuple[PlanElev, ...]
    afdelinger: tuple[PlanAfdeling, ...]
    placeringer: tuple[Placering, ...]
    andre: tuple[Placering, ...] = ()
    vejlederroller: tuple[Vejlederrolle, ...] = ()


@dataclass(frozen=True)
class Forslag:
    """A fix as data, for a link or a button; `periode` is the stay's new period, or the gap to fill."""

    handling: Handling
    tekst: str
    elev: int
    placering: Placering | None = None
    periode: Periode | None = None


@dataclass(frozen=True)
class Problem:
    kode: Problemkode
    niveau: Niveau
    tekst: str
    forklaring: str
    periode: Periode
    elever: tuple[int, ...] = ()
    afdelinger: tuple[int, ...] = ()
    forslag: tuple[Forslag, ...] = ()


class PlanIndex:
    """The plan looked up by id, made once: the checks walk through every stay several times."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.elev = {elev.id: elev for elev in plan.elever}
        self.afdeling = {afdeling.id: afdeling for afdeling in plan.afdelinger}
        self.vejleder = {rolle.bruger: rolle.navn for rolle in plan.vejlederroller}
        self.by_elev: dict[int, list[Placering]] = defaultdict(list)
        self.by_afdeling: dict[int, list[Placering]] = defaultdict(list)
        self.other_load: dict[int, list[Periode]] = defaultdict(list)
        self.roles: dict[tuple[int, int], list[Periode]] = defaultdict(list)
        for stay in sorted(plan.placeringer, key=lambda each: (each.startdato, each.slutdato, each.elev)):
            if stay.afdeling is not None:  # a stay that nobody has chosen an afdeling for is still a gap
                self.by_elev[stay.elev].append(stay)
                self.by_afdeling[stay.afdeling].append(stay)
        for stay in plan.andre:
            self.other_load[stay.afdeling].append(stay.periode)
        for rolle in plan.vejlederroller:
            self.roles[rolle.bruger, rolle.afdeling].append(rolle.periode)

    def load(self, afdeling: int) -> list[Periode]:
        return self.other_load[afdeling] + [stay.periode for stay in self.by_afdeling[afdeling]]

    def navn(self, afdeling: int) -> str:
        return self.afdeling[afdeling].navn

"""Goals x stays: where each goal can be learnt, where it was tried and how well, and what is still open."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from afdelinger.models import Maal, Opgave
from elevforloeb.core.dates import today
from elevforloeb.models import Elev, Ophold
from evaluering import permissions

from .forseglede import levels, sealed

NAAET, LUKKET, PLANLAGT, AABENT = "naaet", "lukket", "planlagt", "aabent"
WORDS = {
    NAAET: ("Afprøvet", "ok"),
    LUKKET: ("Ikke delt", ""),
    PLANLAGT: ("Planlagt", "info"),
    AABENT: ("Åbent", "vent"),
}


@dataclass(frozen=True)
class Celle:
    """One goal in one stay. `lukket`: it was evaluated there, and the reader may not read how it went."""

    ophold: Ophold
    planlagt: bool
    niveau: str
    lukket: bool

    @property
    def tekst(self) -> str:
        if self.niveau:
            return self.niveau
        if self.planlagt:
            return "ikke delt" if self.lukket else "planlagt"
        return ""


@dataclass(frozen=True)
class Maalraekke:
    maal: Maal
    celler: list[Celle]
    status: str

    @property
    def ord(self) -> str:
        return WORDS[self.status][0]

    @property
    def farve(self) -> str:
        return WORDS[self.status][1]


@dataclass(frozen=True)
class Matrix:
    elev: Elev
    ophold: list[Ophold]
    raekker: list[Maalraekke]

    def med(self, status: str) -> list[Maalraekke]:
        return [row for row in self.raekker if row.status == status]

    @property
    def naaede(self) -> list[Maalraekke]:
        return self.med(NAAET)

    @property
    def planlagte(self) -> list[Maalraekke]:
        return self.med(PLANLAGT)

    @property
    def lukkede(self) -> list[Maalraekke]:
        return self.med(LUKKET)

    @property
    def aabne(self) -> list[Maalraekke]:
        """Compulsory, not tried, and in no stay that is left: the plan has to make room for them."""
        return [row for row in self.med(AABENT) if row.maal.obligatorisk]


def get_matrix(user, elev: Elev) -> Matrix:
    return get_matrices(user, [elev])[0]


def get_matrices(user, elever: Iterable[Elev]) -> list[Matrix]:
    """Six statements, however many elever."""
    elever, day = list(elever), today()
    goals, stays = defaultdict(list), defaultdict(list)
    for goal in Maal.objects.filter(maalsaet__in={elev.maalsaet_id for elev in elever}):
        goals[goal.maalsaet_id].append(goal)
    for stay in Ophold.objects.filter(elev__in=elever).select_related("afdeling"):
        stays[stay.elev_id].append(stay)
    taught = _taught({stay.afdeling_id for each in stays.values() for stay in each})
    best, closed = _levels(user, elever)
    found = []
    for elev in elever:
        mine = stays[elev.pk]
        rows = [_row(elev, goal, mine, taught, best, closed, day) for goal in goals[elev.maalsaet_id]]
        found.append(Matrix(elev, mine, rows))
    return found


def _taught(afdelinger: set[int]) -> set[tuple[int, int]]:
    """(department, goal): a task of the department belongs to the goal"""
    tasks = Opgave.objects.filter(afdeling__in=afdelinger, udgaaet=False, maal__isnull=False)
    return set(tasks.values_list("afdeling_id", "maal"))


Best = dict[tuple[int, int | None, int], tuple[int, str]]


def _levels(user, elever: list[Elev]) -> tuple[Best, set[int]]:
    """The best level by (elev, stay, goal), and the stays whose evaluation the reader may not read."""
    rows = list(sealed().filter(elev__in=elever).values_list("pk", "ophold_id"))
    readable = set(permissions.readable_sealed(user).filter(elev__in=elever).values_list("pk", flat=True))
    answers = levels().filter(besvarelse__evaluering__in=[pk for pk, _ in rows if pk in readable])
    by_goal = answers.filter(punkt__maal__isnull=False).values_list(*ANSWER, "punkt__maal")
    by_task = answers.filter(punkt__opgave__maal__isnull=False).values_list(*ANSWER, "punkt__opgave__maal")
    best: Best = {}
    for elev, stay, nr, name, goal in by_goal.union(by_task):
        best[elev, stay, goal] = max(best.get((elev, stay, goal), (0, "")), (nr, name))
    open_ = {stay for pk, stay in rows if pk in readable}
    return best, {stay for pk, stay in rows if pk not in readable} - open_


ANSWER = ("besvarelse__evaluering__elev", "besvarelse__evaluering__ophold", "trin__nr", "trin__navn")


def _row(elev: Elev, goal: Maal, stays: list[Ophold], taught: set, best: Best, closed: set, day: date) -> Maalraekke:
    cells = [
        Celle(
            ophold=stay,
            planlagt=(stay.afdeling_id, goal.pk) in taught,
            niveau=best.get((elev.pk, stay.pk, goal.pk), (0, ""))[1],
            lukket=stay.pk in closed,
        )
        for stay in stays
    ]
    tried = any(cell.niveau for cell in cells) or (elev.pk, None, goal.pk) in best
    return Maalraekke(goal, cells, NAAET if tried else _not_tried(cells, day))


def _not_tried(cells: list[Celle], day: date) -> str:
    if any(cell.planlagt and cell.ophold.slutdato > day and not cell.lukket for cell in cells):
        return PLANLAGT
    return LUKKET if any(cell.planlagt and cell.lukket for cell in cells) else AABENT

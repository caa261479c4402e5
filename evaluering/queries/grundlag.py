"""What is known of the elev's work in a time: where she was, what was tried there, and what was agreed."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Prefetch

from afdelinger.models import Opgave
from elevforloeb.core.dates import ONE_DAY, Periode, midnight
from elevforloeb.models import Elev, Ophold
from evaluering.erklaeringstekst import Grundlag, Opgavelinje, Opholdsdel
from evaluering.models import Evaluering, Svar
from evaluering.models.skema import Brug, Part

from .forseglede import LAST_TALKS, levels, said, sealed


def get_grundlag(elev: Elev, periode: Periode) -> Grundlag:
    """Seven statements at most, however long the time is."""
    tasks = Opgave.objects.filter(udgaaet=False).prefetch_related("maal")
    stays = list(
        Ophold.objects.within(periode.startdato, periode.sidste_dag)
        .filter(elev=elev)
        .select_related("afdeling")
        .prefetch_related(Prefetch("afdeling__opgaver", tasks))
    )
    inside = sealed().filter(elev=elev, forseglet__gte=midnight(periode.startdato), art__in=LAST_TALKS)
    inside = list(inside.filter(forseglet__lt=midnight(periode.slutdato + ONE_DAY)))
    tried = _tried(inside)
    evaluated = {each.ophold_id for each in inside}
    return Grundlag(
        periode=periode,
        ophold=tuple(_part(stay, periode, tried, stay.pk in evaluated) for stay in stays),
        maal=tuple(_goals(elev, stays, tried, evaluated)),
        fokus=tuple(agreed(inside, Brug.FOKUS)[0]),
    )


def _tried(evaluations: list[Evaluering]) -> dict[tuple[int | None, int], str]:
    """(stay, task) -> the word for how well"""
    rows = levels().filter(besvarelse__evaluering__in=evaluations, punkt__opgave__isnull=False)
    return {(row.besvarelse.evaluering.ophold_id, row.punkt.opgave_id): row.trin.navn for row in rows}


def _part(stay: Ophold, periode: Periode, tried: dict, evalueret: bool) -> Opholdsdel:
    shown = [task for task in stay.afdeling.opgaver.all() if not evalueret or (stay.pk, task.pk) in tried]
    tasks = {task.navn: Opgavelinje(task.navn, tried.get((stay.pk, task.pk), "")) for task in shown}  # once by name
    return Opholdsdel(stay.afdeling.navn, stay.span.overlap(periode), tuple(tasks.values()), evalueret)


def _goals(elev: Elev, stays: list[Ophold], tried: dict, evaluated: set) -> Iterable[str]:
    """Those of the elev's own goal set that the tasks belong to, in its order."""
    found = {}
    for stay in stays:
        for task in stay.afdeling.opgaver.all():
            if stay.pk not in evaluated or (stay.pk, task.pk) in tried:
                found |= {goal.pk: goal for goal in task.maal.all() if goal.maalsaet_id == elev.maalsaet_id}
    return [goal.navn for goal in sorted(found.values(), key=lambda goal: (goal.nr, goal.pk))]


def agreed(evaluations: Iterable[Evaluering], *uses: Brug) -> list[list[str]]:
    """What the parties wrote together, or one of them, under the questions of each use: one statement."""
    rows = said().filter(besvarelse__evaluering__in=list(evaluations), punkt__bruges_til__in=uses).exclude(tekst="")
    by_point = {use: defaultdict(list) for use in uses}
    for row in rows.select_related("besvarelse", "punkt").order_by("besvarelse__evaluering__forseglet", "punkt__nr"):
        by_point[row.punkt.bruges_til][row.punkt_id].append(row)
    return [[text for answers in by_point[use].values() for text in _words(answers)] for use in uses]


def _words(answers: list[Svar]) -> list[str]:
    """The joint remark is what was agreed; without one, what each wrote."""
    joint = [row.tekst for row in answers if row.besvarelse.part == Part.FAELLES]
    return joint or [row.tekst for row in answers]

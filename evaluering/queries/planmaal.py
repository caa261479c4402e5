"""Goals that a plan leaves open, said on the board where the plan is made."""

from collections import defaultdict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from afdelinger.models import Opgave
from elevforloeb.core.dates import today
from elevforloeb.core.words import count_noun
from elevforloeb.models import Elev
from elevforloeb.queries.plan import Holdplan
from elevforloeb.queries.planbemaerkninger import BEMAERKNINGER, Planbemaerkning

from .forseglede import levels, sealed

MOST = 3  # elever that are named


def open_goals(plan: Holdplan) -> dict[int, list[str]]:
    """By elev: compulsory goals that she has not tried, and no task belongs to where the plan still sends her.

    As `Matrix.aabne` says it of what is published; here the stays are those on the board.
    """
    left, day = defaultdict(set), today()
    for stay in plan.plan.placeringer:
        if stay.slutdato > day:
            left[stay.elev].add(stay.afdeling)
    found = defaultdict(list)
    for elev, goal, taught in _untried(plan):
        if left[elev].isdisjoint(taught):
            found[elev].append(goal)
    return dict(found)


def _untried(plan: Holdplan) -> QuerySet:
    """(elev, goal, the departments with a task that belongs to it), in one statement."""
    tasks = Opgave.objects.filter(maal=OuterRef("maal"), udgaaet=False).order_by()
    answers = levels().filter(besvarelse__evaluering__elev=OuterRef("pk"))
    answers = answers.filter(besvarelse__evaluering__in=sealed().values("pk"))
    tried = answers.filter(Q(punkt__maal=OuterRef("maal")) | Q(punkt__opgave__maal=OuterRef("maal")))
    goal = "maalsaet__maal"
    rows = Elev.objects.filter(hold=plan.hold).employed_from(today())
    rows = rows.annotate(maal=F(goal), navn=F(f"{goal}__navn"), kraevet=F(f"{goal}__obligatorisk"))
    rows = rows.filter(~Exists(tried), kraevet=True).annotate(steder=ArraySubquery(tasks.values("afdeling")))
    rows = rows.order_by("bruger__sortering", "pk", f"{goal}__nr")
    return rows.values_list("pk", "navn", "steder")


def remark(plan: Holdplan) -> Planbemaerkning | None:
    found = open_goals(plan)
    if not found:
        return None
    who = [f"{plan.elever[elev].navn}: {', '.join(goals)}." for elev, goals in list(found.items())[:MOST]]
    if len(found) > MOST:
        who.append(f"Og {count_noun(len(found) - MOST, 'elev', 'elever')} mere.")
    number = sum(map(len, found.values()))
    return Planbemaerkning(
        titel=f"{count_noun(number, 'åbent mål', 'åbne mål')} hos {count_noun(len(found), 'elev', 'elever')}",
        tekst=f"Ingen opgave i resten af planen hører til dem. {' '.join(who)}",
        url=reverse("hold_maal", args=[plan.hold.pk]),
        knap="Se holdets mål",
    )


BEMAERKNINGER.append(remark)

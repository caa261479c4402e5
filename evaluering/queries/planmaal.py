"""Goals that a plan leaves open, said on the board where the plan is made."""

from collections import defaultdict

from django.db.models import F, QuerySet, Value
from django.urls import reverse

from afdelinger.models import Maal, Opgave
from elevforloeb.core.dates import today
from elevforloeb.core.words import count_noun
from elevforloeb.models import Elev
from elevforloeb.queries.plan import Holdplan
from elevforloeb.queries.planbemaerkninger import BEMAERKNINGER, Planbemaerkning

from .forseglede import levels, sealed

MOST = 3  # elever that are named
ELEV, GOAL, TAUGHT, TRIED = "elev", "maal", "laeres", "proevet"


def open_goals(plan: Holdplan) -> dict[int, list[str]]:
    """By elev: compulsory goals that she has not tried, and no task belongs to where the plan still sends her.

    As `Matrix.aabne` says it of what is published; here the stays are those on the board.
    """
    facts, day = _facts(plan), today()
    left = defaultdict(set)
    for stay in plan.plan.placeringer:
        if stay.slutdato > day:
            left[stay.elev].add(stay.afdeling)
    goals = sorted(facts[GOAL], key=lambda goal: (goal[3], goal[0]))
    found = {}
    own_set = {elev: maalsaet for elev, maalsaet, _, _ in facts[ELEV]}
    for elev in filter(own_set.get, plan.elever):
        mine = [goal for goal in goals if goal[1] == own_set[elev] and (elev, goal[0], "", 0) not in facts[TRIED]]
        taught = {goal for goal, afdeling, _, _ in facts[TAUGHT] if afdeling in left[elev]}
        if names := [navn for goal, _, navn, _ in mine if goal not in taught]:
            found[elev] = names
    return found


def _facts(plan: Holdplan) -> dict[str, set[tuple[int, int, str, int]]]:
    """One statement of few rows: who is still here, their goals, where each is taught, and what each has tried."""
    elever = Elev.objects.filter(hold=plan.hold).employed_from(today())
    goals = Maal.objects.filter(obligatorisk=True, maalsaet__in=elever.values("maalsaet"))
    tasks = Opgave.maal.through.objects.filter(opgave__udgaaet=False, maal__in=goals.values("pk"))
    answers = levels().filter(besvarelse__evaluering__in=sealed().filter(elev__hold=plan.hold).values("pk"))
    whose = "besvarelse__evaluering__elev"
    parts = [
        _part(elever, ELEV, "pk", "maalsaet"),
        _part(goals, GOAL, "pk", "maalsaet", F("navn"), F("nr")),
        _part(tasks, TAUGHT, "maal", "opgave__afdeling"),
        _part(answers.filter(punkt__maal__isnull=False), TRIED, whose, "punkt__maal"),
        _part(answers.filter(punkt__opgave__maal__isnull=False), TRIED, whose, "punkt__opgave__maal"),
    ]
    facts = defaultdict(set)
    for kind, *fact in parts[0].union(*parts[1:]):
        facts[kind].add(tuple(fact))
    return facts


def _part(rows: QuerySet, kind: str, one: str, other: str, navn=Value(""), nr=Value(0)) -> QuerySet:  # noqa: B008
    columns = {"a": Value(kind), "b": F(one), "c": F(other), "d": navn, "e": nr}
    return rows.order_by().annotate(**columns).values_list(*columns)


def remark(plan: Holdplan) -> Planbemaerkning | None:
    found = open_goals(plan)
    if not found:
        return None
    who = [f"{plan.elever[elev].navn}: {', '.join(goals)}." for elev, goals in list(found.items())[:MOST]]
    if len(found) > MOST:
        who.append(f"Og {count_noun(len(found) - MOST, 'elev', 'elever')} mere.")
    number = sum(map(len, found.values()))
    what = "målet" if number == 1 else "målene"
    return Planbemaerkning(
        titel=f"{count_noun(number, 'åbent mål', 'åbne mål')} hos {count_noun(len(found), 'elev', 'elever')}",
        tekst=f"Ingen afdeling i resten af planen har en opgave til {what}. {' '.join(who)}",
        url=reverse("hold_maal", args=[plan.hold.pk]),
        knap="Se holdets mål",
    )


BEMAERKNINGER.append(remark)

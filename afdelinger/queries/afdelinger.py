"""What the pages about departments show."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from afdelinger.models import (
    Afdeling,
    Delophold,
    ItSystem,
    Jobkompetence,
    Kursus,
    Maal,
    Maalsaet,
    Opgave,
    Pladser,
    Rolle,
    Rolletildeling,
)
from elevforloeb.core import audit
from elevforloeb.core.dates import today
from elevforloeb.core.text import DanskFold

FOLK = (Rolle.LEDER, Rolle.ELEVVEJLEDER)


@dataclass(frozen=True)
class Afdelingsliste:
    """The departments by the year in which elever come to them; those of the past for themselves."""

    grund: list[Afdeling]
    speciale: list[Afdeling]
    tidligere: list[Afdeling]

    @property
    def antal(self) -> int:
        return len(self.grund) + len(self.speciale) + len(self.tidligere)


def afdelingsliste(afdelinger: QuerySet[Afdeling], q: str = "") -> Afdelingsliste:
    """`q` finds departments by their own name and by the tasks that one can learn there."""
    matching = Opgave.objects.filter(udgaaet=False).alias(fold=DanskFold("navn")).filter(fold__finder=q)
    if q:
        afdelinger = afdelinger.filter(Q(soegenoegle__finder=q) | Q(pk__in=matching.values("afdeling")))
    afdelinger = afdelinger.annotate(
        pladser_nu=Coalesce(places_today(), 0),
        antal_opgaver=Count("opgaver", filter=Q(opgaver__udgaaet=False)),
    )
    found = Prefetch("opgaver", matching if q else Opgave.objects.none(), to_attr="fundne_opgaver")
    afdelinger = afdelinger.order_by(*Afdeling._meta.ordering)  # counting drops the order of Meta
    rows = list(afdelinger.select_related("efterfoelger").prefetch_related(found))
    add_people(rows)
    shown = [row for row in rows if not row.er_lukket]
    return Afdelingsliste(
        grund=[row for row in shown if row.art == Afdeling.Art.GRUND],
        speciale=[row for row in shown if row.art == Afdeling.Art.SPECIALE],
        tidligere=[row for row in rows if row.er_lukket],
    )


def add_people(afdelinger: list[Afdeling]) -> None:
    """Gives each `ledere` and `elevvejledere`: the rows of those who have the role today."""
    now = Rolletildeling.objects.on(today()).filter(bruger__is_active=True, rolle__in=FOLK)
    now = now.select_related("bruger", "vikar_for").order_by("bruger__sortering")
    prefetch_related_objects(afdelinger, Prefetch("rolletildelinger", now, to_attr="folk"))
    for each in afdelinger:
        each.ledere = [row for row in each.folk if row.rolle == Rolle.LEDER]
        each.elevvejledere = [row for row in each.folk if row.rolle == Rolle.ELEVVEJLEDER]


def with_parts(afdelinger: QuerySet[Afdeling]) -> QuerySet[Afdeling]:
    """Adds `systemer` and `dele`: the short lists come along in the statement that finds the department."""
    systems = ItSystem.objects.filter(afdeling=OuterRef("pk")).order_by("navn")
    parts = Delophold.objects.filter(afdeling=OuterRef("pk")).order_by("nr", "id")
    return afdelinger.annotate(
        systemer=ArraySubquery(systems.values(row=JSONObject(navn="navn", bestillingstid="bestillingstid"))),
        dele=ArraySubquery(parts.values(row=JSONObject(navn="navn", varighed="varighed", beskrivelse="beskrivelse"))),
    )


def places_today() -> Subquery:
    return Subquery(Pladser.objects.on(today()).filter(afdeling=OuterRef("pk")).values("antal")[:1])


def current_maalsaet() -> Maalsaet | None:
    """The version for an agreement made today: of several in force the one that began last."""
    return _newest_first().first()


def current_maal() -> QuerySet[Maal]:
    return Maal.objects.filter(maalsaet=Subquery(_newest_first().values("pk")[:1]))


def _newest_first() -> QuerySet[Maalsaet]:
    return Maalsaet.objects.on(today()).order_by("-periode")


@dataclass(frozen=True)
class Opgavegruppe:
    navn: str
    opgaver: list[Opgave]


@dataclass(frozen=True)
class Opgaveoversigt:
    grupper: list[Opgavegruppe]
    maal: list[tuple[Maal, int]]  # each goal of the current version, with how many tasks train it
    i_alt: int
    vist: int


def opgaveoversigt(afdeling: Afdeling, kode: str = "") -> Opgaveoversigt:
    """The tasks by sub-area, with the goals of the current version; only those that train `kode` when given."""
    tasks = list(opgaver(afdeling).filter(udgaaet=False))
    count = Counter(goal["kode"] for task in tasks for goal in task.viste_maal)
    shown = [task for task in tasks if not kode or any(goal["kode"] == kode for goal in task.viste_maal)]
    return Opgaveoversigt(
        grupper=by_underomraade(shown),
        maal=[(goal, count[goal.kode]) for goal in current_maal()],
        i_alt=len(tasks),
        vist=len(shown),
    )


def opgaver(afdeling: Afdeling) -> QuerySet[Opgave]:
    """With `viste_maal`, the goals of the current version, and `kompetencer`, the names of the jobkompetencer."""
    goals = current_maal().filter(opgaver=OuterRef("pk")).order_by("nr", "id")
    skills = Jobkompetence.objects.filter(opgaver=OuterRef("pk")).order_by("nr", "id")
    rows = afdeling.opgaver.select_related("underomraade").annotate(
        viste_maal=ArraySubquery(goals.values(row=JSONObject(kode="kode", navn="navn"))),
        kompetencer=ArraySubquery(skills.values("navn")),
    )
    return rows.order_by("underomraade__nr", "underomraade_id", "nr", "id")


def by_underomraade(tasks) -> list[Opgavegruppe]:
    """In the order of the sub-areas; the tasks of the whole department last."""
    groups = groupby(tasks, key=lambda task: task.underomraade)
    return [Opgavegruppe(area.navn if area else "", list(rows)) for area, rows in groups]


def opgaver_at_rette(afdeling: Afdeling) -> tuple[list[Opgavegruppe], list[Opgave]]:
    """For the page where tasks are edited: the groups, and the retired tasks for themselves."""
    rows = list(opgaver(afdeling))
    retired = [task for task in rows if task.udgaaet]
    return by_underomraade([task for task in rows if not task.udgaaet]), retired


def valgbare_maal() -> QuerySet[Maal]:
    """The goals of every version that is in force or will be."""
    versions = Maalsaet.objects.within(today())
    return Maal.objects.filter(maalsaet__in=versions).select_related("maalsaet").order_by("-maalsaet__periode", "nr")


def tidligere_navne(afdeling: Afdeling) -> list[tuple]:
    """(name, the day it ended) from the history, the latest first."""
    renames = audit.history(afdeling).filter(handling="afdeling.omdoebt").values_list("data__foer", "tid")
    return [(navn, timezone.localdate(tid)) for navn, tid in renames]


def foreslaaede_kurser(afdeling: Afdeling) -> QuerySet[Kursus]:
    return afdeling.kurser.exclude(udgaar__lt=today())

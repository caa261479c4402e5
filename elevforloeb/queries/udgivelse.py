"""What publishing a draft would do: the difference in words, and exactly who gets which mail."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, Exists, Func, JSONField, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from elevforloeb.core.models import Mail
from elevforloeb.core.words import join_words
from elevforloeb.models import Ophold, Udkast
from elevforloeb.placering import Placering
from elevforloeb.plandata import Niveau, Problem
from elevforloeb.plandiff import Aendring, Elevaendringer, compare_plans

from .plan import Elevinfo, Holdplan, published_stays

VELKOMMEN, PLAN_UDGIVET = "velkommen", "plan_udgivet"


@dataclass(frozen=True)
class Brev:
    """One mail to one person: which letter, why, and what it is written from."""

    modtager: Bruger
    skabelon: str
    hvorfor: str
    data: dict


@dataclass(frozen=True)
class Forskel:
    elever: tuple[tuple[Elevinfo, Elevaendringer], ...]
    breve: tuple[Brev, ...]
    hindringer: tuple[Problem, ...]  # errors that concern somebody whose plan changes
    advarsler: tuple[Problem, ...]  # what is not done yet, and may wait
    fortid: bool

    @property
    def linjer(self) -> list[str]:
        return [f"{elev.navn}: {each.tekst}" for elev, changes in self.elever for each in changes.aendringer]


def draft_difference(plan: Holdplan) -> Forskel:
    before, after = compared_stays(plan)
    people = _people(plan, [*before, *after])
    afdelinger = {pk: each.navn for pk, each in _all_afdelinger(plan, before).items()}
    changes = compare_plans(before, after, afdelinger, {pk: bruger.navn for pk, bruger in people.items()})
    changed = {each.elev: each for each in changes}
    elever = tuple((elev, changed[elev.id]) for elev in plan.elever.values() if elev.id in changed)
    return Forskel(
        elever=elever,
        breve=tuple(_letters(plan, elever, {stay.elev for stay in before}, people)),
        hindringer=tuple(
            each for each in plan.problemer if each.niveau == Niveau.FEJL and not changed.keys().isdisjoint(each.elever)
        ),
        advarsler=tuple(each for each in plan.problemer if each.niveau == Niveau.VENT),
        fortid=_past(before) != _past(after),
    )


def compared_stays(plan: Holdplan) -> tuple[list[Placering], list[Placering]]:
    """Published and draft stays under the same ids. What was published besides the draft, it leaves alone."""
    own = {each.id: int(plan.noegle(each)[1:]) for each in plan.plan.placeringer if plan.noegle(each)[0] == "u"}
    after = [replace(stay, id=own.get(stay.id)) for stay in plan.plan.placeringer]
    before, _ = published_stays(plan.hold, Q(pk__in=set(own.values())) | Q(pk__in=removed_in(plan.udkast)))
    return list(before), after


def removed_in(udkast: Udkast) -> QuerySet:
    """Ids of published stays that a step of the draft has touched: only those can have been removed by it."""
    rows = Func("foer", function="jsonb_array_elements", output_field=JSONField())
    touched = udkast.aendringer.order_by().annotate(
        row=rows, touched=Cast(KeyTextTransform(2, "row"), BigIntegerField())
    )
    return touched.values_list("touched", flat=True)


def _all_afdelinger(plan: Holdplan, before: Iterable[Placering]) -> dict:
    missing = {stay.afdeling for stay in before} - plan.afdelinger.keys()
    return plan.afdelinger | Ophold.afdeling.field.related_model.objects.in_bulk(missing)


def _past(stays: Iterable[Placering]) -> set[tuple]:
    day = today()
    return {
        (stay.elev, stay.afdeling, stay.startdato, min(stay.slutdato, day)) for stay in stays if stay.startdato < day
    }


# --- who is told --------------------------------------------------------------------------------------------------


def _people(plan: Holdplan, stays: list[Placering]) -> dict[int, Bruger]:
    """All who may be told. `er_budt_velkommen`, and `roller_her`: theirs today in the departments of the stays."""
    here = Rolletildeling.objects.on(today()).filter(afdeling__in={stay.afdeling for stay in stays} - {None})
    here = here.filter(rolle__in=[Rolle.LEDER, Rolle.ELEVVEJLEDER])
    roles = here.filter(bruger=OuterRef("pk")).values(row=JSONObject(rolle="rolle", afdeling="afdeling_id"))
    welcomes = Mail.objects.filter(skabelon=VELKOMMEN, modtager=OuterRef("pk"))
    known = {stay.elevvejleder for stay in stays} - {None} | {elev.bruger for elev in plan.elever.values()}
    found = Bruger.objects.filter(Q(pk__in=known) | Q(pk__in=here.values("bruger")))
    return found.annotate(roller_her=ArraySubquery(roles), er_budt_velkommen=Exists(welcomes)).in_bulk()


def _letters(plan: Holdplan, elever, had_a_plan: set[int], people: dict[int, Bruger]) -> Iterable[Brev]:
    for elev, changes in elever:
        bruger = people[elev.bruger]
        if not bruger.is_active:
            continue
        data = {"elev": elev.id, "fra": _from(changes).isoformat()}
        if elev.id in had_a_plan or bruger.er_budt_velkommen:
            yield Brev(bruger, PLAN_UDGIVET, "Elevens plan er ændret", data)
        else:
            yield Brev(bruger, VELKOMMEN, "Elevens første plan", data)
    yield from _letters_to_afdelinger(plan, elever, people)


def _from(changes: Elevaendringer) -> date:
    """The first day that is not as it was."""
    return min(stay.startdato for each in changes.aendringer for stay in (each.foer, each.efter) if stay)


def _letters_to_afdelinger(plan: Holdplan, elever, people: dict[int, Bruger]) -> Iterable[Brev]:
    """The elevvejledere of the changed stays and the afdelinger's ledere, each told of their own afdelinger only.

    Of what is over nobody there is told: a hold that came into the system midway has a past that they know already.
    """
    concerned: dict[int, set[int]] = defaultdict(set)
    changes = [each for _, all_changes in elever for each in all_changes.aendringer if _is_news(each)]
    for each in changes:
        for stay in (each.foer, each.efter):
            if stay and stay.elevvejleder:
                concerned[stay.elevvejleder].add(stay.afdeling)
    for bruger, afdeling in _responsible(people.values(), changes):
        concerned[bruger].add(afdeling)
    for bruger in sorted((people[pk] for pk in concerned if people[pk].is_active), key=lambda b: (b.navn, b.pk)):
        afdelinger = sorted(concerned[bruger.pk])
        where = join_words(sorted(plan.afdelinger[pk].kortnavn for pk in afdelinger if pk in plan.afdelinger) or ["?"])
        yield Brev(bruger, PLAN_UDGIVET, f"Ændringer i {where}", {"afdelinger": afdelinger})


def _is_news(change: Aendring) -> bool:
    return any(stay.slutdato > today() for stay in (change.foer, change.efter) if stay)


def _responsible(people: Iterable[Bruger], changes) -> Iterable[tuple[int, int]]:
    """(who, afdeling): ledere today; and the elevvejledere where a stay has none of its own yet."""
    changed = {afdeling for each in changes for afdeling in each.afdelinger}
    without = {stay.afdeling for each in changes for stay in (each.foer, each.efter) if stay and not stay.elevvejleder}
    for bruger in people:
        for role in bruger.roller_her:
            if role["afdeling"] in (changed if role["rolle"] == Rolle.LEDER else changed & without):
                yield bruger.pk, role["afdeling"]

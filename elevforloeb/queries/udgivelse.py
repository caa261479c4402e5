"""What publishing a draft would do: the difference in words, and exactly who gets which mail."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from elevforloeb.core.models import Mail
from elevforloeb.core.words import join_words
from elevforloeb.models import Ophold, Udkast
from elevforloeb.placering import Placering
from elevforloeb.plandata import Niveau, Problem
from elevforloeb.plandiff import Elevaendringer, compare_plans

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
    names = Bruger.objects.in_bulk({stay.elevvejleder for stay in (*before, *after)} - {None})
    afdelinger = {pk: each.navn for pk, each in _all_afdelinger(plan, before).items()}
    changes = compare_plans(before, after, afdelinger, {pk: bruger.navn for pk, bruger in names.items()})
    changed = {each.elev: each for each in changes}
    elever = tuple((elev, changed[elev.id]) for elev in plan.elever.values() if elev.id in changed)
    return Forskel(
        elever=elever,
        breve=tuple(_letters(plan, elever, {stay.elev for stay in before}, names)),
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
    known = set(own.values()) | removed_in(plan.udkast)
    return [stay for stay in published_stays(plan.hold)[0] if stay.id in known], after


def removed_in(udkast: Udkast) -> set[int]:
    """Published stays that a step of the draft has touched: only those can have been removed by it."""
    rows = udkast.aendringer.values_list("foer", flat=True)
    return {row[2] for before in rows for row in before if row[2]}


def _all_afdelinger(plan: Holdplan, before: Iterable[Placering]) -> dict:
    missing = {stay.afdeling for stay in before} - plan.afdelinger.keys()
    return plan.afdelinger | Ophold.afdeling.field.related_model.objects.in_bulk(missing)


def _past(stays: Iterable[Placering]) -> set[tuple]:
    day = today()
    return {
        (stay.elev, stay.afdeling, stay.startdato, min(stay.slutdato, day)) for stay in stays if stay.startdato < day
    }


# --- who is told --------------------------------------------------------------------------------------------------


def _letters(plan: Holdplan, elever, had_a_plan: set[int], names: dict[int, Bruger]) -> Iterable[Brev]:
    people = Bruger.objects.filter(is_active=True).in_bulk([elev.bruger for elev, _ in elever])
    welcomed = set(Mail.objects.filter(skabelon=VELKOMMEN, modtager__in=people).values_list("modtager", flat=True))
    for elev, changes in elever:
        if elev.bruger not in people:
            continue
        data = {"elev": elev.id, "fra": _from(changes).isoformat()}
        if elev.id in had_a_plan or elev.bruger in welcomed:
            yield Brev(people[elev.bruger], PLAN_UDGIVET, "Elevens plan er ændret", data)
        else:
            yield Brev(people[elev.bruger], VELKOMMEN, "Elevens første plan", data)
    yield from _letters_to_afdelinger(plan, elever, names)


def _from(changes: Elevaendringer) -> date:
    """The first day that is not as it was."""
    return min(stay.startdato for each in changes.aendringer for stay in (each.foer, each.efter) if stay)


def _letters_to_afdelinger(plan: Holdplan, elever, names: dict[int, Bruger]) -> Iterable[Brev]:
    """The elevvejledere of the changed stays and the afdelinger's ledere, each told of their own afdelinger only."""
    concerned: dict[int, set[int]] = defaultdict(set)
    changes = [each for _, all_changes in elever for each in all_changes.aendringer]
    for each in changes:
        for stay in (each.foer, each.efter):
            if stay and stay.elevvejleder:
                concerned[stay.elevvejleder].add(stay.afdeling)
    people = dict(names)
    for role in _responsible({afdeling for each in changes for afdeling in each.afdelinger}, changes):
        people[role.bruger_id] = role.bruger
        concerned[role.bruger_id].add(role.afdeling_id)
    for bruger in sorted((people[pk] for pk in concerned if people[pk].is_active), key=lambda b: (b.navn, b.pk)):
        afdelinger = sorted(concerned[bruger.pk])
        where = join_words(sorted(plan.afdelinger[pk].kortnavn for pk in afdelinger if pk in plan.afdelinger) or ["?"])
        yield Brev(bruger, PLAN_UDGIVET, f"Ændringer i {where}", {"afdelinger": afdelinger})


def _responsible(afdelinger: set[int], changes) -> Iterable[Rolletildeling]:
    """Ledere today; and the elevvejledere where a stay has none of its own yet."""
    without = {stay.afdeling for each in changes for stay in (each.foer, each.efter) if stay and not stay.elevvejleder}
    roles = Rolletildeling.objects.on(today()).filter(afdeling__in=afdelinger).select_related("bruger")
    for role in roles.filter(rolle__in=[Rolle.LEDER, Rolle.ELEVVEJLEDER]):
        if role.rolle == Rolle.LEDER or role.afdeling_id in without:
            yield role

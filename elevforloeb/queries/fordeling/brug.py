"""What taking an allocation into the draft would do to each elev's stays."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256

from afdelinger.models import Afdeling
from elevforloeb.core.dates import today
from elevforloeb.core.words import join_words
from elevforloeb.hvadnuhvis import Navne
from elevforloeb.models import Elev, Fordeling, Tildeling
from elevforloeb.omlaegning import rearrange
from elevforloeb.placering import Placering
from elevforloeb.plandiff import compare_plans
from elevforloeb.queries.plan import Elevinfo, Holdplan, stand
from elevforloeb.queries.vejledere import turns

from .resultat import can_be_used, changes_in_words


@dataclass(frozen=True)
class Elevskift:
    """The stays of an elev in the draft now and with the allocation, and the difference in words."""

    elev: Elevinfo
    foer: tuple[Placering, ...]
    efter: tuple[Placering, ...]
    linjer: tuple[str, ...]


@dataclass(frozen=True)
class UdenRum:
    """More elever than the afdeling has places: the plan cannot be published before it gets them."""

    afdeling: Afdeling
    trin: int
    elever: int
    rum: int


@dataclass(frozen=True)
class Brugsside:
    """What the page shows before anything is taken over."""

    kan_bruges: bool
    aendringer: list[str]
    uden_rum: list[UdenRum]
    skift: list[Elevskift]
    holdt_op: list[str]


def get_brugsside(plan: Holdplan, fordeling: Fordeling) -> Brugsside:
    """Two statements beside the plan's own."""
    rows = list(fordeling.tildelinger.all())
    can = can_be_used(fordeling, rows)
    names = Navne(
        {pk: each.navn for pk, each in plan.elever.items()}, {pk: each.navn for pk, each in plan.afdelinger.items()}
    )
    if not can:
        return Brugsside(False, changes_in_words(fordeling, names), [], [], [])
    return Brugsside(
        True,
        changes_in_words(fordeling, names),
        _without_room(fordeling, rows),
        shifts(plan, fordeling, rows),
        _no_longer_there(plan, fordeling, rows),
    )


def stand_with_agreements(plan: Holdplan) -> str:
    """Who stops takes her stays out of the allocation, though no row of the plan has changed."""
    days = ",".join(f"{elev.id} {elev.aftale}" for elev in plan.plan.elever)
    return sha256(f"{stand(plan)} {days}".encode()).hexdigest()[:16]


def _no_longer_there(plan: Holdplan, fordeling: Fordeling, rows: Iterable[Tildeling]) -> list[str]:
    """Who has stopped, or is of another hold now. They would otherwise fall out without a word."""
    etaper, lost = fordeling.runde.etaper, defaultdict(list)
    aftaler = {elev.id: elev.aftale for elev in plan.plan.elever}
    moved = {row.elev_id for row in rows} - aftaler.keys()
    for row in sorted(rows, key=lambda row: row.trin):
        if row.afdeling_id and row.elev_id in aftaler and not etaper[row.trin].overlap(aftaler[row.elev_id]):
            lost[row.elev_id].append(f"{row.trin}.")
    stopped = [
        f"{info.navn} er ikke længere ansat i {join_words(lost[elev])} ophold."
        for elev, info in plan.elever.items()
        if elev in lost
    ]
    names = Elev.objects.filter(pk__in=moved).values_list("bruger__navn", flat=True) if moved else []
    return [*stopped, *(f"{navn} er ikke længere på holdet." for navn in names)]


def _without_room(fordeling: Fordeling, rows: Iterable[Tildeling]) -> list[UdenRum]:
    """Only asks for the afdelinger when there are any."""
    coming = Counter((row.afdeling_id, row.trin) for row in rows)
    offers = [(each["afdeling"], each["trin"], each.get("rum")) for each in fordeling.instans["pladser"]]
    too_many = [(pk, trin, rum) for pk, trin, rum in offers if rum is not None and coming[pk, trin] > rum]
    afdelinger = Afdeling.objects.in_bulk({pk for pk, _, _ in too_many}) if too_many else {}
    return [UdenRum(afdelinger[pk], trin, coming[pk, trin], rum) for pk, trin, rum in too_many]


def shifts(
    plan: Holdplan, fordeling: Fordeling, rows: Iterable[Tildeling], elever: Collection[int] | None = None
) -> list[Elevskift]:
    """Those whose stays change; of all elever when none are named."""
    wanted = _wanted(fordeling, rows)
    aftaler = {elev.id: elev.aftale for elev in plan.plan.elever}
    before: dict[int, list[Placering]] = defaultdict(list)
    for stay in plan.plan.placeringer:
        before[stay.elev].append(stay)
    after = {}
    for elev in plan.elever.keys() & wanted.keys():
        if elever is None or elev in elever:
            days = fordeling.runde.etaper.items()
            etaper = {nr: part for nr, etape in days if (part := etape.overlap(aftaler[elev]))}
            after[elev] = rearrange(elev, before[elev], etaper, wanted[elev], today())
    after = _with_vejledere(plan, after)
    return _changed(plan, before, after)


def _wanted(fordeling: Fordeling, rows: Iterable[Tildeling]) -> dict[int, dict[int, int | None]]:
    """Per elev the afdeling of each trin; None where the elev is to have none."""
    trin = [each["nr"] for each in fordeling.instans["trin"]]
    found = {elev["id"]: dict.fromkeys(trin) for elev in fordeling.instans["elever"]}
    for row in rows:
        found[row.elev_id][row.trin] = row.afdeling_id
    return found


def _with_vejledere(plan: Holdplan, after: dict[int, list[Placering]]) -> dict[int, list[Placering]]:
    """Each new stay gets the elevvejleder whose turn it is; a stay that is there already keeps hers."""
    old = {stay.id: stay for stay in plan.plan.placeringer}
    others = [stay for stay in plan.plan.placeringer if stay.elev not in after]
    turn = turns(plan, [*others, *(stay for stays in after.values() for stay in stays if stay == old.get(stay.id))])
    chosen = {elev: list(stays) for elev, stays in after.items()}
    names = {elev: nr for nr, elev in enumerate(plan.elever)}
    new = [(elev, nr) for elev, stays in after.items() for nr, stay in enumerate(stays) if stay != old.get(stay.id)]
    for elev, nr in sorted(new, key=lambda each: (chosen[each[0]][each[1]].periode, names[each[0]])):
        stay = chosen[elev][nr]
        person = turn.next(stay.afdeling, stay.periode)
        turn.take(person, stay.periode)
        chosen[elev][nr] = replace(stay, elevvejleder=person)
    return chosen


def _changed(plan: Holdplan, before, after) -> list[Elevskift]:
    afdelinger = {pk: each.navn for pk, each in plan.afdelinger.items()}
    names = {role.bruger: role.navn for role in plan.plan.vejlederroller}
    old = [stay for elev in after for stay in before[elev]]
    names |= {stay.elevvejleder: "Nuværende elevvejleder" for stay in old if stay.elevvejleder not in names}
    new = [stay for stays in after.values() for stay in stays]
    lines = {each.elev: each.aendringer for each in compare_plans(old, new, afdelinger, names)}
    return [
        Elevskift(info, tuple(before[elev]), tuple(after[elev]), tuple(change.tekst for change in lines[elev]))
        for elev, info in plan.elever.items()
        if elev in lines
    ]

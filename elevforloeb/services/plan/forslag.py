"""Take a proposal into the draft, for some elever or all of them, as one step."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.periods import DateRange
from elevforloeb.core.words import count_noun
from elevforloeb.models import Hold, Udkast, Udkastophold
from elevforloeb.queries.forslag import Elevforslag, Forslagsophold, propose_base_year
from elevforloeb.queries.plan import load_plan, stand

from .kladde import open_draft, step


@transaction.atomic
def accept_proposal(
    actor, *, hold: Hold, elever: Collection[int], was: str, behold: bool, seed: int | None = None
) -> Udkast:
    """`was` is the stand of the plan that the proposal was made from; from the same plan comes the same proposal."""
    udkast = open_draft(actor, hold=hold)
    plan = load_plan(hold, udkast)
    if stand(plan) != was:
        raise ValidationError("Planen er ændret, siden du fik forslaget. Her er et nyt forslag.")
    wanted = [each for each in propose_base_year(plan, behold=behold, seed=seed).elever if each.elev.id in elever]
    wanted = [each for each in wanted if each.aendrer]
    if not wanted:
        raise ValidationError("Vælg mindst én elev, som forslaget ændrer noget for.")
    with step(actor, udkast, [each.elev.id for each in wanted]) as skridt:
        _take(udkast, wanted)
        skridt.tekst = f"Forslag til grunduddannelsen brugt for {count_noun(len(wanted), 'elev', 'elever')}"
    return udkast


def _take(udkast: Udkast, wanted: Iterable[Elevforslag]) -> None:
    """Rows are used again where the period is the same, so that a published stay keeps its identity."""
    gone, changed, new = [], defaultdict(list), []
    for each in wanted:
        rows = {stay.periode: stay.id for stay in each.nu}
        kept = {stay.periode for stay in each.ophold}
        gone += [pk for days, pk in rows.items() if days not in kept]
        for stay in each.nye:
            if pk := rows.get(stay.periode):
                changed[stay.afdeling, stay.elevvejleder].append(pk)
            else:
                new.append(_row(udkast, each.elev.id, stay))
    udkast.ophold.filter(pk__in=gone).delete()
    for (afdeling, person), pks in changed.items():  # a statement for each person; bulk_update takes seconds
        udkast.ophold.filter(pk__in=pks).update(afdeling=afdeling, elevvejleder=person)
    Udkastophold.objects.bulk_create(new)


def _row(udkast: Udkast, elev: int, stay: Forslagsophold) -> Udkastophold:
    periode = DateRange(stay.periode.startdato, stay.periode.slutdato)
    return Udkastophold(
        udkast=udkast, elev_id=elev, afdeling_id=stay.afdeling, elevvejleder_id=stay.elevvejleder, periode=periode
    )

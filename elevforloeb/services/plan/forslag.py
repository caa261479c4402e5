"""Take a proposal into the draft, for some elever or all of them, as one step."""

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.dates import Periode
from elevforloeb.core.periods import DateRange
from elevforloeb.core.words import count_noun
from elevforloeb.models import Hold, Udkast, Udkastophold
from elevforloeb.queries.forslag import Elevforslag, propose_base_year
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
    there = {row.pk: row for row in udkast.ophold.filter(elev__in=[each.elev.id for each in wanted])}
    gone, changed, new = [], [], []
    for each in wanted:
        rows = {stay.periode: there[stay.id] for stay in each.nu}
        proposed = {stay.periode: stay for stay in each.ophold}
        gone += [row.pk for days, row in rows.items() if days not in proposed]
        for days, stay in proposed.items():
            if not stay.fast:
                row = rows.get(days) or Udkastophold(udkast=udkast, elev_id=each.elev.id, periode=_range(days))
                row.afdeling_id, row.elevvejleder_id = stay.afdeling, stay.elevvejleder
                (changed if row.pk else new).append(row)
    udkast.ophold.filter(pk__in=gone).delete()
    Udkastophold.objects.bulk_update(changed, ["afdeling", "elevvejleder"], batch_size=500)
    Udkastophold.objects.bulk_create(new)


def _range(days: Periode) -> DateRange:
    return DateRange(days.startdato, days.slutdato)

"""Take an allocation into the draft of the plan, for some elever or all of them, as one step."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.errors import StaleError
from elevforloeb.core.periods import DateRange
from elevforloeb.core.words import count_noun
from elevforloeb.models import Fordeling, Udkast, Udkastophold
from elevforloeb.queries.fordeling.brug import Elevskift, shifts, stand_with_agreements
from elevforloeb.queries.fordeling.resultat import can_be_used
from elevforloeb.queries.plan import load_plan
from elevforloeb.services.plan.kladde import open_draft, step


@transaction.atomic
def accept_fordeling(actor, *, fordeling: Fordeling, elever: Collection[int], was: str) -> Udkast:
    """`was` is what the user was shown of plan and agreements. Nobody is told before the draft is published."""
    rows = list(fordeling.tildelinger.all())
    if not can_be_used(fordeling, rows):
        raise ValidationError("Fordelingen har ikke givet alle en plads og kan ikke bruges.")
    hold = fordeling.runde.hold
    udkast = open_draft(actor, hold=hold)
    plan = load_plan(hold, udkast)
    if stand_with_agreements(plan) != was:
        raise StaleError("Planen eller en elevs ansættelse er ændret, siden du så den. Se ændringerne igennem igen.")
    found = shifts(plan, fordeling, rows, elever)
    if not found:
        raise ValidationError("Vælg mindst én elev, som fordelingen ændrer noget for.")
    with step(actor, udkast, [each.elev.id for each in found]) as skridt:
        _take(udkast, found)
        number = count_noun(len(found), "elev", "elever")
        skridt.tekst, skridt.fordeling = f"Fordelingen {fordeling} brugt for {number}", fordeling
    return udkast


def _take(udkast: Udkast, found: list[Elevskift]) -> None:
    """Rows that go on are changed in place, so that a published stay keeps its identity."""
    there = {row.pk: row for row in udkast.ophold.filter(elev__in=[each.elev.id for each in found])}
    wanted = [stay for each in found for stay in each.efter]
    udkast.ophold.filter(pk__in=there.keys() - {stay.id for stay in wanted}).delete()
    changed, new = [], []
    for stay in wanted:
        row = there.get(stay.id) or Udkastophold(udkast=udkast, elev_id=stay.elev)
        if row.pk and row.as_placering() == stay:
            continue
        row.afdeling_id, row.elevvejleder_id = stay.afdeling, stay.elevvejleder
        row.periode = DateRange(stay.startdato, stay.slutdato)
        (changed if row.pk else new).append(row)
    Udkastophold.objects.bulk_update(changed, ["afdeling", "elevvejleder", "periode"], batch_size=500)
    Udkastophold.objects.bulk_create(new)

"""Take a proposal into the draft, for some elever or all of them, as one step."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Afdeling
from elevforloeb.core.periods import DateRange
from elevforloeb.core.words import count_noun
from elevforloeb.models import Hold, Udkast, Udkastophold
from elevforloeb.queries.forslag import Elevforslag, propose_base_year
from elevforloeb.queries.plan import load_plan, stand

from .kladde import open_draft, step
from .ophold import only_vejleder


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
    people = _Vejledere()
    with step(actor, udkast, [each.elev.id for each in wanted]) as skridt:
        for each in wanted:
            _take(udkast, each, people)
        skridt.tekst = f"Forslag til grunduddannelsen brugt for {count_noun(len(wanted), 'elev', 'elever')}"
    return udkast


class _Vejledere(dict):
    """The only elevvejleder of an afdeling in a period, asked for once each."""

    def __missing__(self, key):
        afdeling, periode = key
        found = only_vejleder(Afdeling.objects.get(pk=afdeling), periode)
        self[key] = found
        return found


def _take(udkast: Udkast, forslag: Elevforslag, people: _Vejledere) -> None:
    """Rows are used again where the period is the same, so that a published stay keeps its identity."""
    fixed = {stay.periode for stay in forslag.ophold if stay.fast}
    rows = {row.span: row for row in udkast.ophold.filter(pk__in=[stay.id for stay in forslag.nu])}
    wanted = {stay.periode: stay for stay in forslag.ophold if not stay.fast}
    for days, row in rows.items():
        if days not in wanted and days not in fixed:
            row.delete()
    for days, stay in wanted.items():
        row = rows.get(days) or Udkastophold(udkast=udkast, elev_id=forslag.elev.id)
        if row.afdeling_id != stay.afdeling:
            row.afdeling_id, row.elevvejleder = stay.afdeling, people[stay.afdeling, days]
            row.periode = DateRange(days.startdato, days.slutdato)
            row.save()

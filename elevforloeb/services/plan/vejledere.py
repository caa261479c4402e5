"""Choose elevvejledere for many stays at once."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.errors import StaleError
from elevforloeb.core.words import count_noun
from elevforloeb.models import Hold, Udkast
from elevforloeb.queries.plan import load_plan
from elevforloeb.queries.vejledere import lacking_stand

from .kladde import open_draft, step


@transaction.atomic
def choose_vejledere(actor, *, hold: Hold, valg: dict[str, int], was: str) -> Udkast:
    """`valg` are people by the key of the stay, `was` the stand of the list that the user was shown. One step."""
    if not valg:
        raise ValidationError("Vælg en elevvejleder til mindst ét ophold.")
    udkast = open_draft(actor, hold=hold)
    plan = load_plan(hold, udkast)
    if lacking_stand(plan) != was:
        raise StaleError(_who_changed(udkast))
    chosen = defaultdict(list)
    for key, person in valg.items():
        chosen[person].append(plan.by_key[key].id)
    with step(actor, udkast, [plan.by_key[key].elev for key in valg]) as skridt:
        for person, pks in chosen.items():
            udkast.ophold.filter(pk__in=pks).update(elevvejleder=person)
        skridt.tekst = f"Elevvejleder valgt til {count_noun(len(valg), 'ophold', 'ophold')}"
    return udkast


def _who_changed(udkast: Udkast) -> str:
    last = udkast.aendringer.select_related("bruger").first()
    who = f"{last.bruger} har rettet i kladden, mens du valgte: {last.tekst}" if last else "Planen er ændret imens"
    return f"{who}. Dine valg er ikke gemt, men står her stadig. Gem igen, hvis de skal gælde."

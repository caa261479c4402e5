"""Allocations are published with the draft that took them over."""

from collections import defaultdict

from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.models import Fordeling, Oenskerunde, Tildeling, Udkast


def publish_fordelinger(actor, udkast: Udkast) -> None:
    """Called in the transaction that publishes the draft. A round is over with it: its wishes have been used."""
    taken = _taken(udkast)
    found = Fordeling.objects.select_related("runde").in_bulk(taken) if taken else {}
    for _, fordeling in sorted(found.items()):
        Fordeling.objects.filter(pk=fordeling.pk).update(udgivet=now())
        text = f"Fordelingen {fordeling} udgivet med planen"
        audit.record(actor, "fordeling.udgivet", udkast.hold, text, fordeling=fordeling.pk)
        if Oenskerunde.objects.filter(pk=fordeling.runde_id, lukket=None).update(lukket=now()):
            text = f"Ønskerunden {fordeling.runde.navn} lukket, fordi pladserne er fordelt"
            audit.record(actor, "oenskerunde.lukket", udkast.hold, text, runde=fordeling.runde_id)


def _taken(udkast: Udkast) -> list[int]:
    """Some elever may come from one and some from another. A later one that says the same of an elev replaces it."""
    steps = list(udkast.aendringer.exclude(fordeling=None).values_list("fordeling", "elever"))
    stays = _stays({fordeling for fordeling, _ in steps})
    found, elever = [], set()
    for fordeling, moved in steps:
        own = [elev for elev in moved if elev not in elever]
        if any(stays[fordeling][elev] not in [stays[later][elev] for later in found] for elev in own):
            found.append(fordeling)
        elever.update(moved)
    return found


def _stays(fordelinger: set[int]) -> dict[int, dict[int, set]]:
    """Per allocation and elev, the afdeling of each trin."""
    found = defaultdict(lambda: defaultdict(set))
    rows = Tildeling.objects.filter(fordeling__in=fordelinger).values_list("fordeling", "elev", "trin", "afdeling")
    for fordeling, elev, *stay in rows if fordelinger else ():
        found[fordeling][elev].add(tuple(stay))
    return found

"""Allocations are published with the draft that took them over."""

from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.models import Fordeling, Oenskerunde, Udkast


def publish_fordelinger(actor, udkast: Udkast) -> None:
    """Called in the transaction that publishes the draft. A round is over with it: its wishes have been used."""
    found = Fordeling.objects.select_related("runde").in_bulk(_taken(udkast))
    for _, fordeling in sorted(found.items()):
        Fordeling.objects.filter(pk=fordeling.pk).update(udgivet=now())
        text = f"Fordelingen {fordeling} udgivet med planen"
        audit.record(actor, "fordeling.udgivet", udkast.hold, text, fordeling=fordeling.pk)
        if Oenskerunde.objects.filter(pk=fordeling.runde_id, lukket=None).update(lukket=now()):
            text = f"Ønskerunden {fordeling.runde.navn} lukket, fordi pladserne er fordelt"
            audit.record(actor, "oenskerunde.lukket", udkast.hold, text, runde=fordeling.runde_id)


def _taken(udkast: Udkast) -> list[int]:
    """Some elever may come from one and some from another. One whose elever all came from a later one is not there."""
    found, elever = [], set()
    for fordeling, own in udkast.aendringer.exclude(fordeling=None).values_list("fordeling", "elever"):
        if not elever.issuperset(own):
            found.append(fordeling)
        elever.update(own)
    return found

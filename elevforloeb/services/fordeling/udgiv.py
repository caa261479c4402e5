"""An allocation is published with the draft that took it over."""

from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.models import Fordeling, Oenskerunde, Udkast


def publish_fordeling(actor, udkast: Udkast) -> None:
    """Called in the transaction that publishes the draft. The round is over with it: its wishes have been used."""
    fordeling = udkast.fordeling
    if fordeling is None:
        return
    Fordeling.objects.filter(pk=fordeling.pk).update(udgivet=now())
    text = f"Fordelingen {fordeling} udgivet med planen"
    audit.record(actor, "fordeling.udgivet", udkast.hold, text, fordeling=fordeling.pk)
    if Oenskerunde.objects.filter(pk=fordeling.runde_id, lukket=None).update(lukket=now()):
        text = f"Ønskerunden {fordeling.runde.navn} lukket, fordi pladserne er fordelt"
        audit.record(actor, "oenskerunde.lukket", udkast.hold, text, runde=fordeling.runde_id)

"""What is decided before the allocation: an elev who shall be in a department, or never there. Always with a reason."""

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Afdeling
from elevforloeb.core import audit
from elevforloeb.core.errors import save_checked
from elevforloeb.models import Binding, Elev, Inhabilitet, Oenskerunde
from elevforloeb.queries.oensker.runde import asked

from .runde import lock_round

Art = Binding.Art
OPLYST = "Inhabilitet, som eleven har oplyst"


@transaction.atomic
def add_binding(
    actor, *, runde: Oenskerunde, elev: Elev, afdeling: Afdeling, art: str, trin: int | None, grund: str
) -> Binding:
    runde = lock_round(runde)
    _check(runde, elev, afdeling, art, trin)
    binding = Binding(
        runde=runde, elev=elev, afdeling=afdeling, art=art, trin=trin, grund=grund.strip(), oprettet_af=actor
    )
    save_checked(binding)
    audit.record(actor, "binding.tilfoejet", elev, f"{binding.get_art_display()}: {afdeling}", runde=runde.pk)
    return binding


def _check(runde: Oenskerunde, elev: Elev, afdeling: Afdeling, art: str, trin: int | None) -> None:
    if elev.hold_id != runde.hold_id:
        raise ValidationError({"elev": "Vælg en elev på holdet."})
    if afdeling.pk not in asked(runde):
        raise ValidationError({"afdeling": "Vælg en af rundens afdelinger."})
    if trin is not None and trin not in runde.trin:
        raise ValidationError({"trin": "Vælg et af rundens ophold."})
    if art == Art.FAST and trin is None:
        raise ValidationError({"trin": "Vælg det ophold, eleven skal være i afdelingen."})
    if art == Art.UDELUKKET and trin is not None:
        raise ValidationError({"trin": "Lad feltet være tomt: en udelukkelse gælder alle ophold."})
    contrary = Binding.objects.filter(runde=runde, elev=elev, afdeling=afdeling).exclude(art=art).first()
    if contrary:
        raise ValidationError(f"{contrary}. Fjern den binding først.")
    if art == Art.FAST and elev.bindinger.filter(runde=runde, afdeling=afdeling, art=art).exclude(trin=trin).exists():
        raise ValidationError({"afdeling": "Eleven er allerede låst til afdelingen i et andet ophold."})


def bind_inhabilitet(actor, *, inhabilitet: Inhabilitet) -> Binding:
    """What the elev has said becomes an exclusion. Her own words stay on her list of wishes."""
    seddel = inhabilitet.seddel
    what = {"afdeling": inhabilitet.afdeling, "art": Art.UDELUKKET, "trin": None, "grund": OPLYST}
    return add_binding(actor, runde=seddel.runde, elev=seddel.elev, **what)


@transaction.atomic
def remove_binding(actor, *, binding: Binding, grund: str) -> None:
    lock_round(binding.runde)
    text = f"Ikke længere: {binding.get_art_display().lower()}, {binding.afdeling}. {grund.strip()}"
    gone, _ = Binding.objects.filter(pk=binding.pk).delete()
    if not gone:
        raise ValidationError("Bindingen er allerede fjernet.")
    audit.record(actor, "binding.fjernet", binding.elev, text, runde=binding.runde_id)

"""The tasks that an elev can learn from."""

from django.db import transaction

from afdelinger.models import Afdeling, Opgave
from elevforloeb.core import audit
from elevforloeb.core.errors import compared, conflict, fingerprint, save_checked

from .afdelinger import free_code
from .dele import move

TEKSTER = ["navn", "art", "hvem_gavner"]


@transaction.atomic
def save_opgave(actor, *, opgave, version="", maal=(), jobkompetencer=(), **felter) -> Opgave:
    """Create or change a task together with the goals and competences that it trains."""
    is_new = opgave.pk is None
    Afdeling.objects.select_for_update().get(pk=opgave.afdeling_id)  # one change of a department's tasks at a time
    if is_new:
        opgave.kode = free_code(Opgave, felter["navn"])
        opgave.nr = last_nr(opgave.afdeling) + 1
    elif version != fingerprint(stored := Opgave.objects.get(pk=opgave.pk), TEKSTER):
        raise conflict("En anden", compared(stored, felter))
    for felt, value in felter.items():
        setattr(opgave, felt, value)
    save_checked(opgave)
    opgave.maal.set(maal)
    opgave.jobkompetencer.set(jobkompetencer)
    did, word = ("opgave.oprettet", "Ny opgave") if is_new else ("opgave.rettet", "Rettet opgave")
    codes = [f"{maal.maalsaet.kode}:{maal.kode}" for maal in opgave.maal.select_related("maalsaet")]
    audit.record(actor, did, opgave.afdeling, f"{word}: {opgave}", opgave=opgave.pk, maal=codes)
    return opgave


def last_nr(afdeling) -> int:
    return max(afdeling.opgaver.values_list("nr", flat=True), default=0)


@transaction.atomic
def retire_opgave(actor, *, opgave, udgaaet=True) -> None:
    """Hide a task (or bring it back). It is never deleted: evaluations and the log of an elev may name it."""
    if not Opgave.objects.filter(pk=opgave.pk, udgaaet=not udgaaet).update(udgaaet=udgaaet):
        return
    word = "udgået" if udgaaet else "taget i brug igen"
    audit.record(actor, "opgave.udgaaet", opgave.afdeling, f"Opgave {word}: {opgave}", opgave=opgave.pk)


@transaction.atomic
def move_opgave(actor, *, opgave, op: bool) -> None:
    """One place up or down among the shown tasks of its own sub-area."""
    siblings = opgave.afdeling.opgaver.filter(underomraade=opgave.underomraade_id, udgaaet=opgave.udgaaet)
    if move(opgave, siblings, op=op):
        audit.record(actor, "opgave.flyttet", opgave.afdeling, f"Flyttet opgave: {opgave}", opgave=opgave.pk)

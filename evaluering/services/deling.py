"""The elev opens one sealed evaluation to one department, and closes it again.

A share is of the evaluation, whatever edition: the department reads the newest sealed one and no other.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Afdeling
from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.errors import save_checked
from evaluering.models import Deling, Evaluering
from evaluering.queries.delinger import own_sealed, receivers

from .tilstand import lock


@transaction.atomic
def share_with(actor, *, evaluering: Evaluering, afdeling: Afdeling) -> Deling:
    """Once is enough: a second click finds the first one's. Waits for a sealing, which takes the shares with it."""
    lock(evaluering)
    if not own_sealed(evaluering.elev).filter(pk=evaluering.pk).exists():
        raise ValidationError("Kun den nyeste forseglede udgave kan deles.")
    if afdeling.pk == evaluering.afdeling_id or afdeling not in receivers(evaluering.elev):
        raise ValidationError("Vælg den afdeling, du er i nu, eller den næste.")
    found = evaluering.delinger.filter(afdeling=afdeling, trukket=None).first()
    if found:
        return found
    deling = Deling(evaluering=evaluering, afdeling=afdeling)
    save_checked(deling)
    audit.record(actor, "evaluering.delt_med", evaluering, f"{evaluering} kan læses i {afdeling}", afdeling=afdeling.pk)
    return deling


@transaction.atomic
def take_back_share(actor, *, evaluering: Evaluering, afdeling: Afdeling) -> None:
    """Of every edition: an open share is only ever of the newest sealed one."""
    lock(evaluering)
    if evaluering.delinger.filter(afdeling=afdeling, trukket=None).update(trukket=now()):
        words = f"{evaluering} kan ikke længere læses i {afdeling}"
        audit.record(actor, "evaluering.deling_trukket", evaluering, words, afdeling=afdeling.pk)


def follow_edition(old: Evaluering, new: Evaluering) -> None:
    """Within the sealing of the new one. What she took back stays with the edition that it was taken back from."""
    lock(old)
    old.delinger.filter(trukket=None).update(evaluering=new)

"""The elev opens one sealed evaluation to one department, and closes it again."""

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Afdeling
from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.errors import save_checked
from evaluering.models import Deling, Evaluering
from evaluering.queries.delinger import own_sealed, receivers


@transaction.atomic
def share_with(actor, *, evaluering: Evaluering, afdeling: Afdeling) -> Deling:
    """Once is enough: a second click finds the first one's."""
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
    if evaluering.delinger.filter(afdeling=afdeling, trukket=None).update(trukket=now()):
        words = f"{evaluering} kan ikke længere læses i {afdeling}"
        audit.record(actor, "evaluering.deling_trukket", evaluering, words, afdeling=afdeling.pk)

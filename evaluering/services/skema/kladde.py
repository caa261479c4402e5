"""The draft of the next version: one for each kind of talk, a copy of the last version until somebody changes it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError, compared, conflict, fingerprint, save_checked
from evaluering.models import Evalueringsskema
from evaluering.queries.skema import content_of, newest

from .indhold import fill

HEAD = ("navn", "indledning", "med_elevansvarlig", "kilde")
GONE = "Kladden er udgivet eller kasseret i mellemtiden. Gå tilbage til skemaerne."


def head_version(skema: Evalueringsskema) -> str:
    return fingerprint(skema, HEAD)


def lock_draft(pk: int) -> Evalueringsskema:
    """The draft as it is now. Whoever changes a part of it or publishes it waits here for the others."""
    drafts = Evalueringsskema.objects.select_for_update(no_key=True).filter(status=Evalueringsskema.Status.KLADDE)
    if draft := drafts.filter(pk=pk).first():
        return draft
    raise StaleError(GONE)


@transaction.atomic
def begin_draft(actor, *, art: str) -> Evalueringsskema:
    """A copy of the last version, scales and all."""
    last = newest(art)
    if last is None:
        raise ValidationError("Der er ikke noget skema at begynde fra. Indlæs de medfølgende skemaer først.")
    words = {name: getattr(last, name) for name in HEAD}
    skema = Evalueringsskema(art=art, version=last.version + 1, oprettet_af=actor, **words)
    save_checked(skema)
    fill(skema, content_of(last))
    audit.record(actor, "skema.kladde", skema, f"Kladde til {skema} begyndt")
    return skema


@transaction.atomic
def update_head(actor, *, skema: Evalueringsskema, version: str, **felter) -> Evalueringsskema:
    """Name, introduction, source, and whether the elevansvarlig takes part."""
    skema = lock_draft(skema.pk)
    if version != head_version(skema):
        raise conflict(audit.last_actor(skema), compared(skema, felter))
    for name in HEAD:
        setattr(skema, name, felter[name])
    save_checked(skema)
    audit.record(actor, "skema.rettet", skema, f"Rettet: {skema}")
    return skema


@transaction.atomic
def discard_draft(actor, *, skema: Evalueringsskema) -> None:
    skema = lock_draft(skema.pk)
    audit.record(actor, "skema.kasseret", skema, f"Kladden til {skema} er kasseret")
    skema.delete()

"""Ways on when a talk is not held as planned: the meeting is set, put off, held on paper, or does not take place."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import full_date, today
from elevforloeb.core.errors import save_checked
from evaluering.models import Evaluering
from evaluering.permissions import can_put_off, can_set_moede, can_steer
from evaluering.services.tilstand import S, lock, lock_unfinished, move


@transaction.atomic
def set_moede(actor, *, evaluering: Evaluering, moede: datetime | None) -> Evaluering:
    """When they meet. None: not agreed any more."""
    evaluering = lock_unfinished(evaluering)
    if not can_set_moede(actor, evaluering):
        raise ValidationError("Kun dem, der holder samtalen, kan aftale, hvornår den er.")
    if evaluering.moede == moede:
        return evaluering
    evaluering.moede = moede
    save_checked(evaluering)
    audit.record(actor, "evaluering.moede", evaluering, f"{evaluering}: mødetid {'aftalt' if moede else 'fjernet'}")
    return evaluering


@transaction.atomic
def put_off(actor, *, evaluering: Evaluering, til: date, grund: str) -> Evaluering:
    """`grund`: one of Evaluering.Grund. The plan's own deadline stands beside it, and moves on with the plan."""
    evaluering = lock_unfinished(evaluering)
    if not can_put_off(actor, evaluering):
        raise ValidationError("Kun elevvejlederen og den elevansvarlige kan udsætte samtalen.")
    if (evaluering.udsat_til, evaluering.udsat_grund) == (til, grund):
        return evaluering
    if til < today():
        raise ValidationError({"til": "Vælg i dag eller en senere dag."})
    if til <= evaluering.frist:
        raise ValidationError({"til": f"Vælg en dag efter fristen, {full_date(evaluering.frist)}."})
    evaluering.udsat_til, evaluering.udsat_grund = til, grund
    save_checked(evaluering)
    why = evaluering.get_udsat_grund_display().lower()
    audit.record(actor, "evaluering.udsat", evaluering, f"{evaluering} udsat til {full_date(til)}: {why}")
    return evaluering


@transaction.atomic
def lapse(actor, *, evaluering: Evaluering, grund: str) -> Evaluering:
    """It will not be held. What has been written stays, unread by whoever could not read it before.

    A correction that is given up lets go of what it would have replaced, which counts again and can be corrected again.
    """
    if not can_steer(actor, evaluering):
        raise ValidationError("Kun den elevansvarlige kan lade en evaluering bortfalde.")
    if (found := lock(evaluering)).status == S.BORTFALDET:
        return found
    evaluering = lock_unfinished(evaluering)
    if not grund.strip():
        raise ValidationError({"grund": "Skriv, hvorfor evalueringen bortfalder."})
    move(evaluering, S.BORTFALDET, retter=None)
    audit.record(actor, "evaluering.bortfaldet", evaluering, f"{evaluering} bortfaldet: {grund.strip()}")
    return evaluering


@transaction.atomic
def hold_on_paper(actor, *, evaluering: Evaluering, papir: str) -> Evaluering:
    """It was held outside the system: nobody owes it any more. `papir`: where what was written lies."""
    if not can_steer(actor, evaluering):
        raise ValidationError("Kun den elevansvarlige kan skrive, at en samtale er holdt på papir.")
    if (found := lock(evaluering)).status == S.PAPIR:
        return found
    if not papir.strip():
        raise ValidationError({"papir": "Skriv, hvor papiret ligger."})
    move(found, S.PAPIR, papir=papir.strip())
    audit.record(actor, "evaluering.papir", found, f"{found}: holdt på papir")
    return found

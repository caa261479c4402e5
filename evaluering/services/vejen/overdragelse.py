"""Somebody else answers for the department. What has been shared stays; an unshared draft is kept for its author."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from afdelinger.models import Bruger
from elevforloeb.core import audit
from evaluering.models import Besvarelse, Evaluering
from evaluering.models.skema import Part
from evaluering.permissions import can_hand_over
from evaluering.services.tilstand import lock_unfinished


@transaction.atomic
def hand_over(actor, *, evaluering: Evaluering, til: Bruger) -> Evaluering:
    """To a substitute in the department, who may also take it herself. The plan's elevvejleder stays who she is.

    Also before anybody has begun: an empty draft in the substitute's name says who is reminded and who may write.
    """
    evaluering = lock_unfinished(evaluering)
    if not can_hand_over(actor, evaluering, til):
        raise ValidationError("Vælg en af afdelingens elevvejledere.")
    current = evaluering.besvarelser.filter(part=Part.ELEVVEJLEDER).first()
    if current and current.delt:
        raise ValidationError("Afdelingens svar er delt og kan ikke overtages. Samtalen kan holdes af jer begge.")
    if til.pk == (current.forfatter_id if current else evaluering.elevvejleder_id):
        return evaluering
    if current:
        Besvarelse.objects.filter(pk=current.pk).update(part=Part.AFLOEST)
    kept = Besvarelse.objects.filter(evaluering=evaluering, part=Part.AFLOEST, forfatter=til)
    if not kept.update(part=Part.ELEVVEJLEDER):  # she did not have it before
        Besvarelse.objects.create(evaluering=evaluering, part=Part.ELEVVEJLEDER, forfatter=til)
    audit.record(actor, "evaluering.overdraget", evaluering, f"{evaluering}: {til} svarer for afdelingen")
    return evaluering


def take_over(actor, *, evaluering: Evaluering) -> Evaluering:
    return hand_over(actor, evaluering=evaluering, til=actor)


def follow_elevvejleder(evalueringer: list[int]) -> None:
    """The plan has named another elevvejleder of these: what somebody else has not shared makes room for hers."""
    drafts = Besvarelse.objects.filter(evaluering__in=evalueringer)
    current = drafts.filter(part=Part.ELEVVEJLEDER)
    current.filter(delt=None).exclude(forfatter=F("evaluering__elevvejleder")).update(part=Part.AFLOEST)
    kept = drafts.filter(part=Part.AFLOEST, forfatter=F("evaluering__elevvejleder"))
    kept.exclude(Exists(current.filter(evaluering=OuterRef("evaluering")))).update(part=Part.ELEVVEJLEDER)

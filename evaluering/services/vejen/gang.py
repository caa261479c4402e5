"""Begun, shared, opened: the way as it should go.

The same click twice gives the same answer twice: whoever comes second finds the work done.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit
from elevforloeb.core.dates import now
from evaluering.models import Besvarelse, Evaluering, Punkt
from evaluering.models.skema import Part
from evaluering.permissions import WRITERS, part_of
from evaluering.punkter import questions_of
from evaluering.queries.mangler import unanswered
from evaluering.queries.skema import in_force
from evaluering.services.tilstand import S, lock, move, refusal


@transaction.atomic
def begin(actor, *, evaluering: Evaluering) -> Evaluering:
    """From here on the form in force today and its questions are those of this evaluation."""
    evaluering = lock(evaluering)
    own_part(actor, evaluering)
    if evaluering.status not in (S.PLANLAGT, S.BORTFALDET):
        return evaluering
    skema = in_force(evaluering.art)
    if skema is None:
        raise ValidationError("Der er ikke udgivet et skema til denne samtale. Kontakt den elevansvarlige.")
    move(evaluering, S.IGANG, skema=skema, begyndt=now())
    questions = questions_of(skema, evaluering.afdeling, evaluering.elev.maalsaet)
    for question in questions:
        question.evaluering = evaluering
    Punkt.objects.bulk_create(questions)
    audit.record(actor, "evaluering.begyndt", evaluering, f"{evaluering} begyndt", skema=skema.pk)
    return evaluering


@transaction.atomic
def share(actor, *, evaluering: Evaluering) -> Evaluering:
    """Locks one's own answers. When both have shared, the talk is open by itself.

    Who has not shared when the talk is opened may do it then, as it stands.
    """
    evaluering = lock(evaluering)
    part = own_part(actor, evaluering)
    besvarelse = own_draft(actor, evaluering, part)
    if besvarelse.delt:
        return evaluering
    if evaluering.status not in (S.IGANG, S.SAMTALE):
        raise refusal(evaluering)
    if evaluering.status == S.IGANG:
        _check_complete(evaluering, part)
    besvarelse.delt = now()
    besvarelse.save()
    audit.record(actor, "evaluering.delt", evaluering, f"{evaluering}: svar delt", part=part)
    if evaluering.status == S.IGANG and not _silent(evaluering):
        _open(actor, evaluering)
    return evaluering


@transaction.atomic
def open_talk(actor, *, evaluering: Evaluering) -> Evaluering:
    """The meeting begins. What somebody has not shared stays hers alone, also at the talk."""
    evaluering = lock(evaluering)
    if part_of(actor, evaluering) not in evaluering.parter:
        raise ValidationError("Kun dem, der holder samtalen, kan åbne den.")
    if evaluering.status in (S.SAMTALE, S.LAAST, S.FORSEGLET):
        return evaluering
    if evaluering.status != S.IGANG:
        raise refusal(evaluering)
    _open(actor, evaluering)
    return evaluering


def own_part(actor, evaluering: Evaluering) -> Part:
    """As whom the actor writes before the talk."""
    part = part_of(actor, evaluering)
    if part not in WRITERS:
        raise ValidationError("Kun eleven og afdelingens elevvejledere svarer før samtalen.")
    return part


def own_draft(actor, evaluering: Evaluering, part: Part) -> Besvarelse:
    """Made when it is first needed. A draft is its author's alone, also towards a colleague who stands in."""
    besvarelse, _ = Besvarelse.objects.get_or_create(evaluering=evaluering, part=part, defaults={"forfatter": actor})
    if besvarelse.forfatter_id != actor.pk:
        raise ValidationError(
            f"{besvarelse.forfatter} er i gang med at svare for afdelingen. "
            "Overtag evalueringen, hvis du skal svare i stedet."
        )
    return besvarelse


def _check_complete(evaluering: Evaluering, part: Part) -> None:
    if missing := unanswered(evaluering, part):
        raise ValidationError([each.sentence for each in missing])


def _silent(evaluering: Evaluering) -> list[str]:
    shared = evaluering.besvarelser.filter(delt__isnull=False).values_list("part", flat=True)
    return sorted(set(WRITERS) - set(shared))


def _open(actor, evaluering: Evaluering) -> None:
    move(evaluering, S.SAMTALE, samtale_aabnet=now())
    Besvarelse.objects.create(evaluering=evaluering, part=Part.FAELLES)
    data = {"har_ikke_delt": _silent(evaluering)}
    audit.record(actor, "evaluering.samtale", evaluering, f"{evaluering}: samtalen åbnet", **data)

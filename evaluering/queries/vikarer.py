"""Who can answer for a department in an evaluation."""

from django.db.models import QuerySet

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from evaluering.models import Evaluering
from evaluering.models.skema import Part


def answering(evaluering: Evaluering) -> QuerySet[Bruger]:
    """The department's elevvejledere today. The elev is never her own."""
    people = Bruger.objects.filter(is_active=True, pk__in=_roles(evaluering).values("bruger"))
    return people.exclude(pk=evaluering.elev.bruger_id)


def can_answer(person: Bruger, evaluering: Evaluering) -> bool:
    """Whether this one is among them."""
    is_free = person.is_active and person.pk != evaluering.elev.bruger_id
    return is_free and _roles(evaluering).filter(bruger=person).exists()


def _roles(evaluering: Evaluering) -> QuerySet[Rolletildeling]:
    return Rolletildeling.objects.on(today()).filter(rolle=Rolle.ELEVVEJLEDER, afdeling=evaluering.afdeling_id)


def substitutes(evaluering: Evaluering) -> QuerySet[Bruger]:
    """All of them but the one who answers now."""
    row = evaluering.besvarelser.filter(part=Part.ELEVVEJLEDER).first()
    current = row.forfatter_id if row else evaluering.elevvejleder_id
    return answering(evaluering).exclude(pk=current).order_by("sortering", "pk")

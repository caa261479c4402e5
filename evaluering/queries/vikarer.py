"""Who can answer for a department in an evaluation."""

from django.db.models import QuerySet

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import today
from evaluering.models import Evaluering
from evaluering.models.skema import Part


def substitutes(evaluering: Evaluering) -> QuerySet[Bruger]:
    """The department's elevvejledere today, but the one who answers now. The elev is never her own."""
    roles = Rolletildeling.objects.on(today()).filter(rolle=Rolle.ELEVVEJLEDER, afdeling=evaluering.afdeling_id)
    row = evaluering.besvarelser.filter(part=Part.ELEVVEJLEDER).first()
    current = row.forfatter_id if row else evaluering.elevvejleder_id
    people = Bruger.objects.filter(is_active=True, pk__in=roles.values("bruger"))
    return people.exclude(pk__in=[current, evaluering.elev.bruger_id]).order_by("sortering", "pk")

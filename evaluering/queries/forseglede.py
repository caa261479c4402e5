"""What stands in sealed evaluations, read as they stand now: a corrected one counts and not the one it corrects."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from evaluering.models import Evaluering, Svar
from evaluering.models.skema import Art, Part

LAST_TALKS = (Art.SLUT, Art.KORT)  # the talk that ends a stay


def sealed() -> QuerySet[Evaluering]:
    """The newest sealed version of each."""
    newer = Evaluering.objects.filter(retter=OuterRef("pk"), status=Evaluering.Status.FORSEGLET)
    return Evaluering.objects.filter(~Exists(newer), status=Evaluering.Status.FORSEGLET)


def said() -> QuerySet[Svar]:
    """Answers that both could read: what was never shared is its author's alone, also when the rest is sealed."""
    return Svar.objects.filter(Q(besvarelse__part=Part.FAELLES) | Q(besvarelse__delt__isnull=False))


def levels() -> QuerySet[Svar]:
    """How well each task and goal is mastered, in the words of the elevvejleder; what was not tried is not there."""
    rows = said().filter(besvarelse__part=Part.ELEVVEJLEDER, trin__er_niveau=True)
    return rows.select_related("punkt", "trin", "besvarelse__evaluering")

"""Who lets her elevvejledere read her grades, and her newest fagprøve: what comes with the elev, without a question."""

from django.db.models import OuterRef, QuerySet, Subquery

from elevforloeb.models import Elev
from skoleophold.models import Fagproeveforsoeg, Karakterdeling


def with_sharing(elever: QuerySet[Elev]) -> QuerySet[Elev]:
    """Each with `delt`: since when her elevvejledere read her grades, or None."""
    sharing = Karakterdeling.objects.filter(elev=OuterRef("pk"), til=None).values("fra")
    return elever.annotate(delt=Subquery(sharing))


def with_fagproeve(elever: QuerySet[Elev]) -> QuerySet[Elev]:
    """Each with the id and the topic of her newest fagprøve, or None."""
    newest = Fagproeveforsoeg.objects.filter(elev=OuterRef("pk")).order_by("-nr")
    return elever.annotate(
        fagproeve_id=Subquery(newest.values("fagproeve")[:1]),
        fagproeve_emne=Subquery(newest.values("fagproeve__emne")[:1]),
    )

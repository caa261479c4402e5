"""Who lets her elevvejledere read her grades."""

from django.db.models import OuterRef, QuerySet, Subquery

from elevforloeb.models import Elev
from skoleophold.models import Karakterdeling


def with_sharing(elever: QuerySet[Elev]) -> QuerySet[Elev]:
    """Each with `delt`: since when her elevvejledere read her grades, or None."""
    sharing = Karakterdeling.objects.filter(elev=OuterRef("pk"), til=None).values("fra")
    return elever.annotate(delt=Subquery(sharing))

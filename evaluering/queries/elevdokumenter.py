"""The sealed documents about one elev, for those who collect them."""

from django.db.models import QuerySet

from elevforloeb.core.models import Dokument
from elevforloeb.models import Elev
from evaluering.permissions import readable_sealed, visible_erklaeringer

from .forseglede import sealed


def sealed_evalueringer(user, elev: Elev) -> QuerySet[Dokument]:
    """The newest edition of each that the user may read, in the order in which they were sealed."""
    rows = readable_sealed(user).filter(pk__in=sealed().values("pk"), elev=elev)
    return Dokument.objects.filter(pk__in=rows.values("dokument")).order_by("forseglet", "pk")


def sealed_erklaeringer(user, elev: Elev) -> QuerySet[Dokument]:
    rows = visible_erklaeringer(user).filter(elev=elev, dokument__isnull=False)
    return Dokument.objects.filter(pk__in=rows.values("dokument")).order_by("forseglet", "pk")

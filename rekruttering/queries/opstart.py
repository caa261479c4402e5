"""What is done before the first day: which new elever have a list, and what is late."""

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from elevforloeb.core.dates import today
from elevforloeb.models import Elev
from elevforloeb.permissions import visible_elever
from rekruttering.models import Ansaettelse, Opstartspunkt


def get_opstart(user) -> QuerySet[Elev]:
    """Who has something open, and who has not begun yet, by first day."""
    day = today()
    to_do = Q(ansaettelse__punkter__gjort=None, ansaettelse__punkter__isnull=False)
    late = to_do & Q(ansaettelse__punkter__frist__lt=day)
    waits = Opstartspunkt.objects.filter(ansaettelse__elev=OuterRef("pk"), gjort=None)
    rows = visible_elever(user).employed_from(day).filter(Q(periode__startswith__gt=day) | Exists(waits))
    counted = rows.annotate(
        har_liste=Exists(Ansaettelse.objects.filter(elev=OuterRef("pk"))),
        punkter=Count("ansaettelse__punkter"),
        mangler=Count("ansaettelse__punkter", filter=to_do),
        forsinket=Count("ansaettelse__punkter", filter=late),
        naeste=Min("ansaettelse__punkter__frist", filter=to_do),
    )
    return counted.select_related("bruger", "hold").order_by("periode", "bruger__sortering")

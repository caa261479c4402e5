"""Duties that stand in the way of a decision."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from elevforloeb.core.dates import today
from rekruttering.models import Ansoegning, Partshoering, Runde

T = Ansoegning.Tilstand


def unheard(ansoegninger: Iterable[Ansoegning]) -> set[int]:
    """Those with a hearing that is not sent, or whose answer can still come in time."""
    open_ones = Partshoering.objects.filter(ansoegning__in=[each.pk for each in ansoegninger], svaret=None)
    waiting = open_ones.filter(Q(sendt=None) | Q(frist__gte=today()))
    return set(waiting.values_list("ansoegning", flat=True))


def unmet_fortrinsadgang(runde: Runde) -> QuerySet[Ansoegning]:
    """Applicants with fortrinsadgang whose case stops the round's places from being filled by others."""
    met = Q(fortrinssag__redegoerelse_sendt__isnull=False, fortrinssag__dialog_holdt__isnull=False)
    asked = runde.ansoegninger.filter(fortrinsadgang=True)
    return asked.exclude(tilstand__in=[T.KLADDE, T.TILBUD, T.ANSAT, T.TRUKKET]).exclude(met)

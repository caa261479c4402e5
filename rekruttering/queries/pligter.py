"""Duties that stand in the way of a decision."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from afdelinger.models import Rolle, Rolletildeling
from elevforloeb.core.dates import now, today
from rekruttering.models import Ansoegning, Partshoering, Runde, Samtale, Udvalgsmedlem

T = Ansoegning.Tilstand


def unheard(ansoegninger: Iterable[Ansoegning]) -> set[int]:
    """Those with a hearing that is not sent, or whose answer can still come in time."""
    open_ones = Partshoering.objects.filter(ansoegning__in=[each.pk for each in ansoegninger], svaret=None)
    waiting = open_ones.filter(Q(sendt=None) | Q(frist__gte=today()))
    return set(waiting.values_list("ansoegning", flat=True))


def booked(ansoegninger: Iterable[Ansoegning]) -> set[int]:
    """Those with an interview that is agreed and still to come: they count on it."""
    rows = Samtale.objects.filter(ansoegning__in=[each.pk for each in ansoegninger], tilstand=Samtale.Tilstand.AFTALT)
    return set(rows.filter(tid__tidsrum__startswith__gt=now()).values_list("ansoegning", flat=True))


def unmet_fortrinsadgang(runde: Runde) -> QuerySet[Ansoegning]:
    """Applicants with fortrinsadgang whose case stops the round's places from being filled by others."""
    met = Q(fortrinssag__redegoerelse_sendt__isnull=False, fortrinssag__dialog_holdt__isnull=False)
    asked = runde.ansoegninger.filter(fortrinsadgang=True)
    return asked.exclude(tilstand__in=[T.KLADDE, T.TILBUD, T.ANSAT, T.TRUKKET]).exclude(met)


def without_a_hand(runde: Runde) -> QuerySet[Ansoegning]:
    """Applicants whom nobody can move or answer: every elevansvarlig of the committee is partial, or there is none."""
    steering = Rolletildeling.objects.on(today()).filter(rolle=Rolle.ELEVANSVARLIG).values("bruger")
    seats = Udvalgsmedlem.objects.filter(runde=OuterRef("runde"), udtraadt=None, bruger__in=steering)
    impartial = seats.exclude(inhabiliteter__ansoegning=OuterRef("pk"))
    return runde.ansoegninger.exclude(tilstand__in=[T.KLADDE, *Ansoegning.AFGJORT]).filter(~Exists(impartial))

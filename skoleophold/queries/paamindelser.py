"""What is missing by now: summonses, grades and choices."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from elevforloeb.core.dates import today
from elevforloeb.models import Elev, Ophold
from skoleophold.models import Fagvalg, Karakter, Skoleophold, Skoleperiode, Tilknytning

GIVEN_UP = timedelta(days=180)  # after which nobody is reminded of a period any more


def without_summons(until: date) -> QuerySet[Skoleperiode]:
    rows = Skoleperiode.objects.filter(indkaldt=None, periode__startswith__gt=today(), periode__startswith__lte=until)
    return rows.filter(Exists(Skoleophold.objects.filter(skoleperiode=OuterRef("pk"))))


def without_grades() -> QuerySet[Skoleophold]:
    """Who was there, is still an elev, and has no grade from the period."""
    rows = Skoleophold.objects.filter(
        skoleperiode__periode__endswith__lte=today(),
        skoleperiode__periode__endswith__gt=today() - GIVEN_UP,
        kalenderperiode__isnull=False,
        elev__in=Elev.objects.aktive(today()),
    )
    grades = Karakter.objects.filter(elev=OuterRef("elev"), skoleperiode=OuterRef("skoleperiode"))
    return rows.filter(~Exists(grades)).select_related("elev__bruger", "skoleperiode")


def undecided(until: date) -> QuerySet[Tilknytning]:
    """Who follows a class whose deadline is near, and has no subject that both have said yes to."""
    day = today()
    rows = Tilknytning.objects.on(day).filter(
        skolehold__fagvalg_senest__gte=day, skolehold__fagvalg_senest__lte=until, elev__in=Elev.objects.aktive(day)
    )
    chosen = Fagvalg.objects.filter(elev=OuterRef("elev"), elev_ja__isnull=False, vejleder_ja__isnull=False)
    return rows.filter(~Exists(chosen)).select_related("elev__bruger", "skolehold")


def waiting_for_vejleder(afdelinger: Collection[int]) -> QuerySet[Tilknytning]:
    """The undecided elever of these departments who have said yes to a subject, and wait for the same of hers."""
    here = Ophold.objects.on(today()).filter(afdeling__in=afdelinger).values("elev")
    asked = Fagvalg.objects.filter(elev=OuterRef("elev"), elev_ja__isnull=False, vejleder_ja=None)
    return undecided(date.max).filter(Exists(asked), elev__in=here)


def agreed(elev: Elev) -> bool:
    return elev.fagvalg.filter(elev_ja__isnull=False, vejleder_ja__isnull=False).exists()

"""What this wing has for "Kræver handling": what others are too late with, and what waits for her."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from elevforloeb.core.rules import Rules
from elevforloeb.core.words import count_noun
from elevforloeb.queries.handling import Handling, line
from evaluering.models import Evaluering, Underskrift
from evaluering.models.skema import Part

from .skylder import OPEN

S = Evaluering.Status


def things_to_do(now: Rules) -> Iterator[Handling]:
    late = Q(gaeldende__lte=now.day - timedelta(days=now.paamindelse_eskaleret_dage))
    signed = Exists(Underskrift.objects.filter(evaluering=OuterRef("pk"), part=Part.ELEVANSVARLIG))
    own = Q(skema__med_elevansvarlig=True, status__in=[S.SAMTALE, S.LAAST]) & ~signed
    rows = Evaluering.objects.filter(status__in=OPEN).annotate(gaeldende=Coalesce("udsat_til", "frist")).order_by()
    found = rows.aggregate(
        sene=Count("pk", filter=late),
        foerste=Min("gaeldende", filter=late),
        egne=Count("pk", filter=own),
        foerste_egne=Min("gaeldende", filter=own),
    )
    url = reverse("evalueringer")
    if found["sene"]:
        title = f"{count_noun(found['sene'], 'evaluering', 'evalueringer')} er længe forsinket"
        text = "De, der mangler, er påmindet flere gange. Tag fat i dem, eller giv en ny frist"
        yield line(now, found["foerste"], title, text, "assignment", f"{url}?frist=forsinket", "Se dem")
    if found["egne"]:
        title = f"{count_noun(found['egne'], 'evaluering', 'evalueringer')} venter på dig"
        yield line(now, found["foerste_egne"], title, "Du deltager og kvitterer", "assignment", url, "Se dem")

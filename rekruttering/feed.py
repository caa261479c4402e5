"""The calendar's entries of recruiting: deadlines of the rounds, interviews, and who receives. Never an applicant."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, Min, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localtime

from afdelinger.models import Rolle
from elevforloeb.core.dates import ONE_DAY
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.queries.kalender import Laeser, Slags
from rekruttering.models import Runde, Samtale, Samtaledag
from rekruttering.permissions import visible_ansoegninger, visible_runder

COMMITTEE = (Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER, Rolle.LEDER)  # who can open its pages
MET = (Samtale.Tilstand.AFTALT, Samtale.Tilstand.HOLDT)


def rounds(laeser: Laeser) -> Iterator[Entry]:
    """Of those who steer a round or sit in its committee: the deadlines, and when and where they meet an applicant.

    Who it is, the page says to those who may know.
    """
    if not laeser.bruger.har_rolle(*COMMITTEE):
        return
    runder = visible_runder(laeser.bruger).filter(tilstand=Runde.Tilstand.OFFENTLIG)
    for runde in runder.annotate(aftalte=ArraySubquery(_interviews(laeser))):
        more = {"url": reverse("ansoegere", args=[runde.pk]), "kind": Slags.FRIST}
        uid, answers = event_uid("ansoegningsfrist", runde.pk), event_uid("ansoegningssvar", runde.pk)
        last = localtime(runde.frist)
        title = f"Ansøgningsfrist kl. {last:%H.%M}: {runde}"
        yield Entry.on(last.date(), uid=uid, title=title, **more)
        if runde.svar_senest:
            yield Entry.on(runde.svar_senest, uid=answers, title=f"Frist: Alle har svar, {runde}", **more)
        for row in runde.aftalte:
            yield _interview(runde, row)


def _interviews(laeser: Laeser) -> QuerySet:
    """Of the round, with those whom the reader may see."""
    rows = Samtale.objects.filter(ansoegning__runde=OuterRef("pk"), tilstand__in=MET)
    rows = rows.filter(ansoegning__in=visible_ansoegninger(laeser.bruger))
    when = {"fra": "tid__tidsrum__startswith", "til": "tid__tidsrum__endswith"}
    return rows.values(json=JSONObject(pk="pk", lokale="tid__dag__lokale", **when))


def _interview(runde: Runde, row: dict) -> Entry:
    return Entry(
        datetime.fromisoformat(row["fra"]),
        datetime.fromisoformat(row["til"]),
        uid=event_uid("samtale", row["pk"]),
        title="Ansættelsessamtale",
        place=row["lokale"],
        url=reverse("samtaler", args=[runde.pk]),
        kind=Slags.SAMTALE,
        busy=True,
    )


def duties(laeser: Laeser) -> Iterator[Entry]:
    """Of an elev who receives the applicants of a day: from the first time to the last."""
    if laeser.elev is None:
        return
    days = Samtaledag.objects.filter(vagter__elev=laeser.elev, dato__gte=laeser.dage.startdato)
    days = days.filter(dato__lt=laeser.dage.slutdato)
    for dag in days.annotate(fra=Min("tider__tidsrum__startswith"), til=Max("tider__tidsrum__endswith")):
        yield Entry(
            dag.fra or dag.dato,
            dag.til or dag.dato + ONE_DAY,
            uid=event_uid("samtaledag", dag.pk),
            title="Tag imod ansøgere",
            place=dag.lokale,
            url=reverse("modtagelse"),
            kind=Slags.SAMTALE,
            busy=dag.fra is not None,
        )

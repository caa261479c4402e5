"""The calendar's entries of school: weeks there, study trips, a class's periods, an elev's choice of subjects."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.core.periods import PeriodQuerySet
from elevforloeb.models import Kalenderperiode, Ophold
from elevforloeb.queries.kalender import Laeser, Slags
from skoleophold.models import Skoleperiode

from .samlet import choice, trip

SKOLE = Kalenderperiode.Art.SKOLE
CLASS, TRIP = "skoleophold__skoleperiode__skolehold__skole", "skoleophold__skoleperiode__tur"
SHOWN = ("periode", "art", "titel", "elev", "skoleophold__skoleperiode__sted", f"{CLASS}__navn", f"{CLASS}__adresse")
SHOWN += (f"{TRIP}__periode", f"{TRIP}__destination", "skoleophold__skoleperiode__periode")
SHOWN += ("skoleophold__skoleperiode__skolehold__navn", "skoleophold__skoleperiode__skolehold__fagvalg_senest")


def perioder() -> PeriodQuerySet:
    """How project/kalender.py reads an elev's calendar: with where her school is, when the days come from a class."""
    return Kalenderperiode.objects.select_related(CLASS, TRIP).only(*SHOWN)


def _of_school(row: Kalenderperiode, title: str, url: str) -> Entry:
    ophold = getattr(row, "skoleophold", None)
    uid = event_uid("skoleophold", ophold.pk) if ophold else event_uid("kalenderperiode", row.pk)
    place = _place(ophold.skoleperiode) if ophold else ""
    end = min(row.slutdato, row.elev.stoppet or row.slutdato)
    return Entry(row.startdato, end, uid=uid, title=title, place=place, url=url, kind=Slags.SKOLE)


def _place(periode: Skoleperiode) -> str:
    skole = periode.skolehold.skole
    return f"{skole.navn}, {periode.sted or skole.adresse}".removesuffix(", ")


def _trip(periode: Skoleperiode) -> Iterator[Entry]:
    """For those who are at school in the period, and for who keeps the trip."""
    if tur := getattr(periode, "tur", None):
        yield trip(tur.pk, tur.destination, tur.startdato, tur.slutdato)


def own_school(laeser: Laeser) -> Iterator[Entry]:
    stop = laeser.elev and laeser.elev.stoppet
    for row in laeser.elev.kalenderperioder.all() if laeser.elev else ():
        if row.art == SKOLE and not (stop and stop <= row.startdato):
            yield _of_school(row, str(row), reverse("min_skole"))
            if ophold := getattr(row, "skoleophold", None):
                yield from _trip(ophold.skoleperiode)


def school_of_elever(laeser: Laeser) -> Iterator[Entry]:
    """When those of an elevvejleder are away at school, in their stay with her, while she may open their pages."""
    afdelinger = laeser.bruger.afdelinger_som(Rolle.ELEVVEJLEDER)
    if not afdelinger:
        return
    rows = perioder().within(laeser.dage.startdato, laeser.dage.sidste_dag).filter(art=SKOLE, elev__in=laeser.synlige)
    here = Ophold.objects.filter(elev=OuterRef("elev"), afdeling__in=afdelinger, periode__overlap=OuterRef("periode"))
    rows = rows.filter(Q(elev__stoppet=None) | Q(elev__stoppet__gt=F("periode__startswith")))
    rows = rows.select_related("elev").only(*SHOWN, "elev__stoppet").annotate(navn=F("elev__bruger__navn"))
    for row in rows.filter(Exists(here)):
        yield _of_school(row, f"{row.navn} er på skole", reverse("elev", args=[row.elev_id]))


def school_of_classes(laeser: Laeser) -> Iterator[Entry]:
    if not laeser.er_elevansvarlig:
        return
    rows = Skoleperiode.objects.within(laeser.dage.startdato, laeser.dage.sidste_dag)
    for row in rows.select_related("skolehold__skole", "tur"):
        yield from _trip(row)
        yield Entry(
            row.startdato,
            row.slutdato,
            uid=event_uid("skoleperiode", row.pk),
            title=f"{row.skolehold}: {row}",
            place=_place(row),
            url=reverse("skoleperiode", args=[row.pk]),
            kind=Slags.SKOLE,
        )


def own_choice(laeser: Laeser) -> Iterator[Entry]:
    """The last day for an elev to choose her subjects, in the class of her latest period."""
    rows = [getattr(row, "skoleophold", None) for row in laeser.elev.kalenderperioder.all()] if laeser.elev else []
    if found := [row.skoleperiode for row in rows if row]:
        skolehold = max(found, key=lambda each: each.startdato).skolehold
        if skolehold.fagvalg_senest:
            yield choice(skolehold.pk, skolehold.navn, skolehold.fagvalg_senest, reverse("min_skole"))

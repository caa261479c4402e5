"""The calendar's entries of the fagprøve: what is to be done by when, the weeks of writing, hand-in and exam.

Never the topic, and never whether it is the first time: a feed is fetched by companies abroad.
"""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from afdelinger.models import Rolle
from elevforloeb.core.dates import ONE_DAY
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.core.words import genitive
from elevforloeb.models import Ophold
from elevforloeb.queries.kalender import Laeser, Slags
from skoleophold.models import Fagproeveforsoeg, Fagproeverunde
from skoleophold.queries.fagproeve.vej import ELEV, steps
from skoleophold.queries.fagproeve.venter import waiting_for_vejleder


def own_fagproeve(laeser: Laeser) -> Iterator[Entry]:
    """After a stop nothing of it counts any more."""
    if laeser.elev is None or laeser.elev.stoppet:
        return
    url = reverse("min_fagproeve")
    for row in _attempts().filter(elev=laeser.elev):
        yield from _deadlines(row, url, laeser.regler.day)
        yield from _writing(row, "Fagprøven skrives", url)
        yield from _exam(row, "Mundtlig eksamen i fagprøven", url)


def fagproever_of_elever(laeser: Laeser) -> Iterator[Entry]:
    """When those of an elevvejleder write and are examined in their stay with her, and what waits for her approval."""
    afdelinger = laeser.bruger.afdelinger_som(Rolle.ELEVVEJLEDER)
    if not afdelinger:
        return
    stays = Ophold.objects.filter(elev=OuterRef("elev"), afdeling__in=afdelinger)
    then = Q(Exists(stays.filter(periode__overlap=OuterRef("fagproeve__runde__periode"))))
    then |= Q(Exists(stays.filter(periode__contains=OuterRef("eksamen"))))
    rows = _attempts().filter(then, elev__in=laeser.synlige, elev__stoppet=None)
    for row in rows:
        name, url = row.elev.bruger.navn, reverse("fagproeve", args=[row.fagproeve_id])
        yield from _writing(row, f"{name} skriver fagprøve", url)
        yield from _exam(row, f"{name} er til eksamen i fagprøven", url)
    for work in waiting_for_vejleder(afdelinger):
        if work.runde:
            yield Entry.on(
                work.runde.godkendt_senest,
                uid=event_uid("fagproeve-godkend", work.pk),
                title=f"Frist: Godkend {genitive(work.elev)} problemformulering",
                url=reverse("fagproeve_godkend", args=[work.pk]),
                kind=Slags.FRIST,
            )


def fagproever_of_classes(laeser: Laeser) -> Iterator[Entry]:
    """One line for a whole class."""
    if not laeser.er_elevansvarlig:
        return
    for runde in Fagproeverunde.objects.select_related("skolehold"):
        more = {"url": reverse("fagproeverunde", args=[runde.pk]), "kind": Slags.SKOLE}
        uid = "fagproeverunde-{}".format
        yield _span(runde.startdato, runde.sidste_dag, uid("skriver"), runde.pk, f"{runde}: skriveperiode", more)
        yield _span(runde.afleveres, runde.afleveres, uid("afleveres"), runde.pk, f"{runde}: aflevering", more)
        if runde.eksamen_fra:
            title = f"{runde}: mundtlig eksamen"
            yield _span(runde.eksamen_fra, runde.eksamen_til, uid("eksamen"), runde.pk, title, more)


# --- one attempt -----------------------------------------------------------------------------------------------------


def _attempts() -> QuerySet[Fagproeveforsoeg]:
    return Fagproeveforsoeg.objects.select_related("elev__bruger", "fagproeve__runde")


def _deadlines(row: Fagproeveforsoeg, url: str, day: date) -> Iterator[Entry]:
    """Of what the elev herself owes and has not done."""
    for step in steps(row.fagproeve, None, {}, day):
        if step.hvem == ELEV and step.frist and not step.gjort:
            uid, title = event_uid(f"fagproeve-{step.kode}", row.pk), f"Frist: {step.navn} (fagprøven)"
            yield Entry.on(step.frist, uid=uid, title=title, url=url, kind=Slags.FRIST)


def _writing(row: Fagproeveforsoeg, title: str, url: str) -> Iterator[Entry]:
    if runde := row.fagproeve.runde:
        more = {"url": url, "kind": Slags.SKOLE}
        yield _span(runde.startdato, runde.sidste_dag, "fagproeve-skriver", row.pk, title, more)


def _exam(row: Fagproeveforsoeg, title: str, url: str) -> Iterator[Entry]:
    """Her own day; until it is known, the days that the school has said."""
    runde = row.fagproeve.runde
    first = row.eksamen or (runde and runde.eksamen_fra)
    last = row.eksamen or (runde and runde.eksamen_til)
    if first:
        yield _span(first, last, "fagproeve-eksamen", row.pk, title, {"url": url, "kind": Slags.SKOLE})


def _span(first: date, last: date, what: str, pk: int, title: str, more: dict) -> Entry:
    return Entry(first, last + ONE_DAY, uid=event_uid(what, pk), title=title, **more)

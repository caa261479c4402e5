"""What of school waits for the reader of a front page: a function for each kind, in one statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localtime

from afdelinger.models import Rolle
from elevforloeb.core.dates import today
from elevforloeb.core.words import count_noun
from skoleophold.models import Fagproeveforsoeg, Noedkontakt, Punktart, Skoleophold, Turpunkt, Udlaeg

from .fagproeve.vej import ELEV, steps
from .fagproeve.venter import waiting_for_vejleder
from .studietur import frist

SOON = timedelta(days=28)


@dataclass(frozen=True)
class Venter:
    """One line. `elev`: whom it is about, when it is not the reader."""

    frist: date
    navn: str
    opgave: str
    url: str
    elev: str = ""
    er_frist: bool = True  # no: the day it came

    @property
    def er_forsinket(self) -> bool:
        return self.er_frist and self.frist < today()


def approvals(user) -> Iterator[Venter]:
    """Problemformuleringer of elever who are in the reader's department today. Without dates: since when it waits."""
    afdelinger = user.afdelinger_som(Rolle.ELEVVEJLEDER)
    for work in waiting_for_vejleder(afdelinger) if afdelinger else ():
        due = work.runde and work.runde.godkendt_senest
        yield Venter(
            due or localtime(work.sendt).date(),
            "Problemformulering til fagprøven",
            "Læs den, og svar for arbejdspladsen",
            reverse("fagproeve_godkend", args=[work.pk]),
            work.elev,
            er_frist=due is not None,
        )


def own_fagproeve(user) -> Iterator[Venter]:
    """Her next step, when it is hers to take and near."""
    if not user.har_rolle(Rolle.ELEV):
        return
    day, rows = today(), Fagproeveforsoeg.objects.filter(elev__bruger=user, vaerdi="")
    row = rows.select_related("fagproeve__runde").order_by("-nr").first()
    for step in steps(row.fagproeve, row, {}, day) if row else ():
        if step.er_naeste and step.hvem == ELEV and step.frist and step.frist <= day + SOON:
            yield Venter(step.frist, "Fagprøven", step.navn, reverse("min_fagproeve"))


def returned_udlaeg(user) -> Iterator[Venter]:
    if not user.har_rolle(Rolle.ELEV):
        return
    for row in Udlaeg.objects.filter(elev__bruger=user, status=Udlaeg.Status.RETURNERET).select_related("art"):
        day, url = localtime(row.behandlet).date(), reverse("udlaeg", args=[row.pk])
        yield Venter(day, f"Udlæg: {row}", "Sendt retur. Ret det, og send det igen", url, er_frist=False)


def trip_points(user) -> Iterator[Venter]:
    """Of the next trip, when it lies ahead: how much is missing, and by when the first of it."""
    if not user.har_rolle(Rolle.ELEV):
        return
    goes = Skoleophold.objects.filter(elev__bruger=user, kalenderperiode__isnull=False)
    contact = Noedkontakt.objects.filter(studietur=OuterRef("studietur"), elev__bruger=user)
    missing = Turpunkt.objects.filter(
        studietur__periode__startswith__gt=today(), studietur__skoleperiode__in=goes.values("skoleperiode")
    )
    missing = missing.exclude(kryds__elev__bruger=user).exclude(Q(art=Punktart.NOEDKONTAKT) & Exists(contact))
    found = list(missing.select_related("studietur").order_by("studietur__periode"))
    mine = [each for each in found if each.studietur_id == found[0].studietur_id]
    if mine:
        tur, words = mine[0].studietur, count_noun(len(mine), "punkt", "punkter")
        first, url = min(frist(tur, each) for each in mine), reverse("studietur", args=[tur.pk])
        yield Venter(first, str(tur), f"{words} på tjeklisten mangler", url)

"""What of school stands on the front page of an elevvejleder, in one statement: what waits for her, and her trips."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localtime

from afdelinger.models import Bruger, Rolle
from elevforloeb.core.dates import today
from elevforloeb.core.periods import DateRange
from skoleophold.models import Studietur
from skoleophold.permissions import LEDSAGERE

from .fagproeve.venter import waiting_for_vejleder


@dataclass(frozen=True)
class Venter:
    """A problemformulering that the workplace has not answered; it says what a debt says (templates)."""

    pk: int
    elev: str
    frist: date  # without dates of the school: the day it was sent
    er_frist: bool
    navn: str = "Problemformulering til fagprøven"
    opgave: str = "Læs den, og svar for arbejdspladsen"

    @property
    def url(self) -> str:
        return reverse("fagproeve_godkend", args=[self.pk])

    @property
    def er_forsinket(self) -> bool:
        return self.er_frist and self.frist < today()


@dataclass(frozen=True)
class Skoleforside:
    venter: list[Venter]
    ture: list[Studietur]  # ahead or under way, and led by the reader


def get_skoleforside(user) -> Skoleforside:
    if not user.har_rolle(*LEDSAGERE):
        return Skoleforside([], [])
    works = waiting_for_vejleder(user.afdelinger_som(Rolle.ELEVVEJLEDER))
    works = works.values(json=JSONObject(pk="pk", elev=F("elev"), frist="runde__godkendt_senest", sendt="sendt"))
    trips = Studietur.objects.filter(ledsager=user, periode__endswith__gt=today()).order_by("periode")
    when = {"fra": "periode__startswith", "til": "periode__endswith"}
    trips = trips.values(json=JSONObject(pk="pk", destination="destination", **when))
    row = Bruger.objects.filter(pk=user.pk).values(works=ArraySubquery(works), trips=ArraySubquery(trips)).get()
    return Skoleforside([_waiting(each) for each in row["works"]], [_trip(each) for each in row["trips"]])


def _waiting(row: dict) -> Venter:
    sent = localtime(datetime.fromisoformat(row["sendt"])).date()
    due = date.fromisoformat(row["frist"]) if row["frist"] else None
    return Venter(row["pk"], row["elev"], due or sent, er_frist=due is not None)


def _trip(row: dict) -> Studietur:
    days = DateRange(date.fromisoformat(row["fra"]), date.fromisoformat(row["til"]))
    return Studietur(pk=row["pk"], destination=row["destination"], periode=days)

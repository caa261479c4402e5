"""What of school stands on the front page of an elevvejleder, in one statement: what waits for her, and her trips."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.timezone import localtime

from afdelinger.models import Bruger, Rolle
from elevforloeb.core.dates import today
from elevforloeb.core.periods import DateRange
from skoleophold.models import Studietur
from skoleophold.permissions import LEDSAGERE

from .fagproeve.venter import waiting_for_vejleder as waiting_works
from .paamindelser import waiting_for_vejleder as waiting_choices


@dataclass(frozen=True)
class Venter:
    """Something that an elev waits for; it says what a debt says (templates)."""

    navn: str
    opgave: str
    elev: str
    url: str
    frist: date  # where there is none: since when
    er_frist: bool = True

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
    mine = user.afdelinger_som(Rolle.ELEVVEJLEDER)
    works = waiting_works(mine).values(
        json=JSONObject(pk="pk", elev="elev", frist="runde__godkendt_senest", sendt="sendt")
    )
    choices = waiting_choices(mine)
    choices = choices.values(json=JSONObject(pk="elev", elev="elev__bruger__navn", frist="skolehold__fagvalg_senest"))
    trips = Studietur.objects.filter(ledsager=user, periode__endswith__gt=today()).order_by("periode")
    when = {"fra": "periode__startswith", "til": "periode__endswith"}
    trips = trips.values(json=JSONObject(pk="pk", destination="destination", **when))
    parts = {"works": ArraySubquery(works), "choices": ArraySubquery(choices), "trips": ArraySubquery(trips)}
    row = Bruger.objects.filter(pk=user.pk).values(**parts).get()
    waiting = [*map(_work, row["works"]), *map(_choice, row["choices"])]
    return Skoleforside(waiting, [_trip(each) for each in row["trips"]])


def _work(row: dict) -> Venter:
    """A problemformulering that the workplace has not answered."""
    sent = localtime(datetime.fromisoformat(row["sendt"])).date()
    due = date.fromisoformat(row["frist"]) if row["frist"] else None
    url = reverse("fagproeve_godkend", args=[row["pk"]])
    words = "Problemformulering til fagprøven", "Læs den, og svar for arbejdspladsen"
    return Venter(*words, row["elev"], url, due or sent, er_frist=due is not None)


def _choice(row: dict) -> Venter:
    url = reverse("fagvalg", args=[row["pk"]])
    words = "Valgfri specialefag", "Eleven har valgt. Sig ja, eller tal om det"
    return Venter(*words, row["elev"], url, date.fromisoformat(row["frist"]))


def _trip(row: dict) -> Studietur:
    days = DateRange(date.fromisoformat(row["fra"]), date.fromisoformat(row["til"]))
    return Studietur(pk=row["pk"], destination=row["destination"], periode=days)

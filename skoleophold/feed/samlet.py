"""The calendar's small entries of school, each a few rows, asked for in one statement.

Subjects to choose, trips that the reader leads, and the fagprøver: never the topic, and never whether it is the first
time, for a feed is fetched by companies abroad.
"""

from collections.abc import Iterator
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse

from afdelinger.models import Bruger, Rolle
from elevforloeb.core.dates import ONE_DAY, today
from elevforloeb.core.ics import Entry, event_uid
from elevforloeb.core.words import genitive
from elevforloeb.models import Ophold
from elevforloeb.queries.kalender import Laeser, Slags
from skoleophold.models import Fagproeveforsoeg, Fagproeverunde, Skolehold, Studietur, Tilknytning
from skoleophold.queries.fagproeve.venter import waiting_for_vejleder

DATES = ("fra", "til", "dag", "afleveres", "eksamen", "eksamen_til")
DAYS = {"fra": "periode__startswith", "til": "periode__endswith"}


def small_entries(laeser: Laeser) -> Iterator[Entry]:
    asked = {}
    if afdelinger := laeser.bruger.afdelinger_som(Rolle.ELEVVEJLEDER):
        asked |= {
            "fagvalg": _subject_choices(_followed_by(laeser)),
            "ture": _led_trips(laeser),
            "forsoeg": _attempts(laeser, afdelinger),
            "venter": _approvals(afdelinger),
        }
    if laeser.er_elevansvarlig:
        asked |= {"fagvalg": _subject_choices(Skolehold.objects.all()), "runder": _rounds()}
    for name, rows in _ask(laeser.bruger, asked).items():
        for row in rows:
            yield from TOLD[name](laeser, {key: _as_date(key, value) for key, value in row.items()})


def _ask(bruger: Bruger, asked: dict[str, QuerySet]) -> dict[str, list[dict]]:
    columns = {name: ArraySubquery(rows) for name, rows in asked.items()}
    found = Bruger.objects.filter(pk=bruger.pk).values(**columns).get() if columns else {}
    return {name: rows or [] for name, rows in found.items()}  # who sees no elev is not even asked about them: NULL


def _as_date(key: str, value):
    return date.fromisoformat(value) if key in DATES and value else value


# --- what is asked ---------------------------------------------------------------------------------------------------


def _subject_choices(classes: QuerySet[Skolehold]) -> QuerySet:
    rows = classes.filter(fagvalg_senest__isnull=False)
    return rows.values(json=JSONObject(pk="pk", navn="navn", dag="fagvalg_senest"))


def _followed_by(laeser: Laeser) -> QuerySet[Skolehold]:
    """Of the elever whose pages the reader may open."""
    followed = Tilknytning.objects.within(today()).filter(elev__in=laeser.synlige)
    return Skolehold.objects.filter(pk__in=followed.values("skolehold"))


def _rounds() -> QuerySet:
    more = {"afleveres": "afleveres", "eksamen": "eksamen_fra", "eksamen_til": "eksamen_til"}
    return Fagproeverunde.objects.values(json=JSONObject(pk="pk", navn="navn", hold="skolehold__navn", **DAYS, **more))


def _led_trips(laeser: Laeser) -> QuerySet:
    rows = Studietur.objects.filter(ledsager=laeser.bruger)
    return rows.values(json=JSONObject(pk="pk", navn="destination", **DAYS))


def _attempts(laeser: Laeser, afdelinger: list[int]) -> QuerySet:
    """Of elever who write, or are examined, in their stay with the reader."""
    stays = Ophold.objects.filter(elev=OuterRef("elev"), afdeling__in=afdelinger)
    then = Q(Exists(stays.filter(periode__overlap=OuterRef("fagproeve__runde__periode"))))
    then |= Q(Exists(stays.filter(periode__contains=OuterRef("eksamen"))))
    rows = Fagproeveforsoeg.objects.filter(then, elev__in=laeser.synlige, elev__stoppet=None)
    days = {key: f"fagproeve__runde__{name}" for key, name in DAYS.items()}
    exams = {
        "eksamen": Coalesce("eksamen", "fagproeve__runde__eksamen_fra"),
        "eksamen_til": Coalesce("eksamen", "fagproeve__runde__eksamen_til"),
    }
    return rows.values(json=JSONObject(pk="pk", navn="elev__bruger__navn", work="fagproeve", **days, **exams))


def _approvals(afdelinger: list[int]) -> QuerySet:
    rows = waiting_for_vejleder(afdelinger).filter(runde__isnull=False)
    return rows.values(json=JSONObject(pk="pk", navn=F("elev"), dag="runde__godkendt_senest"))


# --- what is told ----------------------------------------------------------------------------------------------------


def _tell_choice(laeser: Laeser, row: dict) -> Iterator[Entry]:
    url = reverse("skolehold", args=[row["pk"]]) if laeser.er_elevansvarlig else reverse("elever")
    yield choice(row["pk"], row["navn"], row["dag"], url)


def _tell_round(laeser: Laeser, row: dict) -> Iterator[Entry]:
    """One line for a whole class."""
    name, url = f"{row['navn']}, {row['hold']}", reverse("fagproeverunde", args=[row["pk"]])
    for what, words, first, end in (
        ("skriver", "skriveperiode", row["fra"], row["til"]),
        ("afleveres", "aflevering", row["afleveres"], row["afleveres"] + ONE_DAY),
        ("eksamen", "mundtlig eksamen", row["eksamen"], row["eksamen"] and row["eksamen_til"] + ONE_DAY),
    ):
        if first:
            uid = event_uid(f"fagproeverunde-{what}", row["pk"])
            yield Entry(first, end, uid=uid, title=f"{name}: {words}", url=url, kind=Slags.SKOLE)


def _tell_trip(laeser: Laeser, row: dict) -> Iterator[Entry]:
    yield trip(row["pk"], row["navn"], row["fra"], row["til"])


def _tell_attempt(laeser: Laeser, row: dict) -> Iterator[Entry]:
    name, url = row["navn"], reverse("fagproeve", args=[row["work"]])
    if row["fra"]:
        yield writing(row["pk"], f"{name} skriver fagprøve", url, row["fra"], row["til"])
    if row["eksamen"]:
        title = f"{name} er til eksamen i fagprøven"
        yield exam(row["pk"], title, url, row["eksamen"], row["eksamen_til"] + ONE_DAY)


def _tell_approval(laeser: Laeser, row: dict) -> Iterator[Entry]:
    uid, url = event_uid("fagproeve-godkend", row["pk"]), reverse("fagproeve_godkend", args=[row["pk"]])
    title = f"Frist: Godkend {genitive(row['navn'])} problemformulering"
    yield Entry.on(row["dag"], uid=uid, title=title, url=url, kind=Slags.FRIST)


TOLD = {
    "fagvalg": _tell_choice,
    "runder": _tell_round,
    "ture": _tell_trip,
    "forsoeg": _tell_attempt,
    "venter": _tell_approval,
}


def choice(pk: int, navn: str, day: date, url: str) -> Entry:
    title = f"Frist: Vælg valgfri specialefag ({navn})"
    return Entry.on(day, uid=event_uid("fagvalg", pk), title=title, url=url, kind=Slags.FRIST)


def trip(pk: int, destination: str, first: date, end: date) -> Entry:
    title, url = str(Studietur(destination=destination)), reverse("studietur", args=[pk])
    return Entry(first, end, uid=event_uid("studietur", pk), title=title, url=url, kind=Slags.SKOLE)


def writing(forsoeg: int, title: str, url: str, first: date, end: date) -> Entry:
    return Entry(first, end, uid=event_uid("fagproeve-skriver", forsoeg), title=title, url=url, kind=Slags.SKOLE)


def exam(forsoeg: int, title: str, url: str, first: date, end: date) -> Entry:
    return Entry(first, end, uid=event_uid("fagproeve-eksamen", forsoeg), title=title, url=url, kind=Slags.SKOLE)

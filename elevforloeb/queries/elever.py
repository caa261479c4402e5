"""The list of elever: search, filters, order, and where each one is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from afdelinger.models import Afdeling, Rolle
from elevforloeb.core.dates import today
from elevforloeb.forloeb import Forloebsmaaned
from elevforloeb.models import Elev, Hold, Ophold

from . import figures
from .steder import Sted, steder_of

STATUS = {
    "aktuelle": "Nuværende og kommende",
    "igang": "I gang",
    "kommende": "Kommende",
    "faerdige": "Færdige",
    "stoppede": "Stoppede",
    "alle": "Alle",
}
ORDER = {
    "navn": ("bruger__sortering", "id"),
    "hold": ("-hold__startdato", "bruger__sortering", "id"),
    "skift": (F("naeste_skift").asc(nulls_last=True), "bruger__sortering", "id"),
}

# What the list is called to its reader, on the tab as on the page. The first role that fits counts.
LISTENAVNE = {Rolle.ELEVANSVARLIG: "Elever", Rolle.ELEVVEJLEDER: "Mine elever", Rolle.LEDER: "Elever hos os"}


def list_name(user) -> str:
    return next((name for rolle, name in LISTENAVNE.items() if user.har_rolle(rolle)), "Elever")


@dataclass(frozen=True)
class Elevraekke:
    """One elev in a list, with what is asked about first."""

    elev: Elev
    status: str
    maaned: Forloebsmaaned
    nu: Sted | None
    naeste: Sted | None


def with_status(elever: QuerySet[Elev], status: str, day: date) -> QuerySet[Elev]:
    employed = Q(stoppet=None) | Q(stoppet__gt=day)
    wanted = {
        "aktuelle": employed & Q(periode__endswith__gt=day),
        "igang": employed & Q(periode__contains=day),
        "kommende": employed & Q(periode__startswith__gt=day),
        "faerdige": Q(stoppet=None, periode__endswith__lte=day),
        "stoppede": Q(stoppet__lte=day),
        "alle": Q(),
    }
    return elever.filter(wanted[status])


def find_elever(elever: QuerySet[Elev], *, q="", hold=None, afdeling=None, status="aktuelle", sort="navn"):
    """The elever of `elever` (those the user may see) that fit; in order, ready to be cut into pages."""
    day = today()
    elever = with_status(elever, status, day)
    if q:
        elever = elever.filter(bruger__soegenoegle__finder=q)
    if hold:
        elever = elever.filter(hold=hold)
    if afdeling:
        elever = elever.filter(pk__in=Ophold.objects.on(day).filter(afdeling=afdeling).values("elev"))
    if sort == "skift":
        coming = Ophold.objects.filter(elev=OuterRef("pk"), periode__startswith__gt=day)
        first = coming.order_by("periode").values("periode__startswith")
        elever = elever.annotate(naeste_skift=Subquery(first[:1]))
    return elever.select_related("bruger", "hold").order_by(*ORDER[sort])


def rows_of(elever: Iterable[Elev]) -> list[Elevraekke]:
    """Those of one page, with where they are and where they go next."""
    elever = list(elever)
    steder = steder_of(Ophold.objects.filter(elev__in=elever, periode__endswith__gt=today()))
    return [row_of(elev, steder[elev.pk]) for elev in elever]


def row_of(elev: Elev, steder: list[Sted]) -> Elevraekke:
    day = today()
    return Elevraekke(
        elev=elev,
        status=status_of(elev, day),
        maaned=figures.month(elev),
        nu=next((stay for stay in steder if day in stay.span), None),
        naeste=next((stay for stay in steder if stay.startdato > day), None),
    )


def status_of(elev: Elev, day: date) -> str:
    if elev.stoppet and elev.stoppet <= day:
        return "Stoppet"
    if elev.startdato > day:
        return "Begynder snart"
    return "I gang" if day in elev.span else "Færdig"


def filter_choices(elever: QuerySet[Elev]) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Numbers and names. Only holds of elever that the user may see; departments are no secret."""
    rows = Hold.objects.filter(pk__in=elever.values("hold")), Afdeling.objects.on(today())
    hold, afdelinger = (list(each.values_list("pk", "navn")) for each in rows)
    return hold, afdelinger

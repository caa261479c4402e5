"""The list of hold, and one hold with its elever, its plan and what to do next."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from afdelinger.models import Bruger
from elevforloeb.core.dates import add_months, today
from elevforloeb.models import Elev, Hold, Kalenderperiode, Ophold, Uddannelsesmodel, Udgivelse, Udkast
from elevforloeb.services.kalender import Skoleperiode

from .elever import Elevraekke, rows_of


@dataclass(frozen=True)
class Holdskole:
    """A school period and how many of the hold have it."""

    periode: Skoleperiode
    elever: int


@dataclass(frozen=True)
class Naesteskridt:
    titel: str
    tekst: str
    url_navn: str
    knap: str


@dataclass(frozen=True)
class Holdside:
    hold: Hold
    elever: list[Elevraekke]
    skole: list[Holdskole]
    har_kladde: bool
    udgivet: Udgivelse | None
    har_ophold: bool
    slut: bool

    @property
    def plan_status(self) -> str:
        if self.har_kladde:
            return "Kladde, ikke udgivet" if not self.har_ophold else "Udgivet, med ændringer i kladde"
        return "Udgivet" if self.har_ophold else "Ingen plan endnu"

    @property
    def plan_art(self) -> str:
        """The colour of the status."""
        return "ok" if self.har_ophold and not self.har_kladde else "vent"

    @property
    def skridt(self) -> list[Naesteskridt]:
        return [] if self.slut else _next_steps(self)


def hold_list() -> QuerySet[Hold]:
    """All hold with the number of elever and the state of the plan."""
    return (
        Hold.objects.select_related("model")
        .prefetch_related("model__trin")
        .annotate(
            antal=Count("elever", distinct=True),
            har_kladde=Exists(Udkast.objects.filter(hold=OuterRef("pk"))),
            har_ophold=Exists(Ophold.objects.filter(elev__hold=OuterRef("pk"))),
        )
    )


def get_holdside(hold: Hold) -> Holdside:
    elever = hold.elever.select_related("bruger", "hold")
    return Holdside(
        hold=hold,
        elever=rows_of(elever),
        skole=school_of_hold(hold),
        har_kladde=hold.udkast.exists(),
        udgivet=hold.udgivelser.select_related("bruger").first(),
        har_ophold=Ophold.objects.filter(elev__hold=hold).exists(),
        slut=hold.slutdato <= today(),
    )


def school_of_hold(hold: Hold) -> list[Holdskole]:
    """Each different school period once, by date."""
    rows = Kalenderperiode.objects.filter(elev__hold=hold, art=Kalenderperiode.Art.SKOLE)
    counted = Counter(Skoleperiode(row.titel, row.startdato, row.sidste_dag) for row in rows)
    ordered = sorted(counted.items(), key=lambda pair: (pair[0].startdato, pair[0].titel))
    return [Holdskole(periode, number) for periode, number in ordered]


def school_moved(hold: Hold, weeks: int) -> list[Skoleperiode]:
    """The school of an earlier hold, so many weeks later."""
    return [school.periode.moved(weeks * 7) for school in school_of_hold(hold)]


def _next_steps(side: Holdside) -> list[Naesteskridt]:
    steps = []
    if not side.elever:
        text = "Skriv dem ind, eller indsæt dem fra et regneark."
        return [Naesteskridt("Tilføj elever", text, "hold_elever_nye", "Tilføj elever")]
    if not side.skole:
        text = "Planen tager hensyn til skoleugerne, så skriv dem ind først."
        steps.append(Naesteskridt("Skriv skoleperioderne ind", text, "hold_skole", "Tilføj skole"))
    if not side.har_ophold and not side.har_kladde:
        text = "Systemet kan foreslå, hvem der er hvor hvornår."
        steps.append(Naesteskridt("Læg en plan", text, "plan", "Åbn planen"))
    elif side.har_kladde:
        text = "Ingen andre end de elevansvarlige kan se den, før den er udgivet."
        steps.append(Naesteskridt("Udgiv planen", text, "plan", "Åbn planen"))
    return steps


# --- a new hold ---------------------------------------------------------------------------------------------------


def propose_hold() -> dict:
    """The next hold: a year after the newest and of its model, or the coming 1 September."""
    newest = Hold.objects.order_by("-startdato").first()
    start = add_months(newest.startdato, 12) if newest else _coming_september()
    while start < today():
        start = add_months(start, 12)
    model = newest.model_id if newest else Uddannelsesmodel.objects.values_list("pk", flat=True).order_by("pk").first()
    return {"navn": f"Hold {start.year}", "startdato": start, "model": model}


def _coming_september() -> date:
    day = date(today().year, 9, 1)
    return day if day >= today() else add_months(day, 12)


def known_emails(emails: list[str]) -> dict[str, Bruger]:
    """Who of them has an account already, with `er_elev` for those who are elever too."""
    wanted = [email.lower() for email in emails]
    brugere = Bruger.objects.filter(email__in=wanted).annotate(
        er_elev=Exists(Elev.objects.filter(bruger=OuterRef("pk")))
    )
    return {bruger.email: bruger for bruger in brugere}


def earlier_hold_with_school(hold: Hold) -> QuerySet[Hold]:
    rows = Kalenderperiode.objects.filter(art=Kalenderperiode.Art.SKOLE, elev__hold=OuterRef("pk"))
    return Hold.objects.filter(Exists(rows)).exclude(pk=hold.pk)


def whole_weeks_between(earlier: Hold, later: Hold) -> int:
    """Days to move school by, so that a Monday stays a Monday."""
    return round((later.startdato - earlier.startdato).days / 7) * 7

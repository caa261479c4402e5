"""Invented rounds and stories for the demo, made through the services on the day they would have been."""

from datetime import date, datetime, time, timedelta
from functools import partial

from django.utils import timezone

from afdelinger.models import Bruger, Rolle, Rolletildeling
from elevforloeb.core.dates import add_months, living_on, today
from rekruttering.models import Runde
from rekruttering.opmaerkning import unwrapped
from rekruttering.services import elevhistorie
from rekruttering.services.runde import create_runde, publish_runde
from rekruttering.services.udvalg import set_medlemmer

from .demoansoegere import make_ansoegninger
from .demohistorie import make_opstart, make_past_round
from .demoproces import make_proces

ADVERT = """\
Vil du vide, hvad der sker, når du har trykket send på din ansøgning om en ungdomsbolig? Eller hvem der bestemmer, hvad
kommunens penge bliver brugt til? Så bliv kontorelev hos os.

## Det laver du

- Hjælper borgere og virksomheder med svar, de kan bruge
- Skriver referater, breve og afgørelser
- Følger en sag fra den bliver født, til den er afgjort
- Regner på tal, der betyder noget

## Det får du

To år med løn, fem afdelinger, en fast elevvejleder hvert sted og et hold at følges med. Det andet år er du selv med til
at vælge, hvor du skal være.

## Det håber vi, du er

Nysgerrig, til at stole på og god til at spørge. Du behøver ikke have prøvet at arbejde på kontor.

## Sådan søger du

Udfyld ansøgningen her på siden. Du kan gemme undervejs. Vi opfordrer alle til at søge, uanset hvem de er."""
INTERVIEWS = "På rådhuset to til tre uger efter fristen"
STORIES = {
    "Åse Mikkelsen": (
        "Jeg troede, det var kedeligt",
        "Jeg troede, at en kommune var skemaer og stempler. Så sad jeg med til et møde, hvor min egen oversigt over "
        "skolernes budget lå på bordet, og politikerne stillede spørgsmål til den.\n\n"
        "Det bedste er at skifte afdeling: hver gang begynder man lidt forfra, og hver gang kan man mere.",
    ),
    "Yusuf Karaca": (
        "Man er aldrig den eneste nye",
        "Vi begyndte fem på samme dag. Når noget var svært, skrev vi til hinanden, og til elevfrokosten hørte vi, hvad "
        "de andre lavede. Min vejleder sagde den første uge: spørg hellere en gang for meget. Det gør jeg stadig.",
    ),
}
WAITS = ("Amina Warsame", "Fra ekspedient til sagsbehandler", "Jeg kom fra en butik og var bange for paragrafferne.")


def make_rekruttering(actor: Bruger) -> None:
    day = today()
    for years in (2, 1):
        make_past_round(actor, partial(make_runde, actor), add_months(day, -12 * years))
    with living_on(day - timedelta(days=18)):
        runde = make_runde(actor, day)
        publish_runde(actor, runde=runde)
    make_ansoegninger()
    make_proces(actor)
    make_opstart(actor)
    make_stories(actor)


def make_runde(actor: Bruger, middle: date) -> Runde:
    """In the middle of its time on that day."""
    start = date(middle.year, 9, 1)
    if start < add_months(middle, 3):
        start = start.replace(year=start.year + 1)
    last = middle + timedelta(days=17)
    runde = create_runde(
        actor,
        titel=f"Kontorelever {start.year}",
        tekst=unwrapped(ADVERT),
        pladser=5,
        startdato=start,
        aabner=at(middle - timedelta(days=18), 8),
        frist=at(last, 12),
        svar_senest=last + timedelta(days=35),
        samtaler=INTERVIEWS,
        slettes_efter_maaneder=6,
        slettefrist_grund="",
    )
    vejledere = Rolletildeling.objects.on(today()).filter(rolle=Rolle.ELEVVEJLEDER).select_related("bruger")
    set_medlemmer(actor, runde=runde, brugere=[actor, vejledere.order_by("bruger__sortering").first().bruger])
    return runde


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=timezone.get_default_timezone())


def make_stories(actor: Bruger) -> None:
    """Two have said yes, one has not answered yet."""
    day = today()
    days = {"startdato": day - timedelta(days=40), "sidste_dag": add_months(day, 10), "billede": None}
    people = {bruger.navn: bruger for bruger in Bruger.objects.filter(navn__in=[*STORIES, WAITS[0]])}
    for navn, (overskrift, tekst) in STORIES.items():
        if navn in people:
            with living_on(day - timedelta(days=40)):
                texts = {"fornavn": navn.split()[0], "overskrift": overskrift, "tekst": tekst}
                row = elevhistorie.ask(actor, elev=people[navn], **texts, **days)
                elevhistorie.say_yes(row.elev, row=row, version=elevhistorie.historie_version(row))
    navn, overskrift, tekst = WAITS
    if navn in people:
        texts = {"fornavn": navn.split()[0], "overskrift": overskrift, "tekst": tekst}
        elevhistorie.ask(actor, elev=people[navn], **texts, **days)

"""Earlier rounds in the demo: applied for, decided, closed and deleted again on the days they would have been.

What is left of them is what is left in a real house: figures, one case that is kept for a complaint, and the addresses
of those who want to hear about the next round.
"""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from afdelinger.models import Bruger
from elevforloeb.core.dates import add_months, living_on, now, today
from elevforloeb.models import Elev
from rekruttering.models import Ansoegning, Brevskabelon, Runde
from rekruttering.services.ansaettelse import begin_list, tick
from rekruttering.services.beholdelse import keep
from rekruttering.services.breve import send, unsent
from rekruttering.services.runde import close_runde, publish_runde
from rekruttering.services.sagsjournal import enter
from rekruttering.services.sletning import delete_applications, forget_drafts
from rekruttering.services.tilstand import move
from rekruttering.services.udvalg import declare

from .demoansoegere import EFTERNAVNE, FORNAVNE, apply

T = Ansoegning.Tilstand
ANTAL, KLADDER = 62, 22
SAMTALE, ANSAT = 12, 5
CLOSED = timedelta(days=80)  # after the middle of the time in which one can apply


def make_past_round(actor: Bruger, make: Callable[[date], Runde], middle: date) -> None:
    opens, random = middle - timedelta(days=18), Random(middle.toordinal())  # noqa: S311 - invented people
    with living_on(opens):
        runde = make(middle)
        publish_runde(actor, runde=runde)
    people = [f"{fornavn} {efternavn}" for fornavn in FORNAVNE for efternavn in EFTERNAVNE]
    # Fewer each year back.
    number = ANTAL - 20 * (today().year - middle.year - 1)
    for nr, navn in enumerate(random.sample(people, number)):
        with living_on(opens + timedelta(days=random.randint(1, 34))):
            apply(runde, navn, nr, random, [], KLADDER)
    decide(actor, runde, middle + timedelta(days=60))
    with living_on(middle + CLOSED):
        close_runde(actor, runde=runde)
    forget(actor, runde)


def decide(actor: Bruger, runde: Runde, day: date) -> None:
    with living_on(day):
        for seat in runde.medlemmer.select_related("bruger", "runde"):
            declare(seat.bruger, medlem=seat, asked=runde.ansoegninger.exclude(indsendt=None), partial=[])
        for nr, row in enumerate(runde.ansoegninger.filter(tilstand=T.NY).order_by("nummer")):
            move(actor, ansoegning=row, to=T.VURDERES, tekst="Ansøgningen er ved at blive læst.")
            if nr < SAMTALE:
                move(actor, ansoegning=row, to=T.SAMTALE, tekst="Udvalgt til samtale.")
            if nr < ANSAT:
                move(actor, ansoegning=row, to=T.TILBUD, tekst="Tilbud om en plads.")
                move(actor, ansoegning=row, to=T.ANSAT, tekst="Ansat. Velkommen!", besvaret=now())
            else:
                move(actor, ansoegning=row, to=T.AFSLAG, tekst="Ikke valgt. Brevet er ikke sendt endnu.")
        words = Brevskabelon.objects.filter(art=Brevskabelon.Art.AFSLAG).first()
        if words:
            send(actor, runde=runde, ansoegninger=unsent(runde), emne=words.emne, tekst=words.tekst)


def forget(actor: Bruger, runde: Runde) -> None:
    """One has complained: her case is filed, and kept as long as the last round's can be."""
    end = min(runde.slettes, today())
    kept = runde.ansoegninger.filter(tilstand=T.AFSLAG).first()
    if add_months(runde.slettes, 6) > today():
        with living_on(runde.slettes - timedelta(days=20)):
            reason = "Klage til Ligebehandlingsnævnet"
            keep(actor, ansoegning=kept, beholdes_til=add_months(runde.slettes, 12), beholdes_grund=reason)
            enter(actor, ansoegninger=[kept], sagsnr=f"81-{today().year}-0042")
    with living_on(end):
        forget_drafts()
        delete_applications()


def make_opstart(actor: Bruger) -> None:
    """The newest elev's list is begun."""
    if elev := Elev.objects.order_by("-periode", "pk").first():
        for punkt in begin_list(actor, elev=elev).punkter.all()[1:3]:
            tick(actor, punkt=punkt, gjort=True)

"""The committee's work in the demo: applicants in every state of the way, made through the services."""

from datetime import time, timedelta

from afdelinger.models import Bruger
from elevforloeb.core.dates import ONE_DAY, living_on, today
from elevforloeb.core.workdays import workdays
from elevforloeb.models import Elev
from rekruttering.models import Ansoegning, Brevskabelon, Runde, Udvalgsmedlem
from rekruttering.queries.samtaler import free_times, receivers
from rekruttering.services import breve, sag, samtaler, vagter
from rekruttering.services.bedoemmelse import hand_in
from rekruttering.services.flyt import place_one
from rekruttering.services.tilbud import offer
from rekruttering.services.udvalg import declare

from .demoansoegere import ansoegere, runde

T = Ansoegning.Tilstand
REASONS = [
    ("samtale", "Skriver konkret om, hvad hun har lavet, og hvorfor hun vil arbejde for borgerne."),
    ("maaske", "God erfaring med kunder. Motivationen er kort, og det må samtalen vise mere om."),
    ("ikke", "Uddannelsen giver ikke adgang endnu, og ansøgningen siger ikke, hvornår den gør."),
]
CHOSEN, REFUSED, HALF = 8, 6, 4  # read by all and called, read by all and not chosen, read by one


def make_proces(actor: Bruger) -> None:
    """Nothing without a committee, or where it has begun."""
    found = runde()
    seats = list(found.medlemmer.filter(udtraadt=None).select_related("bruger"))
    if not seats or any(seat.erklaeret for seat in seats):
        return
    with living_on(today() - ONE_DAY):
        for seat in seats:
            declare(seat.bruger, medlem=seat, asked=found.ansoegninger.exclude(indsendt=None), partial=[])
        rows = list(ansoegere())
        read(rows[: CHOSEN + REFUSED], seats)
        read(rows[CHOSEN + REFUSED :][:HALF], seats[:1])
    chosen = [put(actor, each, T.SAMTALE) for each in rows[:CHOSEN]]
    refused = [put(actor, each, T.AFSLAG) for each in rows[CHOSEN:][:REFUSED] if not each.fortrinsadgang]
    refuse(actor, found, refused[:-2])
    interview(actor, found, chosen)
    decide(actor, chosen)


def read(ansoegninger: list[Ansoegning], seats: list[Udvalgsmedlem]) -> None:
    for nr, ansoegning in enumerate(ansoegninger):
        for offset, seat in enumerate(seats):
            ansoegning.refresh_from_db()
            is_chosen = nr < CHOSEN
            indstilling, begrundelse = REASONS[(nr + offset) % 2 if is_chosen else 2]
            hand_in(seat.bruger, ansoegning=ansoegning, medlem=seat, indstilling=indstilling, begrundelse=begrundelse)


def put(actor: Bruger, ansoegning: Ansoegning, to: str) -> Ansoegning:
    place_one(actor, ansoegning=ansoegning, to=to)
    ansoegning.refresh_from_db()
    return ansoegning


def refuse(actor: Bruger, found: Runde, refused: list[Ansoegning]) -> None:
    words = Brevskabelon.objects.filter(art=Brevskabelon.Art.AFSLAG).first()
    if words and refused:
        breve.send(actor, runde=found, ansoegninger=refused, emne=words.emne, tekst=words.tekst)


def interview(actor: Bruger, found: Runde, chosen: list[Ansoegning]) -> None:
    """A morning in three weeks: some have chosen a time, one is to be asked still."""
    first = today() + timedelta(days=21)
    day = workdays(first, first + timedelta(days=7))[0]
    hours = {"fra": time(9), "til": time(14), "minutter": 45, "pause": 15}
    dag = samtaler.add_times(actor, runde=found, nr=1, dato=day, lokale="Mødelokale 3, rådhuset", **hours)
    invited = samtaler.invite(actor, ansoegninger=chosen[:-1], nr=1)
    for samtale, tid in zip(invited[:3], free_times(found, 1), strict=False):
        samtaler.book(None, samtale=samtale, tid=tid)
    elev: Elev | None = receivers(dag).first()
    if elev:
        vagter.put_on_duty(actor, dag=dag, elev=elev)


def decide(actor: Bruger, chosen: list[Ansoegning]) -> None:
    """One has an offer (whoever has fortrinsadgang comes first), one waits, and one is asked about a reference."""
    first, second, third, *_ = sorted(chosen, key=lambda each: not each.fortrinsadgang)
    put(actor, second, T.VENTELISTE)
    said = {"hvem": "Butikschef, Nærkøb", "samtykke": today(), "samtykke_hvordan": "ved samtalen"}
    reference = sag.add_reference(actor, ansoegning=third, **said)
    text = "Stabil og vellidt, men kom i en periode ofte for sent."
    sag.write_reference(actor, reference=reference, indhentet=today(), tekst=text, negativ=True)
    offer(actor, ansoegning=first, frist=today() + timedelta(days=7))

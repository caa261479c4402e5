"""The committee's work in the demo: applicants in every state of the way, made through the services."""

from datetime import time, timedelta
from uuid import uuid4

from afdelinger.models import Bruger
from elevforloeb.core.dates import ONE_DAY, living_on, today
from elevforloeb.core.workdays import workdays
from elevforloeb.models import Elev
from rekruttering.models import Ansoegning, Brevskabelon, Runde, Udvalgsmedlem
from rekruttering.queries.samtaler import free_times, receivers
from rekruttering.services import breve, sag, samtaler, tilbagetraekning, vagter
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
HELD = 4  # of those called, who have been to their first interview
HOURS = {"fra": time(9), "til": time(14), "minutter": 45, "pause": 15}


def make_proces(actor: Bruger) -> None:
    """Nothing without a committee, or where it has begun."""
    found = runde()
    seats = list(found.medlemmer.filter(udtraadt=None).select_related("bruger"))
    if not seats or any(seat.erklaeret for seat in seats):
        return
    rows = list(ansoegere())
    with living_on(today() - timedelta(days=9)):
        read(rows[:CHOSEN], seats)
        chosen = [put(actor, each, T.SAMTALE) for each in rows[:CHOSEN]]
    with living_on(today() - ONE_DAY):
        for seat in seats:
            declare(seat.bruger, medlem=seat, asked=found.ansoegninger.exclude(indsendt=None), partial=[])
        read(rows[CHOSEN:][:REFUSED], seats, REASONS[2:])
        read(rows[CHOSEN + REFUSED :][:HALF], seats[:1], REASONS[2:])
    refused = [put(actor, each, T.AFSLAG) for each in rows[CHOSEN:][:REFUSED] if not each.fortrinsadgang]
    refuse(actor, found, refused[:-2])
    chosen.sort(key=lambda each: not each.fortrinsadgang)  # whoever has fortrinsadgang comes first
    have_been(actor, found, chosen[:HELD])
    interview(actor, found, chosen[HELD:])
    decide(actor, chosen)
    tell(actor, found, rows[CHOSEN + REFUSED :][:HALF])
    tilbagetraekning.register(actor, ansoegning=rows[-1], dag=today(), maade="telefon")


def read(ansoegninger: list[Ansoegning], seats: list[Udvalgsmedlem], reasons=tuple(REASONS[:2])) -> None:
    for nr, ansoegning in enumerate(ansoegninger):
        for offset, seat in enumerate(seats):
            ansoegning.refresh_from_db()
            indstilling, begrundelse = reasons[(nr + offset) % len(reasons)]
            hand_in(seat.bruger, ansoegning=ansoegning, medlem=seat, indstilling=indstilling, begrundelse=begrundelse)


def put(actor: Bruger, ansoegning: Ansoegning, to: str) -> Ansoegning:
    place_one(actor, ansoegning=ansoegning, to=to)
    ansoegning.refresh_from_db()
    return ansoegning


def refuse(actor: Bruger, found: Runde, refused: list[Ansoegning]) -> None:
    words = Brevskabelon.objects.filter(art=Brevskabelon.Art.AFSLAG).first()
    if words and refused:
        breve.send(actor, runde=found, ansoegninger=refused, emne=words.emne, tekst=words.tekst)


def tell(actor: Bruger, found: Runde, rows: list[Ansoegning]) -> None:
    """Those who are not read by all yet hear that it takes longer."""
    words = Brevskabelon.objects.filter(art=Brevskabelon.Art.BESKED_TID).first()
    if words:
        facts = {"emne": words.emne, "tekst": words.tekst, "udsendelse": uuid4()}
        breve.send(actor, runde=found, ansoegninger=rows, slags=breve.BESKED, **facts)


def have_been(actor: Bruger, found: Runde, chosen: list[Ansoegning]) -> None:
    """Last week: one did not come, and one of the others is asked to come again."""
    day = workdays(today() - timedelta(days=6), today())[-1]
    with living_on(today() - timedelta(days=8)):
        samtaler.add_times(actor, runde=found, nr=1, dato=day, lokale="Mødelokale 2, rådhuset", **HOURS)
        held = samtaler.invite(actor, ansoegninger=chosen, nr=1)
        for samtale, tid in zip(held, free_times(found, 1), strict=False):
            samtaler.book(None, samtale=samtale, tid=tid)
    for samtale in held:
        samtaler.mark(actor, samtale=samtale, tilstand="udeblevet" if samtale is held[-1] else "holdt")


def interview(actor: Bruger, found: Runde, chosen: list[Ansoegning]) -> None:
    """A morning in three weeks: some have chosen a time, one is to be asked still. And a second round after it."""
    first = today() + timedelta(days=21)
    day, later, *_ = workdays(first, first + timedelta(days=10))
    dag = samtaler.add_times(actor, runde=found, nr=1, dato=day, lokale="Mødelokale 3, rådhuset", **HOURS)
    samtaler.add_times(actor, runde=found, nr=2, dato=later, lokale="Mødelokale 3, rådhuset", **HOURS)
    invited = samtaler.invite(actor, ansoegninger=chosen[:-1], nr=1)
    for samtale, tid in zip(invited[:2], free_times(found, 1), strict=False):
        samtaler.book(None, samtale=samtale, tid=tid)
    elev: Elev | None = receivers(dag).first()
    if elev:
        vagter.put_on_duty(actor, dag=dag, elev=elev)


def decide(actor: Bruger, chosen: list[Ansoegning]) -> None:
    """Of those who have been: one has an offer, one waits, and one is asked about a reference."""
    first, second, third, *_ = chosen
    put(actor, second, T.VENTELISTE)
    said = {"hvem": "Butikschef, Nærkøb", "samtykke": today(), "samtykke_hvordan": "ved samtalen"}
    reference = sag.add_reference(actor, ansoegning=third, **said)
    text = "Stabil og vellidt, men kom i en periode ofte for sent."
    sag.write_reference(actor, reference=reference, indhentet=today(), tekst=text, negativ=True)
    offer(actor, ansoegning=first, frist=today() + timedelta(days=7))

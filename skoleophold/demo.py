"""Invented classes, grades and choices for the demo, made through the services on the day they would have been.

The periods are those that the elever have in their calendars already; the class takes them over.
"""

from datetime import date, timedelta

from afdelinger.models import Bruger
from elevforloeb.core.dates import ONE_DAY, living_on, today
from elevforloeb.core.periods import period
from elevforloeb.models import Elev, Hold, Ophold
from elevforloeb.queries.hold import Holdskole, school_of_hold
from skoleophold.fagproevedemo import make_fagproever
from skoleophold.models import Fag, Skole, Skolehold, Skoleophold, Skoleperiode
from skoleophold.queries.foelger import Art, find_skift, stand
from skoleophold.services.fagvalg import choose
from skoleophold.services.kalender import periode_version, save_perioder, set_fremmoede, set_own_days
from skoleophold.services.karakterer import add_karakter, share
from skoleophold.services.skolehold import create_skolehold, join, joining, skolehold_version, update_skolehold

from .demo_aub import make_aub, make_school_files, make_trip
from .demo_udlaeg import make_udlaeg

GRADES = ["7", "10", "4", "12", "7", "02", "10", "7", "4", "10", "7"]
FAILED = "Noah Thygesen"  # has a 00 that nobody has followed up
SHARES = ("Åse Mikkelsen", "Sara Møllegaard")
TIMETABLE = "Mandag til torsdag 8.30-15, fredag 8.30-13.\nKommunikation, lovgivning og en gruppeopgave."


def make_school(actor: Bruger) -> None:
    """A class for each hold that is under way or begins next, all at one school."""
    skole = Skole.objects.order_by("pk").first()
    for hold in Hold.objects.select_related("model").order_by("startdato") if skole else ():
        if hold.slutdato > today():
            make_class(actor, skole, hold)
    make_udlaeg(actor)
    if skole:
        make_fagproever(actor, skole)


def make_class(actor: Bruger, skole: Skole, hold: Hold) -> None:
    day, start = today(), hold.startdato
    elever = list(hold.elever.select_related("bruger"))
    with living_on(min(day, date(start.year, 6, 20))):
        new = create_skolehold(actor, skole=skole, navn=f"KOF {start.year % 100}-2")
        rows = [_periode(new, nr, school) for nr, school in enumerate(school_of_hold(hold), start=1)]
        save(actor, rows)
        join(actor, skolehold=new, elever=elever, fra=start, was=stand(joining(new, elever, start)))
        for stay in Skoleophold.objects.filter(elev__in=elever, elev__voksenelev=True, skoleperiode__nr=len(rows)):
            set_own_days(actor, ophold=stay, startdato=None, sidste_dag=None)  # two weeks fewer than the others
    if start > day:
        return
    put_at_school(actor, new)
    for periode in new.skoleperioder.select_related("skolehold"):
        report(actor, periode, elever)
    make_school_files(actor, new)
    make_aub(actor, new)
    make_trip(actor, new)
    if day < start.replace(year=start.year + 1):
        open_choice(actor, new, elever)
    for elev in elever:
        if elev.bruger.navn in SHARES:
            with living_on(day - timedelta(days=9)):
                share(elev.bruger, elev=elev)


def _periode(skolehold: Skolehold, nr: int, school: Holdskole) -> Skoleperiode:
    days = period(school.periode.startdato, school.periode.sidste_dag)
    tour = "Bruxelles" if nr == 2 else ""
    more = {"sted": "Lokale 3.14", "skema": TIMETABLE, "kontakt": "Skolens studiekontor", "studietur": tour}
    return Skoleperiode(skolehold=skolehold, nr=nr, periode=days, **more)


def save(actor: Bruger, perioder: list[Skoleperiode]) -> None:
    save_perioder(actor, perioder=perioder, was=stand(find_skift(perioder)))


def put_at_school(actor: Bruger, skolehold: Skolehold) -> None:
    """The class in its second year is at school these weeks: its next period, or the last, is moved here."""
    monday = today() - timedelta(days=today().weekday())
    perioder = list(skolehold.skoleperioder.select_related("skolehold"))
    if not perioder or (today() - perioder[0].startdato).days < 365:
        return
    row = next((each for each in perioder if each.startdato > today()), perioder[-1])
    others = [each.span for each in perioder if each != row]
    version, days = periode_version(row), row.sidste_dag - row.startdato
    row.titel, row.sted, row.periode = "Valgfrit specialefag", "Lokale 2.08", period(monday, monday + days)
    if any(span.overlap(row.span) for span in others):
        return
    with living_on(monday - timedelta(weeks=8)):
        skift = find_skift([row])
        if all(each.art in (Art.FLYTTES, Art.AFVIGER) for each in skift):
            save_perioder(actor, perioder=[row], was=stand(skift), version=version)


def report(actor: Bruger, periode: Skoleperiode, elever: list[Elev]) -> None:
    """The summons came four weeks before; the grades and the attendance two weeks after."""
    came, day = periode.startdato - timedelta(weeks=4), today()
    if came <= day and (periode.startdato <= day or periode.nr % 2):
        with living_on(came):
            periode.indkaldt = came
            version = periode_version(Skoleperiode.objects.get(pk=periode.pk))
            save_perioder(actor, perioder=[periode], was=stand(find_skift([periode])), version=version)
    told = periode.slutdato + timedelta(weeks=2)
    if told <= day:
        with living_on(told):
            rows = [
                (ophold, {"til_stede": periode.span.days * 5 // 7 - nr % 2, "syg": nr % 2, "ulovligt": 0})
                for nr, ophold in enumerate(periode.skoleophold.select_related("elev", "skoleperiode"))
                if ophold.kalenderperiode_id
            ]
            set_fremmoede(actor, rows=rows)
            there = {ophold.elev_id for ophold, _ in rows}
            for nr, elev in enumerate(elever):
                if elev.pk in there:
                    grade(elev, periode, nr)


def grade(elev: Elev, periode: Skoleperiode, nr: int) -> None:
    last = periode.sidste_dag
    for number, fag in enumerate(Fag.objects.on(last).filter(bundet=True)):
        failed = elev.bruger.navn == FAILED and periode.nr == 4 and fag.kode == "LOV"
        vaerdi = "00" if failed else GRADES[(nr * 3 + number * 2 + periode.nr) % len(GRADES)]
        add_karakter(elev.bruger, elev=elev, fag=fag, skoleperiode=periode, vaerdi=vaerdi, dato=last)


def open_choice(actor: Bruger, skolehold: Skolehold, elever: list[Elev]) -> None:
    """Twelve days are left. One pair has agreed, one elev waits for her elevvejleder."""
    day = today()
    update_skolehold(
        actor,
        skolehold=skolehold,
        version=skolehold_version(skolehold),
        skole=skolehold.skole,
        navn=skolehold.navn,
        note=skolehold.note,
        fagvalg_senest=day + timedelta(days=12),
    )
    wanted = list(Fag.objects.on(day).filter(bundet=False)[:2])
    for nr, elev in enumerate(elever[1:3] if wanted else ()):
        with living_on(day - ONE_DAY):
            choose(elev.bruger, elev=elev, fag=wanted, som_elev=True)
        stay = Ophold.objects.on(day).filter(elev=elev).select_related("elevvejleder").first()
        if nr == 0 and stay and stay.elevvejleder:
            choose(stay.elevvejleder, elev=elev, fag=wanted[:1], som_elev=False)

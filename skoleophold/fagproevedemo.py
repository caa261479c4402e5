"""Invented fagprøver for the demo: one finished hold, and one on its way: alone, as a group, and not begun."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from afdelinger.models import Bruger
from elevforloeb.core.dates import ONE_DAY, add_months, living_on, today
from elevforloeb.core.files.examine import examine
from elevforloeb.models import Elev, Hold, Ophold
from skoleophold.models import Fagproeveforsoeg, Fagproeverunde, Skolehold
from skoleophold.queries.fagproeve.optaelling import STANDARD
from skoleophold.queries.foelger import stand
from skoleophold.services.fagproeve import forsoeg as attempts
from skoleophold.services.fagproeve import vejen
from skoleophold.services.fagproeve.gruppe import join_group
from skoleophold.services.fagproeve.optaelling import count_draft
from skoleophold.services.fagproeve.runder import save_runde
from skoleophold.services.skolehold import create_skolehold, join, joining
from skoleophold.uses import DOKUMENT

ALONE = "Kortere svartid i borgerservice", "Hvorfor venter borgerne på svar, og hvad kan afdelingen gøre ved det?"
TOGETHER = "Dagsordener, der bliver læst", "Hvordan kan dagsordener til udvalgene skrives, så de bliver forstået?"
WAITING = "Et bedre første brev", "Hvordan kan det første brev til borgeren skrives, så færre ringer og spørger?"
COMMENT = "Godt emne. Skriv, hvilket udvalg I ser på, og hvordan I samler data ind."
DONE = ["Velkomst til nye kolleger", "Færre papirbreve", "En bedre intranetside"]
GRADES = ["10", "7", "12"]
DRAFT = "Borgeren skriver, og afdelingen svarer. " * 760


def make_fagproever(actor: Bruger, skole) -> None:
    for hold in Hold.objects.order_by("startdato"):
        if hold.slutdato <= today():
            finish(actor, skole, hold)
        elif hold.startdato <= add_months(today(), -12):
            begin(actor, hold)


def dates(actor: Bruger, skolehold: Skolehold, start: date) -> Fagproeverunde:
    monday = start - timedelta(days=start.weekday())
    exam = monday + timedelta(days=28)
    return save_runde(
        actor,
        runde=Fagproeverunde(skolehold=skolehold),
        navn="Fagprøve",
        startdato=monday,
        sidste_dag=monday + timedelta(days=11),
        eksamen_fra=exam,
        eksamen_til=exam + timedelta(days=2),
    )


def begin(actor: Bruger, hold: Hold) -> None:
    """The first waits for the school, two write together and got their text back, the next waits for the workplace."""
    skolehold = Skolehold.objects.filter(tilknytninger__elev__hold=hold).first()
    soon = today() + timedelta(weeks=8)
    start = max(add_months(hold.slutdato, -5), soon) if soon <= add_months(hold.slutdato, -2) else None
    with living_on(today() - timedelta(days=30)):
        dates(actor, skolehold, start or add_months(hold.slutdato, -5))
    rows = list(Fagproeveforsoeg.objects.filter(elev__hold=hold).select_related("elev__bruger", "fagproeve")[:4])
    if len(rows) == 4:
        write_alone(actor, rows[0])
        write_together(actor, rows[1], rows[2])
        with living_on(today() - ONE_DAY):
            send(rows[3].elev.bruger, rows[3], *WAITING)


def write_alone(actor: Bruger, row: Fagproeveforsoeg) -> None:
    elev, work = row.elev, row.fagproeve
    with living_on(today() - timedelta(days=6)):
        send(elev.bruger, row, *ALONE)
    with living_on(today() - timedelta(days=3)):
        guide = vejleder_of(elev) or actor
        vejen.answer(guide, fagproeve=work, part="arbejdsplads", godkendt=True, nr=1, kommentar="Et godt valg.")
    draft = examine(SimpleUploadedFile("udkast.txt", DRAFT.encode()), DOKUMENT)
    count_draft(fagproeve=work, fil=draft, udelad=STANDARD)


def write_together(actor: Bruger, first: Fagproeveforsoeg, second: Fagproeveforsoeg) -> None:
    with living_on(today() - timedelta(days=9)):
        join_group(actor, fagproeve=first.fagproeve, forsoeg=[second])
        send(first.elev.bruger, first, *TOGETHER)
    with living_on(today() - timedelta(days=2)):
        guide = vejleder_of(first.elev) or actor
        vejen.answer(guide, fagproeve=first.fagproeve, part="arbejdsplads", godkendt=False, nr=1, kommentar=COMMENT)


def send(actor: Bruger, row: Fagproeveforsoeg, emne: str, tekst: str) -> None:
    vejen.choose_topic(actor, fagproeve=row.fagproeve, emne=emne)
    vejen.write_problem(actor, fagproeve=row.fagproeve, tekst=tekst, version="", send=True)


def vejleder_of(elev: Elev) -> Bruger | None:
    stay = Ophold.objects.on(today()).filter(elev=elev).select_related("elevvejleder").first()
    return stay and stay.elevvejleder


def finish(actor: Bruger, skole, hold: Hold) -> None:
    """The elever who went last have been through all of it."""
    start = add_months(hold.slutdato, -5)
    elever = list(hold.elever.select_related("bruger")[: len(GRADES)])
    with living_on(start - timedelta(weeks=20)):
        skolehold = create_skolehold(actor, skole=skole, navn=f"KOF {hold.startdato.year % 100}-2")
        was = stand(joining(skolehold, elever, hold.startdato))
        join(actor, skolehold=skolehold, elever=elever, fra=hold.startdato, was=was)
        runde = dates(actor, skolehold, start)
    rows = Fagproeveforsoeg.objects.filter(elev__in=elever).select_related("elev__bruger", "fagproeve__runde")
    for row, emne, vaerdi in zip(rows, DONE, GRADES, strict=False):
        go_all_the_way(actor, row, runde, emne, vaerdi)


def go_all_the_way(actor: Bruger, row: Fagproeveforsoeg, runde: Fagproeverunde, emne: str, vaerdi: str) -> None:
    elev, work = row.elev.bruger, row.fagproeve
    with living_on(runde.problem_senest):
        send(elev, row, emne, f"Hvordan kan kommunen nå målet: {emne.lower()}?")
    with living_on(runde.godkendt_senest):
        vejen.answer(actor, fagproeve=work, part="arbejdsplads", godkendt=True, nr=1)
        vejen.answer(elev, fagproeve=work, part="skole", godkendt=True, nr=1)
        vejen.set_data(elev, fagproeve=work, indsamlet=True)
        vejen.set_fortrolighed(elev, fagproeve=work, fortrolighed="anonym")
    with living_on(runde.afleveres):
        vejen.hand_in(elev, fagproeve=work, afleveret=runde.afleveres)
    exam = runde.eksamen_fra
    with living_on(exam):
        row = attempts.set_exam(elev, forsoeg=row, eksamen=exam, version=attempts.forsoeg_version(row))
        version = attempts.forsoeg_version(row)
        attempts.set_result(elev, forsoeg=row, vaerdi=vaerdi, bedoemt=exam, version=version)

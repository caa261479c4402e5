"""Invented elever for the demo: a finished hold, one in its specialisation, one in its base year, one that starts next.

Whatever today is. Everything is made through the services on the day it would have happened, so history reads true.
"""

from datetime import date, timedelta

from afdelinger.demo import address
from afdelinger.models import Afdeling, Bruger, Maalsaet, Rolletildeling
from elevforloeb.core.dates import ONE_DAY, add_months, living_on, today
from elevforloeb.fordeling.maal import STANDARD
from elevforloeb.models import (
    Elev,
    Hold,
    Kalenderperiode,
    Oenskerunde,
    Ophold,
    Udbudssvar,
    Uddannelsesmodel,
    Udkast,
)
from elevforloeb.queries.fordeling.brug import stand_with_agreements
from elevforloeb.queries.plan import load_plan, stand
from elevforloeb.services.elev import elev_version, update_elev
from elevforloeb.services.fordeling import accept_fordeling, start_fordeling
from elevforloeb.services.hold import NyElev, add_elever, create_hold
from elevforloeb.services.kalender import Skoleperiode, add_kalenderperiode, add_school_to_hold
from elevforloeb.services.oensker import Valg, answer_udbud, answer_version, open_round, save_wishes
from elevforloeb.services.plan import accept_proposal, open_draft, publish_plan

MODEL = "3x4-2x6"
NAMES = {
    -2: ["Freja Lynggaard", "Malthe Kristoffersen", "Sofie Åkjær", "Emil Nørskov"],
    -1: ["Åse Mikkelsen", "Yusuf Karaca", "Ida Brandstrup", "Noah Thygesen", "Laura Ørum"],
    0: ["Sara Møllegaard", "Oliver Juhler", "Amina Warsame", "Mads Lundager", "Camilla Friis", "Rasmus Høgh"],
    1: ["Liva Bechmann", "Tobias Ågren", "Karla Vinterberg", "Jonas El-Amin"],
}
VOKSEN = {"Camilla Friis"}  # 25 or more at the start, as the elevansvarlig has ticked
# What the specialepladser answer: places in the two stays. The one that is not here has not answered.
PLACES = {
    "teknisk-forvaltning": (2, 1),
    "boerne-kulturforvaltningen": (1, 2),
    "social-psykiatri": (2, 2),
    "aeldre-handicap": None,
}
CAN_LEARN = {
    "teknisk-forvaltning": "I år flytter vi byggesagsarkivet til et nyt system, og du er med hele vejen.",
    "boerne-kulturforvaltningen": "Du er med til at forberede skoleindskrivningen og svarer forældre.",
    "social-psykiatri": "Du lærer modtagelsen at kende og får dine egne bevillingssager.",
}
# In order of rank. Who is not here has not begun.
WISHES = {
    "Sara Møllegaard": ("teknisk-forvaltning", "social-psykiatri", "boerne-kulturforvaltningen"),
    "Oliver Juhler": ("teknisk-forvaltning", "boerne-kulturforvaltningen"),
    "Mads Lundager": ("teknisk-forvaltning", "social-psykiatri"),
    "Camilla Friis": ("boerne-kulturforvaltningen", "teknisk-forvaltning", "social-psykiatri"),
    "Amina Warsame": ("social-psykiatri", "teknisk-forvaltning"),
}
# The years before: an elev for each line, in the order they were hired.
PAST_PLACES = {
    "teknisk-forvaltning": (1, 1),
    "boerne-kulturforvaltningen": (1, 2),
    "social-psykiatri": (2, 1),
    "aeldre-handicap": (1, 2),
    "boerne-familieafdelingen": (2, 2),
}
PAST_WISHES = [
    ("teknisk-forvaltning", "social-psykiatri", "boerne-kulturforvaltningen"),
    ("teknisk-forvaltning", "boerne-familieafdelingen", "aeldre-handicap"),
    ("social-psykiatri", "teknisk-forvaltning", "boerne-familieafdelingen"),
    ("boerne-kulturforvaltningen", "teknisk-forvaltning", "social-psykiatri"),
]
REASONS = {
    "Sara Møllegaard": "Jeg vil gerne arbejde med byggesager, når jeg er færdig.",
    "Camilla Friis": "Jeg har været i folkeskolens administration i praktik og vil gerne lære mere.",
}
# Weeks of school after the start of the course, and how many.
SCHOOL = [(6, 3), (18, 2), (32, 3), (54, 3), (74, 2), (92, 2)]


def make_elever(elevansvarlig: Bruger) -> None:
    """Four hold round the present school year, which begins on the latest 1 September."""
    day = today()
    year = day.year if day >= date(day.year, 9, 1) else day.year - 1
    for offset, names in NAMES.items():
        make_hold(elevansvarlig, date(year + offset, 9, 1), names, day)
    for elev in Elev.objects.filter(hold__startdato__year=year).order_by("pk")[:2]:
        add_absence(elevansvarlig, elev)
    open_wishes(elevansvarlig, Hold.objects.get(navn=f"Hold {year}"))


def make_hold(actor: Bruger, start: date, names: list[str], day: date) -> None:
    """Hired in May before the start; base year published in June, specialisation in June a year later."""
    with living_on(min(day, date(start.year, 5, 15))):
        hold = create_hold(
            actor, navn=f"Hold {start.year}", startdato=start, model=Uddannelsesmodel.objects.get(kode=MODEL)
        )
        maalsaet = Maalsaet.objects.on(today()).first()
        elever = add_elever(actor, hold=hold, maalsaet=maalsaet, nye=[new_elev(navn) for navn in names])
        school = [
            Skoleperiode(
                f"Skoleophold {nr}", start + timedelta(weeks=week), start + timedelta(weeks=week + weeks, days=-3)
            )
            for nr, (week, weeks) in enumerate(SCHOOL, start=1)
        ]
        add_school_to_hold(actor, hold=hold, perioder=[mondays(periode) for periode in school])
    if day < start:
        propose(actor, hold)  # a draft that waits for the elevansvarlig
        return
    with living_on(date(start.year, 6, 10)):
        for elev in elever:
            sign_agreement(actor, elev)
        propose(actor, hold)
        publish(actor, hold)
    if day >= add_months(start, 12):  # in the base year the wishes are open instead
        allocate_specialisation(actor, hold)
    add_holidays(actor, elever, date(start.year + 1, 7, 12), day)


def new_elev(navn: str) -> NyElev:
    return NyElev(navn, address(navn), voksenelev=navn in VOKSEN)


def mondays(periode: Skoleperiode) -> Skoleperiode:
    """School begins on a Monday and ends on a Friday."""
    return periode.moved(-periode.startdato.weekday())


def sign_agreement(actor: Bruger, elev: Elev) -> None:
    signed = {"aftale_kommune": today(), "aftale_elev": today() + ONE_DAY, "aftale_skole": today() + timedelta(days=9)}
    person = {"navn": elev.bruger.navn, "email": elev.bruger.email, "telefon": elev.bruger.telefon}
    update_elev(
        actor, elev=elev, person=person, aftale=signed,
        startdato=elev.startdato, sidste_dag=elev.sidste_dag, version=elev_version(elev),
    )  # fmt: skip


def propose(actor: Bruger, hold: Hold) -> None:
    was = stand(load_plan(hold, open_draft(actor, hold=hold)))
    accept_proposal(actor, hold=hold, elever=hold.elever.values_list("pk", flat=True), was=was, behold=False)


def publish(actor: Bruger, hold: Hold) -> None:
    udkast = Udkast.objects.get(hold=hold)
    publish_plan(actor, hold=hold, udkast_id=udkast.pk, was=stand(load_plan(hold, udkast)))


def add_holidays(actor: Bruger, elever: list[Elev], summer: date, day: date) -> None:
    """Three weeks in July, written in March by those who have got that far."""
    agreed = summer.replace(month=3, day=8)
    if agreed > day:
        return
    monday = summer - timedelta(days=summer.weekday())
    with living_on(agreed):
        for nr, elev in enumerate(elever):
            start = monday + timedelta(weeks=nr % 2)
            add_kalenderperiode(
                actor, elev=elev, art=Kalenderperiode.Art.FERIE, startdato=start, sidste_dag=start + timedelta(days=20)
            )


def add_absence(actor: Bruger, elev: Elev) -> None:
    """A few days of illness in the second week of the course."""
    start = elev.startdato + timedelta(days=10 + elev.pk % 3)
    last = start + timedelta(days=3)
    if last < today():
        with living_on(last):
            add_kalenderperiode(actor, elev=elev, art=Kalenderperiode.Art.SYGDOM, startdato=start, sidste_dag=last)


# --- wishes that were met, or not -----------------------------------------------------------------------------------


def allocate_specialisation(actor: Bruger, hold: Hold) -> None:
    """Asked and wished for in the spring of the base year, allocated and published in June."""
    year = hold.startdato.year + 1
    with living_on(date(year, 3, 8)):
        runde = open_round(
            actor,
            hold=hold,
            navn=f"Specialepladser {year}",
            foerste_trin=4,
            sidste_trin=5,
            udbud_fra=today(),
            udbudsfrist=date(year, 3, 29),
            oenske_fra=date(year, 4, 1),
            oenskefrist=date(year, 4, 22),
            besked="",
        )
        for svar in runde.udbudssvar.filter(afdeling__kode__in=PAST_PLACES).select_related("afdeling", "runde__hold"):
            offer(svar, PAST_PLACES[svar.afdeling.kode])
    with living_on(date(year, 4, 12)):
        for elev, koder in zip(hold.elever.order_by("pk"), PAST_WISHES, strict=False):
            wish(runde, elev.bruger.navn, koder, draft=False)
    with living_on(date(year, 6, 12)):
        fordeling = start_fordeling(actor, runde=runde, navn="Forslag 1", maal=STANDARD, seed=1)
        was = stand_with_agreements(load_plan(hold, open_draft(actor, hold=hold)))
        accept_fordeling(actor, fordeling=fordeling, elever=hold.elever.values_list("pk", flat=True), was=was)
        publish(actor, hold)


# --- wishes: the departments have answered, but for one; the elever are in the middle of it ------------------------


def open_wishes(actor: Bruger, hold: Hold) -> None:
    """Asked three weeks ago, answered two weeks ago, wished this week; ten days are left, or fewer in August."""
    day = today()
    first_stay = add_months(hold.startdato, 12)
    with living_on(day - timedelta(days=24)):
        runde = open_round(
            actor,
            hold=hold,
            navn=f"Specialepladser {first_stay.year}",
            foerste_trin=4,
            sidste_trin=5,
            udbud_fra=today(),
            udbudsfrist=day - timedelta(days=4),
            oenske_fra=day - timedelta(days=3),
            oenskefrist=min(day + timedelta(days=10), first_stay - ONE_DAY),
            besked="Læs om afdelingerne, før du ønsker, og tal med dem, der er der nu.",
        )
    with living_on(day - timedelta(days=14)):
        for svar in runde.udbudssvar.filter(afdeling__kode__in=PLACES).select_related("afdeling", "runde__hold"):
            offer(svar, PLACES[svar.afdeling.kode])
    own = Ophold.objects.on(day).filter(elev__hold=hold, elevvejleder__isnull=False).order_by("pk").first()
    for nr, (navn, koder) in enumerate(WISHES.items()):
        with living_on(day - timedelta(days=nr % 3)):
            wish(runde, navn, koder, draft=navn == own.elev.bruger.navn)  # a visitor logs in as her, and sends it in


def offer(svar: Udbudssvar, places: tuple[int, int] | None) -> None:
    leder = Rolletildeling.objects.filter(afdeling=svar.afdeling, rolle="leder").select_related("bruger").first()
    answer_udbud(
        leder.bruger,
        svar=svar,
        valg=Udbudssvar.Svar.TILBYDER if places else Udbudssvar.Svar.INTET,
        pladser=dict(zip((4, 5), ((0, number) for number in places or ()), strict=False)),
        kan_laere=CAN_LEARN.get(svar.afdeling.kode, ""),
        note="" if places else "Vi flytter til et nyt hus og har ikke ro til en elev.",
        version=answer_version(svar),
    )


def wish(runde: Oenskerunde, navn: str, koder: tuple[str, ...], *, draft: bool) -> None:
    elev = Elev.objects.select_related("bruger").get(bruger__navn=navn, hold=runde.hold)
    places = dict(Afdeling.objects.filter(kode__in={*koder, "social-psykiatri"}).values_list("kode", "pk"))
    told = [(places["social-psykiatri"], "Min mor er leder i afdelingen.")] if navn == "Oliver Juhler" else []
    save_wishes(
        elev.bruger,
        runde=runde,
        elev=elev,
        valg=[Valg(places[kode], 4 if kode == "boerne-kulturforvaltningen" else None) for kode in koder],
        begrundelse=REASONS.get(navn, ""),
        hensyn="Jeg skal kunne hente min søn kl. 16." if navn == "Mads Lundager" else "",
        inhabil=told,
        indsend=not draft,
        version="ny",
    )

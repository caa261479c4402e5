"""A municipality of any size, written straight into the tables: reading is what is measured, and services take minutes.

Three intakes a year up to now, so that a large world has a long past, as a real one will have. One running hold has 60
elever and, in a large world, one has 200; the rest have equally many.
"""

import random
from datetime import date, timedelta
from itertools import accumulate, pairwise

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection, transaction

from afdelinger.models import Afdeling, Bruger, Maalsaet, Pladser, Rolle, Rolletildeling
from afdelinger.services.referencedata import ROEDOVRE, read
from elevforloeb.core.dates import add_months, first_of_month, midnight, now, today
from elevforloeb.core.models import Haendelse
from elevforloeb.core.periods import DateRange
from elevforloeb.models import Elev, Hold, Kalenderperiode, Ophold, Trin, Uddannelsesmodel
from elevforloeb.project.abonnement import subscribe
from elevforloeb.project.models import Kalenderabonnement
from evaluering.demo.samtaler import write
from evaluering.models import Evaluering
from evaluering.models.skema import Part
from evaluering.services.vejen import begin
from rekruttering.services.referencedata import load_offentligt
from tests.factories import OpgaveFactory, add_rules, evalueringsskemaer

from .session import session_of

AFDELINGER, STAFF, BOARD, LARGE_BOARD = 40, 500, 60, 200
STAGES = [("grund", 4)] * 3 + [("speciale", 6)] * 2
SCHOOL = [(6, 3), (18, 2), (32, 3), (54, 3), (74, 2)]  # weeks after the start, and how many
FIRST = ["Alma", "Birk", "Carla", "Ditlev", "Ellen", "Falke", "Gry", "Hother", "Ingrid", "Jeppe", "Kaja", "Loke"]
LAST = ["Agerskov", "Bakkely", "Dybdal", "Engvang", "Fjordby", "Græsted", "Holmely", "Isager", "Juhler", "Klitgård"]
LAST += [f"{name}sen" for name in LAST]  # 20: a name finds a twentieth
ALWAYS = DateRange(date(2000, 1, 1), None)
MANY = {"batch_size": 2000}


def make_world(elever: int, hold: int) -> dict:
    """What the bench asks for: the pages' numbers and a session of the elevansvarlig."""
    with transaction.atomic(), connection.cursor() as cursor:
        # Its checks are right for one plan and would take minutes for twenty thousand stays.
        cursor.execute("alter table elevforloeb_ophold disable trigger vogt_ophold")
        add_rules()
        vejledere, chief = _staff(_afdelinger())
        boards = _course(_hold(hold), elever, vejledere)
        load_offentligt(None, data=read(ROEDOVRE))
        cursor.execute("set constraints all immediate")
        cursor.execute("alter table elevforloeb_ophold enable trigger vogt_ophold")
    with connection.cursor() as cursor:
        cursor.execute("analyze")
    elev = Elev.objects.aktive(today()).order_by("pk")[elever // 100]
    _evalueringer()
    _talks(elev)
    skema = _draft(elev)
    people = {"elev": elev.pk, "hit": elev.bruger.email, "name": "juhlersen", "kalender": subscribe(elev.bruger)}
    Kalenderabonnement.objects.update(hentet=today())  # most of the day's fetches find that
    return {"session": log_in(chief), "elev_session": log_in(elev.bruger), "skema": skema} | people | boards


def _afdelinger() -> list[Afdeling]:
    kinds = [kind for kind in ("grund", "speciale") for _ in range(AFDELINGER // 2)]
    found = Afdeling.objects.bulk_create(
        Afdeling(
            kode=f"afdeling-{nr}",
            navn=f"Afdeling {nr:02}",
            kortnavn=f"Afd. {nr:02}",
            art=kind,
            beskrivelse="Løser opgaver for borgerne. " * 8,
            farve=nr % 8 + 1,
            periode=ALWAYS,
        )
        for nr, kind in enumerate(kinds)
    )
    Pladser.objects.bulk_create(Pladser(afdeling=each, antal=40, periode=ALWAYS) for each in found)
    return found


def _people(number: int, prefix: str) -> list[Bruger]:
    draw = random.Random(prefix)  # noqa: S311 - the same world every time
    names = [f"{draw.choice(FIRST)} {draw.choice(LAST)}" for _ in range(number)]
    rows = [
        Bruger(navn=navn, email=f"{prefix}{nr:05}@example.invalid", telefon="44 00 00 00", password="!")
        for nr, navn in enumerate(names)
    ]
    return Bruger.objects.bulk_create(rows, **MANY)


def _staff(afdelinger: list[Afdeling]) -> tuple[dict[Afdeling, list[Bruger]], Bruger]:
    """One elevansvarlig, a leder for each department, and elevvejledere for the rest."""
    chief, *rest = _people(STAFF, "ansat")
    leaders, others = rest[:AFDELINGER], rest[AFDELINGER:]
    vejledere = {afdeling: others[nr::AFDELINGER] for nr, afdeling in enumerate(afdelinger)}
    roles = [(chief, Rolle.ELEVANSVARLIG, None)]
    roles += [(who, Rolle.LEDER, where) for who, where in zip(leaders, afdelinger, strict=True)]
    roles += [(who, Rolle.ELEVVEJLEDER, where) for where, people in vejledere.items() for who in people]
    Rolletildeling.objects.bulk_create(
        Rolletildeling(bruger=who, rolle=role, afdeling=where, periode=ALWAYS) for who, role, where in roles
    )
    return vejledere, chief


def _hold(number: int) -> list[Hold]:
    """One every four months; the newest begins in two months."""
    model = Uddannelsesmodel.objects.create(kode="3x4-2x6", navn="3 x 4 + 2 x 6 måneder")
    Trin.objects.bulk_create(
        Trin(model=model, nr=nr, art=art, maaneder=months) for nr, (art, months) in enumerate(STAGES, 1)
    )
    newest = add_months(first_of_month(today()), 2)
    starts = [add_months(newest, -4 * back) for back in range(number)]
    return Hold.objects.bulk_create(
        Hold(navn=f"Hold {start.year}-{start.month:02}", startdato=start, model=model) for start in starts
    )


def _course(hold: list[Hold], elever: int, vejledere) -> dict:
    """The elever of every hold with all that hangs on them. Answers which hold the boards are of."""
    sizes = _sizes(elever, len(hold))
    maalsaet = Maalsaet.objects.create(kode="bench", navn="Målsæt", kilde="bench", periode=ALWAYS)
    people = iter(_people(elever, "elev"))
    rows = [
        Elev(
            bruger=next(people),
            hold=each,
            maalsaet=maalsaet,
            periode=DateRange(each.startdato, each.slutdato),
            aftale_kommune=each.startdato,
            aftale_elev=each.startdato if nr % 60 else None,
        )
        for each, size in zip(hold, sizes, strict=True)
        for nr in range(size)
    ]
    Elev.objects.bulk_create(rows, **MANY)
    Rolletildeling.objects.bulk_create(
        [Rolletildeling(bruger=elev.bruger, rolle=Rolle.ELEV, periode=elev.periode) for elev in rows], **MANY
    )
    Ophold.objects.bulk_create([stay for nr, elev in enumerate(rows) for stay in _stays(nr, elev, vejledere)], **MANY)
    Kalenderperiode.objects.bulk_create([row for nr, elev in enumerate(rows) for row in _calendar(nr, elev)], **MANY)
    Haendelse.objects.bulk_create([act for elev in rows for act in _history(elev)], **MANY)
    return {"hold60": hold[1].pk, "hold200": hold[2].pk if LARGE_BOARD in sizes else None}


def _sizes(elever: int, number: int) -> list[int]:
    special = [0, BOARD, LARGE_BOARD] if elever > 1000 else [0, BOARD] if elever > 100 else []
    rest = elever - sum(special)
    equal = number - len([size for size in special if size])
    shares = [rest * (nr + 1) // equal - rest * nr // equal for nr in range(equal)]
    return [shares[0], *[size for size in special if size], *shares[1:]]


def _stays(nr: int, elev: Elev, vejledere):
    afdelinger = list(vejledere)
    half = len(afdelinger) // 2
    days = [add_months(elev.startdato, months) for months in accumulate((m for _, m in STAGES), initial=0)]
    for step, ((art, _), (start, end)) in enumerate(zip(STAGES, pairwise(days), strict=True)):
        afdeling = afdelinger[(nr + step) % half + (half if art == "speciale" else 0)]
        people = vejledere[afdeling]
        who = people[nr % len(people)] if (nr + step) % 50 else None
        yield Ophold(elev=elev, afdeling=afdeling, elevvejleder=who, periode=DateRange(start, end))


def _calendar(nr: int, elev: Elev):
    for number, (week, weeks) in enumerate(SCHOOL, start=1):
        first = elev.startdato + timedelta(weeks=week)
        yield Kalenderperiode(
            elev=elev,
            art="skole",
            titel=f"Skoleophold {number}",
            periode=DateRange(first, first + timedelta(weeks=weeks)),
        )
    first = elev.startdato + timedelta(weeks=44)
    yield Kalenderperiode(elev=elev, art="ferie", periode=DateRange(first, first + timedelta(weeks=3)))
    if nr % 5 == 0:
        first = elev.startdato + timedelta(weeks=20)
        yield Kalenderperiode(elev=elev, art="sygdom", periode=DateRange(first, first + timedelta(days=nr % 80 + 1)))


def _evalueringer() -> None:
    """The last talk of each stay: those of the past were held on paper, the others nobody has begun."""
    stays = Ophold.objects.values_list("pk", "elev", "afdeling", "elevvejleder", "periode__endswith")
    rows = []
    for pk, elev, afdeling, elevvejleder, end in stays:
        day = end - timedelta(days=15)
        where = {"status": "papir", "papir": "Sagen"} if day < today() else {}
        people = {"elev_id": elev, "afdeling_id": afdeling, "elevvejleder_id": elevvejleder}
        rows.append(Evaluering(ophold_id=pk, art="slut", frist=day, **people, **where))
    Evaluering.objects.bulk_create(rows, **MANY)


def _draft(elev: Elev) -> int:
    """What the elev answers in her stay of today: the shipped form in a department with twelve tasks."""
    evalueringsskemaer()
    stay = elev.ophold.on(today()).get()
    for nr in range(12):
        OpgaveFactory(afdeling=stay.afdeling, navn=f"Opgave {nr}")
    row = elev.evalueringer.get(ophold=stay, art="slut")
    begin(elev.bruger, evaluering=row)
    write(elev.bruger, row, Part.ELEV)
    return row.pk


def _talks(elev: Elev) -> None:
    """Three in each stay to come, with a time: what one elev's calendar holds besides."""
    Evaluering.objects.bulk_create(
        Evaluering(
            elev=elev,
            ophold=stay,
            afdeling_id=stay.afdeling_id,
            elevvejleder_id=stay.elevvejleder_id,
            art=art,
            frist=stay.startdato + timedelta(days=days),
            moede=midnight(stay.startdato + timedelta(days=days)) + timedelta(hours=10),
        )
        for stay in elev.ophold.filter(periode__startswith__gt=today())
        for art, days in (("forventning", 14), ("midtvejs", 60), ("kort", 100))
    )


def _history(elev: Elev):
    for text in ("Eleven er oprettet", "Planen er udgivet", "Skoleophold er tilføjet", "Planen er rettet"):
        yield Haendelse(
            tid=now(), handling="bench.lavet", objekttype=Elev._meta.label, objekt_id=elev.pk, tekst=text, data={}
        )


def log_in(user: Bruger) -> str:
    """With a second factor, which every page asks for."""
    Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": ""}})
    return session_of(user, settings.AUTHENTICATION_BACKENDS[0])

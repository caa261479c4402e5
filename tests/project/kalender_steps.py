"""A world with an entry of every kind around Åse and Bo, and with all that must not be in a calendar."""

from datetime import date, datetime

import vobject

from elevforloeb.core.dates import Periode
from elevforloeb.core.ics import COPENHAGEN
from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode
from elevforloeb.project import abonnement
from elevforloeb.project.kalender import entries
from evaluering.models import Evaluering
from evaluering.services.dialognoter import add_note
from rekruttering.models import Samtale
from rekruttering.services.vagter import put_on_duty
from skoleophold.models import Fagproeve
from tests import evaluering_steps
from tests.cast import Cast
from tests.factories import ErklaeringFactory, KalenderperiodeFactory
from tests.fagproeve_steps import make_runde
from tests.oenske_steps import DEPARTMENTS_ANSWER, ELEVER_WISH, make_round
from tests.rekruttering_steps import applied, seat, times
from tests.rekruttering_steps import make_round as recruit
from tests.skole_steps import class_at_school, give, make_trip

SECRET = "kanariefugl"
# Ten o'clock on the Monday after the clock is moved.
TALK = datetime(2027, 11, 1, 10, tzinfo=COPENHAGEN)


def full_world(cast: Cast) -> Evaluering:
    """Answers Åse's evaluation, with a talk and a deadline."""
    skolehold = class_at_school(cast, fagvalg_senest=date(2027, 11, 5), note=f"{SECRET} note")
    skolehold.skoleperioder.update(skema=f"{SECRET} skema", kontakt=f"{SECRET} kontakt")
    make_trip(cast, skolehold.skoleperioder.get(nr=2), program=f"{SECRET} program", kontakt=f"{SECRET} kontakt")
    give(cast, cast.aase, "02")
    absences = zip(("sygdom", "barsel", "orlov"), (3, 5, 7), strict=True)
    for art, day in absences:
        days = period(date(2027, 12, day), date(2027, 12, day))
        KalenderperiodeFactory(elev=cast.aase, art=Kalenderperiode.Art(art), periode=days)
    runde = applied_to(svar_senest=date(2027, 12, 10), tekst=f"{SECRET} opslag")
    seat(cast.vejleder, runde)
    interview(cast, runde)
    writing = {"skriver": (date(2027, 11, 29), date(2027, 12, 10)), "eksamen_fra": date(2027, 12, 14)}
    make_runde(cast, skolehold, **writing, eksamen_til=date(2027, 12, 16))
    Fagproeve.objects.update(emne=f"{SECRET} emne")
    ErklaeringFactory(elev=cast.aase, status="til_elev", arbejdsomraader=f"{SECRET} arbejde")
    ErklaeringFactory(elev=cast.bo, arbejdsomraader=f"{SECRET} arbejde")
    add_note(cast.vejleder, elev=cast.aase, tekst=f"{SECRET} dialog")
    evaluering = evaluering_steps.shared(cast, frist=date(2027, 11, 12))
    evaluering.besvarelser.first().svar.update(tekst=f"{SECRET} svar")
    Evaluering.objects.filter(pk=evaluering.pk).update(moede=TALK, udsat_til=date(2027, 11, 15), udsat_grund="fravaer")
    return Evaluering.objects.get(pk=evaluering.pk)


def applied_to(**more):
    runde = recruit(**more)
    applied(runde, fornavn=SECRET.capitalize())
    return runde


def interview(cast: Cast, runde) -> None:
    """Kanariefugl comes at nine on Wednesday 8 December; Åse receives."""
    dag = times(cast.elevansvarlig, runde, dato=date(2027, 12, 8))
    put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.aase)
    ansoegning = runde.ansoegninger.get()
    Samtale.objects.create(ansoegning=ansoegning, tid=dag.tider.first(), tilstand=Samtale.Tilstand.AFTALT)


def departments_are_asked(cast: Cast):
    return make_round(cast, DEPARTMENTS_ANSWER, besked=f"{SECRET} besked")


def elever_wish(cast: Cast):
    return make_round(cast, ELEVER_WISH, besked=f"{SECRET} besked")


def titles(bruger, first=date(2027, 9, 1), last=date(2029, 8, 31)) -> list[str]:
    fresh = type(bruger).objects.get(pk=bruger.pk)  # the roles of today
    return [entry.title for entry in entries(fresh, Periode.until_last_day(first, last))]


def key_of(bruger) -> str:
    return abonnement.subscribe(bruger)


def events(answer) -> list:
    """Of a fetched calendar, read by another library than the one that wrote it."""
    return list(vobject.readOne(answer.content.decode()).contents.get("vevent", []))

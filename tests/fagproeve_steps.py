"""Short words for tests of the fagprøve. Today is 2027-10-15; the agreements of the cast end on 2029-08-31."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import time_machine

from elevforloeb.core.periods import period
from skoleophold.models import Fagproeve, Fagproeveforsoeg, Fagproeverunde, Skolehold, Tegngraense
from skoleophold.queries.fagproeve.side import get_fagproeveside, with_all
from skoleophold.services.fagproeve import forsoeg as attempts
from skoleophold.services.fagproeve import runder, vejen
from tests.cast import Cast
from tests.skole_steps import LONG_AGO, follow, make_class

WRITING = date(2029, 4, 2), date(2029, 4, 13)
TEXT = "Hvordan kan borgerne få svar hurtigere?"


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def make_runde(
    cast: Cast, skolehold: Skolehold | None = None, *, skriver=WRITING, navn="Fagprøve", **sagt
) -> Fagproeverunde:
    """Åse and Bo follow a class that writes in April 2029, unless the class is given."""
    if skolehold is None and (skolehold := Skolehold.objects.first()) is None:
        skolehold = make_class(cast)
    if not skolehold.tilknytninger.exists():
        follow(cast, skolehold, cast.aase, cast.bo)
    runde = Fagproeverunde(skolehold=skolehold)
    first, last = skriver
    return runder.save_runde(cast.elevansvarlig, runde=runde, startdato=first, sidste_dag=last, navn=navn, **sagt)


def work_of(elev) -> Fagproeve:
    return Fagproeve.objects.get(forsoeg=attempt_of(elev))


def attempt_of(elev) -> Fagproeveforsoeg:
    return elev.fagproeveforsoeg.order_by("-nr").first()


def make_work(cast: Cast, elev=None) -> Fagproeve:
    """Of Åse, unless somebody else is named; the dates are made when there are none."""
    elev = elev or cast.aase
    if attempt_of(elev) is None:
        make_runde(cast)
    return work_of(elev)


def write(elev, *, send=True, tekst=TEXT) -> Fagproeve:
    work = work_of(elev)
    if work.status == "emne":
        vejen.choose_topic(elev.bruger, fagproeve=work, emne="Hurtigere svar")
    version = vejen.kladde_version(vejen.latest(work, sendt=False))
    return vejen.write_problem(elev.bruger, fagproeve=work, tekst=tekst, version=version, send=send)


def say(actor, elev, part, *, yes=True, nr=None, **more) -> Fagproeve:
    work = work_of(elev)
    nr = nr or vejen.latest(work, sendt=True).nr
    kommentar = more.pop("kommentar", "" if yes else "Gør den smallere.")
    return vejen.answer(actor, fagproeve=work, part=part, godkendt=yes, nr=nr, kommentar=kommentar, **more)


def approve(cast: Cast, elev) -> Fagproeve:
    write(elev)
    say(cast.elevansvarlig, elev, "arbejdsplads")
    return say(elev.bruger, elev, "skole")


def hand_in(cast: Cast, elev, day=WRITING[1]) -> Fagproeve:
    """Approved first, and handed in on the day."""
    approve(cast, elev)
    vejen.set_fortrolighed(elev.bruger, fagproeve=work_of(elev), fortrolighed="ingen")
    with on(day):
        vejen.hand_in(elev.bruger, fagproeve=work_of(elev), afleveret=day)
    return work_of(elev)


def judge(elev, vaerdi="7", day=date(2029, 4, 27)) -> Fagproeveforsoeg:
    row = attempt_of(elev)
    with on(day):
        version = attempts.forsoeg_version(row)
        return attempts.set_result(elev.bruger, forsoeg=row, vaerdi=vaerdi, bedoemt=day, version=version)


def make_limit(antal=1, mindst=28350, hoejst=34650) -> Tegngraense:
    return Tegngraense.objects.create(antal=antal, mindst=mindst, hoejst=hoejst, kilde="test", periode=period(LONG_AGO))


def page(user, elev):
    """What the page of her work shows this reader."""
    return get_fagproeveside(user, with_all(Fagproeve.objects.all()).get(pk=work_of(elev).pk))

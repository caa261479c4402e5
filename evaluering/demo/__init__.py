"""Invented evaluations for the demo: every state to be seen today, and enough of the past for a department's picture.

Made through the services on the day each thing would have happened, so history and documents read true. What is older
than that was held on paper: each evaluation costs a tenth of a second of the first start.
"""

from datetime import timedelta

from afdelinger.models import Afdeling, Bruger
from elevforloeb.core import journal
from elevforloeb.core.dates import ONE_DAY, living_on, today
from elevforloeb.core.rules import rules
from elevforloeb.models import Ophold
from evaluering.billede import last_day
from evaluering.demo.omkring import make_erklaeringer, make_notes, share_around
from evaluering.demo.samtaler import Slut, bring, on_paper
from evaluering.models import Evaluering
from evaluering.models.skema import Art
from evaluering.services.billede import close_billeder
from evaluering.services.plan import sync_evalueringer

S = Evaluering.Status
MONTH = timedelta(days=30)
# By turns, newest first; what is older was held on paper. The elev who logs in is the first of them, the second is in
# her department, so that her elevvejleder has them all.
COURSES = [
    [Slut.PLANLAGT, Slut.VENTER, Slut.SAMTALE, Slut.FORSEGLET],
    [Slut.UDSAT, Slut.LAAST, Slut.BORTFALDET, Slut.RETTET],
    [Slut.PLANLAGT, Slut.IGANG, Slut.NAEGTET],
]


def make_evalueringer(actor: Bruger) -> None:
    """`actor`: the elevansvarlig."""
    stays = current_stays()
    if not stays:
        return
    make_picture(actor, stays[0].afdeling)
    for back in (2, 1, 0):
        with living_on(today() - back * MONTH):
            sync_evalueringer()
    for nr, stay in enumerate(stays):
        make_course(actor, stay, COURSES[nr] if nr < len(COURSES) else [])
    file_oldest(actor)
    share_around(stays)
    make_notes(stays[0])
    make_erklaeringer(actor, stays)


def current_stays() -> list[Ophold]:
    """Who is somewhere today: the elev who logs in, those beside her, and the others, the newest hold first."""
    rows = Ophold.objects.on(today()).filter(elevvejleder__isnull=False)
    rows = rows.select_related("elev__bruger", "elevvejleder", "afdeling").order_by("-elev__hold__startdato", "pk")
    return sorted(rows, key=lambda stay: stay.afdeling_id != rows[0].afdeling_id)


def make_course(actor: Bruger, stay: Ophold, course: list[Slut]) -> None:
    rows = stay.elev.evalueringer.filter(status=S.PLANLAGT, elevvejleder__isnull=False, frist__lte=today() + MONTH)
    for nr, row in enumerate(rows.order_by("-frist", "-pk")):
        if nr < len(course):
            bring(actor, row, course[nr])
        elif row.frist < today():
            on_paper(actor, row)


def make_picture(actor: Bruger, afdeling: Afdeling) -> None:
    """Enough elever have spoken of the department before the day on which answers were counted; of another, one has."""
    counted = last_day(today())
    ended = Ophold.objects.filter(afdeling=afdeling, periode__endswith__lte=counted).order_by("-periode__endswith")
    last = list(ended[: rules().afdelingsbillede_mindst])
    for day in sorted({stay.sidste_dag for stay in last}):
        with living_on(day - MONTH / 2):
            sync_evalueringer()
    talks = Evaluering.objects.filter(art=Art.SLUT, elevvejleder__isnull=False)
    other = talks.exclude(afdeling=afdeling).filter(frist__lt=counted).order_by("-frist", "pk").first()
    spoken = [*talks.filter(ophold__in=last).order_by("frist", "pk"), *([other] if other else [])]
    for row in spoken:
        bring(actor, row, Slut.FORSEGLET)
    for row in Evaluering.objects.filter(status=S.PLANLAGT, frist__lt=today() - MONTH):
        on_paper(actor, row)
    with living_on(today() - ONE_DAY):
        close_billeder(again=True)


def file_oldest(actor: Bruger) -> None:
    """The municipality's case system has one of the documents already."""
    row = Evaluering.objects.filter(status=S.FORSEGLET).select_related("dokument").order_by("forseglet").first()
    if row:
        journal.note(actor, dokument=row.dokument, sagsnr="2027-4211", kle="81.39.15", bevares="P10Y")

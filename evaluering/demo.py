"""Invented evaluations for the demo: the past half year as it would have gone, and every state to be seen today.

Made through the services on the day each thing would have happened, so history and documents read true.
"""

from datetime import date, timedelta

from afdelinger.models import Bruger
from elevforloeb.core.dates import living_on, today
from elevforloeb.models import Elev, Ophold
from evaluering.models import Evaluering, Punkt, Skalatrin
from evaluering.models.skema import Part
from evaluering.queries.mangler import answers_to
from evaluering.queries.tekst import fingerprint
from evaluering.services.dialognoter import add_note
from evaluering.services.plan import sync_evalueringer
from evaluering.services.svar import Answer, save_answers
from evaluering.services.underskrift import sign
from evaluering.services.vejen import begin, lapse, share

S = Evaluering.Status
MONTHS_BACK, MONTH = 6, timedelta(days=30)
# By turns, newest first; what is older is sealed. The elev who logs in is the first of the newest hold.
STATES = [
    [S.PLANLAGT, S.IGANG, S.SAMTALE],
    [S.IGANG, S.LAAST],
    [S.PLANLAGT, S.BORTFALDET],
]
WORDS = {
    "fokus": "1. Skrive et afslag på egen hånd.\n2. Holde et indlæg på et afdelingsmøde inden jul.",
    "overlevering": "Kan journalisere og besvare henvendelser alene. Vil gerne prøve at forberede et møde.",
    "afdeling": "Bliv ved med den faste samtale hver fredag. En skriftlig liste over systemer ville hjælpe den næste.",
}
OF_PART = {
    Part.ELEV: "Jeg er glad for opgaverne og spørger, når jeg er i tvivl. Postlisten laver jeg nu selv hver morgen.",
    Part.ELEVVEJLEDER: "Arbejder omhyggeligt og spørger i tide. Telefonen går bedre uge for uge.",
    Part.FAELLES: "Vi er enige om, at det går godt, og at der er plads til mere ansvar.",
}
NOTE = "Tog selv fat i en svær henvendelse i dag og fik den løst. Godt set!"


def make_evalueringer(actor: Bruger) -> None:
    """`actor`: the elevansvarlig."""
    day = today()
    for back in range(MONTHS_BACK, -1, -1):
        with living_on(day - back * MONTH):
            sync_evalueringer()
    stays = Ophold.objects.on(day).filter(elevvejleder__isnull=False).select_related("elev", "elevvejleder")
    for nr, stay in enumerate(stays.order_by("-elev__hold__startdato", "pk")):
        make_course(actor, stay.elev, STATES[nr % len(STATES)])
        if nr == 0:
            add_note(stay.elevvejleder, elev=stay.elev, tekst=NOTE)


def make_course(actor: Bruger, elev: Elev, states: list[str]) -> None:
    rows = elev.evalueringer.filter(elevvejleder__isnull=False).order_by("-frist", "-pk")
    for nr, row in enumerate(rows):
        bring(actor, row, states[nr] if nr < len(states) else S.FORSEGLET)


def bring(actor: Bruger, row: Evaluering, state: str) -> None:
    """From planned to the state, with some days between the steps, none of them in the future."""
    if state == S.PLANLAGT or row.frist > today() + MONTH:
        return
    elev, vejleder = row.elev.bruger, row.elevvejleder
    with living_on(_day(row, before=10)):
        if state == S.BORTFALDET:
            lapse(actor, evaluering=row, grund="Eleven var på skole i de uger, og samtalen er holdt mundtligt.")
            return
        begin(vejleder, evaluering=row)
        write(vejleder, row, Part.ELEVVEJLEDER)
        share(vejleder, evaluering=row)
    with living_on(_day(row, before=6)):
        write(elev, row, Part.ELEV, only_some=state == S.IGANG)
        if state == S.IGANG:
            return
        row = share(elev, evaluering=row)
    talk(actor, row, state)


def talk(actor: Bruger, row: Evaluering, state: str) -> None:
    with living_on(_day(row, before=3)):
        write(row.elevvejleder, row, Part.FAELLES)
        if state == S.SAMTALE:
            return
        row = acknowledge(row.elevvejleder, row)
    if state == S.LAAST:
        return
    with living_on(_day(row, before=2)):
        row = acknowledge(row.elev.bruger, row, "Det har været et godt forløb.")
        if Part.ELEVANSVARLIG in row.parter:
            acknowledge(actor, row)


def acknowledge(person: Bruger, row: Evaluering, bemaerkning: str = "") -> Evaluering:
    return sign(person, evaluering=row, sha256=fingerprint(row), bemaerkning=bemaerkning)


def write(person: Bruger, row: Evaluering, part: str, *, only_some: bool = False) -> None:
    """An answer to every question that is put to the party, or to every second."""
    asked = Punkt.objects.filter(evaluering=row, hvem__in=answers_to(part)).prefetch_related("skala__trin")
    answers = [answer(punkt, part) for punkt in asked]
    save_answers(person, evaluering=row, part=part, answers=answers[::2] if only_some else answers)


def answer(punkt: Punkt, part: str) -> Answer:
    if punkt.skala is None:
        return Answer(punkt.pk, None, WORDS.get(punkt.bruges_til, OF_PART[part]), 0)
    return Answer(punkt.pk, step(punkt, part).pk, "", 0)


def step(punkt: Punkt, part: str) -> Skalatrin:
    """In the middle of the scale, so that no comment is called for; the two do not always agree."""
    levels = [trin for trin in punkt.skala.trin.all() if trin.er_niveau]
    middle = levels[1:-1] if punkt.skala.kommentar_ved_enderne else levels
    return middle[(punkt.nr + (part == Part.ELEV) * (punkt.nr % 4 == 0)) % len(middle)]


def _day(row: Evaluering, *, before: int) -> date:
    return min(row.frist - timedelta(days=before), today() - timedelta(days=before // 3))

"""One evaluation of the demo, brought as far as it should be seen."""

from contextlib import AbstractContextManager
from datetime import timedelta
from enum import IntEnum

from afdelinger.models import Bruger
from elevforloeb.core.dates import living_on, today
from evaluering.models import Evaluering, Punkt, Skalatrin, Underskrift
from evaluering.models.skema import Part
from evaluering.queries.mangler import answers_to
from evaluering.queries.tekst import fingerprint
from evaluering.services.svar import Answer, save_answers
from evaluering.services.underskrift import correct, sign, sign_for
from evaluering.services.vejen import begin, hold_on_paper, lapse, put_off, share

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
MENDED = "Vi er enige om, at det går godt. Målet om referater er flyttet til næste samtale."


class Slut(IntEnum):
    """How far it comes, in the order of the way."""

    PLANLAGT = 0
    UDSAT = 1
    BORTFALDET = 2
    IGANG = 3  # both are writing
    VENTER = 4  # the elevvejleder has shared and waits for the elev
    SAMTALE = 5
    LAAST = 6
    FORSEGLET = 7
    NAEGTET = 8  # sealed, though the elev would not acknowledge it
    RETTET = 9  # sealed, corrected, and the new edition sealed too


def bring(actor: Bruger, row: Evaluering, slut: Slut) -> None:
    """From planned, with some days between the steps, none of them in the future. `actor`: the elevansvarlig."""
    if slut == Slut.UDSAT:
        late = max(row.frist, today()) + timedelta(days=10)
        put_off(row.elevvejleder, evaluering=row, til=late, grund=Evaluering.Grund.TRAVLT)
    elif slut == Slut.BORTFALDET:
        with _before(row, 10):
            lapse(actor, evaluering=row, grund="Eleven var på skole i de uger, og samtalen er holdt mundtligt.")
    elif slut >= Slut.IGANG:
        prepare(row, slut)
        if slut >= Slut.SAMTALE:
            talk(actor, row, slut)


def on_paper(actor: Bruger, row: Evaluering) -> None:
    with _before(row, 0):
        hold_on_paper(actor, evaluering=row, papir="Personalesagen")


def prepare(row: Evaluering, slut: Slut) -> None:
    elev, vejleder = row.elev.bruger, row.elevvejleder
    with _before(row, 10):
        begin(vejleder, evaluering=row)
        write(vejleder, row, Part.ELEVVEJLEDER, only_some=slut == Slut.IGANG)
        if slut > Slut.IGANG:
            share(vejleder, evaluering=row)
    with _before(row, 6):
        write(elev, row, Part.ELEV, only_some=slut < Slut.SAMTALE)
        if slut >= Slut.SAMTALE:
            share(elev, evaluering=row)


def talk(actor: Bruger, row: Evaluering, slut: Slut) -> None:
    with _before(row, 3):
        write(row.elevvejleder, row, Part.FAELLES)
        if slut >= Slut.LAAST:
            acknowledge(row.elevvejleder, row)
    if slut >= Slut.FORSEGLET:
        with _before(row, 2):
            finish(actor, row, refused=slut == Slut.NAEGTET)
    if slut == Slut.RETTET:
        with _before(row, 1):
            mend(actor, row)


def finish(actor: Bruger, row: Evaluering, *, refused: bool = False) -> None:
    """The last to acknowledge it; then it is sealed."""
    row.refresh_from_db(fields=["skema"])  # it was chosen when they began, and says who acknowledges
    if refused:
        why = "Eleven er uenig i vurderingen af telefonen og vil ikke kvittere. Vi har talt om det."
        sign_for(actor, evaluering=row, part=Part.ELEV, art=Underskrift.Art.NAEGTET, bemaerkning=why)
    else:
        acknowledge(row.elev.bruger, row, "Det har været et godt forløb.")
    if Part.ELEVANSVARLIG in row.parter:
        acknowledge(actor, row)


def mend(actor: Bruger, row: Evaluering) -> None:
    new = correct(actor, evaluering=row, grund="Et aftalt mål var skrevet ved den forkerte samtale.")
    first = new.punkter.filter(hvem=Part.FAELLES).order_by("nr").first()
    version = new.besvarelser.get(part=Part.FAELLES).svar.get(punkt=first).version
    answers = [Answer(first.pk, None, MENDED, version)]
    save_answers(new.elevvejleder, evaluering=new, part=Part.FAELLES, answers=answers)
    acknowledge(new.elevvejleder, new)
    finish(actor, new)


def acknowledge(person: Bruger, row: Evaluering, bemaerkning: str = "") -> None:
    row = Evaluering.objects.get(pk=row.pk)
    sign(person, evaluering=row, sha256=fingerprint(row), bemaerkning=bemaerkning)


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
    shift = (part == Part.ELEV) * (punkt.nr % 4 == 0) + punkt.evaluering_id % 2
    return middle[(punkt.nr + shift) % len(middle)]


def _before(row: Evaluering, days: int) -> AbstractContextManager:
    """So many days before it should be held, or a third of them before today."""
    return living_on(min(row.frist - timedelta(days=days), today() - timedelta(days=days // 3)))

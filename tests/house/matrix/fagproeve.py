"""The fagprøve."""

from afdelinger.models import Rolle
from elevforloeb.core.dates import today
from skoleophold.models import Fagproeveforsoeg
from skoleophold.services.karakterer import share
from tests.fagproeve_steps import attempt_of, make_work

from .faelles import ELEV, ELEVANSVARLIG, UDEN_LEDER, Row, at_school, skolehold
from .skole import with_file


def work(cast):
    """A fagprøve of those who are at school."""
    at_school(cast)
    return make_work(cast)


def fagproeve(cast):
    return {"pk": work(cast).pk}


def fagproeve_of_bo(cast):
    return {"pk": make_work(cast, cast.bo).pk}


def forsoeg(cast):
    work(cast)
    return {"pk": attempt_of(cast.aase).pk}


def forsoeg_of_bo(cast):
    work(cast)
    return {"pk": attempt_of(cast.bo).pk}


def fagproeverunde(cast):
    return {"pk": work(cast).runde_id}


def judged(cast, elev):
    """Her attempt, with a grade."""
    work(cast)
    Fagproeveforsoeg.objects.filter(pk=attempt_of(elev).pk).update(vaerdi="7", bedoemt=today())
    return attempt_of(elev)


def bedoemt(cast):
    return {"pk": judged(cast, cast.aase).pk}


def bedoemt_of_bo(cast):
    return {"pk": judged(cast, cast.bo).pk}


def delt_med_bevis(cast):
    share(cast.aase.bruger, elev=cast.aase)
    return with_file(cast, judged(cast, cast.aase))


def bevis_of_bo(cast):
    return with_file(cast, judged(cast, cast.bo))


BO_WRITES = {"elev": fagproeve_of_bo, "elevvejleder": fagproeve_of_bo}


ROWS: dict[str, Row] = {
    "fagproever": Row(ELEVANSVARLIG, lambda cast: work(cast) and {}),
    "fagproever_excel": Row(ELEVANSVARLIG, lambda cast: work(cast) and {}, is_file=True),
    "tegngraenser": Row(ELEVANSVARLIG),
    "min_fagproeve": Row(ELEV, lambda cast: work(cast) and {}),
    "fagproeverunde_ny": Row(ELEVANSVARLIG, skolehold),
    "fagproeverunde": Row(ELEVANSVARLIG, fagproeverunde),
    "fagproeverunde_ret": Row(ELEVANSVARLIG, fagproeverunde),
    "fagproeverunde_slet": Row(ELEVANSVARLIG, fagproeverunde, post_only=True),
    "fagproeve": Row(UDEN_LEDER, fagproeve, BO_WRITES),
    "fagproeve_emne": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_problem": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_godkend": Row(
        frozenset({Rolle.ELEVANSVARLIG, Rolle.ELEVVEJLEDER}), fagproeve, {"elevvejleder": fagproeve_of_bo}
    ),
    "fagproeve_skolen": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_data": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}, post_only=True),
    "fagproeve_fortrolighed": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_aflever": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_fortryd": Row(ELEVANSVARLIG, fagproeve, post_only=True),
    "fagproeve_gruppe": Row(ELEVANSVARLIG, fagproeve),
    "fagproeve_runde": Row(ELEVANSVARLIG, fagproeve),
    "fagproeve_tegn": Row(ELEVANSVARLIG | ELEV, fagproeve, {"elev": fagproeve_of_bo}),
    "fagproeve_eksamen": Row(ELEVANSVARLIG | ELEV, forsoeg, {"elev": forsoeg_of_bo}),
    "fagproeve_resultat": Row(ELEVANSVARLIG | ELEV, forsoeg, {"elev": forsoeg_of_bo}),
    "fagproeve_bevis": Row(
        UDEN_LEDER, delt_med_bevis, dict.fromkeys(("elev", "elevvejleder"), bevis_of_bo), is_file=True
    ),
    "fagproeve_bevis_ret": Row(ELEVANSVARLIG | ELEV, bedoemt, {"elev": bedoemt_of_bo}),
    "fagproeve_bevis_slet": Row(ELEVANSVARLIG | ELEV, bedoemt, {"elev": bedoemt_of_bo}, post_only=True),
    "fagproeve_alene": Row(ELEVANSVARLIG, forsoeg, post_only=True),
    "fagproeve_tillaeg": Row(ELEVANSVARLIG, forsoeg, post_only=True),
}

"""Evaluations, declarations and documents."""

from afdelinger.models import Rolle
from elevforloeb.core.seal import store_pdf
from elevforloeb.models import Ophold
from evaluering.models import Dokumentsamling, Evaluering, Evalueringsskema
from evaluering.services.dialognoter import add_note
from evaluering.services.erklaering import sign as sign_erklaering
from evaluering.services.skema import PARTS, begin_draft
from tests import evaluering_steps
from tests.evaluering_steps import begun, make_skema, planned, shared
from tests.factories import (
    ErklaeringFactory,
    evalueringsskemaer,
)

from .faelles import (
    ALLE,
    BO_IS_HIDDEN,
    DELTAGERE,
    ELEV,
    ELEVANSVARLIG,
    NOTERER,
    OTHER_DEPARTMENT,
    STAB,
    UDEN_LEDER,
    Row,
    afdeling,
    anden_afdeling,
    anden_elev,
    elev,
    hold,
)


def skema(cast):
    """A draft of a new version, the same one however often it is asked for."""
    evalueringsskemaer()
    draft = Evalueringsskema.objects.filter(art="slut", status="kladde").first()
    return {"pk": (draft or begin_draft(cast.elevansvarlig, art="slut")).pk}


def skemadel(navn):
    """A part of such a draft."""
    way = "afsnit__skema" if navn == "spoergsmaal" else "skema"
    return lambda cast: {"pk": PARTS[navn].objects.filter(**{way: skema(cast)["pk"]}).first().pk}


def til_elev(cast):
    """A declaration about Åse that she is asked to read; whoever has her now and the elevansvarlig see it too."""
    return {"pk": ErklaeringFactory(elev=cast.aase, status="til_elev").pk}


def anden_til_elev(cast):
    return {"pk": ErklaeringFactory(elev=cast.bo, status="til_elev").pk}


def sealed_one(cast, elev, afdeling):
    """With its PDF; the same one however often it is asked for."""
    stay = Ophold.objects.get(elev=elev, afdeling=afdeling)
    found = Evaluering.objects.filter(ophold=stay, art="slut").first()
    if found is None:
        found = evaluering_steps.sealed(cast, ophold=stay)
        store_pdf(found.dokument, b"%PDF-1.7")
    return found


def sealed_evaluering(cast):
    return {"pk": sealed_one(cast, cast.aase, cast.oekonomi).pk}


def anden_sealed_evaluering(cast):
    return {"pk": sealed_one(cast, cast.bo, cast.personale).pk}


def dokument(cast):
    return {"pk": sealed_one(cast, cast.aase, cast.oekonomi).dokument_id}


def andet_dokument(cast):
    return {"pk": sealed_one(cast, cast.bo, cast.personale).dokument_id}


def own_samling(cast):
    facts = {"status": "faerdig", "fil": b"PK"}
    return {"pk": Dokumentsamling.objects.create(hold=cast.aase.hold, bestilt_af=cast.elevansvarlig, **facts).pk}


def samling_of_another(cast):
    facts = {"status": "faerdig", "fil": b"PK"}
    return {"pk": Dokumentsamling.objects.create(hold=cast.aase.hold, bestilt_af=cast.fremmed, **facts).pk}


def _signed(cast, row):
    """With its PDF, as a worker has made it."""
    signed = sign_erklaering(cast.elevansvarlig, erklaering=row, version=1, grund="Ferie")
    store_pdf(signed.dokument, b"%PDF-1.7")
    return {"pk": signed.pk}


def signed_erklaering(cast):
    row = ErklaeringFactory(elev=cast.aase, status="til_elev")
    return _signed(cast, row)


def anden_signed_erklaering(cast):
    row = ErklaeringFactory(elev=cast.bo, status="til_elev")
    return _signed(cast, row)


def evaluering_in(state, art):
    """Åse's talk in Økonomi, which the elevansvarlig holds too, in the named state; each state has its own kind."""

    def make(cast):
        found = Evaluering.objects.filter(ophold=cast.ophold, art=art).first()
        if found is None:
            make_skema(art, med_elevansvarlig=True)
            found = state(cast, art=art)
        return {"pk": found.pk}

    return make


def anden_evaluering(cast):
    """Bo's, in Personale."""
    stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.personale)
    return {"pk": evaluering_steps.begun(cast, ophold=stay).pk}


def note(cast):
    return {"pk": add_note(cast.vejleder, elev=cast.aase, tekst="Godt gået").pk}


def anden_note(cast):
    return {"pk": add_note(cast.anden_vejleder, elev=cast.bo, tekst="Godt gået").pk}


SKRIVER = DELTAGERE - ELEVANSVARLIG
NOT_MINE = dict.fromkeys(["elev", "elevvejleder"], anden_evaluering)
NOT_MY_ELEV = {"elevvejleder": anden_evaluering}
PLANNED, BEGUN, TALK = (
    evaluering_in(planned, "kort"),
    evaluering_in(begun, "midtvejs"),
    evaluering_in(shared, "proevetid"),
)


ROWS: dict[str, Row] = {
    "paamindelser": Row(ALLE),
    "skemaer": Row(ELEVANSVARLIG),
    "skema": Row(ELEVANSVARLIG, skema),
    "skema_ny": Row(ELEVANSVARLIG, lambda cast: {"art": "slut"}, post_only=True),
    "skema_ret": Row(ELEVANSVARLIG, skema),
    "skema_vis": Row(ELEVANSVARLIG, skema),
    "skema_udgiv": Row(ELEVANSVARLIG, skema),
    "skema_kasser": Row(ELEVANSVARLIG, skema, post_only=True),
    "skema_afsnit_ny": Row(ELEVANSVARLIG, skema),
    "skema_skala_ny": Row(ELEVANSVARLIG, skema),
    "skema_afsnit": Row(ELEVANSVARLIG, skemadel("afsnit")),
    "skema_spoergsmaal_ny": Row(ELEVANSVARLIG, skemadel("afsnit")),
    "skema_spoergsmaal": Row(ELEVANSVARLIG, skemadel("spoergsmaal")),
    "skema_skala": Row(ELEVANSVARLIG, skemadel("skala")),
    "skema_del": Row(ELEVANSVARLIG, lambda cast: {"del_": "afsnit"} | skemadel("afsnit")(cast), post_only=True),
    "udvikling": Row(UDEN_LEDER, elev, dict.fromkeys(["elev", "elevvejleder"], anden_elev)),
    "dialognote_ny": Row(NOTERER, elev, dict.fromkeys(["elev", "elevvejleder"], anden_elev), post_only=True),
    "dialognote_fjern": Row(NOTERER, note, dict.fromkeys(["elev", "elevvejleder"], anden_note), post_only=True),
    "udvikling_maal": Row(UDEN_LEDER, elev, dict.fromkeys(["elev", "elevvejleder"], anden_elev)),
    "hold_maal": Row(ELEVANSVARLIG, hold),
    "evaluering_delinger": Row(frozenset({Rolle.ELEV})),
    "afdeling_billeder": Row(STAB),
    "afdeling_billede": Row(STAB, afdeling, dict.fromkeys(OTHER_DEPARTMENT, anden_afdeling)),
    "evaluering_pdf": Row(
        UDEN_LEDER, sealed_evaluering, dict.fromkeys(["elev", "elevvejleder"], anden_sealed_evaluering), is_file=True
    ),
    "dokument": Row(UDEN_LEDER, dokument, dict.fromkeys(["elev", "elevvejleder"], andet_dokument)),
    "dokument_pdf": Row(UDEN_LEDER, dokument, dict.fromkeys(["elev", "elevvejleder"], andet_dokument), is_file=True),
    "hold_evalueringer": Row(ELEVANSVARLIG, lambda cast: {"pk": cast.aase.hold_id}),
    "hold_dokumenter": Row(ELEVANSVARLIG, lambda cast: {"pk": cast.aase.hold_id}),
    "elev_dokumenter": Row(ELEVANSVARLIG, elev),
    "elev_evalueringer": Row(STAB | ELEV, elev, BO_IS_HIDDEN),
    "elev_erklaeringer": Row(UDEN_LEDER, elev, dict.fromkeys(["elev", "elevvejleder"], anden_elev)),
    "samling": Row(ELEVANSVARLIG, own_samling, {"elevansvarlig": samling_of_another}),
    "samling_stop": Row(ELEVANSVARLIG, own_samling, {"elevansvarlig": samling_of_another}, post_only=True),
    "samling_hent": Row(ELEVANSVARLIG, own_samling, {"elevansvarlig": samling_of_another}, is_file=True),
    "dokumentkontrol": Row(UDEN_LEDER),
    "dokument_journaliser": Row(ELEVANSVARLIG, dokument),
    "erklaeringer": Row(UDEN_LEDER),
    "erklaering": Row(UDEN_LEDER, til_elev, dict.fromkeys(["elev", "elevvejleder"], anden_til_elev)),
    "erklaering_pdf": Row(
        ELEVANSVARLIG | {Rolle.ELEV}, signed_erklaering, {"elev": anden_signed_erklaering}, is_file=True
    ),
    "erklaering_tilbage": Row(UDEN_LEDER - {Rolle.ELEV}, til_elev, {"elevvejleder": anden_til_elev}, post_only=True),
    "erklaering_set": Row(frozenset({Rolle.ELEV}), til_elev, {"elev": anden_til_elev}, post_only=True),
    "erklaering_underskriv": Row(ELEVANSVARLIG, til_elev, post_only=True),
    "erklaering_afleveret": Row(ELEVANSVARLIG, til_elev, post_only=True),
    "erklaering_bortfald": Row(ELEVANSVARLIG, til_elev),
    "evalueringer": Row(ALLE - {Rolle.ADMINISTRATOR}),
    "evalueringer_excel": Row(ELEVANSVARLIG, is_file=True),
    "evaluering": Row(DELTAGERE, TALK, NOT_MINE),
    "evaluering_skema": Row(DELTAGERE, PLANNED, NOT_MINE),
    "evaluering_begynd": Row(SKRIVER, PLANNED, NOT_MINE, post_only=True),
    "evaluering_svar": Row(DELTAGERE, TALK, NOT_MINE, post_only=True),
    "evaluering_del": Row(SKRIVER, BEGUN, NOT_MINE),
    "evaluering_aabn": Row(DELTAGERE, BEGUN, NOT_MINE),
    "evaluering_overtag": Row(frozenset({Rolle.ELEVVEJLEDER}), BEGUN, NOT_MY_ELEV),
    "evaluering_moede": Row(DELTAGERE, PLANNED, NOT_MINE),
    "evaluering_udsaet": Row(DELTAGERE - {Rolle.ELEV}, PLANNED, NOT_MY_ELEV),
    "evaluering_underskriv": Row(DELTAGERE, TALK, NOT_MINE),
    "evaluering_bortfald": Row(ELEVANSVARLIG, PLANNED),
    "evaluering_overdrag": Row(ELEVANSVARLIG, PLANNED),
    "evaluering_papir": Row(ELEVANSVARLIG, PLANNED),
    "evaluering_kvitter_for": Row(ELEVANSVARLIG, TALK),
    "evaluering_ret": Row(ELEVANSVARLIG, sealed_evaluering),
}

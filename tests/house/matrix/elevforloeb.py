"""Hold, elever and the plan."""

from datetime import timedelta

from afdelinger.models import Rolle
from elevforloeb.core.periods import period
from elevforloeb.models import Ophold, Udgivelse
from elevforloeb.queries.plan import seen
from elevforloeb.services.kalender import add_kalenderperiode
from elevforloeb.services.plan import remove_stay
from tests.factories import (
    TODAY,
)

from .faelles import BO_IS_HIDDEN, ELEVANSVARLIG, STAB, Row, anden_elev, elev, hold


def ferie(actor, elev):
    start = TODAY + timedelta(days=10)
    last = start + timedelta(days=4)
    there = elev.kalenderperioder.filter(periode=period(start, last)).first()  # the other's: this one takes its place
    if there:
        there.delete()
    return {"pk": add_kalenderperiode(actor, elev=elev, art="ferie", startdato=start, sidste_dag=last).pk}


def own_ferie(cast):
    return ferie(cast.vejleder, cast.aase)


def ferie_of_another(cast):
    """Written by the elevansvarlig: an elevvejleder does not see which kind it is, so she cannot open it."""
    return ferie(cast.elevansvarlig, cast.aase)


def ophold(cast):
    return hold(cast) | {"noegle": f"u{cast.ophold.pk}"}


def kladde(cast):
    """The hold with a step in its draft, so that there is something to publish and to discard."""
    if not cast.bo.hold.udkast.exists():
        stay = Ophold.objects.get(elev=cast.bo, afdeling=cast.oekonomi)
        remove_stay(cast.elevansvarlig, hold=cast.bo.hold, noegle=f"u{stay.pk}", was=seen(stay.as_placering()))
    return hold(cast)


def udgivelse(cast):
    row = Udgivelse.objects.create(
        hold=cast.aase.hold,
        bruger=cast.elevansvarlig,
        forskelle=["Åse Ærlig: Kommer til Økonomi"],
        modtagere=[[cast.aase.bruger_id, "Åse Ærlig", "Elevens første plan"]],
    )
    return hold(cast) | {"udgivelse": row.pk}


ROWS: dict[str, Row] = {
    "plan_start": Row(ELEVANSVARLIG),
    "plan": Row(ELEVANSVARLIG, kladde),
    "plan_ophold": Row(ELEVANSVARLIG, ophold),
    "plan_foelger": Row(ELEVANSVARLIG, ophold, is_file=True),  # a fragment of the board,
    "plan_flyt": Row(ELEVANSVARLIG, hold, post_only=True),
    "plan_byt": Row(ELEVANSVARLIG, hold, post_only=True),
    "plan_tilpas": Row(ELEVANSVARLIG, hold, post_only=True),
    "plan_fjern": Row(ELEVANSVARLIG, hold, post_only=True),
    "plan_fortryd": Row(ELEVANSVARLIG, kladde, post_only=True),
    "plan_kasser": Row(ELEVANSVARLIG, kladde),
    "plan_forslag": Row(ELEVANSVARLIG, hold),
    "plan_indsaet": Row(ELEVANSVARLIG, hold),
    "plan_vejledere": Row(ELEVANSVARLIG, hold),
    "plan_udgiv": Row(ELEVANSVARLIG, kladde),
    "plan_udgivelse": Row(ELEVANSVARLIG, udgivelse),
    "plan_udgivelser": Row(ELEVANSVARLIG, hold),
    "plan_pdf": Row(ELEVANSVARLIG, hold, is_file=True),
    "plan_excel": Row(ELEVANSVARLIG, hold, is_file=True),
    "hold_liste": Row(ELEVANSVARLIG),
    "hold_nyt": Row(ELEVANSVARLIG),
    "hold": Row(ELEVANSVARLIG, hold),
    "hold_ret": Row(ELEVANSVARLIG, hold),
    "hold_slet": Row(ELEVANSVARLIG, hold, post_only=True),
    "hold_elever_nye": Row(ELEVANSVARLIG, hold),
    "hold_elever_indsaet": Row(ELEVANSVARLIG, hold),
    "hold_skole": Row(ELEVANSVARLIG, hold),
    "hold_skole_kopier": Row(ELEVANSVARLIG, hold),
    "elever": Row(STAB),
    "elever_excel": Row(STAB, is_file=True),
    "elev": Row(STAB | {Rolle.ELEV}, elev, BO_IS_HIDDEN),
    "forloeb_pdf": Row(STAB | {Rolle.ELEV}, elev, BO_IS_HIDDEN, is_file=True),
    "forloeb_excel": Row(STAB | {Rolle.ELEV}, elev, BO_IS_HIDDEN, is_file=True),
    "elev_ret": Row(ELEVANSVARLIG, elev),
    "elev_forlaeng": Row(ELEVANSVARLIG, elev),
    "elev_stop": Row(ELEVANSVARLIG, elev),
    "elev_genoptag": Row(ELEVANSVARLIG, elev, post_only=True),
    "elev_fjern": Row(ELEVANSVARLIG, elev, post_only=True),
    "elev_inviter": Row(ELEVANSVARLIG, elev, post_only=True),
    "kalender_ny": Row(STAB - {Rolle.LEDER}, elev, {"elevvejleder": anden_elev}),
    "kalender_ret": Row(ELEVANSVARLIG | {Rolle.ELEVVEJLEDER}, own_ferie, {"elevvejleder": ferie_of_another}),
    "kalender_slet": Row(
        ELEVANSVARLIG | {Rolle.ELEVVEJLEDER}, own_ferie, {"elevvejleder": ferie_of_another}, post_only=True
    ),
}

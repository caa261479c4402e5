"""Wishes and allocations."""

from afdelinger.models import Rolle
from elevforloeb.core.dates import now
from elevforloeb.models import Fordeling, Inhabilitet, Oenskerunde, Udbudssvar
from elevforloeb.services.oensker import add_binding, ask_afdeling
from tests.factories import (
    AfdelingFactory,
)
from tests.fordeling_steps import run
from tests.oenske_steps import answered_round

from .faelles import ELEVANSVARLIG, OTHER_DEPARTMENT, STAB, Row, hold, runde


def lukket_runde(cast):
    kwargs = runde(cast)
    Oenskerunde.objects.update(lukket=now())
    return kwargs


def udbud_svar(cast):
    runde(cast)
    return {"pk": Udbudssvar.objects.get(afdeling=cast.oekonomi).pk}


def andet_udbud_svar(cast):
    runde(cast)
    return {"pk": Udbudssvar.objects.get(afdeling=cast.personale).pk}


def ubesvaret(cast):
    found = Oenskerunde.objects.get(pk=runde(cast)["runde"])
    svar = ask_afdeling(cast.elevansvarlig, runde=found, afdeling=AfdelingFactory())
    return hold(cast) | {"svar": svar.pk}


def binding(cast):
    found = Oenskerunde.objects.get(pk=runde(cast)["runde"])
    what = {"afdeling": cast.personale, "art": "fast", "trin": 2, "grund": "Aftalt"}
    return hold(cast) | {"binding": add_binding(cast.elevansvarlig, runde=found, elev=cast.aase, **what).pk}


def inhabilitet(cast):
    runde(cast)
    return hold(cast) | {"inhabilitet": Inhabilitet.objects.get().pk}


def fordeling(cast):
    """A run with an answer; the same one however often it is asked for."""
    found = Fordeling.objects.first()
    if found is None:
        hold_runde = Oenskerunde.objects.filter(hold=cast.aase.hold).first() or answered_round(cast)
        found = run(cast, hold_runde)
    return {"pk": found.pk}


ROWS: dict[str, Row] = {
    "hold_oensker": Row(ELEVANSVARLIG, lambda cast: {"pk": runde(cast)["pk"]}),
    "hold_oensker_aabn": Row(ELEVANSVARLIG, hold),
    "hold_oensker_ret": Row(ELEVANSVARLIG, runde),
    "hold_oensker_luk": Row(ELEVANSVARLIG, runde, post_only=True),
    "hold_oensker_genaabn": Row(ELEVANSVARLIG, lukket_runde, post_only=True),
    "hold_oensker_paamind": Row(ELEVANSVARLIG, runde, post_only=True),
    "hold_oensker_excel": Row(ELEVANSVARLIG, runde, is_file=True),
    "hold_oensker_spoerg": Row(ELEVANSVARLIG, runde),
    "hold_oensker_spoerg_ikke": Row(ELEVANSVARLIG, ubesvaret, post_only=True),
    "hold_binding_ny": Row(ELEVANSVARLIG, runde),
    "hold_binding_fjern": Row(ELEVANSVARLIG, binding),
    "hold_binding_inhabil": Row(ELEVANSVARLIG, inhabilitet, post_only=True),
    "udbud": Row(STAB, udbud_svar, dict.fromkeys(OTHER_DEPARTMENT, andet_udbud_svar)),
    "oensker": Row(frozenset({Rolle.ELEV}), lambda cast: runde(cast) and {}),
    "fordelinger": Row(ELEVANSVARLIG, lambda cast: hold(cast) if fordeling(cast) else {}),
    "fordeling_ny": Row(ELEVANSVARLIG, lambda cast: {"pk": runde(cast)["pk"]}),
    "fordeling": Row(ELEVANSVARLIG, fordeling),
    "fordeling_elev": Row(ELEVANSVARLIG, lambda cast: fordeling(cast) | {"elev": cast.aase.pk}),
    "fordeling_excel": Row(ELEVANSVARLIG, fordeling, is_file=True),
    "fordeling_hvis": Row(ELEVANSVARLIG, fordeling),
    "fordeling_sammenlign": Row(ELEVANSVARLIG, fordeling),
    "fordeling_brug": Row(ELEVANSVARLIG, fordeling),
    "fordeling_stop": Row(ELEVANSVARLIG, fordeling, post_only=True),
    "fordeling_igen": Row(ELEVANSVARLIG, fordeling, post_only=True),
    "fordeling_slet": Row(ELEVANSVARLIG, fordeling, post_only=True),
    "fordeling_udvej": Row(ELEVANSVARLIG, fordeling, post_only=True),
}

"""Expenses, payments, budget and AUB."""

from skoleophold.models import Udbetaling
from tests import udlaeg_steps
from tests.skole_steps import (
    sats,
)

from .faelles import ELEV, ELEVANSVARLIG, Row, skoleophold, skoleperiode


def expense(elev, make):
    """The same one however often it is asked for."""
    state = "kladde" if make is udlaeg_steps.draft else "sendt"
    return elev.udlaeg.filter(status=state).first() or make(elev)


def own_draft(cast):
    return {"pk": expense(cast.aase, udlaeg_steps.draft).pk}


def anden_draft(cast):
    return {"pk": expense(cast.bo, udlaeg_steps.draft).pk}


def own_udlaeg(cast):
    return {"pk": expense(cast.aase, udlaeg_steps.sent).pk}


def andet_udlaeg(cast):
    return {"pk": expense(cast.bo, udlaeg_steps.sent).pk}


def own_bilag(cast):
    return {"pk": expense(cast.aase, udlaeg_steps.sent).bilag.get().pk}


def andet_bilag(cast):
    return {"pk": expense(cast.bo, udlaeg_steps.sent).bilag.get().pk}


def draft_bilag(cast):
    return {"pk": expense(cast.aase, udlaeg_steps.draft).bilag.get().pk}


def udbetaling(cast):
    found = Udbetaling.objects.first()
    return {"pk": (found or udlaeg_steps.paid(cast, udlaeg_steps.approved(cast, cast.aase))).pk}


ROWS: dict[str, Row] = {
    "mine_udlaeg": Row(ELEV),
    "udlaeg_nyt": Row(ELEV),
    "udlaeg_ret": Row(ELEV, own_draft, {"elev": anden_draft}),
    "udlaeg_slet": Row(ELEV, own_draft, {"elev": anden_draft}, post_only=True),
    "udlaeg_tilbage": Row(ELEV, own_draft, {"elev": anden_draft}, post_only=True),
    "bilag_fjern": Row(ELEV, own_bilag, {"elev": andet_bilag}, post_only=True),
    "udlaeg": Row(ELEV | ELEVANSVARLIG, own_udlaeg, {"elev": andet_udlaeg, "elevansvarlig": own_draft}),
    "bilag": Row(ELEV | ELEVANSVARLIG, own_bilag, {"elev": andet_bilag, "elevansvarlig": draft_bilag}, is_file=True),
    "udlaeg_liste": Row(ELEVANSVARLIG),
    "udlaeg_godkend": Row(ELEVANSVARLIG, own_udlaeg, {"elevansvarlig": own_draft}, post_only=True),
    "udlaeg_returner": Row(ELEVANSVARLIG, own_udlaeg, {"elevansvarlig": own_draft}, post_only=True),
    "udlaeg_godkend_flere": Row(ELEVANSVARLIG),
    "udbetalinger": Row(ELEVANSVARLIG),
    "udbetaling_ny": Row(ELEVANSVARLIG),
    "udbetaling": Row(ELEVANSVARLIG, udbetaling),
    "udbetaling_excel": Row(ELEVANSVARLIG, udbetaling, is_file=True),
    "udbetaling_csv": Row(ELEVANSVARLIG, udbetaling, is_file=True),
    "udbetaling_aflever": Row(ELEVANSVARLIG, udbetaling, post_only=True),
    "udbetaling_fortryd": Row(ELEVANSVARLIG, udbetaling, post_only=True),
    "budget": Row(ELEVANSVARLIG),
    "budget_ret": Row(ELEVANSVARLIG),
    "udgiftsarter": Row(ELEVANSVARLIG),
    "udgiftsart_ny": Row(ELEVANSVARLIG),
    "udgiftsart_ret": Row(ELEVANSVARLIG, lambda cast: {"pk": udlaeg_steps.make_art().pk}),
    "aub": Row(ELEVANSVARLIG),
    "aub_excel": Row(ELEVANSVARLIG, is_file=True),
    "aub_ret": Row(ELEVANSVARLIG, skoleophold),
    "aub_periode": Row(ELEVANSVARLIG, skoleperiode),
    "aub_satser": Row(ELEVANSVARLIG),
    "aub_satser_aar": Row(ELEVANSVARLIG),
    "aub_sats_ny": Row(ELEVANSVARLIG),
    "aub_sats_slet": Row(ELEVANSVARLIG, lambda cast: {"pk": sats().pk}, post_only=True),
}

"""Short words for tests of allocations. Åse and Bo wish for the second and third stay (tests.oenske_steps)."""

import re

from django.urls import reverse

from elevforloeb.fordeling.maal import STANDARD
from elevforloeb.models import Fordeling, Oenskerunde
from elevforloeb.queries.fordeling.brug import stand_with_agreements
from elevforloeb.queries.plan import get_draft, load_plan
from elevforloeb.services.fordeling import accept_fordeling, start_fordeling
from tests.cast import Cast
from tests.oenske_steps import answered_round, wish


def wished_round(cast: Cast) -> Oenskerunde:
    """Åse wishes Økonomi, then Personale; Bo has sent nothing in."""
    runde = answered_round(cast)
    wish(runde, cast.aase, cast.oekonomi, cast.personale)
    return runde


def run(cast: Cast, runde: Oenskerunde, navn: str = "Første forsøg", **options) -> Fordeling:
    """Both have been in one of the two departments before, so coming again is allowed."""
    options = {"maal": STANDARD, "ikke_igen": False} | options
    return start_fordeling(cast.elevansvarlig, runde=runde, navn=navn, **options)


def given_to(fordeling: Fordeling, elev) -> dict[int, str]:
    """Department by trin."""
    rows = fordeling.tildelinger.filter(elev=elev).select_related("afdeling")
    return {row.trin: row.afdeling.kortnavn if row.afdeling else "ingen" for row in rows}


def accept(cast: Cast, fordeling: Fordeling, *elever, **options):
    hold = fordeling.runde.hold
    chosen = {elev.pk for elev in elever} or set(hold.elever.values_list("pk", flat=True))
    options = {"was": stand_with_agreements(load_plan(hold, get_draft(hold)))} | options
    return accept_fordeling(cast.elevansvarlig, fordeling=fordeling, elever=chosen, **options)


# --- its pages ----------------------------------------------------------------------------------------------------


def body(response) -> str:
    """What a reader sees, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode())).strip()


def url(name, fordeling, *more) -> str:
    return reverse(name, args=[fordeling.pk, *more])

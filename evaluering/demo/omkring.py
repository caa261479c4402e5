"""What goes with the evaluations in the demo: notes, what an elev shares, and declarations for the school."""

from datetime import date, timedelta

from afdelinger.models import Bruger
from elevforloeb.core.dates import living_on, today
from elevforloeb.models import Kalenderperiode, Ophold
from evaluering.models import Oplaeringserklaering
from evaluering.queries.delinger import own_sealed, receivers
from evaluering.services.deling import share_with, take_back_share
from evaluering.services.dialognoter import add_note
from evaluering.services.erklaering import acknowledge, mark_sent, save_text, send_to_elev, sign
from evaluering.services.erklaeringsplan import prepare_erklaeringer

E = Oplaeringserklaering.Status
MONTH = timedelta(days=30)
# The elev who logs in has one to read, and her elevvejleder has another to write. The rest are drafts.
STATES = [E.TIL_ELEV, E.KLADDE, E.SET, E.SENDT, E.UNDERSKREVET]
THANKS = "Tak for snakken om telefonen i går. Jeg prøver at tage den selv i næste uge."
NOTE = "Tog selv fat i en svær henvendelse i dag og fik den løst. Godt set!"
DRAFT = "Journalisering, henvendelser fra borgere og referater af afdelingens møder."


def make_notes(stay: Ophold) -> None:
    with living_on(max(stay.startdato, today() - timedelta(days=2))):
        add_note(stay.elev.bruger, elev=stay.elev, tekst=THANKS)
    add_note(stay.elevvejleder, elev=stay.elev, tekst=NOTE)


def share_around(stays: list[Ophold]) -> None:
    """The first who can shares with the department that comes next; the second has taken it back."""
    found = [(stay.elev, row) for stay in stays if (row := own_sealed(stay.elev).order_by("pk").first())]
    ways = [(elev, row, to) for elev, row in found if (to := _next(elev, row))]
    for nr, (elev, row, to) in enumerate(ways[:2]):
        share_with(elev.bruger, evaluering=row, afdeling=to)
        if nr == 1:
            take_back_share(elev.bruger, evaluering=row, afdeling=to)


def _next(elev, row):
    return next((each for each in receivers(elev) if each.pk != row.afdeling_id), None)


def make_erklaeringer(actor: Bruger, stays: list[Ophold]) -> None:
    """Before the latest school of the elev who logs in, or of anybody when she has not been there yet."""
    elever = [stay.elev for stay in stays]
    if not (begin := _latest_school(elever[:1]) or _latest_school(elever)):
        return
    with living_on(min(begin - MONTH, today())):
        prepare_erklaeringer()
    order = {elev.pk: nr for nr, elev in enumerate(elever)}
    rows = Oplaeringserklaering.objects.filter(status=E.KLADDE, elev__in=elever, afsluttende=False)
    rows = sorted(rows.select_related("elev__bruger"), key=lambda row: (order[row.elev_id], row.pk))
    for row, state in zip(rows, STATES, strict=False):
        with living_on(min(row.frist, today()) - timedelta(days=4)):
            declare(actor, row, state)


def _latest_school(elever: list) -> date | None:
    rows = Kalenderperiode.objects.filter(elev__in=elever, art=Kalenderperiode.Art.SKOLE)
    row = rows.filter(periode__startswith__lte=today() + MONTH).order_by("-periode__startswith").first()
    return row.startdato if row else None


def declare(actor: Bruger, row: Oplaeringserklaering, state: str) -> None:
    """`actor`: the elevansvarlig."""
    if state == E.KLADDE:
        return
    if not row.arbejdsomraader.strip():  # the department has written no tasks that a draft could be made of
        texts = {"arbejdsomraader": DRAFT, "behov_skole": "", "behov_oplaering": ""}
        row = save_text(actor, erklaering=row, version=row.version, **texts)
    send_to_elev(actor, erklaering=row, version=row.version)
    if state == E.TIL_ELEV:
        return
    row.refresh_from_db()
    acknowledge(row.elev.bruger, erklaering=row, version=row.version, bemaerkning="")
    if state == E.SET:
        return
    row.refresh_from_db()
    row = sign(actor, erklaering=row, version=row.version)
    if state == E.SENDT:
        mark_sent(actor, erklaering=row, sendt=today(), hvordan="Sikker mail til skolen")

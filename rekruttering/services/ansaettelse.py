"""From applicant to elev, in one act; and what is done before the first day."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from afdelinger.models import Maalsaet
from elevforloeb.core import audit
from elevforloeb.core.dates import now
from elevforloeb.core.errors import save_checked
from elevforloeb.models import Elev, Hold
from elevforloeb.services.hold import NyElev, add_elever
from rekruttering.models import Ansaettelse, Ansoegning, Opstartspunkt, Opstartsskabelon, Tilbud

from .tilstand import T, move


@transaction.atomic
def hire(
    actor,
    *,
    ansoegning: Ansoegning,
    hold: Hold,
    maalsaet: Maalsaet,
    voksenelev: bool,
    buddy=None,
    inviter: bool = False,
) -> Ansaettelse:
    """The applicant has said yes: she becomes an elev of `hold`, with a list of what is to be done before the start."""
    ansoegning = Ansoegning.objects.select_for_update(of=("self",), no_key=True).get(pk=ansoegning.pk)
    if not ansoegning.tilbud.filter(svar=Tilbud.Svar.JA, trukket=None).exists():
        raise ValidationError("Ansøgeren har ikke sagt ja til et tilbud endnu.")
    move(actor, ansoegning=ansoegning, to=T.ANSAT, tekst="Ansat. Velkommen!", besvaret=ansoegning.besvaret or now())
    ny = NyElev(navn=ansoegning.navn, email=ansoegning.email, telefon=ansoegning.telefon, voksenelev=voksenelev)
    (elev,) = add_elever(actor, hold=hold, maalsaet=maalsaet, nye=[ny], inviter=inviter)
    row = Ansaettelse(ansoegning=ansoegning, elev=elev, buddy=buddy)
    save_checked(row)
    _first_points(row, hold.startdato)
    audit.record(actor, "elev.ansat", elev, f"{elev} er ansat efter en ansøgning")
    return row


def _first_points(row: Ansaettelse, startdato: date) -> None:
    Opstartspunkt.objects.bulk_create(
        Opstartspunkt(ansaettelse=row, tekst=each.tekst, frist=startdato - timedelta(days=each.dage_foer))
        for each in Opstartsskabelon.objects.all()
    )


@transaction.atomic
def begin_list(actor, *, elev: Elev) -> Ansaettelse:
    """For an elev who did not come by an application here. Twice is once."""
    elev = Elev.objects.select_for_update(of=["self"], no_key=True).get(pk=elev.pk)
    if found := Ansaettelse.objects.filter(elev=elev).first():
        return found
    row = Ansaettelse(elev=elev)
    save_checked(row)
    _first_points(row, elev.startdato)
    audit.record(actor, "opstart.begyndt", elev, "Listen over det, der skal ske før start, er lavet")
    return row


@transaction.atomic
def add_punkt(actor, *, ansaettelse: Ansaettelse, tekst: str, frist: date) -> Opstartspunkt:
    row = Opstartspunkt(ansaettelse=ansaettelse, tekst=tekst, frist=frist)
    save_checked(row)
    audit.record(actor, "opstart.tilfoejet", ansaettelse.elev, f"Før start: {tekst}")
    return row


@transaction.atomic
def tick(actor, *, punkt: Opstartspunkt, gjort: bool) -> None:
    """Twice is once, whoever is first."""
    rows = Opstartspunkt.objects.filter(pk=punkt.pk, gjort__isnull=gjort)
    if rows.update(gjort=now() if gjort else None, gjort_af=actor if gjort else None):
        word = "gjort" if gjort else "ikke gjort alligevel"
        audit.record(actor, "opstart.krydset", punkt.ansaettelse.elev, f"Før start: {punkt.tekst} er {word}")

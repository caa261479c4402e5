"""What each member thinks of an applicant, and why. Handed in one by one, opened to the others when all are in."""

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core.dates import now
from elevforloeb.core.errors import compared, conflict, fingerprint, save_checked
from rekruttering.models import Ansoegning, Bedoemmelse, Inhabilitet, Udvalgsmedlem
from rekruttering.queries.bedoemmelser import reading

from .tilstand import ASSESSED, T, move, write_step

FIELDS = ("indstilling", "begrundelse")


def version_of(row: Bedoemmelse | None) -> str:
    """For the hidden field: another window may have written since."""
    return fingerprint(row or Bedoemmelse(), FIELDS)


@transaction.atomic
def save_draft(
    actor, *, ansoegning: Ansoegning, medlem: Udvalgsmedlem, indstilling: str, begrundelse: str, version: str = ""
):
    """Kept as it is, whole or not. Nobody else sees it."""
    row = _own(ansoegning, medlem)
    _check_version(row, version, indstilling, begrundelse)
    row.indstilling, row.begrundelse, row.rettet = indstilling, begrundelse.strip(), now()
    save_checked(row)
    return row


@transaction.atomic
def hand_in(
    actor, *, ansoegning: Ansoegning, medlem: Udvalgsmedlem, indstilling: str, begrundelse: str, version: str = ""
):
    """ValidationError: without reasons. An applicant who was new is being assessed from then on."""
    if not indstilling:
        raise ValidationError({"indstilling": "Vælg en indstilling."})
    if not begrundelse.strip():
        raise ValidationError({"begrundelse": "Skriv en kort begrundelse. Et kryds alene er ikke nok."})
    row = _own(ansoegning, medlem)
    _check_version(row, version, indstilling, begrundelse)
    ansoegning = row.ansoegning  # as it is now: another member may have handed in meanwhile
    row.indstilling, row.begrundelse = indstilling, begrundelse.strip()
    row.afgivet = row.rettet = now()
    save_checked(row)
    if ansoegning.tilstand == T.NY:
        move(actor, ansoegning=ansoegning, to=T.VURDERES, tekst="Ansøgningen er ved at blive læst.")
    write_step(actor, ansoegning=ansoegning, art="bedoemmelse", tekst=f"{actor} har afgivet sin bedømmelse.")
    return row


@transaction.atomic
def take_back(actor, *, ansoegning: Ansoegning, medlem: Udvalgsmedlem) -> None:
    """Possible until all are in: after that somebody may have read it."""
    row = _locked(ansoegning, medlem)
    if row is None or row.afgivet is None:
        raise ValidationError("Du har ikke afgivet din bedømmelse.")
    if reading(ansoegning).er_aaben:
        raise ValidationError("Alle bedømmelser er afgivet og kan læses. Skriv et notat, hvis du er blevet klogere.")
    row.afgivet = None
    row.save(update_fields=["afgivet"])
    write_step(
        actor, ansoegning=ansoegning, art="bedoemmelse-tilbage", tekst=f"{actor} har taget sin bedømmelse tilbage."
    )


def _own(ansoegning: Ansoegning, medlem: Udvalgsmedlem) -> Bedoemmelse:
    """The member's row to write in, locked. What is handed in, or too late, is refused."""
    ansoegning = Ansoegning.objects.select_for_update(no_key=True).get(pk=ansoegning.pk)
    if Inhabilitet.objects.filter(ansoegning=ansoegning, medlem=medlem).exists():
        raise ValidationError("Du er trådt ud af sagen og kan ikke bedømme ansøgeren.")
    row = _locked(ansoegning, medlem) or Bedoemmelse(medlem=medlem)
    row.ansoegning = ansoegning
    if row.afgivet:
        raise ValidationError("Du har afgivet din bedømmelse. Tag den tilbage, hvis den skal rettes.")
    if ansoegning.tilstand not in ASSESSED:
        raise ValidationError(f"{ansoegning} er “{ansoegning.get_tilstand_display()}”. Skriv et notat i stedet.")
    return row


def _check_version(row: Bedoemmelse, version: str, indstilling: str, begrundelse: str) -> None:
    """The same member may have two windows: what she wrote in the other one is not lost unseen."""
    if version and version != version_of(row):
        typed = {"indstilling": indstilling, "begrundelse": begrundelse}
        raise conflict("Du selv i et andet vindue", compared(row, typed))


def _locked(ansoegning: Ansoegning, medlem: Udvalgsmedlem) -> Bedoemmelse | None:
    return Bedoemmelse.objects.select_for_update().filter(ansoegning=ansoegning, medlem=medlem).first()

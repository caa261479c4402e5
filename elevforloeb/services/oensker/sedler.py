"""What an elev wishes: saved as a draft that nobody else reads, or sent in, and changed until the deadline."""

from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from elevforloeb.core import audit, outbox
from elevforloeb.core.dates import full_date, now
from elevforloeb.core.errors import StaleError, fingerprint, save_checked
from elevforloeb.models import Elev, Inhabilitet, Oenske, Oenskerunde, Oenskeseddel
from elevforloeb.queries.oensker.runde import asked, offered

from .runde import lock_round

Status = Oenskeseddel.Status


class Valg(NamedTuple):
    """A wish; its place in the list is its rank. `trin`: the stay that fits best, or None."""

    afdeling: int
    trin: int | None = None


def list_version(seddel: Oenskeseddel | None) -> str:
    return fingerprint(seddel, ("status", "aendret")) if seddel else "ny"


@transaction.atomic
def save_wishes(
    actor,
    *,
    runde: Oenskerunde,
    elev: Elev,
    valg: Sequence[Valg],
    begrundelse: str,
    hensyn: str,
    inhabil: Sequence[tuple[int, str]],
    indsend: bool,
    version: str,
) -> Oenskeseddel:
    """`inhabil`: (afdeling, why). What has been sent in can be changed, but not made a draft again."""
    runde = lock_round(runde)
    _check_open(runde, elev)
    seddel = Oenskeseddel.objects.filter(runde=runde, elev=elev).first()
    if version != list_version(seddel):
        raise StaleError("Dine ønsker er ændret i et andet vindue. Gem igen for at bruge det, du ser her.")
    seddel = seddel or Oenskeseddel(runde=runde, elev=elev)
    if seddel.status == Status.INDSENDT and not indsend:
        raise ValidationError("Du har allerede sendt dine ønsker ind. Send ændringerne ind, eller lad dem være.")
    _check_choices(runde, valg, inhabil, indsend)
    seddel.begrundelse, seddel.hensyn, seddel.aendret = begrundelse, hensyn, now()
    if indsend:
        seddel.status, seddel.indsendt = Status.INDSENDT, seddel.aendret
    save_checked(seddel)
    _replace_rows(seddel, valg, inhabil)
    if indsend:
        audit.record(actor, "oensker.indsendt", elev, f"Ønsker sendt ind til {runde.navn}", runde=runde.pk)
        _send_receipt(seddel)
    return seddel


def _check_open(runde: Oenskerunde, elev: Elev) -> None:
    if elev.hold_id != runde.hold_id:
        raise ValidationError("Du er ikke på det hold, runden er for.")
    if runde.lukket or not runde.tager_oensker:
        raise ValidationError(f"Dine ønsker er låst. Fristen var {full_date(runde.oenskefrist)}.")


def _check_choices(runde: Oenskerunde, valg: Sequence[Valg], inhabil, indsend: bool) -> None:
    if indsend and not valg:
        words = "Sæt mindst én afdeling på listen. Er det lige meget, hvor du kommer hen, så lad være med at sende."
        raise ValidationError(words)
    places = offered(runde)
    if any(each.afdeling not in places or each.trin not in {None, *places[each.afdeling]} for each in valg):
        raise ValidationError("En af afdelingerne tilbyder ikke længere pladser. Se listen igen, og send den så ind.")
    if len({each.afdeling for each in valg}) < len(valg):
        raise ValidationError("En afdeling kan kun stå på listen én gang.")
    if not {afdeling for afdeling, _ in inhabil} <= asked(runde):
        raise ValidationError("Vælg en af rundens afdelinger.")


def _replace_rows(seddel: Oenskeseddel, valg: Sequence[Valg], inhabil) -> None:
    seddel.oensker.all().delete()
    seddel.inhabiliteter.all().delete()
    Oenske.objects.bulk_create(
        Oenske(seddel=seddel, rang=rang, afdeling_id=each.afdeling, trin=each.trin)
        for rang, each in enumerate(valg, start=1)
    )
    Inhabilitet.objects.bulk_create(
        Inhabilitet(seddel=seddel, afdeling_id=afdeling, grund=grund) for afdeling, grund in dict(inhabil).items()
    )


def _send_receipt(seddel: Oenskeseddel) -> None:
    outbox.queue(
        seddel.elev.bruger,
        noegle=f"oensker_kvittering:{seddel.pk}:{seddel.indsendt.isoformat()}",
        skabelon="oensker_kvittering",
        data={"runde": seddel.runde_id, "tid": seddel.indsendt.isoformat()},
    )

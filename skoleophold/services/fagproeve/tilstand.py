"""The states of a fagprøve: one table of legal moves, and the lock that everybody who writes on it waits at."""

from django.core.exceptions import ValidationError

from elevforloeb.core import audit
from elevforloeb.core.errors import StaleError
from skoleophold.models import Fagproeve, Fagproeveforsoeg

S = Fagproeve.Status

MOVES = {
    S.EMNE: {S.SKRIVES},
    S.SKRIVES: {S.SENDT},
    S.SENDT: {S.SENDT, S.SKRIVES, S.GODKENDT},  # sent again in a new version, sent back, or approved by both
    S.GODKENDT: {S.SENDT, S.AFLEVERET},  # a changed problemformulering needs both approvals again
    S.AFLEVERET: {S.GODKENDT},  # handed in by mistake
}
CHANGED = "En anden har ændret fagprøven imens. Genindlæs siden."
REASONS = {
    S.EMNE: "Der er ikke valgt et emne endnu. Vælg det først.",
    S.SKRIVES: "Problemformuleringen er ikke sendt til godkendelse. Skriv den færdig, og send den først.",
    S.SENDT: "Problemformuleringen er ikke godkendt af både arbejdspladsen og skolen endnu. Det skal den være først.",
    S.GODKENDT: "Problemformuleringen er allerede godkendt af både arbejdspladsen og skolen.",
    S.AFLEVERET: "Fagprøven er afleveret og kan ikke ændres.",
}


def lock(fagproeve: Fagproeve) -> Fagproeve:
    """The row as it is now. Whoever writes on the same fagprøve queues here."""
    rows = Fagproeve.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("runde__skolehold").filter(pk=fagproeve.pk).first()
    if found is None:  # somebody has just let her write with others
        raise StaleError(CHANGED)
    return found


def lock_open(fagproeve: Fagproeve) -> Fagproeve:
    fagproeve = lock(fagproeve)
    if fagproeve.status == S.AFLEVERET:
        raise ValidationError(REASONS[S.AFLEVERET])
    return fagproeve


def move(fagproeve: Fagproeve, to: str, **fields) -> None:
    """Conditional on the old state: of two at once, the later one is refused and changes nothing."""
    if to not in MOVES[fagproeve.status]:
        raise ValidationError(REASONS[fagproeve.status])
    if not Fagproeve.objects.filter(pk=fagproeve.pk, status=fagproeve.status).update(status=to, **fields):
        raise StaleError(CHANGED)
    for name, value in {"status": to, **fields}.items():
        setattr(fagproeve, name, value)


def members(fagproeve: Fagproeve) -> list[Fagproeveforsoeg]:
    return list(fagproeve.forsoeg.select_related("elev__bruger"))


def tell(actor, handling: str, fagproeve: Fagproeve, tekst: str) -> None:
    """Into the history of each elev who writes it: there it is erased with her."""
    audit.record_many(actor, handling, [(each.elev, tekst, {"fagproeve": fagproeve.pk}) for each in members(fagproeve)])

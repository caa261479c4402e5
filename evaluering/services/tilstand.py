"""The states of an evaluation: one table of legal moves, and the lock that everybody who writes in one waits at."""

from django.core.exceptions import ValidationError

from elevforloeb.core.errors import StaleError
from evaluering.models import Evaluering
from evaluering.permissions import UNFINISHED

S = Evaluering.Status

MOVES = {
    S.PLANLAGT: {S.IGANG, S.BORTFALDET, S.PAPIR},
    S.IGANG: {S.SAMTALE, S.BORTFALDET, S.PAPIR},
    S.SAMTALE: {S.LAAST, S.BORTFALDET},
    S.LAAST: {S.FORSEGLET},
    S.FORSEGLET: set(),
    S.BORTFALDET: set(),
    S.PAPIR: set(),
}


def lock(evaluering: Evaluering) -> Evaluering:
    """The row as it is now. Answers, sharing and signatures queue here: none of them reads half of another."""
    rows = Evaluering.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("elev__bruger", "afdeling", "skema", "elevvejleder").get(pk=evaluering.pk)


def lock_unfinished(evaluering: Evaluering) -> Evaluering:
    """The same for what can be done until somebody has signed, or it has lapsed."""
    evaluering = lock(evaluering)
    if evaluering.status not in UNFINISHED:
        raise refusal(evaluering)
    return evaluering


def move(evaluering: Evaluering, to: str, **fields) -> None:
    """Conditional on the old state: of two at once, the later one is refused and changes nothing."""
    if to not in MOVES[evaluering.status]:
        raise refusal(evaluering)
    if not Evaluering.objects.filter(pk=evaluering.pk, status=evaluering.status).update(status=to, **fields):
        raise StaleError("En anden har ændret evalueringen imens. Genindlæs siden.")
    for name, value in {"status": to, **fields}.items():
        setattr(evaluering, name, value)


def refusal(evaluering: Evaluering) -> ValidationError:
    """Why it cannot be done in this state, and what to do instead."""
    return ValidationError(REASONS[evaluering.status])


REASONS = {
    S.PLANLAGT: "Evalueringen er ikke begyndt. Vælg “Begynd” først.",
    S.IGANG: "Samtalen er ikke åbnet endnu. Del dine svar, eller åbn samtalen først.",
    S.SAMTALE: "Samtalen er åbnet, og svarene fra før samtalen kan ikke rettes. Skriv det under “Aftalt ved samtalen”.",
    S.LAAST: "Der er kvitteret, så teksten er låst. Når alle har kvitteret, kan den rettes i en ny udgave.",
    S.FORSEGLET: "Evalueringen er set af alle og kan ikke ændres. Den elevansvarlige kan rette den i en ny udgave.",
    S.BORTFALDET: "Evalueringen er bortfaldet. Kontakt den elevansvarlige, hvis den alligevel skal holdes.",
    S.PAPIR: "Samtalen er holdt på papir, så her er ikke noget at skrive i.",
}

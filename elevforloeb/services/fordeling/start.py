"""Ask for an allocation: from the round as it is now, or from an earlier one with something changed."""

from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from elevforloeb.core import audit, bell
from elevforloeb.core.errors import save_checked
from elevforloeb.fordeling.maal import MAAL, PLADS, replan_order
from elevforloeb.fordeling.problem import Problem
from elevforloeb.hvadnuhvis import Aendring, apply_changes, read_changes, sort_out
from elevforloeb.models import Fordeling, Oenskerunde, Udkastaendring
from elevforloeb.queries.fordeling.instans import read_problem, write_problem
from elevforloeb.queries.fordeling.opgave import build_problem
from elevforloeb.queries.fordeling.variant import present_for

from .koersel import solve_fordeling

AT_ONCE = 40  # elever: answered with all reasons in about two seconds, which a person waits for
TASK = "elevforloeb.tasks.solve_fordeling"
Status = Fordeling.Status
UDEN_SVAR = [Status.FEJLET, Status.STOPPET]


def start_fordeling(
    actor, *, runde: Oenskerunde, navn: str, maal: Iterable[str], seed: int = 0, ikke_igen: bool = True
) -> Fordeling:
    """Everything is kept in the row, so that it can be repeated. A small one is solved before this returns."""
    maal = tuple(maal)
    if unknown := set(maal) - set(MAAL) | ({PLADS} & set(maal)):
        raise ValidationError(f"Målet {', '.join(sorted(unknown))} findes ikke. Genindlæs siden.")
    problem = build_problem(runde, maal=maal, seed=seed, ikke_igen=ikke_igen)
    return _start(actor, Fordeling(runde=runde, navn=navn), problem)


def start_variant(actor, *, grundlag: Fordeling, navn: str, aendringer: Iterable[Aendring], genplan: bool) -> Fordeling:
    """The same question with something changed. `genplan`: as little as possible moves, and facts are those of now.

    The round's own rows stay as they are: what the departments have answered is not changed by a question.
    """
    aendringer = list(aendringer)
    changes = sort_out(read_changes(grundlag.aendringer), aendringer)
    asked = read_problem(grundlag.instans, {})
    if genplan:
        maal = replan_order(asked.maal)
        fresh = build_problem(grundlag.runde, maal=maal, seed=asked.seed, ikke_igen=asked.ikke_igen)
        problem = apply_changes(present_for(fresh, grundlag), changes)
    else:
        problem = apply_changes(asked, aendringer)
    new = Fordeling(
        runde=grundlag.runde, navn=navn, grundlag=grundlag, aendringer=[change.as_json() for change in changes]
    )
    return _start(actor, new, problem)


def _start(actor, fordeling: Fordeling, problem: Problem) -> Fordeling:
    fordeling.instans = write_problem(replace(problem, navn=fordeling.navn))
    fordeling.oprettet_af, fordeling.puls = actor, timezone.now()
    with transaction.atomic():
        # Two windows may have proposed the same name.
        Oenskerunde.objects.select_for_update(no_key=True).get(pk=fordeling.runde_id)
        _check(fordeling, problem)
        save_checked(fordeling)
        text = f"Fordelingen {fordeling} til {fordeling.runde.navn} regnet"
        audit.record(actor, "fordeling.startet", fordeling.runde.hold, text, fordeling=fordeling.pk)
    return _solve_or_ring(fordeling)


def _solve_or_ring(fordeling: Fordeling) -> Fordeling:
    if len(fordeling.instans["elever"]) > AT_ONCE:
        bell.ring_for_on_commit(TASK, fordeling.pk)
    else:
        solve_fordeling(fordeling.pk)
        fordeling.refresh_from_db()
    return fordeling


def retry_fordeling(actor, *, fordeling: Fordeling) -> Fordeling:
    """The same question once more, when it went wrong or was stopped before there was an answer."""
    fresh = {"forsoeg": 0, "puls": timezone.now(), "slut": None, "stop": False, "skridt": "", "fremdrift": 0}
    without = Fordeling.objects.filter(pk=fordeling.pk, status__in=UDEN_SVAR, resultat__isnull=True)
    with transaction.atomic():
        if not without.update(status=Status.VENTER, **fresh):
            raise ValidationError("Fordelingen bliver regnet eller har et svar. Genindlæs siden.")
        text = f"Fordelingen {fordeling} til {fordeling.runde.navn} regnet igen"
        audit.record(actor, "fordeling.startet", fordeling.runde.hold, text, fordeling=fordeling.pk)
    return _solve_or_ring(fordeling)


def _check(fordeling: Fordeling, problem: Problem) -> None:
    if not problem.elever:
        raise ValidationError("Der er ingen elever at fordele pladser til i de ophold.")
    if not problem.pladser:
        raise ValidationError("Ingen afdelinger har tilbudt pladser endnu. Vent på svarene, eller svar for dem.")
    if Fordeling.objects.filter(runde=fordeling.runde, navn=fordeling.navn).exists():
        raise ValidationError({"navn": "Der er allerede en fordeling med det navn. Skriv et andet."})


@transaction.atomic
def delete_fordeling(actor, *, fordeling: Fordeling) -> None:
    """What is published or lies in the draft is kept: it says why the plan is as it is."""
    if fordeling.udgivet or Udkastaendring.objects.filter(fordeling=fordeling).exists():
        raise ValidationError("Fordelingen er brugt i planen og kan ikke slettes.")
    text = f"Fordelingen {fordeling} slettet"
    audit.record(actor, "fordeling.slettet", fordeling.runde.hold, text, fordeling=fordeling.pk)
    Fordeling.objects.filter(pk=fordeling.pk).delete()

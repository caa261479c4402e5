"""The solver's answer as rows, with a reason for each; and why there is none for everybody."""

from elevforloeb.fordeling.engine import Stopped
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Fordeling as Svar
from elevforloeb.fordeling.problem import Problem
from elevforloeb.fordeling.umulig import explain_impossible
from elevforloeb.models import Fordeling, Tildeling
from elevforloeb.queries.fordeling.umulig import keep


def result_of(problem: Problem, answer: Svar) -> dict:
    """What is not in the rows. `uoensket` is the rank that counts for what nobody wished."""
    return {
        "maaltal": [{"maal": each.maal, "vaerdi": each.vaerdi, "graense": each.graense} for each in answer.maaltal],
        "uoensket": Indeks(problem).uoensket_rang,
        "bevist": answer.bevist,
        "afbrudt": answer.afbrudt,
        "sekunder": round(answer.sekunder, 2),
        "version": answer.version,
    }


def why_impossible(problem: Problem, pulse) -> dict:
    """Nothing when it is stopped meanwhile: the answer without the explanation is still worth keeping."""
    pulse.say("Finder ud af, hvad der ikke kan forenes", 85)
    try:
        return keep(explain_impossible(problem, stop=pulse.stop))
    except Stopped:
        return {}


def answer_rows(fordeling: Fordeling, problem: Problem, answer: Svar, pulse) -> list[Tildeling]:
    given = [
        Tildeling(fordeling=fordeling, elev_id=row.elev, trin=row.trin, afdeling_id=row.afdeling, rang=row.rang)
        for row in answer.tildelinger
    ]
    missing = [Tildeling(fordeling=fordeling, elev_id=row.elev, trin=row.trin) for row in answer.mangler]
    return given + missing

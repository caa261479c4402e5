"""The solver's answer as rows, with a reason for each; and why there is none for everybody."""

import time
from collections.abc import Iterator

from elevforloeb.fordeling.begrundelse import for_elev, for_elevansvarlig
from elevforloeb.fordeling.forklaring import Forklaring, explain, is_about
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Fordeling as Svar
from elevforloeb.fordeling.problem import Id, Problem
from elevforloeb.fordeling.problem import Tildeling as Plads
from elevforloeb.fordeling.step import Stopped
from elevforloeb.fordeling.umulig import explain_impossible
from elevforloeb.models import Fordeling, Tildeling
from elevforloeb.queries.fordeling.umulig import keep

# With those of the solver less than the task may take (tasks.TIME_LIMIT).
SECONDS = 300  # for the reasons; who has none by then gets the rank alone
WHY_NOT = 200  # for why it is impossible; the page shows what was found by then


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
    """What is found in time. Stopped at once, it is nothing: the answer is still worth keeping."""
    pulse.say("Finder ud af, hvad der ikke kan forenes", 80)
    end = time.monotonic() + WHY_NOT
    try:
        return keep(explain_impossible(problem, stop=lambda: pulse.stop() or time.monotonic() > end))
    except Stopped:
        return {}


def answer_rows(fordeling: Fordeling, problem: Problem, answer: Svar, pulse) -> list[Tildeling]:
    """With the reason for the elev, which names nobody else, and the one in full."""
    return [*_placed(fordeling, problem, answer, pulse), *_without(fordeling, answer)]


def _placed(fordeling: Fordeling, problem: Problem, answer: Svar, pulse) -> Iterator[Tildeling]:
    """Why an elev missed a wish is told once, at the first stay that is lower."""
    words = Words(problem, answer)
    waiting = _explained(problem, answer, pulse)
    for row in sorted(answer.tildelinger, key=lambda row: row.trin):
        reason = waiting.get(row.elev)
        if reason and is_about(words.indeks, reason, row):
            both = for_elev(words.indeks, reason), for_elevansvarlig(words.indeks, reason)
            del waiting[row.elev]
        else:
            both = words.short(row)
        yield Tildeling(
            fordeling=fordeling,
            elev_id=row.elev,
            trin=row.trin,
            afdeling_id=row.afdeling,
            rang=row.rang,
            begrundelse=both[0],
            begrundelse_fuld=both[1],
        )


def _explained(problem: Problem, answer: Svar, pulse) -> dict[Id, Forklaring]:
    end = time.monotonic() + SECONDS

    def progress(done: int, every: int) -> None:
        pulse.say(f"Finder begrundelser, {done} af {every}", 80 + 15 * done // every)

    found = explain(problem, answer, progress=progress, stop=lambda: pulse.stop() or time.monotonic() > end)
    return {each.elev: each for each in found}


def _without(fordeling: Fordeling, answer: Svar) -> Iterator[Tildeling]:
    for row in answer.mangler:
        text = "Der er ingen ledig plads, som reglerne tillader."
        yield Tildeling(fordeling=fordeling, elev_id=row.elev, trin=row.trin, begrundelse=text, begrundelse_fuld=text)


class Words:
    """What can be said of a stay without solving anything again: (to the elev, in full)."""

    def __init__(self, problem: Problem, answer: Svar):
        self.indeks = Indeks(problem)
        self.pins = {(pin.elev, pin.trin, pin.afdeling): pin.grund for pin in problem.fastlagte}
        self.first = {row.elev: row.trin for row in answer.tildelinger if row.rang == 1}

    def short(self, row: Plads) -> tuple[str, str]:
        if (row.elev, row.trin) in self.indeks.laaste:
            return "Opholdet er begyndt og står fast.", "Opholdet er begyndt og står fast."
        if (row.elev, row.trin, row.afdeling) in self.pins:
            own = "Pladsen var bestemt på forhånd. Spørg den elevansvarlige, hvis du ikke ved hvorfor."
            return own, f"Pladsen var bestemt på forhånd: {self.pins[row.elev, row.trin, row.afdeling]}"
        return (
            f"Du {self._got(row, 'dit', 'din')}",
            f"{self.indeks.elever[row.elev].navn} {self._got(row, 'sit', 'sin')}",
        )

    def _got(self, row: Plads, mit: str, min_: str) -> str:
        """For both readers: Du fik dit, Bo Berg fik sit."""
        if row.rang == 0:
            return "har ikke sendt ønsker ind og kunne derfor få en plads hvor som helst."
        if row.rang is None:
            return f"fik en afdeling, der ikke står på {min_} liste."
        also = self.first.get(row.elev)
        if row.rang > 1 and also:
            return f"fik {mit} {row.rang}. ønske her og {mit} 1. i {also}. ophold."
        return f"fik {mit} {row.rang}. ønske."

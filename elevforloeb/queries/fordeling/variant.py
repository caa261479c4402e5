"""An earlier allocation as the plan that a new one shall change as little as possible."""

from dataclasses import replace

from elevforloeb.fordeling.problem import Nuvaerende, Problem
from elevforloeb.models import Fordeling


def present_for(problem: Problem, fordeling: Fordeling) -> Problem:
    """What is locked stays. The rest is the published plan once the allocation is published, before that its answer."""
    if fordeling.udgivet:
        return problem
    locked = {(row.elev, row.trin): row for row in problem.nuvaerende if row.laast}
    known = {elev.id for elev in problem.elever}
    rows = fordeling.tildelinger.exclude(afdeling=None).order_by("pk").values_list("elev", "trin", "afdeling")
    planned = [Nuvaerende(*row) for row in rows if row[0] in known and row[:2] not in locked]
    return replace(problem, nuvaerende=(*locked.values(), *planned))

"""The neighbours of the allocation: serial dictatorship, and CP-SAT with all goals in one sum and a time limit."""

from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.lod import lots
from elevforloeb.fordeling.problem import Problem, Tildeling


def serial_dictatorship(problem: Problem) -> list[Tildeling]:
    """In the order of the lots each elev takes the best of what is left; those with pins first."""
    indeks, draw = Indeks(problem), lots(problem.seed)
    free = {
        (afdeling, trin): indeks.plads(afdeling, trin)[1] for trin in indeks.trin for afdeling in indeks.aabne[trin]
    }
    pinned = {pin.elev for pin in problem.fastlagte}
    rows = []
    for elev in sorted(indeks.elever, key=lambda elev: (elev not in pinned, draw(elev))):
        rows += _take(indeks, elev, free)
    return _keep_minima(indeks, rows)


def _take(indeks: Indeks, elev, free: dict) -> list[Tildeling]:
    taken: dict[int, Tildeling] = {}
    for trin in sorted(indeks.trin, key=lambda trin: (elev, trin) not in indeks.fastlagte):
        had = {row.afdeling for row in taken.values()}
        choices = [each for each in indeks.muligheder(elev, trin) if free[each, trin] and each not in had]
        if choices:
            best = min(choices, key=lambda each: indeks.tal(indeks.rang_of(elev, trin, each)))
            free[best, trin] -= 1
            taken[trin] = indeks.tildeling(elev, trin, best)
    return list(taken.values())


def _keep_minima(indeks: Indeks, rows: list[Tildeling]) -> list[Tildeling]:
    """Whoever is alone where a minimum holds has no place: nobody looks back in a serial dictatorship."""
    count: dict = {}
    for row in rows:
        count[row.afdeling, row.trin] = count.get((row.afdeling, row.trin), 0) + 1
    return [row for row in rows if count[row.afdeling, row.trin] >= indeks.plads(row.afdeling, row.trin)[0]]


def cp_sat(problem: Problem, seconds: float) -> list[Tildeling]:
    """Places, unwished and ranks in one weighted sum; what comes after is left to chance."""
    from ortools.sat.python import cp_model

    indeks, model = Indeks(problem), cp_model.CpModel()
    coming: dict = {}
    pairs: dict = {}
    terms, x = [], {}
    for elev, trin in indeks.skal_fyldes:
        missing, own = model.new_bool_var(""), []
        for afdeling in indeks.muligheder(elev, trin):
            var = x[elev, trin, afdeling] = model.new_bool_var("")
            own.append(var)
            coming.setdefault((afdeling, trin), []).append(var)
            pairs.setdefault((elev, afdeling), []).append(var)
            rang = indeks.rang_of(elev, trin, afdeling)
            terms.append((1000 * (rang is None) + indeks.tal(rang)) * var)
        model.add_exactly_one([*own, missing])
        terms.append(100_000 * missing)
    for own in pairs.values():
        model.add_at_most_one(own)
    for cell, own in coming.items():
        least, most = indeks.plads(*cell)
        model.add(sum(own) <= most)
        if least > 1:
            used = model.new_bool_var("")
            model.add(sum(own) >= least * used)
            model.add(sum(own) <= most * used)
    model.minimize(sum(terms))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, 2
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return []
    return [indeks.tildeling(*key) for key, var in x.items() if solver.value(var)]

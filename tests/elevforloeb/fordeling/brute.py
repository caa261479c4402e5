"""Every plan there is, one by one. Written from the rules in words, and shares no line with the solver's model."""

from collections import Counter
from itertools import product

from elevforloeb.fordeling.problem import Problem


def all_plans(problem: Problem):
    """Plans as {(elev, trin): afdeling or None} that break no hard rule."""
    cells = [
        (elev.id, trin.nr)
        for elev in problem.elever
        for trin in problem.trin
        if locked(problem, elev.id, trin.nr) is not None
        or not any((row.elev, row.trin) == (elev.id, trin.nr) for row in problem.fravaer)
    ]
    choices = [choices_of(problem, elev, trin) for elev, trin in cells]
    for picked in product(*choices):
        plan = dict(zip(cells, picked, strict=True))
        if keeps_different(problem, plan) and keeps_places(problem, plan):
            yield plan


def locked(problem, elev, trin):
    return next((r.afdeling for r in problem.nuvaerende if r.laast and (r.elev, r.trin) == (elev, trin)), None)


def choices_of(problem, elev, trin):
    if locked(problem, elev, trin) is not None:
        return [locked(problem, elev, trin)]
    person = next(each for each in problem.elever if each.id == elev)
    found = [None]
    for offer in problem.pladser:
        if offer.trin != trin or not offer.aaben or offer.hoejst == 0:
            continue
        if any((row.elev, row.afdeling) == (elev, offer.afdeling) for row in problem.forbud):
            continue
        if problem.ikke_igen and offer.afdeling in person.har_haft:
            continue
        if any((r.elev, r.trin) == (elev, trin) and r.afdeling != offer.afdeling for r in problem.fastlagte):
            continue
        found.append(offer.afdeling)
    return found


def keeps_different(problem, plan):
    if len(problem.trin) == 1:
        return True
    seen: dict = {}
    for (elev, trin), afdeling in plan.items():
        if afdeling is not None:
            seen.setdefault((elev, afdeling), []).append(trin)
    return all(
        len(trin) == 1 or len(trin) <= max(1, sum(locked(problem, elev, each) == afdeling for each in trin))
        for (elev, afdeling), trin in seen.items()
    )


def keeps_places(problem, plan):
    coming = Counter((afdeling, trin) for (_, trin), afdeling in plan.items() if afdeling is not None)
    settled = Counter((row.afdeling, row.trin) for row in problem.nuvaerende if row.laast)
    offers = {(offer.afdeling, offer.trin): offer for offer in problem.pladser}
    for cell, number in coming.items():
        offer = offers.get(cell)
        most = offer.hoejst if offer and offer.aaben else 0
        if number > max(most, settled[cell]):
            return False
        if offer and not settled[cell] and number < offer.mindst:
            return False
    return True


def score(problem: Problem, plan) -> tuple[int, ...]:
    return tuple(SCORES[goal](problem, plan) for goal in ("plads", *problem.maal))


def rank(problem, elev, trin, afdeling):
    """None: not wished. 0: has no wishes."""
    person = next(each for each in problem.elever if each.id == elev)
    if afdeling is None:
        return None
    if not person.oensker:
        return 0
    for number, wish in enumerate(person.oensker, start=1):
        if wish.afdeling == afdeling and (not wish.trin or trin in wish.trin):
            return number
    return None


def ranks(problem, plan):
    return [(elev, rank(problem, elev, trin, afdeling)) for (elev, trin), afdeling in plan.items()]


def numbers(problem, plan):
    worst = 1 + max((len(elev.oensker) for elev in problem.elever), default=0)
    return [(elev, worst if own is None else own) for elev, own in ranks(problem, plan)]


def worst_rank(problem, plan):
    goals = list(problem.maal)
    if "uoensket" in goals and goals.index("uoensket") < goals.index("vaerste"):
        return max((own for _, own in ranks(problem, plan) if own is not None), default=0)
    return max((own for _, own in numbers(problem, plan)), default=0)


def burden(problem, plan):
    weight = {elev.id: elev.byrde for elev in problem.elever}
    return sum(weight[elev] * own for elev, own in numbers(problem, plan))


def uncovered(problem, plan):
    teaches = {afdeling.id: afdeling.maal for afdeling in problem.afdelinger}
    return sum(
        not any(
            goal in teaches[afdeling] for (who, _), afdeling in plan.items() if who == elev.id and afdeling is not None
        )
        for elev in problem.elever
        for goal in set(elev.aabne_maal)
    )


SCORES = {
    "plads": lambda problem, plan: sum(afdeling is None for afdeling in plan.values()),
    "uoensket": lambda problem, plan: sum(own is None for _, own in ranks(problem, plan)),
    "vaerste": worst_rank,
    "rangsum": lambda problem, plan: sum(own for _, own in numbers(problem, plan)),
    "byrde": burden,
    "oplaering": uncovered,
    "aendringer": lambda problem, plan: sum(
        plan.get((row.elev, row.trin)) != row.afdeling for row in problem.nuvaerende
    ),
}

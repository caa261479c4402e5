"""Made-up problems for the bench of the allocation: popular and unpopular afdelinger, short lists, some who do not
answer.
"""

import random

from elevforloeb.fordeling.problem import (
    Afdeling,
    Elev,
    Fastlagt,
    Forbud,
    Nuvaerende,
    Oenske,
    Pladser,
    Problem,
    Trin,
)

STAYS, GOALS, LONGEST = 2, 20, 5
SPARE = 1.2  # places per elev


def make_problem(elever: int, afdelinger: int, seed: int = 1) -> Problem:
    chance = random.Random(seed)  # noqa: S311 - the same world every time
    people = tuple(_elev(chance, number, afdelinger) for number in range(elever))
    places = tuple(_pladser(chance, elever, afdelinger))
    return Problem(
        trin=tuple(Trin(nr, f"{nr + 1}. ophold") for nr in range(STAYS)),
        afdelinger=tuple(
            Afdeling(number, f"Afdeling {number}", tuple(chance.sample(range(GOALS), GOALS // 4)))
            for number in range(afdelinger)
        ),
        elever=people,
        pladser=places,
        fastlagte=_pins(chance, elever, afdelinger, places),
        forbud=tuple(Forbud(elev, chance.randrange(afdelinger)) for elev in chance.sample(range(elever), elever // 20)),
        nuvaerende=tuple(
            Nuvaerende(elev.id, nr, chance.randrange(afdelinger))
            for elev in people
            for nr in range(STAYS)
            if chance.random() < 0.3
        ),
    )


def _elev(chance: random.Random, number: int, afdelinger: int) -> Elev:
    wishes: list[Oenske] = []
    if chance.random() > 0.05:
        left = list(range(afdelinger))
        for _ in range(min(chance.randint(3, LONGEST), afdelinger)):
            liked = chance.choices(left, [1 / (each + 1) ** 0.7 for each in left])[0]
            left.remove(liked)
            wishes.append(Oenske(liked, (chance.randrange(STAYS),) if chance.random() < 0.15 else ()))
    goals = tuple(chance.sample(range(GOALS), 8))
    return Elev(number, f"Elev {number}", tuple(wishes), byrde=chance.choice([0, 0, 0, 1, 2]), aabne_maal=goals)


def _pladser(chance: random.Random, elever: int, afdelinger: int):
    for nr in range(STAYS):
        sizes = [chance.uniform(0.5, 1.5) for _ in range(afdelinger)]
        for number, size in enumerate(sizes):
            most = max(1, round(SPARE * elever * size / sum(sizes)))
            yield Pladser(number, nr, most, mindst=2 if most >= 3 and chance.random() < 0.3 else 0)


def _pins(chance: random.Random, elever: int, afdelinger: int, places: tuple[Pladser, ...]) -> tuple[Fastlagt, ...]:
    """One in two hundred, in the afdeling with most places, so that they never collide."""
    largest = max((row for row in places if row.trin == 0), key=lambda row: row.hoejst).afdeling
    return tuple(Fastlagt(elev, 0, largest, "aftalt") for elev in chance.sample(range(elever), elever // 200))

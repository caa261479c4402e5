"""Small problems for the tests: drawn by hypothesis, or written out."""

from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from elevforloeb.fordeling.maal import STANDARD
from elevforloeb.fordeling.problem import (
    Afdeling,
    Elev,
    Fastlagt,
    Forbud,
    Fravaer,
    Nuvaerende,
    Oenske,
    Pladser,
    Problem,
    Trin,
)

quick = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@cache  # a strategy is looked through before it is drawn from the first time
def some_of(rows: tuple, most: int):
    return st.lists(st.sampled_from(rows), max_size=most, unique=True)


@cache
def wishes_of(places: tuple, last: int):
    wish = st.builds(Oenske, st.sampled_from(places), st.sampled_from([(), (), (0,), (last,)]))
    return st.lists(wish, max_size=3, unique=True)


@st.composite
def problems(draw, elever=4, afdelinger=4):
    """At most 4 elever, 4 afdelinger and 2 trin (or 2, 3 and 3): few enough to try every plan."""
    stages = draw(st.sampled_from([1, 2, 2, 2, 3]))
    people = list(range(draw(st.integers(1, 2 if stages == 3 else elever if stages == 1 else 3))))
    places = list("abcd"[: draw(st.integers(1, 3 if stages == 3 else afdelinger))])
    trin = range(stages)
    pairs = [(elev, nr) for elev in people for nr in trin]

    def some(rows, most=2):
        return draw(some_of(tuple(rows), most)) if rows else []

    wishes = wishes_of(tuple(places), stages - 1)
    present = some(pairs, 3)
    return Problem(
        trin=tuple(Trin(nr, f"{nr + 1}. ophold") for nr in trin),
        afdelinger=tuple(Afdeling(each, each.upper(), tuple(some(["m", "n", "o"]))) for each in places),
        elever=tuple(
            Elev(
                each,
                f"Elev {each}",
                oensker=tuple(draw(wishes)),
                byrde=draw(st.integers(0, 2)),
                har_haft=tuple(some(places, 1)),
                aabne_maal=tuple(some(["m", "n", "o"])),
            )
            for each in people
        ),
        pladser=tuple(
            Pladser(each, nr, most, mindst=draw(st.integers(0, most)), aaben=draw(st.integers(0, 9)) > 0)
            for each in places
            for nr in trin
            for most in [draw(st.integers(0, 3))]
        ),
        fastlagte=tuple(Fastlagt(*pair, draw(st.sampled_from(places)), "aftalt") for pair in some(pairs, 1)),
        forbud=tuple(Forbud(*pair) for pair in some([(elev, each) for elev in people for each in places])),
        fravaer=tuple(Fravaer(*pair) for pair in some(pairs, 1)),
        nuvaerende=tuple(
            Nuvaerende(*pair, draw(st.sampled_from(places)), laast=draw(st.integers(0, 3)) == 0) for pair in present
        ),
        ikke_igen=draw(st.booleans()),
        maal=tuple(draw(st.permutations(STANDARD)))[: draw(st.integers(3, 6))] if draw(st.booleans()) else STANDARD,
        seed=draw(st.integers(0, 3)),
    )


@st.composite
def learning(draw):
    """Much to learn, and it counts before the wishes: it depends on both stays of each elev, and on who takes what."""
    goals, (people, places) = "mnop", draw(st.sampled_from([(3, "abc"), (2, "abcd")]))
    some = st.lists(st.sampled_from(goals), min_size=1, max_size=3, unique=True).map(tuple)
    wishes = st.lists(st.sampled_from([Oenske(each) for each in places]), max_size=2, unique=True).map(tuple)
    return Problem(
        trin=(Trin(0, "1. ophold"), Trin(1, "2. ophold")),
        afdelinger=tuple(Afdeling(each, each.upper(), draw(some)) for each in places),
        elever=tuple(Elev(each, f"Elev {each}", draw(wishes), aabne_maal=tuple(goals)) for each in range(people)),
        pladser=tuple(
            Pladser(each, nr, most, mindst=draw(st.sampled_from([0, most])))
            for each in places
            for nr in (0, 1)
            for most in [draw(st.integers(1, 2))]
        ),
        nuvaerende=(Nuvaerende(0, 0, draw(st.sampled_from(places))),),
        maal=("oplaering", *(goal for goal in STANDARD if goal != "oplaering")),
        seed=draw(st.integers(0, 3)),
    )


def simple(elever, pladser, *, trin=1, **rest) -> Problem:
    """`elever`: {id: wishes as text}; `pladser`: {afdeling: (mindst, hoejst)}, the same in every trin."""
    return Problem(
        trin=tuple(Trin(nr, f"{nr + 1}. ophold") for nr in range(trin)),
        afdelinger=tuple(Afdeling(each, f"Afdeling {each}") for each in pladser),
        elever=tuple(Elev(each, f"Elev {each}", tuple(map(Oenske, wishes))) for each, wishes in elever.items()),
        pladser=tuple(Pladser(each, nr, most, least) for each, (least, most) in pladser.items() for nr in range(trin)),
        **rest,
    )

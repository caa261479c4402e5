"""Each sentence that an elev reads is read back, and what it claims is tried on every plan there is."""

import re
from dataclasses import replace

import pytest
from hypothesis import Phase, find, given, settings

from elevforloeb.fordeling import forklaring
from elevforloeb.fordeling.begrundelse import for_elev
from elevforloeb.fordeling.forklaring import explain
from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.solver import LOD, solve
from tests.elevforloeb.fordeling.brute import all_plans, locked, numbers, rank, score
from tests.elevforloeb.fordeling.cases import problems, quick
from tests.elevforloeb.fordeling.test_forklaring import forced_numbers, forced_plans, wishes_of

TEXT = re.compile(
    r"Du fik (?P<fik>.+?)\. Dit (?P<nr>\d)\. ønske, (?P<afd>[A-D]), havde (?P<steder>.+?)\. "
    r"(?P<pris>(Hvis|Det|En) .+)\."
)
PLACE = re.compile(r"(?P<antal>ingen|\d+) plads(?:er)? i (?P<trin>\d)\. ophold, som (?P<af>\d+) elev(?:er)? ønskede")


class World:
    """A problem, its best plan, and every plan in which the elev has the wish of the reason."""

    def __init__(self, problem, reason, plans):
        self.problem, self.reason = problem, reason
        self.goals = ("plads", *problem.maal)
        self.best = min(score(problem, plan) for plan in plans)
        self.all_best = [plan for plan in plans if score(problem, plan) == self.best]
        self.forced = forced_plans(problem, plans, reason.elev, forced_numbers(reason))
        self.then = min((score(problem, plan) for plan in self.forced), default=None)

    def value(self, goal):
        """Now and then, where nothing above this goal is given up."""
        place = self.goals.index(goal)
        assert self.then[:place] == self.best[:place]
        return self.best[place], self.then[place]

    def more(self, goal, number):
        now, then = self.value(goal)
        return then - now == int(number) > 0

    def became(self, goal, then, now):
        return self.value(goal) == (int(now), int(then)) and then != now

    def worst_is_unwished(self):
        longest = max(len(elev.oensker) for elev in self.problem.elever)
        now, then = self.value("vaerste")
        return now <= longest < then

    def somebody_with_a_burden_loses(self):
        """In every plan with the wish that keeps the goals above, compared with any of the best."""
        place = self.goals.index("byrde")
        kept = [plan for plan in self.forced if score(self.problem, plan)[:place] == self.best[:place]]
        heavy = {elev.id for elev in self.problem.elever if elev.byrde}
        best = [self.points(plan) for plan in self.all_best]
        return kept and all(
            any(self.points(plan)[elev] > points[elev] for elev in heavy) for plan in kept for points in best
        )

    def points(self, plan):
        found = dict.fromkeys((elev.id for elev in self.problem.elever), 0)
        for elev, own in numbers(self.problem, plan):
            found[elev] += own
        return found

    def is_as_good(self):
        return self.then == self.best

    def cannot_be(self, causes):
        """No plan has the wish; and each cause that is named is a fact."""
        trin = [each.nr for each in self.problem.trin]
        wish = wishes_of(self.problem, self.reason.elev)[self.reason.nummer - 1]
        _, *parts = re.split(r"(?:, | og )?i (\d)\. ophold: ", f" {causes}" if causes.startswith("i ") else causes)
        told = [(int(nr) - 1, cause) for nr, cause in zip(parts[::2], parts[1::2], strict=True)]
        told = told or [(nr, causes) for nr in wish.trin or trin]
        return not self.forced and all(self.is_fact(cause, nr, wish.afdeling) for nr, cause in told)

    def is_fact(self, cause, trin, afdeling):
        elev, problem = self.reason.elev, self.problem
        person = next(each for each in problem.elever if each.id == elev)
        here = [row for row in problem.pladser if (row.afdeling, row.trin) == (afdeling, trin)]
        return {
            "opholdet er begyndt": locked(problem, elev, trin) is not None,
            "du skal ikke have en plads dér": any((r.elev, r.trin) == (elev, trin) for r in problem.fravaer),
            "pladsen dér var bestemt på forhånd": any(
                (r.elev, r.trin) == (elev, trin) and r.afdeling != afdeling for r in problem.fastlagte
            ),
            "det er besluttet, at du ikke kan være i afdelingen": any(
                (r.elev, r.afdeling) == (elev, afdeling) for r in problem.forbud
            ),
            "du har været i afdelingen før": problem.ikke_igen and afdeling in person.har_haft,
            "der er ingen pladser": not any(row.aaben and row.hoejst for row in here),
            "det kan ikke forenes med de andre faste regler og aftaler": True,
        }[cause]


IF = r"Hvis du (?:også )?havde fået det, ville "
CLAIMS = [
    (IF + r"(\d+) ophold mere på holdet være uden afdeling", lambda world, number: world.more("plads", number)),
    (
        IF + r"der have været (\d+) uønske(?:t|de) ophold mere på holdet",
        lambda world, number: world.more("uoensket", number),
    ),
    (
        IF + r"nogen på holdet være endt med noget, de ikke har ønsket, og det er ingen nu",
        lambda world: world.worst_is_unwished(),
    ),
    (
        IF + r"det laveste ønske, nogen fik, være nr\. (\d+) i stedet for nr\. (\d+)",
        lambda world, then, now: world.became("vaerste", then, now),
    ),
    (
        IF + r"det laveste ønske, nogen fik, være nr\. (\d+)",
        lambda world, then: world.became("vaerste", then, 0),
    ),
    (
        IF + r"holdet samlet have fået lavere ønsker: numrene lagt sammen ville være (\d+) i stedet for (\d+)",
        lambda world, then, now: world.became("rangsum", then, now),
    ),
    (
        IF + r"det være gået ud over nogen, som tidligere har fået mindre af det, de ønskede",
        lambda world: world.somebody_with_a_burden_loses(),
    ),
    (
        IF + r"(\d+) oplæringsmål mere på holdet ikke blive dækket",
        lambda world, number: world.more("oplaering", number),
    ),
    (
        IF + r"(\d+) ophold mere blive lavet om, og planen skulle ændres så lidt som muligt",
        lambda world, number: world.more("aendringer", number),
    ),
    (
        r"En plan, hvor du (?:også )?fik det, var lige så god\. Her afgjorde lodtrækningen",
        lambda world: world.is_as_good(),
    ),
    (r"Det kunne ikke lade sig gøre: (.+)", lambda world, causes: world.cannot_be(causes)),
]


def check_text(problem):
    """Nothing may be said that is not known here, and what is said must hold."""
    fordeling, indeks = solve(problem), Indeks(problem)
    plans = list(all_plans(problem))
    for reason in explain(problem, fordeling):
        said = TEXT.fullmatch(for_elev(indeks, reason))
        assert said, for_elev(indeks, reason)
        check_what_she_got(problem, reason, said["fik"])
        check_the_places(problem, reason, said["steder"])
        holds = [claim(World(problem, reason, plans), *found.groups()) for claim, found in claims_in(said["pris"])]
        assert holds and all(holds), said["pris"]


def claims_in(text):
    """The first of the list that says all of it."""
    found = [(claim, match) for words, claim in CLAIMS if (match := re.fullmatch(words, text))]
    return found[:1]


def check_what_she_got(problem, reason, text):
    own = [rank(problem, reason.elev, row.trin, row.afdeling) for row in reason.fik]
    assert [int(nr) for nr in re.findall(r"(\d)\.", text)] == sorted(nr for nr in own if nr)
    assert text.count("som ikke er på listen") == own.count(None)


def check_the_places(problem, reason, text):
    said = {int(each["trin"]) - 1: (each["antal"], int(each["af"])) for each in PLACE.finditer(text)}
    wish = wishes_of(problem, reason.elev)[reason.nummer - 1]
    assert set(said) == set(wish.trin or [each.nr for each in problem.trin])
    for trin, (antal, af) in said.items():
        here = wish.afdeling, trin
        offer = [row.hoejst for row in problem.pladser if (row.afdeling, row.trin) == here and row.aaben]
        begun = [row for row in problem.nuvaerende if row.laast and (row.afdeling, row.trin) == here]
        assert (0 if antal == "ingen" else int(antal)) == max(sum(offer), len(begun))
        assert af == sum(bool(rank(problem, elev.id, trin, wish.afdeling)) for elev in problem.elever)


@settings(quick, max_examples=100)
@given(problems())
def test_every_sentence_of_a_reason_is_true(problem):
    check_text(problem)


def blame_the_lots(monkeypatch):
    whole = forklaring._forklaring
    monkeypatch.setattr(forklaring, "_forklaring", lambda *args: replace(whole(*args), maal=LOD))


def count_one_wish_too_many(monkeypatch):
    whole = forklaring.wanted_by
    monkeypatch.setattr(forklaring, "wanted_by", lambda *args: whole(*args) + 1)


@pytest.mark.parametrize("sabotage", [blame_the_lots, count_one_wish_too_many])
def test_a_reason_that_is_not_true_is_seen(sabotage, monkeypatch):
    """The twin of the test above: the same reading, of reasons that are wrong."""
    sabotage(monkeypatch)

    def is_caught(problem):
        try:
            check_text(problem)
        except AssertionError:
            return True
        return False

    find(problems(), is_caught, settings=settings(quick, max_examples=500, phases=[Phase.generate]))

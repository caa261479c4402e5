from dataclasses import replace

from hypothesis import given, settings

from elevforloeb.fordeling.indeks import Indeks
from elevforloeb.fordeling.problem import Afdeling, Fastlagt, Forbud, Pladser, Problem
from elevforloeb.fordeling.regler import Art, Regel, all_rules, rule_text, without
from elevforloeb.fordeling.solver import is_possible
from elevforloeb.fordeling.udveje import FORBUDSPRIS, PRISER, Aendring, Skridt, apply_changes
from elevforloeb.fordeling.umulig import explain_impossible
from tests.elevforloeb.fordeling.brute import all_plans
from tests.elevforloeb.fordeling.cases import problems, quick, simple

DEAR = 41


def only(problem: Problem, rules) -> tuple:
    return without(problem, set(all_rules(Indeks(problem))) - set(rules))


def has_plan(problem: Problem) -> bool:
    return any(None not in plan.values() for plan in all_plans(problem))


@settings(quick, max_examples=60)
@given(problems())
def test_the_rules_that_are_named_collide_and_each_is_needed(problem):
    found = explain_impossible(problem)
    assert (found is None) == has_plan(problem)
    if found:
        assert not is_possible(*only(problem, found.regler))
        for rule in found.regler:
            assert is_possible(*only(problem, [other for other in found.regler if other != rule]))


@settings(quick, max_examples=60)
@given(problems())
def test_every_way_out_works_and_none_is_for_nothing(problem):
    found = explain_impossible(problem)
    for way in found.udveje if found else ():
        assert has_plan(apply_changes(problem, way.aendringer))
        for change in way.aendringer:
            assert not has_plan(apply_changes(problem, [other for other in way.aendringer if other != change]))


def sets_of_changes(problem, below):
    """Every set of changes that costs less, by the prices that the ways out are counted with."""
    indeks, cells = Indeks(problem), [(each.id, nr) for each in problem.afdelinger for nr in Indeks(problem).trin]
    knobs = [list(_room(indeks, *cell, len(problem.elever))) for cell in cells]
    knobs += [[_step(Skridt.FASTLAGT, pin.elev, pin.afdeling, pin.trin)] for pin in problem.fastlagte]
    knobs += [[(FORBUDSPRIS[row.art], Aendring(Skridt.FORBUD, row.elev, row.afdeling))] for row in problem.forbud]
    again = [(elev.id, had) for elev in problem.elever for had in (elev.har_haft if problem.ikke_igen else ())]
    knobs += [[_step(Skridt.HAFT, *pair)] for pair in again]
    found = [(0, ())]
    for knob in knobs:
        longer = [(price + more, (*set_, change)) for price, set_ in found for more, change in knob]
        found += [(price, set_) for price, set_ in longer if price < below]
    return [set_ for _, set_ in found]


def _step(kind, *what):
    return PRISER[kind], Aendring(kind, *what)


def _room(indeks, afdeling, trin, people):
    is_open, (least, _) = afdeling in indeks.aabne[trin], indeks.plads(afdeling, trin)
    kind, first = (Skridt.PLADS, 0) if is_open else (Skridt.AABN, PRISER[Skridt.AABN])
    for number in range(1, people + 1):
        yield first + number * PRISER[Skridt.PLADS], Aendring(kind, None, afdeling, trin, number)
    for lower in range(1, least if is_open else 0):
        yield (least - lower) * PRISER[Skridt.MINDST], Aendring(Skridt.MINDST, None, afdeling, trin, lower)


def holds(bigger, smaller):
    """Every change of the smaller is in the bigger, at least as far."""

    def as_far(one, other):
        same = replace(one, antal=0) == replace(other, antal=0)
        return same and (one.antal <= other.antal if one.skridt is Skridt.MINDST else one.antal >= other.antal)

    return all(any(as_far(one, other) for one in bigger) for other in smaller)


@settings(quick, max_examples=30)
@given(problems(elever=2, afdelinger=2))
def test_the_ways_out_are_the_cheapest_there_are(problem):
    """Whatever is cheaper does not work, or is more than a way named before it. Of dear ones there are too many."""
    found = explain_impossible(problem)
    for nr, way in enumerate(found.udveje if found else ()):
        named = [each.aendringer for each in found.udveje[:nr] if each.pris < way.pris]
        for cheaper in sets_of_changes(problem, min(way.pris, DEAR)):
            assert any(holds(cheaper, each) for each in named) or not has_plan(apply_changes(problem, cheaper))


def test_too_few_places_are_told_with_names_and_numbers():
    problem = simple({1: "a", 2: "a", 3: ""}, {"a": (0, 1), "b": (0, 1)})
    found = explain_impossible(problem)
    assert sorted(rule.art for rule in found.regler) == [Art.HOEJST] * 2 + [Art.PLADS] * 3
    assert found.tekst == (
        "Det her kan ikke lade sig gøre på samme tid: Elev 1, Elev 2 og Elev 3 skal have en afdeling i 1. ophold, "
        "Afdeling a har 1 plads i 1. ophold og Afdeling b har 1 plads i 1. ophold."
    )
    assert [way.tekst for way in found.udveje] == [
        "1 plads mere i Afdeling a i 1. ophold.",
        "1 plads mere i Afdeling b i 1. ophold.",
    ]


def test_a_place_that_there_is_room_for_is_asked_for_first_and_the_other_says_so():
    problem = simple({1: "a", 2: "a", 3: ""}, {"a": (0, 1), "b": (0, 1)})
    rooms = tuple(replace(row, rum=1 if row.afdeling == "a" else 2) for row in problem.pladser)
    found = explain_impossible(replace(problem, pladser=rooms))
    assert [way.tekst for way in found.udveje] == [
        "1 plads mere i Afdeling b i 1. ophold.",
        "1 plads mere i Afdeling a i 1. ophold (der er kun plads til 1 i afdelingen).",
    ]


def test_a_minimum_that_cannot_be_reached_may_be_lowered():
    found = explain_impossible(simple({1: "a"}, {"a": (2, 3)}))
    assert {rule.art for rule in found.regler} == {Art.PLADS, Art.MINDST}
    assert [way.tekst for way in found.udveje] == ["Sæt minimum i Afdeling a ned til 1 i 1. ophold."]


def test_a_pin_against_inhabilitet_is_dropped_before_the_inhabilitet():
    problem = simple(
        {1: "a"},
        {"a": (0, 1), "b": (0, 1)},
        fastlagte=(Fastlagt(1, 0, "a", "aftalt"),),
        forbud=(Forbud(1, "a", "inhabilitet"),),
    )
    found = explain_impossible(problem)
    assert {rule.art for rule in found.regler} == {Art.PLADS, Art.FASTLAGT, Art.FORBUD}
    assert [way.aendringer[0].skridt for way in found.udveje] == [Skridt.FASTLAGT, Skridt.FORBUD]


def test_where_all_have_a_place_there_is_nothing_to_explain():
    assert explain_impossible(simple({1: "a"}, {"a": (0, 1)})) is None


def test_why_nobody_can_come_is_four_different_facts():
    problem = simple({"x": "a"}, {"a": (0, 1)})
    trin = problem.trin[0].nr
    rule, offer = Regel(Art.LUKKET, None, "a", trin), Pladser("a", trin, 2)
    words = {
        "har ikke svaret om pladser": replace(problem, pladser=(), afdelinger=(Afdeling("a", "A", uden_svar=True),)),
        "tager ingen": replace(problem, pladser=()),
        "har ingen ledige pladser": replace(problem, pladser=(replace(offer, hoejst=0),)),
        "er ikke åben hele tiden": replace(problem, pladser=(replace(offer, aaben=False),)),
    }
    for said, asked in words.items():
        assert f" {said} i " in rule_text(Indeks(asked), rule)

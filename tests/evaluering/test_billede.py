"""What a department reads of its elever's answers: batches that cannot be subtracted, and who sees which part."""

import random
from datetime import date, timedelta
from itertools import combinations

import pytest
import time_machine
from django.db import IntegrityError
from django.urls import reverse

from elevforloeb.core.models import Regel
from evaluering.billede import Bidrag, batches, last_day, next_day
from evaluering.models import Svarbundt
from evaluering.queries.billede import get_billedside
from evaluering.services.billede import close_billeder
from evaluering.services.underskrift import correct
from tests.evaluering_steps import acknowledge, sealed
from tests.factories import ElevFactory, OpholdFactory

QUESTION = "Jeg blev taget godt imod"
FIRST = date(2026, 1, 1)
DAYS = [FIRST + timedelta(days=11 * n) for n in range(100)]  # on which somebody may look: three years


def counted(history: list[Bidrag], minimum_on) -> list[set[int]]:
    """The elever behind every picture that can be seen on any of the days, one picture a day. As the service does it:
    batches are kept, and later ones begin where they end. Meanwhile a rule changes and elever are erased."""
    found, entered, after = [], set(), None
    for day in DAYS:
        here = [each for each in history if each.forseglet < day]
        for batch in batches(here, after=after, minimum=minimum_on(day), today=day):
            entered = entered | {each.elev for each in here if (after or FIRST) <= each.forseglet < batch.til}
            after = batch.til
        found.append(entered)
    return found


def counted_live(history: list[Bidrag], minimum_on) -> list[set[int]]:
    """The sabotage: everything that there is, as soon as it is enough."""
    pictures = [{each.elev for each in history if each.forseglet < day} for day in DAYS]
    return [each if len(each) >= minimum_on(day) else set() for each, day in zip(pictures, DAYS, strict=True)]


def smallest_difference(pictures: list[set[int]]) -> int:
    """Of all pairs that differ; 99 when none does."""
    return min((len(one ^ other) for one, other in combinations(pictures, 2) if one != other), default=99)


def histories(number: int):
    """Each elev answers once, so that a difference of sets is what a reader could work out."""
    chance = random.Random(4)
    for _ in range(number):
        size = chance.randint(0, 25)
        yield [Bidrag(elev, FIRST + timedelta(days=chance.randint(0, 1000)), "ja") for elev in range(size)]


@pytest.mark.parametrize("minimum", [2, 3, 5])
def test_the_difference_of_any_two_pictures_is_nobody_or_enough(minimum):
    smallest = [smallest_difference(counted(each, lambda day: minimum)) for each in histories(60)]
    assert min(smallest) >= minimum
    assert min(smallest) < 99  # there was something to subtract


def test_it_is_so_also_when_the_rule_is_changed_on_the_way():
    def changing(day):
        return 5 if day.year == 2027 else 3

    assert all(smallest_difference(counted(each, changing)) >= 3 for each in histories(60))


def test_a_picture_that_counts_as_it_goes_is_caught():
    assert any(smallest_difference(counted_live(each, lambda day: 3)) < 3 for each in histories(60))


def test_one_elev_with_many_answers_is_one_elev():
    often = [Bidrag(1, FIRST, "ja")] * 5 + [Bidrag(2, FIRST, "ja")]
    assert batches(often, after=None, minimum=3, today=date(2028, 1, 1)) == []


def test_late_is_the_same_as_in_time():
    history = [Bidrag(elev, FIRST + timedelta(days=40 * elev), "ja") for elev in range(20)]
    late = batches(history, after=None, minimum=3, today=DAYS[-1])
    stepwise, after = [], None
    for day in DAYS:
        new = batches([e for e in history if e.forseglet < day], after=after, minimum=3, today=day)
        after = new[-1].til if new else after
        stepwise += new
    assert late == stepwise


def test_the_fixed_days():
    assert next_day(date(2027, 10, 15)) == date(2028, 1, 1)
    assert next_day(date(2028, 1, 1)) == date(2028, 7, 1)
    assert last_day(date(2028, 1, 1)) == date(2028, 1, 1)
    assert last_day(date(2027, 12, 31)) == date(2027, 7, 1)


# --- In the database ----------------------------------------------------------------------------------------------


@pytest.fixture
def two(cast, scene):
    scene(two_about_oekonomi)
    return cast


def two_about_oekonomi(cast):
    """Åse and one more have answered."""
    sealed(cast)
    sealed(cast, ophold=another(cast))


def another(cast):
    return OpholdFactory(elev=ElevFactory(hold=cast.aase.hold), afdeling=cast.oekonomi, elevvejleder=cast.vejleder)


def close_on(day: str) -> list[int]:
    with time_machine.travel(f"{day} 06:00"):
        close_billeder()
    return list(Svarbundt.objects.values_list("elever", flat=True))


def test_two_are_too_few_and_the_page_says_how_many_are_missing(two, as_user):
    assert close_on("2028-01-01") == []
    page = as_user(two.leder).get(reverse("afdeling_billede", args=["oekonomi"])).content.decode()
    assert "Der mangler svar fra 1 elev mere." in page
    assert "Åse" not in page


def test_three_are_shown_from_the_next_fixed_day(two, as_user):
    sealed(two, ophold=another(two))
    assert close_on("2027-12-31") == []
    assert close_on("2028-01-01") == [3]
    side = get_billedside(two.leder, two.oekonomi)
    assert side.fordelinger[0].trin == [("Ikke afprøvet", 0), ("Begynder", 0), ("Rutineret", 3), ("Avanceret", 0)]


def test_run_twice_it_counts_once(two):
    sealed(two, ophold=another(two))
    assert close_on("2028-01-01") == [3]
    with time_machine.travel("2028-01-02"):
        close_billeder(again=True)
    assert close_on("2028-07-01") == [3]


def test_a_correction_does_not_enter_again(two):
    third = sealed(two, ophold=another(two))
    assert close_on("2028-01-01") == [3]
    with time_machine.travel("2028-02-01"):
        new = correct(two.elevansvarlig, evaluering=third, grund="Forkert dato")
        for party in (new.elev.bruger, new.elevvejleder):
            new = acknowledge(party, new)
    assert close_on("2028-07-01") == [3]


def test_a_lower_rule_does_not_let_fewer_into_an_old_picture(two):
    sealed(two, ophold=another(two))
    close_on("2028-01-01")
    Regel.objects.filter(noegle="afdelingsbillede_mindst").update(vaerdi=1)
    assert close_on("2028-01-01") == [3]


def test_the_database_keeps_no_batch_of_too_few(two):
    row = {"afdeling": two.oekonomi, "spoergsmaal": QUESTION, "skala": "ja", "til": FIRST}
    with pytest.raises(IntegrityError):
        Svarbundt.objects.create(**row, elever=2, mindst=3, svar={"ja": 2})


def test_the_department_sees_its_own_and_only_the_elevansvarlig_the_words(two, as_user):
    url = reverse("afdeling_billede", args=["oekonomi"])
    heading = "Med elevernes egne ord"
    assert heading in as_user(two.elevansvarlig).get(url).content.decode()
    assert heading not in as_user(two.leder).get(url).content.decode()
    assert as_user(two.anden_vejleder).get(url).status_code == 404
    assert as_user(two.aase.bruger).get(url).status_code == 403

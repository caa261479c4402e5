"""The problem that a round becomes. Today is 2027-10-15; stay 2 is January to April, stay 3 May to August 2028."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afdelinger.models import Pladser
from elevforloeb.core.periods import period
from elevforloeb.fordeling.problem import Fastlagt, Forbud, Fravaer, Nuvaerende, Oenske
from elevforloeb.fordeling.problem import Pladser as Tilbud
from elevforloeb.models import Fordeling, Ophold, Tildeling
from elevforloeb.queries.fordeling.instans import read_problem, write_problem
from elevforloeb.queries.fordeling.opgave import build_problem
from elevforloeb.services.oensker import Valg, add_binding, bind_inhabilitet
from tests.factories import (
    AfdelingFactory,
    ElevFactory,
    KalenderperiodeFactory,
    MaalFactory,
    OpgaveFactory,
    OpholdFactory,
)
from tests.oenske_steps import answer, answered_round, svar_of, wish

STAY_2 = period(date(2028, 1, 1), date(2028, 4, 30))
STAY_3 = period(date(2028, 5, 1), date(2028, 8, 31))


@pytest.fixture
def runde(scene):
    return scene(answered_round)


def elev_of(problem, elev):
    return next(each for each in problem.elever if each.id == elev.pk)


def places_of(problem, afdeling) -> dict[int, int]:
    return {each.trin: each.hoejst for each in problem.pladser if each.afdeling == afdeling.pk}


def test_only_what_is_sent_in_is_a_wish(cast, runde):
    wish(runde, cast.aase, cast.personale, valg=[Valg(cast.personale.pk), Valg(cast.oekonomi.pk, 3)])
    wish(runde, cast.bo, cast.oekonomi, indsend=False)
    problem = build_problem(runde)
    assert elev_of(problem, cast.aase).oensker == (Oenske(cast.personale.pk), Oenske(cast.oekonomi.pk, (3,)))
    assert elev_of(problem, cast.bo).oensker == (), "a draft is nobody else's to read"


def test_places_are_what_is_offered_and_never_more_than_other_hold_leave(cast, runde):
    answer(cast, svar_of(runde, cast.oekonomi), pladser={2: (0, 2), 3: (0, 3)})
    assert Pladser.objects.get(afdeling=cast.oekonomi).antal == 3
    OpholdFactory(afdeling=cast.oekonomi, periode=STAY_2)
    OpholdFactory(afdeling=cast.oekonomi, periode=period(date(2028, 4, 1), date(2028, 5, 15)))
    assert places_of(build_problem(runde), cast.oekonomi) == {2: 1, 3: 2}
    assert places_of(build_problem(runde), cast.personale) == {2: 2, 3: 2}


def test_a_department_that_wants_two_takes_none_where_only_one_place_is_left(cast, runde):
    answer(cast, svar_of(runde, cast.oekonomi), pladser={2: (2, 3), 3: (2, 3)})
    OpholdFactory(afdeling=cast.oekonomi, periode=STAY_2)
    OpholdFactory(afdeling=cast.oekonomi, periode=STAY_2)
    places = [each for each in build_problem(runde).pladser if each.afdeling == cast.oekonomi.pk]
    assert places == [Tilbud(cast.oekonomi.pk, 2, 0, rum=1), Tilbud(cast.oekonomi.pk, 3, 3, 2, rum=3)]


def test_a_department_that_has_not_answered_or_has_nothing_takes_nobody(cast, runde):
    answer(cast, svar_of(runde, cast.oekonomi), valg="intet", pladser={})
    assert places_of(build_problem(runde), cast.oekonomi) == {}


def test_the_published_plan_is_the_present_one_and_what_has_begun_is_locked(cast, runde):
    present = set(build_problem(runde).nuvaerende)
    assert present == {
        Nuvaerende(cast.aase.pk, 2, cast.personale.pk),
        Nuvaerende(cast.bo.pk, 2, cast.oekonomi.pk),
    }
    Ophold.objects.filter(elev=cast.aase, afdeling=cast.oekonomi).delete()
    Ophold.objects.filter(elev=cast.aase).update(periode=period(date(2027, 10, 1), date(2028, 4, 30)))
    assert Nuvaerende(cast.aase.pk, 2, cast.personale.pk, laast=True) in build_problem(runde).nuvaerende


def test_pins_and_exclusions_come_with_their_reason(cast, runde):
    pin = {"afdeling": cast.personale, "art": "fast", "trin": 3, "grund": "Aftalt"}
    add_binding(cast.elevansvarlig, runde=runde, elev=cast.bo, **pin)
    seddel = wish(runde, cast.aase, cast.personale, inhabil=[(cast.oekonomi.pk, "Min søster er chef")])
    bind_inhabilitet(cast.elevansvarlig, inhabilitet=seddel.inhabiliteter.get())
    problem = build_problem(runde)
    assert problem.fastlagte == (Fastlagt(cast.bo.pk, 3, cast.personale.pk, "Aftalt"),)
    ban = Forbud(cast.aase.pk, cast.oekonomi.pk, "inhabilitet", "Inhabilitet, som eleven har oplyst")
    assert problem.forbud == (ban,)


def test_who_is_not_employed_or_on_leave_all_through_is_not_to_be_placed(cast, runde):
    KalenderperiodeFactory(elev=cast.bo, art="barsel", periode=period(date(2028, 3, 1), date(2029, 1, 1)))
    KalenderperiodeFactory(elev=cast.aase, art="orlov", periode=period(date(2028, 2, 1), date(2028, 3, 1)))
    cast.aase.stoppet = date(2028, 5, 1)
    cast.aase.save()
    assert set(build_problem(runde).fravaer) == {
        Fravaer(cast.bo.pk, 3, "er på orlov"),
        Fravaer(cast.aase.pk, 3, "er ikke ansat"),
    }


def test_who_stopped_before_the_first_stay_is_not_there_at_all(cast, runde):
    cast.aase.stoppet = date(2027, 12, 1)
    cast.aase.save()
    assert [elev.id for elev in build_problem(runde).elever] == [cast.bo.pk]


def test_departments_of_earlier_stays_are_had_and_their_goals_covered(cast, runde):
    had, other = MaalFactory(maalsaet=cast.aase.maalsaet), MaalFactory(maalsaet=cast.aase.maalsaet)
    cast.opgave.maal.add(had)
    OpgaveFactory(afdeling=cast.personale).maal.add(other)
    OpgaveFactory(afdeling=cast.personale, udgaaet=True).maal.add(had)
    problem = build_problem(runde)
    assert elev_of(problem, cast.aase).har_haft == (cast.oekonomi.pk,)
    assert elev_of(problem, cast.aase).aabne_maal == (other.pk,)
    goals = {each.id: each.maal for each in problem.afdelinger}
    assert goals == {cast.oekonomi.pk: (had.pk,), cast.personale.pk: (other.pk,)}


def test_what_earlier_rounds_cost_weighs_if_the_elev_really_had_the_stay(cast, runde):
    elsewhere = AfdelingFactory()
    earlier = Fordeling.objects.create(
        runde=answered_round_before(cast), navn="Før", instans={}, resultat={"uoensket": 4},
        udgivet="2027-06-01T12:00Z", oprettet_af=cast.elevansvarlig,
    )  # fmt: skip
    row = {"fordeling": earlier, "elev": cast.aase}
    Tildeling.objects.create(**row, trin=1, afdeling=cast.oekonomi, rang=3)  # two points
    Tildeling.objects.create(**row, trin=2, afdeling=cast.personale, rang=None)  # unwished: three
    Tildeling.objects.create(**row, trin=3, afdeling=elsewhere, rang=4)  # changed by hand since
    assert elev_of(build_problem(runde), cast.aase).byrde == 5
    earlier.udgivet = None
    earlier.save()
    assert elev_of(build_problem(runde), cast.aase).byrde == 0


def answered_round_before(cast):
    return cast.aase.hold.oenskerunder.create(
        navn="Runden før", foerste_trin=1, sidste_trin=1, udbud_fra="2027-03-01", udbudsfrist="2027-03-10",
        oenske_fra="2027-03-11", oenskefrist="2027-03-20", lukket="2027-06-01T12:00Z", oprettet_af=cast.elevansvarlig,
    )  # fmt: skip


def test_it_takes_the_same_statements_for_few_and_for_many(cast, runde):
    def count():
        fresh = type(runde).objects.select_related("hold__model").get(pk=runde.pk)
        with CaptureQueriesContext(
            connection,
        ) as found:
            build_problem(fresh)
        return len(found)

    few = count()
    for _ in range(30):
        elev = ElevFactory(hold=cast.aase.hold)
        OpholdFactory(elev=elev, afdeling=AfdelingFactory())
    assert count() == few == 12


def test_a_kept_problem_comes_back_as_it_was_and_holds_no_name(cast, runde):
    wish(runde, cast.aase, cast.personale, valg=[Valg(cast.personale.pk, 2)])
    problem = build_problem(runde)
    kept = write_problem(problem)
    assert read_problem(kept, {cast.aase.pk: "Åse Ærlig", cast.bo.pk: "Bo Berg"}) == problem
    assert "Ærlig" not in str(kept) and "Berg" not in str(kept)

"""Allocations are started, solved, changed, taken into the draft and published with it. Today is 2027-10-15."""

import base64
import json
from datetime import date, timedelta

import pytest
import redis
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from elevforloeb.core import bell
from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Mail
from elevforloeb.fordeling.solver import solve
from elevforloeb.hvadnuhvis import Aendring
from elevforloeb.models import Fordeling, Ophold, Udbud, Udkast
from elevforloeb.queries.fordeling.liste import rank_statistics
from elevforloeb.services import fordeling as services
from elevforloeb.services.fordeling import koersel, start
from elevforloeb.services.oensker import add_binding, open_round
from elevforloeb.services.plan import undo
from tests.factories import AfdelingFactory, ElevFactory, HoldFactory, UddannelsesmodelFactory
from tests.fordeling_steps import accept, given_to, run, wished_round
from tests.oenske_steps import ELEVER_WISH, answer, svar_of, wish
from tests.plan_steps import publish

Status = Fordeling.Status


@pytest.fixture
def runde(scene):
    return scene(wished_round)


@pytest.fixture
def worker_only(monkeypatch):
    """Nothing is small: everything waits for a worker."""
    monkeypatch.setattr(start, "AT_ONCE", 0)


def test_a_small_one_is_solved_at_once_and_gives_the_first_wish_first(cast, runde):
    found = run(cast, runde)
    assert found.status == Status.FAERDIG
    assert set(given_to(found, cast.aase).values()) == {"Økonomi", "Personale"}
    assert {row.rang for row in found.tildelinger.filter(elev=cast.aase)} == {1, 2}
    assert {row.rang for row in found.tildelinger.filter(elev=cast.bo)} == {0}, "indifferent"
    assert found.resultat["bevist"] and found.slut


def test_the_same_question_gets_the_same_answer(cast, runde):
    one, two = run(cast, runde, "Én"), run(cast, runde, "To")
    assert given_to(one, cast.aase) == given_to(two, cast.aase)


def test_two_cannot_have_the_same_name(cast, runde):
    run(cast, runde)
    with pytest.raises(ValidationError, match="allerede en fordeling med det navn"):
        run(cast, runde)


def test_a_goal_that_does_not_exist_is_refused(cast, runde):
    with pytest.raises(ValidationError, match="findes ikke"):
        run(cast, runde, maal=["vejret"])


def test_without_offers_there_is_nothing_to_allocate(cast, runde):
    Udbud.objects.all().delete()
    with pytest.raises(ValidationError, match="Ingen afdelinger har tilbudt pladser"):
        run(cast, runde)


def test_too_few_places_make_it_impossible_and_say_who_is_without(cast, runde):
    answer(cast, svar_of(runde, cast.oekonomi), pladser={2: (0, 1)})
    answer(cast, svar_of(runde, cast.personale), pladser={2: (0, 1)})
    found = run(cast, runde)
    assert found.status == Status.UMULIG
    assert found.tildelinger.filter(afdeling=None).count() == 2
    with pytest.raises(ValidationError, match="kan ikke bruges"):
        accept(cast, found)


# --- the job ------------------------------------------------------------------------------------------------------


def test_a_larger_one_waits_for_a_worker_who_solves_it_once(cast, runde, worker_only):
    found = run(cast, runde)
    assert found.status == Status.VENTER
    services.solve_fordeling(found.pk)
    services.solve_fordeling(found.pk)
    found.refresh_from_db()
    assert (found.status, found.tildelinger.count()) == (Status.FAERDIG, 4)


def test_two_workers_on_the_same_row_write_one_answer(cast, runde, worker_only):
    found = run(cast, runde)
    koersel._claim(found.pk)
    first = Fordeling.objects.select_related("runde__hold").get(pk=found.pk)
    koersel._solve(first)
    koersel._solve(first)  # a worker that was thought dead
    assert found.tildelinger.count() == 4


def test_a_stopped_one_that_nobody_has_begun_ends(cast, runde, worker_only):
    found = run(cast, runde)
    services.stop_fordeling(cast.elevansvarlig, fordeling=found)
    services.solve_fordeling(found.pk)
    found.refresh_from_db()
    assert (found.status, found.tildelinger.count()) == (Status.STOPPET, 0)


def test_a_running_one_asks_its_row_whether_to_stop(cast, runde, worker_only):
    found = run(cast, runde)
    koersel._claim(found.pk)
    services.stop_fordeling(cast.elevansvarlig, fordeling=found)
    pulse = koersel.Pulse(found.pk)
    assert not pulse.stop(), "asked once a second at most"
    pulse.due = 0
    pulse.say("Vægter ønsker", 40)
    found.refresh_from_db()
    assert pulse.stopped and (found.skridt, found.fremdrift) == ("Vægter ønsker", 40)


class Impatient(koersel.Pulse):
    """Somebody has pressed stop already."""

    def stop(self):
        self.stopped = True
        return True


def test_one_that_is_stopped_before_it_found_anything_keeps_nothing(cast, runde, worker_only, monkeypatch):
    monkeypatch.setattr(koersel, "Pulse", Impatient)
    found = run(cast, runde)
    services.solve_fordeling(found.pk)
    found.refresh_from_db()
    assert (found.status, found.resultat, found.tildelinger.count()) == (Status.STOPPET, None, 0)


def test_one_that_is_stopped_while_it_writes_reasons_is_still_the_proved_answer(cast, runde, worker_only, monkeypatch):
    def solve_then_stop(problem, *, stop, **options):
        answer = solve(problem)
        stop()
        return answer

    monkeypatch.setattr(koersel, "Pulse", Impatient)
    monkeypatch.setattr(koersel, "solve", solve_then_stop)
    found = run(cast, runde)
    services.solve_fordeling(found.pk)
    found.refresh_from_db()
    assert (found.status, found.resultat["bevist"]) == (Status.FAERDIG, True)


def test_what_a_dead_worker_had_begun_is_begun_again_but_not_for_ever(cast, runde, worker_only):
    found = run(cast, runde)
    for _ in range(koersel.ATTEMPTS):
        koersel._claim(found.pk)
        services.recover_lost_fordelinger()
        assert Fordeling.objects.get().status == Status.KOERER, "it lives"
        Fordeling.objects.update(puls=timezone.now() - timedelta(minutes=3))
        services.recover_lost_fordelinger()
        assert Fordeling.objects.get().status == Status.VENTER
    koersel._claim(found.pk)
    Fordeling.objects.update(puls=timezone.now() - timedelta(minutes=3))
    services.recover_lost_fordelinger()
    assert Fordeling.objects.get().status == Status.FEJLET


def test_without_a_bell_the_sweep_solves_what_waits(cast, runde, worker_only, settings):
    settings.REDIS_URL = ""
    found = run(cast, runde)
    services.solve_waiting()
    assert Fordeling.objects.get().status == Status.VENTER, "just asked for"
    Fordeling.objects.update(puls=timezone.now() - timedelta(minutes=1))
    services.solve_waiting()
    found.refresh_from_db()
    assert found.status == Status.FAERDIG


def test_a_fault_is_written_on_the_row(cast, runde, worker_only, monkeypatch, caplog):
    monkeypatch.setattr(koersel, "solve", lambda *args, **options: 1 / 0)
    found = run(cast, runde)
    services.solve_fordeling(found.pk)
    found.refresh_from_db()
    assert found.status == Status.FEJLET and "failed" in caplog.text


def test_one_that_went_wrong_is_asked_again_with_the_same_question(cast, runde, monkeypatch, caplog):
    with monkeypatch.context() as broken:
        broken.setattr(koersel, "solve", lambda *args, **options: 1 / 0)
        found = run(cast, runde)
    assert found.status == Status.FEJLET and "failed" in caplog.text
    asked = found.instans
    again = services.retry_fordeling(cast.elevansvarlig, fordeling=found)
    assert (again.pk, again.status, again.instans) == (found.pk, Status.FAERDIG, asked)
    with pytest.raises(ValidationError, match="har et svar"):
        services.retry_fordeling(cast.elevansvarlig, fordeling=again)


@pytest.mark.django_db(transaction=True)
def test_a_larger_one_rings_for_a_worker_with_its_id_alone(cast, runde, worker_only, monkeypatch):
    monkeypatch.setattr(bell, "_silent_until", 0.0)
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete("celery")
        found = run(cast, runde)
        job = json.loads(broker.lpop("celery"))
        broker.delete("celery")
    assert job["headers"]["task"] == "elevforloeb.tasks.solve_fordeling"
    assert json.loads(base64.b64decode(job["body"]))[0] == [found.pk]


# --- what if ------------------------------------------------------------------------------------------------------


def variant(cast, found, aendring, *, navn="Hvad nu hvis", genplan=True):
    return services.start_variant(cast.elevansvarlig, grundlag=found, navn=navn, aendringer=[aendring], genplan=genplan)


def test_one_more_place_makes_it_possible_and_the_offer_stays_as_it_was(cast, runde):
    answer(cast, svar_of(runde, cast.oekonomi), pladser={2: (0, 1), 3: (0, 1)})
    answer(cast, svar_of(runde, cast.personale), pladser={2: (0, 1)})
    found = run(cast, runde)
    assert found.status == Status.UMULIG
    new = variant(cast, found, Aendring("pladser", 3, cast.personale.pk, antal=1), genplan=False)
    assert new.status == Status.FAERDIG and new.grundlag == found
    assert new.aendringer == [{"art": "pladser", "trin": 3, "afdeling": cast.personale.pk, "antal": 1}]
    assert not Udbud.objects.filter(svar__afdeling=cast.personale, trin=3).exists()


def test_a_closed_department_moves_only_those_who_were_there(cast, runde):
    found = run(cast, runde)
    place = {nr: name for nr, name in given_to(found, cast.aase).items()}
    in_two = next(nr for nr, name in place.items() if name == "Personale")
    new = variant(cast, found, Aendring("luk", in_two, cast.personale.pk))
    assert given_to(new, cast.aase) != place
    assert new.instans["maal"][0] == "aendringer"


def test_changes_pile_up_and_a_later_one_about_the_same_replaces_the_first(cast, runde):
    found = run(cast, runde)
    two = variant(cast, found, Aendring("pladser", 2, cast.oekonomi.pk, antal=1), navn="To")
    three = variant(cast, two, Aendring("orlov", 3, elev=cast.bo.pk), navn="Tre")
    four = variant(cast, three, Aendring("pladser", 2, cast.oekonomi.pk, antal=2), navn="Fire")
    assert [each["art"] for each in three.aendringer] == ["pladser", "orlov"]
    assert [(each["art"], each.get("antal")) for each in four.aendringer] == [("pladser", 2), ("orlov", None)]
    assert given_to(four, cast.bo).keys() == {2}


# --- into the plan ------------------------------------------------------------------------------------------------


def test_accepting_is_one_step_in_the_draft_and_nobody_is_told(cast, runde):
    found = run(cast, runde)
    before = Mail.objects.count()
    udkast = accept(cast, found)
    assert udkast.aendringer.get().fordeling == found
    stays = {
        (row.elev_id, row.afdeling.kortnavn, row.startdato.month) for row in udkast.ophold.select_related("afdeling")
    }
    months = {2: 1, 3: 5}
    for elev in (cast.aase, cast.bo):
        for trin, afdeling in given_to(found, elev).items():
            assert (elev.pk, afdeling, months[trin]) in stays
    assert Mail.objects.count() == before
    assert all(row.elevvejleder_id for row in udkast.ophold.all())


def test_undoing_the_step_forgets_the_allocation(cast, runde):
    accept(cast, run(cast, runde))
    udkast = Udkast.objects.get()
    undo(cast.elevansvarlig, hold=runde.hold, aendring_id=udkast.aendringer.first().pk)
    assert not udkast.aendringer.exclude(fordeling=None).exists()


def test_only_the_chosen_elever_are_moved(cast, runde):
    found = run(cast, runde)
    accept(cast, found, cast.bo)
    assert Udkast.objects.get().aendringer.get().elever == [cast.bo.pk]


def test_a_plan_that_changed_meanwhile_is_a_conflict(cast, runde):
    with pytest.raises(StaleError):
        accept(cast, run(cast, runde), was="noget andet")


def test_publishing_the_draft_publishes_the_allocation_and_closes_the_round(cast, runde):
    found = run(cast, runde)
    accept(cast, found)
    publish(cast.elevansvarlig, runde.hold)
    found.refresh_from_db()
    runde.refresh_from_db()
    assert found.udgivet and runde.lukket
    for trin, afdeling in given_to(found, cast.aase).items():
        assert Ophold.objects.filter(
            elev=cast.aase, afdeling__kortnavn=afdeling, periode__contains=runde.etaper[trin].startdato
        )


def test_some_elever_may_be_taken_from_one_allocation_and_some_from_another(cast, runde):
    one, unused = run(cast, runde, "Den ene"), run(cast, runde, "Fortrudt")
    other = cast.personale if given_to(one, cast.aase)[2] == "Økonomi" else cast.oekonomi
    pin = {"elev": cast.aase, "afdeling": other, "art": "fast", "trin": 2, "grund": "Aftalt"}
    add_binding(cast.elevansvarlig, runde=runde, **pin)
    two = run(cast, runde, "Den anden")
    accept(cast, unused, cast.bo)
    undo(cast.elevansvarlig, hold=runde.hold, aendring_id=Udkast.objects.get().aendringer.first().pk)
    accept(cast, one, cast.aase)
    accept(cast, two, cast.bo)
    with pytest.raises(ValidationError, match="brugt i planen"):
        services.delete_fordeling(cast.elevansvarlig, fordeling=one)
    publish(cast.elevansvarlig, runde.hold)
    assert set(Fordeling.objects.exclude(udgivet=None)) == {one, two}, "each says it of one elev"
    assert [line.i_alt for line in rank_statistics()] == [2], "each stay is counted once"


def test_an_allocation_that_a_later_one_replaces_is_not_published(cast, runde):
    """The later one changes nothing for Åse, so its step is about Bo alone; it says the same of her."""
    first = run(cast, runde)
    pin = {"elev": cast.bo, "afdeling": cast.oekonomi, "art": "fast", "trin": 3, "grund": "Aftalt"}
    add_binding(cast.elevansvarlig, runde=runde, **pin)
    later = run(cast, runde, "Med en binding")
    assert given_to(first, cast.aase) == given_to(later, cast.aase) and given_to(first, cast.bo) != given_to(
        later, cast.bo
    )
    accept(cast, first)
    accept(cast, later)
    publish(cast.elevansvarlig, runde.hold)
    assert Fordeling.objects.get(udgivet__isnull=False) == later


@pytest.mark.parametrize("first", [3, 2, 1])
def test_any_model_has_any_number_of_wished_stays(cast, first):
    """3 x 8 months; one, two or all three stays are wished for, by three elever who all wish the same."""
    model = UddannelsesmodelFactory(kode="3x8", trin=[("speciale", 8)] * 3)
    hold = HoldFactory(navn="Hold 2028", startdato=date(2028, 9, 1), model=model)
    elever = [ElevFactory(hold=hold) for _ in range(3)]
    places = [AfdelingFactory(kode=kode, navn=kode, art="speciale") for kode in ("blaa", "groen", "roed")]
    what = {"navn": "Frit valg", "foerste_trin": first, "sidste_trin": 3, "besked": ""}
    runde = open_round(cast.elevansvarlig, hold=hold, **what, **ELEVER_WISH)
    for svar in runde.udbudssvar.all():
        answer(cast, svar, pladser={nr: (0, 1) for nr in runde.trin})
    for elev in elever:
        wish(runde, elev, *places)
    found = run(cast, runde, ikke_igen=True)
    accept(cast, found)
    publish(cast.elevansvarlig, hold)
    stays = set(Ophold.objects.filter(elev__hold=hold).values_list("elev", "afdeling"))
    assert len(stays) == 3 * len(runde.trin) == Ophold.objects.filter(elev__hold=hold).count()


def test_what_is_used_in_the_plan_cannot_be_deleted(cast, runde):
    found, spare = run(cast, runde), run(cast, runde, "Til overs")
    accept(cast, found)
    services.delete_fordeling(cast.elevansvarlig, fordeling=spare)
    with pytest.raises(ValidationError, match="brugt i planen"):
        services.delete_fordeling(cast.elevansvarlig, fordeling=found)
    assert list(Fordeling.objects.all()) == [found]

"""The proposal for the base year, and taking it into the draft. Today is 2027-10-15."""

from collections import Counter
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from afdelinger.models import Afdeling, Pladser, Rolle
from elevforloeb.core.periods import period
from elevforloeb.models import Ophold, Udkastaendring, Udkastophold
from elevforloeb.queries.forslag import propose_base_year
from elevforloeb.queries.plan import stand
from elevforloeb.services.plan import accept_proposal, undo
from tests.cast import person
from tests.factories import (
    AfdelingFactory,
    BrugerFactory,
    ElevFactory,
    HoldFactory,
    OpholdFactory,
    RolletildelingFactory,
    add_rules,
)
from tests.plan_steps import days, plan_of

STAGES = [
    days(date(2028, 9, 1), date(2028, 12, 31)),
    days(date(2029, 1, 1), date(2029, 4, 30)),
    days(date(2029, 5, 1), date(2029, 8, 31)),
]


@pytest.fixture
def actor(db):
    add_rules()
    return person("Else Ansvarlig", Rolle.ELEVANSVARLIG)


@pytest.fixture
def hold(actor):
    """Six elever who start next year, three afdelinger for the base year and one for the specialisation."""
    hold = HoldFactory(startdato=STAGES[0].startdato)
    for _ in range(6):
        ElevFactory(hold=hold)
    for _ in range(3):
        afdeling = AfdelingFactory()
        person(f"Vejleder {afdeling}", Rolle.ELEVVEJLEDER, afdeling)
    AfdelingFactory(art=Afdeling.Art.SPECIALE)
    return hold


def accept(actor, hold, *, elever=None, behold=True, **options):
    options = {"was": stand(plan_of(hold))} | options
    chosen = {elev.pk for elev in elever} if elever else set(hold.elever.values_list("pk", flat=True))
    return accept_proposal(actor, hold=hold, elever=chosen, behold=behold, **options)


def test_everybody_is_once_in_each_afdeling_and_each_has_two_at_a_time(actor, hold):
    accept(actor, hold)
    stays = Udkastophold.objects.all()
    by_elev = {}
    for stay in stays:
        by_elev.setdefault(stay.elev_id, []).append(stay)
    assert all([stay.span for stay in own] == STAGES for own in by_elev.values())
    assert all(len({stay.afdeling_id for stay in own}) == 3 for own in by_elev.values())
    assert set(Counter((stay.afdeling_id, stay.startdato) for stay in stays).values()) == {2}
    assert {stay.afdeling.art for stay in stays} == {Afdeling.Art.GRUND}
    assert all(stay.elevvejleder for stay in stays)


def test_only_the_chosen_elever_get_the_proposal_and_one_step_takes_it_back(actor, hold):
    two = list(hold.elever.all()[:2])
    accept(actor, hold, elever=two)
    assert set(Udkastophold.objects.values_list("elev", flat=True)) == {elev.pk for elev in two}
    undo(actor, hold=hold, aendring_id=Udkastaendring.objects.get().pk)
    assert not Udkastophold.objects.exists()


def test_what_is_planned_is_kept_and_counted(actor, hold):
    elev, afdeling = hold.elever.first(), Afdeling.objects.filter(art="grund").last()
    kept = OpholdFactory(elev=elev, afdeling=afdeling, periode=(STAGES[1].startdato, STAGES[1].slutdato))
    accept(actor, hold)
    row = Udkastophold.objects.get(ophold=kept)
    assert (row.afdeling, row.span) == (afdeling, STAGES[1])
    assert Udkastophold.objects.filter(elev=elev).count() == 3
    assert set(Counter(Udkastophold.objects.values_list("afdeling", "periode__startswith")).values()) == {2}


def test_all_that_has_not_begun_can_be_planned_anew_in_the_same_rows(actor, hold):
    elev = hold.elever.first()
    one, two = Afdeling.objects.filter(art="grund")[:2]
    for afdeling, stage in ((one, STAGES[0]), (two, STAGES[1])):
        OpholdFactory(elev=elev, afdeling=afdeling, periode=(stage.startdato, stage.slutdato))
    accept(actor, hold, behold=False)
    rows = Udkastophold.objects.filter(elev=elev)
    assert [row.span for row in rows] == STAGES
    assert set(rows.exclude(ophold=None).values_list("ophold", flat=True)) == set(
        Ophold.objects.values_list("pk", flat=True)
    )


def test_what_has_begun_is_never_moved(actor):
    hold = HoldFactory(startdato=date(2027, 9, 1))
    elev, afdelinger = ElevFactory(hold=hold), [AfdelingFactory() for _ in range(3)]
    begun = OpholdFactory(elev=elev, afdeling=afdelinger[2])
    accept(actor, hold, behold=False)
    assert Udkastophold.objects.get(ophold=begun).afdeling == afdelinger[2]
    assert Udkastophold.objects.filter(elev=elev).values("afdeling").distinct().count() == 3


def test_a_kept_stay_with_dates_of_its_own_is_not_overlapped(actor, hold):
    elev, afdeling = hold.elever.first(), Afdeling.objects.filter(art="grund").first()
    OpholdFactory(elev=elev, afdeling=afdeling, periode=(date(2028, 9, 1), date(2029, 2, 1)))
    accept(actor, hold)
    assert [str(row.span) for row in Udkastophold.objects.filter(elev=elev)] == [
        "1. sep. 2028 – 31. jan. 2029",
        "1. feb. – 30. apr. 2029",
        "1. maj – 31. aug. 2029",
    ]


def test_a_late_start_gets_what_is_left_of_the_stage(actor, hold):
    late = ElevFactory(hold=hold, periode=(date(2028, 10, 1), date(2030, 9, 1)))
    accept(actor, hold)
    assert Udkastophold.objects.filter(elev=late).first().startdato == date(2028, 10, 1)


def test_a_proposal_from_an_older_plan_is_refused(actor, hold):
    was = stand(plan_of(hold))
    accept(actor, hold, elever=hold.elever.all()[:1])
    with pytest.raises(ValidationError, match="Planen er ændret"):
        accept(actor, hold, was=was)


def test_choosing_nobody_is_refused(actor, hold):
    with pytest.raises(ValidationError, match="Vælg mindst én elev"):
        accept_proposal(actor, hold=hold, elever=set(), was=stand(plan_of(hold)), behold=True)


def test_the_same_question_gets_the_same_answer_and_another_number_another(actor, hold):
    plan = plan_of(hold)
    assert propose_base_year(plan, behold=True) == propose_base_year(plan, behold=True)
    assert propose_base_year(plan, behold=True, seed=3).elever != propose_base_year(plan, behold=True).elever


def test_too_few_afdelinger_are_said_and_nothing_is_proposed(actor):
    hold = HoldFactory()
    ElevFactory(hold=hold)
    AfdelingFactory()
    forslag = propose_base_year(plan_of(hold), behold=True)
    assert forslag.rotation.manglende_afdelinger == 2
    assert not forslag.aendrer


# --- elevvejledere ------------------------------------------------------------------------------------------------


def more_vejledere(afdeling, navn, **role):
    found = BrugerFactory(navn=navn)
    RolletildelingFactory(bruger=found, rolle=Rolle.ELEVVEJLEDER, afdeling=afdeling, **role)
    return found


def test_two_elevvejledere_of_an_afdeling_share_the_elever_equally(actor, hold):
    for afdeling in Afdeling.objects.filter(art="grund"):
        more_vejledere(afdeling, "Anna Anden")
    accept(actor, hold)
    per_stage = Counter(Udkastophold.objects.values_list("elevvejleder", "periode__startswith"))
    assert len(per_stage) == 18 and set(per_stage.values()) == {1}


def test_who_has_elever_of_another_hold_waits_for_the_turn(actor, hold):
    afdeling = Afdeling.objects.filter(art="grund").first()
    free, busy = more_vejledere(afdeling, "Zenia Ledig"), afdeling.rolletildelinger.first().bruger
    for _ in range(2):
        OpholdFactory(afdeling=afdeling, elevvejleder=busy, periode=(STAGES[0].startdato, STAGES[0].slutdato))
    Pladser.objects.update(antal=9)
    accept(actor, hold)
    first = Udkastophold.objects.filter(afdeling=afdeling, periode__startswith=STAGES[0].startdato)
    assert {row.elevvejleder for row in first} == {free}


def test_a_role_that_ends_during_the_stay_is_passed_over_and_nobody_is_said(actor, hold, as_user):
    one, two, _ = Afdeling.objects.filter(art="grund")
    leaves = period(date(2027, 1, 1), date(2028, 10, 1))
    two.rolletildelinger.update(periode=leaves)
    more_vejledere(one, "Alma Afsted", periode=leaves)
    page = as_user(actor).get(reverse("plan_forslag", args=[hold.pk])).content.decode()
    assert page.count("Elevvejleder: vælg selv") == 6 and page.count(f"<small>Vejleder {one}</small>") == 6
    assert "Alma Afsted" not in page
    accept(actor, hold)
    assert not Udkastophold.objects.filter(afdeling=two).exclude(elevvejleder=None).exists()
    assert {row.elevvejleder.navn for row in Udkastophold.objects.filter(afdeling=one)} == {f"Vejleder {one}"}


def test_what_the_page_says_is_what_is_saved_also_for_some_of_the_elever(actor, hold):
    for afdeling in Afdeling.objects.filter(art="grund"):
        more_vejledere(afdeling, "Anna Anden")
    promised = {
        (each.elev.id, stay.periode): stay.elevvejleder
        for each in propose_base_year(plan_of(hold), behold=True).elever
        for stay in each.ophold
    }
    accept(actor, hold, elever=list(hold.elever.all()[3:]))
    for row in Udkastophold.objects.all():
        assert row.elevvejleder_id == promised[row.elev_id, row.span]


def test_who_is_chosen_already_stays_and_who_is_missing_is_found(actor, hold):
    accept(actor, hold)
    row = Udkastophold.objects.first()
    own = more_vejledere(row.afdeling, "Egen Vejleder")
    Udkastophold.objects.filter(pk=row.pk).update(elevvejleder=own)
    assert not propose_base_year(plan_of(hold), behold=False).aendrer
    Udkastophold.objects.exclude(pk=row.pk).update(elevvejleder=None)
    accept(actor, hold, behold=False)
    row.refresh_from_db()
    assert row.elevvejleder == own
    assert not Udkastophold.objects.filter(elevvejleder=None).exists()


def test_taking_a_proposal_costs_the_same_for_few_and_many(actor, hold):
    Pladser.objects.update(antal=99)

    def count(hold):
        with CaptureQueriesContext(connection) as seen:
            accept(actor, hold)
        return len(seen)

    many = HoldFactory(startdato=STAGES[0].startdato)
    for _ in range(30):
        ElevFactory(hold=many)
    assert count(hold) == count(many)

"""Talks of the past that nobody is asked to hold: held now after all, or written down as held on paper."""

import re
from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse

from afdelinger.models import Bruger
from elevforloeb.core.models import Haendelse
from evaluering.models import Evaluering
from evaluering.permissions import can_view_evaluering, visible_evalueringer
from evaluering.queries.skylder import debts
from evaluering.queries.tidligere import earlier_talks
from evaluering.services import tidligere as services
from evaluering.services.plan import sync_evalueringer
from evaluering.services.vejen import begin, hold_on_paper, lapse
from tests.evaluering_steps import acknowledge, agreed, begun, half_signed, make_skema, planned, shared

S = Evaluering.Status


@pytest.fixture
def later():
    """The first stays ended on 31 December, longer ago than the daily work looks back."""
    with time_machine.travel("2028-03-10"):
        yield


def missing(*elever) -> list[str]:
    return [each.noegle.split("-")[1] for each in earlier_talks(elever)]


def test_what_the_daily_work_looks_too_late_for_is_listed(cast, later):
    sync_evalueringer()
    assert sorted(missing(cast.bo)) == ["forventning", "forventning", "midtvejs", "proevetid", "slut"]


def test_what_is_there_and_what_comes_by_itself_is_not(cast):
    sync_evalueringer()
    assert missing(cast.aase, cast.bo) == []


def test_a_lapsed_one_can_be_taken_up_again(cast):
    lapse(cast.elevansvarlig, evaluering=planned(cast, art="forventning", frist=date(2027, 9, 14)), grund="Glemt")
    (found,) = [each for each in earlier_talks([cast.aase]) if each.bortfaldet]
    services.hold_now(cast.elevansvarlig, samtaler=[found], til=date(2027, 10, 29))
    make_skema("forventning")
    row = Evaluering.objects.get(art="forventning", status=S.PLANLAGT)
    assert begin(cast.vejleder, evaluering=row).status == S.IGANG
    assert missing(cast.aase) == []


def test_one_that_lapsed_by_mistake_before_its_deadline_is_taken_up_again_with_the_plans_own(cast):
    lapse(cast.elevansvarlig, evaluering=planned(cast), grund="Fejl")
    (found,) = [each for each in earlier_talks([cast.aase]) if each.bortfaldet]
    services.hold_now(cast.elevansvarlig, samtaler=[found], til=date(2027, 10, 29))
    again = Evaluering.objects.get(elev=cast.aase, art="slut", status=S.PLANLAGT)
    assert (again.gaeldende_frist, again.udsat_til) == (found.frist, None)
    assert found.frist > date(2027, 10, 29)


def test_held_now_they_are_owed_until_the_new_day_and_the_plan_leaves_them_alone(cast, later):
    services.hold_now(cast.elevansvarlig, samtaler=earlier_talks([cast.bo]), til=date(2028, 3, 31))
    rows = Evaluering.objects.filter(udsat_til=date(2028, 3, 31)).order_by("pk")
    before = list(rows.values_list("pk", "frist"))
    sync_evalueringer()
    assert list(rows.values_list("pk", "frist")) == before
    owed = {each.pk: each.frist for each in debts(cast.bo.bruger)}
    assert {owed[pk] for pk, _ in before} == {date(2028, 3, 31)}
    assert missing(cast.bo) == []


def test_on_paper_nobody_owes_them_and_they_are_not_asked_for_again(cast, later):
    services.held_on_paper(cast.elevansvarlig, samtaler=earlier_talks([cast.bo]), papir=" Sag 2027-11 ")
    assert set(Evaluering.objects.values_list("status", "papir")) == {(S.PAPIR, "Sag 2027-11")}
    sync_evalueringer()
    assert missing(cast.bo) == [] and all(each.frist > date(2028, 2, 1) for each in debts(cast.bo.bruger))
    assert Haendelse.objects.filter(handling="evaluering.papir", bruger=cast.elevansvarlig).exists()


def test_without_a_place_or_with_a_day_that_is_past_nothing_is_made(cast, later):
    talks = earlier_talks([cast.bo])
    with pytest.raises(ValidationError, match="hvor papirerne"):
        services.held_on_paper(cast.elevansvarlig, samtaler=talks, papir=" ")
    with pytest.raises(ValidationError, match="i dag eller"):
        services.hold_now(cast.elevansvarlig, samtaler=talks, til=date(2028, 3, 9))
    assert not Evaluering.objects.exists()


def test_two_windows_make_each_talk_once(cast, later):
    talks = earlier_talks([cast.bo])
    services.held_on_paper(cast.elevansvarlig, samtaler=talks, papir="Sagen")
    with pytest.raises(ValidationError, match="oprettet imens"):
        services.hold_now(cast.elevansvarlig, samtaler=talks, til=date(2028, 3, 31))
    assert Evaluering.objects.count() == len(talks)


def test_who_has_stopped_is_asked_for_nothing(cast, later):
    cast.bo.stoppet = date(2028, 2, 1)
    cast.bo.save()
    assert missing(cast.bo) == []


# --- one that is planned ------------------------------------------------------------------------------------------


def test_a_planned_talk_and_a_draft_are_held_on_paper_and_what_is_shared_is_not(cast):
    for found in (planned(cast, art="slut"), begun(cast, art="midtvejs")):
        for _ in range(2):
            assert hold_on_paper(cast.elevansvarlig, evaluering=found, papir="Sagen").status == S.PAPIR
    with pytest.raises(ValidationError, match="låst|åbnet"):
        hold_on_paper(cast.elevansvarlig, evaluering=shared(cast, art="kort"), papir="Sagen")
    with pytest.raises(ValidationError, match="Kun den elevansvarlige"):
        hold_on_paper(cast.vejleder, evaluering=planned(cast, art="forventning"), papir="Sagen")


def test_the_page_says_where_the_paper_lies_and_offers_nothing_more(cast, as_user):
    found = hold_on_paper(cast.elevansvarlig, evaluering=planned(cast), papir="Sag 2027-11")
    for user in (cast.aase.bruger, cast.vejleder, cast.elevansvarlig):
        page = as_user(user).get(reverse("evaluering", args=[found.pk])).text
        assert "Samtalen er holdt på papir" in page and "Sag 2027-11" in page
        assert "Udskriv tomt skema" not in page and "Begynd" not in page


# --- the page of the hold -----------------------------------------------------------------------------------------


def test_the_elevansvarlig_ticks_some_on_the_page_of_the_hold(cast, later, as_user):
    client, url = as_user(cast.elevansvarlig), reverse("hold_evalueringer", args=[cast.aase.hold_id])
    first, *rest = earlier_talks([cast.bo, cast.aase])
    assert "Samtaler, der ikke er holdt her" in client.get(url).text
    answer = client.post(url, {"samtaler": [first.noegle], "hvad": "papir", "papir": "Sagen"}, follow=True)
    assert "1 samtale står som holdt på papir" in answer.text
    client.post(url, {"alle": "on", "hvad": "nu", "til": "2028-03-31"})
    assert Evaluering.objects.filter(udsat_til=date(2028, 3, 31)).count() == len(rest)
    assert "Der mangler ingen" in client.get(url).text


@pytest.mark.parametrize(
    ("post", "words"),
    [
        ({"hvad": "papir", "papir": "Sagen"}, "Sæt kryds ved mindst én samtale"),
        ({"alle": "on", "hvad": "papir"}, "Skriv, hvor papirerne ligger"),
        ({"alle": "on", "hvad": "nu"}, "Vælg, hvornår"),
        ({"alle": "on", "hvad": "nu", "til": "2020-01-01"}, "Vælg i dag eller en senere dag"),
        ({"samtaler": "99999-slut", "hvad": "papir", "papir": "x"}, "Vælg igen|ikke en gyldig|gyldig"),
        ({"alle": "on"}, "Vælg et svar til"),
    ],
)
def test_what_is_missing_on_the_page_of_the_hold_is_told(cast, later, as_user, post, words):
    answer = as_user(cast.elevansvarlig).post(reverse("hold_evalueringer", args=[cast.aase.hold_id]), post)
    assert answer.status_code == 422 and re.search(words, answer.text)
    assert not Evaluering.objects.exists()


def test_the_elevs_own_tab_leads_the_elevansvarlig_there_and_nobody_else(cast, later, as_user):
    url = reverse("elev_evalueringer", args=[cast.aase.pk])
    assert "fra tidligere ophold er ikke holdt her" in as_user(cast.elevansvarlig).get(url).text
    assert "ikke holdt her" not in as_user(cast.aase.bruger).get(reverse("evalueringer")).text


# --- who is late with a stay that is over -------------------------------------------------------------------------


PUT_OFF = date(2028, 3, 1)  # the stay ended at New Year


@pytest.mark.parametrize("state", [begun, shared, half_signed])
def test_put_off_the_department_opens_it_also_when_it_sees_the_elev_no_more(cast, as_user, state):
    evaluering = state(cast, frist=PUT_OFF)
    with time_machine.travel("2028-03-10"):
        assert can_view_evaluering(cast.vejleder, evaluering)
        answer = as_user(cast.vejleder).get(reverse("evaluering", args=[evaluering.pk]))
        assert answer.status_code == 200
        assert reverse("elev", args=[cast.aase.pk]) not in answer.text  # that page is closed to her
        assert not can_view_evaluering(cast.leder, evaluering)
        assert not visible_evalueringer(cast.anden_vejleder).filter(pk=evaluering.pk).exists()


def test_forty_two_days_after_the_new_deadline_it_is_the_elevansvarligs_alone(cast):
    evaluering = begun(cast, frist=PUT_OFF)
    owed = []
    for day in ("2028-04-12", "2028-04-13"):
        with time_machine.travel(day):
            for who in (cast.vejleder, cast.elevansvarlig):
                fresh = Bruger.objects.get(pk=who.pk)
                owes = any(each.pk == evaluering.pk for each in debts(fresh))
                owed.append((owes, can_view_evaluering(fresh, evaluering)))
                assert visible_evalueringer(fresh).filter(pk=evaluering.pk).exists() == owed[-1][1]
    assert owed == [(True, True), (True, True), (False, False), (True, True)]


def test_the_last_signature_of_a_stay_long_over_leads_to_the_list(cast, as_user):
    evaluering = acknowledge(cast.aase.bruger, agreed(cast, frist=PUT_OFF))
    url = reverse("evaluering_underskriv", args=[evaluering.pk])
    with time_machine.travel("2028-03-10"):
        client = as_user(cast.vejleder)
        sha256 = client.get(url).context["form"].initial["sha256"]
        answer = client.post(url, {"sha256": sha256, "laest": "on"}, follow=True)
        assert answer.redirect_chain[-1][0] == reverse("evalueringer") and "Du har kvitteret" in answer.text
        assert client.get(reverse("evaluering", args=[evaluering.pk])).status_code == 404

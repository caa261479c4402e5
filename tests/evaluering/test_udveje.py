"""Ways on: a meeting set, put off, lapsed, handed to a substitute. Each leaves a line, and none leaves the text."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core.models import Haendelse
from elevforloeb.core.periods import period
from elevforloeb.models import Ophold
from evaluering.models import Besvarelse, Evaluering
from evaluering.permissions import can_read_besvarelse, can_write_draft
from evaluering.queries.skylder import debts
from evaluering.queries.vikarer import substitutes
from evaluering.services.plan import sync_evalueringer
from evaluering.services.underskrift import correct
from evaluering.services.vejen import begin, hand_over, lapse, open_talk, put_off, set_moede, share, take_over
from tests.cast import person
from tests.evaluering_steps import (
    acknowledge,
    agreed,
    begun,
    fill_in,
    half_signed,
    opened,
    planned,
    sealed,
    shared,
    words,
    write,
)

S = Evaluering.Status
MEETING = datetime(2027, 12, 10, 13, 30, tzinfo=ZoneInfo("Europe/Copenhagen"))


def told(handling: str) -> list[str]:
    return list(Haendelse.objects.filter(handling=handling).values_list("tekst", flat=True))


@pytest.mark.parametrize("who", ["elevvejleder", "elevansvarlig"])
def test_it_is_put_off_with_a_reason_from_the_list(cast, who):
    actor = {"elevvejleder": cast.vejleder, "elevansvarlig": cast.elevansvarlig}[who]
    evaluering = planned(cast)
    for _ in range(2):
        evaluering = put_off(actor, evaluering=evaluering, til=date(2027, 12, 22), grund="fravaer")
    evaluering.refresh_from_db()
    assert evaluering.gaeldende_frist == date(2027, 12, 22)
    assert told("evaluering.udsat") == ["Slutevaluering: Åse Ærlig i Økonomi udsat til 22. december 2027: fravær"]


@pytest.mark.parametrize(
    ("til", "grund", "words"),
    [
        (date(2027, 12, 17), "andet", "efter fristen, 17. december 2027"),
        (date(2027, 10, 14), "andet", "i dag eller en senere dag"),
        (date(2027, 12, 22), "syg med feber", "ikke et gyldigt valg|Værdien"),
        (date(2027, 12, 22), "", "hvorfor den er udsat"),
    ],
)
def test_a_day_or_a_reason_that_will_not_do_is_told(cast, til, grund, words):
    with pytest.raises(ValidationError, match=words):
        put_off(cast.vejleder, evaluering=planned(cast), til=til, grund=grund)


def test_the_elev_does_not_put_it_off_and_nobody_does_when_it_is_signed(cast):
    what = {"til": date(2027, 12, 22), "grund": "travlt"}
    with pytest.raises(ValidationError, match="Kun elevvejlederen"):
        put_off(cast.aase.bruger, evaluering=planned(cast), **what)
    with pytest.raises(ValidationError, match="låst"):
        put_off(cast.vejleder, evaluering=half_signed(cast, art="midtvejs"), **what)


def test_the_meeting_is_set_by_either_party_and_can_be_taken_back(cast):
    evaluering = planned(cast)
    set_moede(cast.aase.bruger, evaluering=evaluering, moede=MEETING)
    set_moede(cast.vejleder, evaluering=evaluering, moede=MEETING)
    set_moede(cast.vejleder, evaluering=evaluering, moede=None)
    assert len(told("evaluering.moede")) == 2
    with pytest.raises(ValidationError, match="Kun dem, der holder samtalen"):
        set_moede(cast.leder, evaluering=evaluering, moede=MEETING)


@pytest.mark.parametrize("state", [planned, begun, opened, shared])
def test_the_elevansvarlig_lets_it_lapse_with_a_reason(cast, state):
    evaluering = state(cast)
    before = Besvarelse.objects.count()
    with pytest.raises(ValidationError, match="Skriv, hvorfor"):
        lapse(cast.elevansvarlig, evaluering=evaluering, grund=" ")
    for _ in range(2):
        assert lapse(cast.elevansvarlig, evaluering=evaluering, grund="Eleven er flyttet").status == S.BORTFALDET
    assert told("evaluering.bortfaldet") == ["Slutevaluering: Åse Ærlig i Økonomi bortfaldet: Eleven er flyttet"]
    assert Besvarelse.objects.count() == before
    with pytest.raises(ValidationError, match="bortfaldet"):
        begin(cast.vejleder, evaluering=evaluering)


@pytest.mark.parametrize("state", [half_signed, sealed])
def test_what_is_signed_does_not_lapse_and_nobody_else_lets_anything_lapse(cast, state):
    with pytest.raises(ValidationError):
        lapse(cast.elevansvarlig, evaluering=state(cast), grund="Fortrudt")
    with pytest.raises(ValidationError, match="Kun den elevansvarlige"):
        lapse(cast.vejleder, evaluering=planned(cast, art="midtvejs"), grund="Travlt")


@pytest.fixture
def vikar(cast):
    return person("Viggo Vikar", "elevvejleder", cast.oekonomi)


def test_a_substitute_takes_over_the_whole_way_and_signs_for_whom(cast, scene, vikar):
    evaluering = scene(begun)
    write(cast.vejleder, evaluering, "Veras udkast")
    assert not can_write_draft(vikar, evaluering)
    take_over(vikar, evaluering=evaluering)
    assert can_write_draft(vikar, evaluering)
    assert words(evaluering, "elevvejleder") is None
    fill_in(vikar, evaluering)
    share(vikar, evaluering=evaluering)
    fill_in(cast.aase.bruger, evaluering)
    share(cast.aase.bruger, evaluering=evaluering)
    fill_in(vikar, evaluering, "faelles")
    acknowledge(vikar, evaluering)
    assert evaluering.underskrifter.get().vikar_for == "Vera Vejleder"
    assert told("evaluering.overdraget") == ["Slutevaluering: Åse Ærlig i Økonomi: Viggo Vikar svarer for afdelingen"]


def test_the_draft_that_was_left_comes_back_with_its_author(cast, scene, vikar):
    evaluering = scene(begun)
    write(cast.vejleder, evaluering, "Veras udkast")
    hand_over(cast.elevansvarlig, evaluering=evaluering, til=vikar)
    write(vikar, evaluering, "Viggos udkast")
    hand_over(cast.vejleder, evaluering=evaluering, til=cast.vejleder)
    assert words(evaluering, "elevvejleder") == "Veras udkast"
    assert Besvarelse.objects.get(part="afloest").forfatter == vikar


def test_what_is_shared_cannot_be_taken_over_and_only_to_the_departments_own(cast, scene, vikar):
    evaluering = scene(begun)
    with pytest.raises(ValidationError, match="Vælg en af afdelingens"):
        hand_over(cast.elevansvarlig, evaluering=evaluering, til=cast.anden_vejleder)
    with pytest.raises(ValidationError, match="Vælg en af afdelingens"):
        hand_over(cast.aase.bruger, evaluering=evaluering, til=vikar)
    fill_in(cast.vejleder, evaluering)
    share(cast.vejleder, evaluering=evaluering)
    with pytest.raises(ValidationError, match="er delt"):
        hand_over(vikar, evaluering=evaluering, til=vikar)


def test_nobody_reads_a_draft_of_another_before_it_is_shared_and_open(cast, scene, vikar):
    evaluering = scene(begun)
    people = [cast.aase.bruger, cast.vejleder, vikar, cast.elevansvarlig, cast.leder, cast.anden_vejleder]

    def readers(part):
        besvarelse = Besvarelse.objects.get(evaluering=evaluering, part=part)
        return [each for each in people if can_read_besvarelse(each, besvarelse)]

    fill_in(cast.aase.bruger, evaluering)
    write(cast.vejleder, evaluering, "Mit")
    assert (readers("elev"), readers("elevvejleder")) == ([cast.aase.bruger], [cast.vejleder])
    share(cast.aase.bruger, evaluering=evaluering)
    assert readers("elev") == [cast.aase.bruger]
    open_talk(cast.aase.bruger, evaluering=evaluering)
    assert readers("elevvejleder") == [cast.vejleder]
    assert readers("elev") == [cast.aase.bruger, cast.vejleder, vikar, cast.elevansvarlig]


def test_the_agreed_text_is_read_by_those_who_held_the_talk(cast, scene):
    evaluering = scene(agreed)
    faelles = evaluering.besvarelser.get(part="faelles")
    assert can_read_besvarelse(cast.vejleder, faelles) and not can_read_besvarelse(cast.leder, faelles)


# --- the elevansvarlig chooses a substitute -----------------------------------------------------------------------


def test_a_substitute_is_chosen_before_anybody_has_begun_and_is_the_one_who_is_reminded(cast, vikar):
    evaluering = planned(cast)
    hand_over(cast.elevansvarlig, evaluering=evaluering, til=vikar)
    owed = {who: [each.pk for each in debts(who)] for who in (vikar, cast.vejleder)}
    assert owed == {vikar: [evaluering.pk], cast.vejleder: []}
    begin(cast.aase.bruger, evaluering=evaluering)
    assert not can_write_draft(cast.vejleder, evaluering)
    fill_in(vikar, evaluering)
    share(vikar, evaluering=evaluering)
    hand = [each.navn for each in substitutes(evaluering)]
    assert hand == ["Vera Vejleder"]


def test_she_who_was_to_answer_takes_it_back_before_anybody_has_begun(cast, vikar, as_user):
    evaluering = planned(cast)
    hand_over(cast.elevansvarlig, evaluering=evaluering, til=vikar)
    page = as_user(cast.vejleder).get(reverse("evaluering", args=[evaluering.pk])).text
    assert "Viggo Vikar svarer for afdelingen" in page and "Overtag evalueringen" in page
    as_user(cast.vejleder).post(reverse("evaluering_overtag", args=[evaluering.pk]))
    assert begin(cast.vejleder, evaluering=evaluering).status == S.IGANG
    assert can_write_draft(cast.vejleder, evaluering) and not can_write_draft(vikar, evaluering)


def test_the_plan_names_another_elevvejleder_and_the_substitute_stands_back(cast, vikar):
    ny = person("Nina Ny", "elevvejleder", cast.oekonomi)
    evaluering = planned(cast)
    hand_over(cast.elevansvarlig, evaluering=evaluering, til=vikar)
    Ophold.objects.filter(pk=cast.ophold.pk).update(elevvejleder=ny)
    sync_evalueringer()
    evaluering.refresh_from_db()
    assert evaluering.elevvejleder == ny and can_write_draft(ny, evaluering)
    assert evaluering.pk in {each.pk for each in debts(ny)} and debts(vikar) == []


def test_a_substitute_does_not_go_with_the_stay_to_another_department(cast, vikar):
    evaluering = planned(cast)
    hand_over(cast.elevansvarlig, evaluering=evaluering, til=vikar)
    Ophold.objects.filter(pk=cast.ophold.pk).update(afdeling=cast.personale, elevvejleder=None)
    sync_evalueringer()
    evaluering.refresh_from_db()
    assert evaluering.afdeling == cast.personale
    assert can_write_draft(cast.anden_vejleder, evaluering)


def test_the_elevansvarlig_chooses_on_a_page_among_the_departments_own(cast, scene, vikar, as_user):
    evaluering = scene(begun)
    url = reverse("evaluering_overdrag", args=[evaluering.pk])
    client = as_user(cast.elevansvarlig)
    assert url in client.get(reverse("evaluering", args=[evaluering.pk])).text
    assert client.post(url, {"til": cast.anden_vejleder.pk}).status_code == 422
    assert "Viggo Vikar svarer nu for afdelingen" in client.post(url, {"til": vikar.pk}, follow=True).text
    assert "Nu er det Viggo Vikar" in client.get(url).text


@pytest.mark.parametrize("state", [planned, begun])
def test_when_the_elevvejleder_has_left_the_department_both_sides_are_told_and_she_is_replaced(
    cast, vikar, as_user, state
):
    evaluering = state(cast)
    url = reverse("evaluering", args=[evaluering.pk])
    left = "Vera Vejleder er ikke længere elevvejleder i Økonomi."
    assert left not in as_user(cast.aase.bruger).get(url).text
    cast.vejleder.rolletildelinger.update(periode=period(date(2020, 1, 1), date(2027, 10, 14)))
    assert f"{left}</strong> Den elevansvarlige finder en anden." in as_user(cast.aase.bruger).get(url).text
    page = as_user(cast.elevansvarlig).get(url).text
    assert left in page and reverse("evaluering_overdrag", args=[evaluering.pk]) in page
    hand_over(cast.elevansvarlig, evaluering=evaluering, til=vikar)
    assert left not in as_user(cast.aase.bruger).get(url).text


def test_without_a_colleague_the_page_says_what_to_do(cast, as_user):
    page = as_user(cast.elevansvarlig).get(reverse("evaluering_overdrag", args=[planned(cast).pk])).text
    assert "Afdelingen har ingen andre elevvejledere" in page and reverse("afdeling", args=["oekonomi"]) in page


def test_when_the_department_has_shared_there_is_nobody_to_choose(cast, scene, vikar, as_user):
    evaluering = scene(begun)
    fill_in(cast.vejleder, evaluering)
    share(cast.vejleder, evaluering=evaluering)
    assert as_user(cast.elevansvarlig).get(reverse("evaluering_overdrag", args=[evaluering.pk])).status_code == 404


def test_a_correction_that_is_given_up_leaves_the_sealed_one_to_count_and_to_be_corrected_again(cast, scene, as_user):
    old = scene(sealed)
    given_up = lapse(
        cast.elevansvarlig, evaluering=correct(cast.elevansvarlig, evaluering=old, grund="Fejl"), grund="Nej"
    )
    chief = as_user(cast.elevansvarlig)
    page = chief.get(reverse("evaluering", args=[old.pk])).text
    assert "nyere udgave" not in page and "Ret i en ny udgave" in page
    page = chief.get(reverse("evaluering", args=[given_up.pk])).text
    assert "Rettelsen er opgivet" in page and "tag den op igen" not in page
    again = correct(cast.elevansvarlig, evaluering=old, grund="Alligevel")
    assert (again.status, again.udgave, again.retter) == (S.SAMTALE, 2, old) and again != given_up

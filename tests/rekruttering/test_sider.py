"""The committee's pages: what is on them for whom, and how many statements they take."""

import pytest
from django.urls import reverse

from rekruttering.models import Bedoemmelse
from tests.rekruttering_steps import applied, assess, make_round, seat


@pytest.fixture
def runde(cast):
    return make_round()


@pytest.fixture
def ida(runde):
    return applied(runde)


@pytest.mark.parametrize("number", [1, 40])
def test_the_board_takes_the_same_statements_for_one_and_for_forty(
    cast, runde, as_user, django_assert_max_num_queries, number
):
    for n in range(number):
        applied(runde, f"Ida{n}")
    seat(cast.vejleder, runde)
    seat(cast.elevansvarlig, runde)
    client = as_user(cast.elevansvarlig)
    with django_assert_max_num_queries(12):
        response = client.get(reverse("ansoegere", args=[runde.pk]))
    assert len(response.context["side"].kort) == number


def test_fortrinsadgang_is_shown_to_who_must_act_alone(cast, runde, as_user):
    fie = applied(runde, "Fie", fortrinsadgang=True)
    for bruger in (cast.vejleder, cast.elevansvarlig):
        seat(bruger, runde)
        pages = [reverse("ansoegere", args=[runde.pk]), reverse("ansoeger", args=[fie.pk])]
        shown = ["ortrinsadgang" in as_user(bruger).get(page).content.decode() for page in pages]
        assert shown == [bruger == cast.elevansvarlig] * 2


def test_contact_details_are_for_the_elevansvarlig(cast, runde, ida, as_user):
    for bruger in (cast.vejleder, cast.elevansvarlig):
        seat(bruger, runde)
        page = as_user(bruger).get(reverse("ansoeger", args=[ida.pk])).content.decode()
        assert ("ida@example.invalid" in page) == (bruger == cast.elevansvarlig)


def test_an_assessment_is_saved_as_a_draft_and_handed_in_by_the_other_button(cast, runde, ida, as_user):
    seat(cast.vejleder, runde)
    client, url = as_user(cast.vejleder), reverse("bedoemmelse", args=[ida.pk])
    client.post(url, {"indstilling": "", "begrundelse": "Halvt"})
    assert Bedoemmelse.objects.get().afgivet is None
    response = client.post(url, {"indstilling": "samtale", "begrundelse": "", "afgiv": "1"})
    assert response.status_code == 422 and "Begrundelse" in response.content.decode()
    assert client.post(url, {"indstilling": "samtale", "begrundelse": "Skriver klart", "afgiv": "1"}).status_code == 302
    assert Bedoemmelse.objects.get().afgivet


def test_many_are_moved_after_a_preview_that_says_who_stays_and_why(cast, runde, ida, as_user):
    bo = applied(runde, "Bo")
    assess(seat(cast.elevansvarlig, runde), ida)
    client, url = as_user(cast.elevansvarlig), reverse("ansoegninger_flyt", args=[runde.pk])
    form = {"ansoegning": [ida.pk, bo.pk], "til": "samtale"}
    preview = client.post(url, form).content.decode()
    assert "Flyt 1 ansøger" in preview and "Mangler bedømmelse" in preview
    ida.refresh_from_db()
    assert ida.tilstand == "vurderes"
    client.post(url, form | {"ja": "1"})
    ida.refresh_from_db()
    bo.refresh_from_db()
    assert (ida.tilstand, bo.tilstand) == ("samtale", "ny")


def test_somebody_outside_the_committee_is_told_why_she_sees_nobody(cast, runde, ida, as_user):
    page = as_user(cast.elevansvarlig).get(reverse("ansoegere", args=[runde.pk])).content.decode()
    assert "ikke med i ansættelsesudvalget" in page and "Ida" not in page

"""The committee's pages: what is on them for whom, and how many statements they take."""

import pytest
from django.urls import reverse

from elevforloeb.core.dates import today
from rekruttering.models import Bedoemmelse
from rekruttering.queries.ansoegere import SHOWN
from rekruttering.services import breve, sag
from rekruttering.services.udvalg import declare
from tests.rekruttering_steps import applied, assess, interviewed, make_round, refused, seat


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


def test_the_case_log_does_not_tell_a_member_of_fortrinsadgang(cast, runde, as_user):
    fie = applied(runde, "Fie", fortrinsadgang=True)
    for bruger in (cast.vejleder, cast.elevansvarlig):
        seat(bruger, runde)
    done = {"redegoerelse_sendt": today(), "dialog_holdt": None, "note": ""}
    sag.save_fortrinssag(cast.elevansvarlig, ansoegning=fie, **done)
    page = reverse("ansoeger", args=[fie.pk])
    seen = ["ortrinsadgang" in as_user(who).get(page).content.decode() for who in (cast.vejleder, cast.elevansvarlig)]
    assert seen == [False, True]


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


# --- the board ------------------------------------------------------------------------------------------------------


def board(runde):
    return reverse("ansoegere", args=[runde.pk])


def test_filters_are_remembered_and_forgotten_again_but_never_the_search(cast, runde, ida, as_user):
    seat(cast.elevansvarlig, runde)
    client = as_user(cast.elevansvarlig)
    client.get(board(runde), {"vis": "liste", "sorter": "-navn", "tilstand": "ny", "q": "Ida"})
    assert client.get(board(runde)).url == f"{board(runde)}?tilstand=ny&sorter=-navn&vis=liste"
    client.get(board(runde), {"nulstil": "1"})
    assert client.get(board(runde)).status_code == 200


def test_a_move_keeps_the_filter_and_can_be_undone_from_the_board(cast, runde, ida, as_user):
    assess(seat(cast.elevansvarlig, runde), ida)
    client = as_user(cast.elevansvarlig)
    move = {"til": "samtale", "tavle": "1", "tilbage": "vurdering=klar&vis=tavle"}
    answer = client.post(reverse("ansoegning_flyt", args=[ida.pk]), move)
    assert answer.url == f"{board(runde)}?vurdering=klar&vis=tavle#ansoeger-{ida.pk}"
    assert "Fortryd flytningen" in client.get(answer.url).content.decode()
    client.post(reverse("ansoegninger_fortryd", args=[runde.pk]))
    ida.refresh_from_db()
    assert ida.tilstand == "vurderes"
    assert "Fortryd flytningen" not in client.get(f"{board(runde)}?vis=tavle").content.decode()


@pytest.mark.parametrize("query", ["//example.invalid", "next=//example.invalid", "%00", "a=" + "x" * 3000])
def test_what_a_form_says_of_the_way_back_never_leads_away_from_the_board(cast, runde, ida, as_user, query):
    seat(cast.elevansvarlig, runde)
    answer = as_user(cast.elevansvarlig).post(
        reverse("ansoegning_flyt", args=[ida.pk]), {"til": "ny", "tavle": "1", "tilbage": query}
    )
    assert answer.url.startswith(board(runde))


def test_a_long_column_shows_the_first_and_says_how_many_more_the_list_has(cast, runde, as_user):
    for nr in range(SHOWN + 3):
        applied(runde, f"Ida{nr}")
    seat(cast.elevansvarlig, runde)
    page = as_user(cast.elevansvarlig).get(board(runde), {"nulstil": "1"})
    assert page.content.decode().count('class="akort"') == SHOWN
    assert "Vis 3 mere" in page.content.decode()


def test_the_list_is_sorted_along_the_way_and_turned_round(cast, runde, ida, as_user):
    medlem = seat(cast.elevansvarlig, runde)
    bo, eva = applied(runde, "Bo"), applied(runde, "Eva")
    declare(cast.elevansvarlig, medlem=medlem, asked=[bo, eva], partial=[])
    refused(medlem, ida)
    interviewed(medlem, bo)
    client = as_user(cast.elevansvarlig)

    def numbers(sorter):
        side = client.get(board(runde), {"vis": "liste", "sorter": sorter}).context["side"]
        return [kort.ansoegning.nummer for kort in side.kort]

    assert numbers("tilstand") == [eva.nummer, bo.nummer, ida.nummer]
    assert numbers("-tilstand") == [ida.nummer, bo.nummer, eva.nummer]


def test_who_has_her_answer_is_a_number_on_the_board(cast, runde, ida, as_user):
    refused(seat(cast.elevansvarlig, runde), ida)
    client = as_user(cast.elevansvarlig)
    assert "Ida Prøvesen" in client.get(board(runde), {"vis": "tavle"}).content.decode()
    breve.send(cast.elevansvarlig, runde=runde, ansoegninger=[ida], emne="Svar", tekst="Kære {fornavn}")
    page = client.get(board(runde), {"vis": "tavle"}).content.decode()
    assert "Ida Prøvesen" not in page and "Ansøger 1" in page


def test_somebody_outside_the_committee_is_told_why_she_sees_nobody(cast, runde, ida, as_user):
    page = as_user(cast.elevansvarlig).get(reverse("ansoegere", args=[runde.pk])).content.decode()
    assert "ikke med i ansættelsesudvalget" in page and "Ida" not in page

"""Offers, letters and hiring."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core import outbox
from elevforloeb.core.dates import today
from elevforloeb.core.models import Mail
from elevforloeb.core.rules import rules
from elevforloeb.models import Elev
from elevforloeb.queries.handling import find_things
from rekruttering.links import token
from rekruttering.models import Ansoegning, Brev, Opstartsskabelon, Tilbud
from rekruttering.queries.handling import WING
from rekruttering.services import breve
from rekruttering.services.ansaettelse import hire
from rekruttering.services.ansoegning import withdraw
from rekruttering.services.flyt import place_one
from rekruttering.services.tilbud import answer, offer, withdraw_offer
from rekruttering.services.udvalg import declare_late
from tests.factories import HoldFactory, MaalsaetFactory
from tests.rekruttering_steps import applied, interviewed, make_round, offered, refused, seat


@pytest.fixture
def runde(cast):
    return make_round(pladser=1)


@pytest.fixture
def ida(runde):
    return applied(runde)


@pytest.fixture
def medlem(cast, ida, runde):
    applied(runde, "Bo")
    return seat(cast.elevansvarlig, runde)


@pytest.fixture
def bo(runde, medlem):
    return Ansoegning.objects.get(fornavn="Bo")


def test_no_more_places_are_offered_than_there_are(cast, medlem, ida, bo):
    offered(medlem, ida)
    with pytest.raises(ValidationError, match="Alle pladser"):
        offered(medlem, bo)


def test_a_place_comes_back_when_the_answer_is_no_or_the_offer_is_taken_back(cast, medlem, ida, bo):
    answer(tilbud=offered(medlem, ida), svar="nej")
    ida.refresh_from_db()
    assert ida.tilstand == "trukket"
    withdraw_offer(cast.elevansvarlig, tilbud=offered(medlem, bo))
    bo.refresh_from_db()
    assert bo.tilstand == "venteliste"
    offer(cast.elevansvarlig, ansoegning=bo, frist=today() + timedelta(days=3))


def test_an_offer_is_answered_once_by_a_form_and_never_by_opening_the_link(cast, medlem, ida, client):
    offered(medlem, ida)
    url = reverse("tilbud_svar", args=[token(ida.noegle)])
    client.get(url)
    assert Tilbud.objects.get().er_aabent
    for _ in range(2):  # a double click
        assert client.post(url, {"svar": "ja"}).status_code == 302
    assert client.post(url, {"svar": "nej"}).status_code == 422
    assert Tilbud.objects.get().svar == "ja" and ida.skridt.filter(art="tilbud-ja").count() == 1
    assert reverse("min_ansoegning", args=[token(ida.noegle)]) in client.get(url).content.decode()


def test_a_link_that_is_not_ours_finds_nothing(cast, medlem, ida, client):
    offered(medlem, ida)
    assert client.get(reverse("tilbud_svar", args=["x" * 32])).status_code == 404
    assert client.get(reverse("tilbud_svar", args=[token(applied(ida.runde, "Eva").noegle)])).status_code == 404


def test_who_has_withdrawn_does_not_accept_an_offer_that_still_stands(cast, medlem, ida, client):
    offered(medlem, ida)
    withdraw(ansoegning=ida)
    response = client.post(reverse("tilbud_svar", args=[token(ida.noegle)]), {"svar": "ja"})
    assert response.status_code == 422 and Tilbud.objects.get().svar == ""


def test_an_offer_can_be_accepted_after_its_deadline_until_it_is_taken_back(cast, medlem, ida, client):
    """Nobody else has the place meanwhile: an open offer takes one."""
    tilbud = offered(medlem, ida)
    Tilbud.objects.update(frist=today() - timedelta(days=1))
    withdraw_offer(cast.elevansvarlig, tilbud=tilbud)
    url = reverse("tilbud_svar", args=[token(ida.noegle)])
    assert client.post(url, {"svar": "ja"}).status_code == 422
    ida.refresh_from_db()
    late = offer(cast.elevansvarlig, ansoegning=ida, frist=today() + timedelta(days=3))
    Tilbud.objects.filter(pk=late.pk).update(frist=today() - timedelta(days=1))
    assert client.post(url, {"svar": "ja"}).status_code == 302


# --- from applicant to elev -----------------------------------------------------------------------------------------


def hired(cast, ida, **more):
    hold = HoldFactory(startdato=ida.runde.startdato)
    values = {"hold": hold, "maalsaet": MaalsaetFactory(), "voksenelev": False}
    return hire(cast.elevansvarlig, ansoegning=ida, **values | more)


def test_who_says_yes_becomes_an_elev_of_the_next_hold_in_one_act(cast, medlem, ida):
    Opstartsskabelon.objects.create(tekst="Bestil bruger", dage_foer=21, kilde="test")
    answer(tilbud=offered(medlem, ida), svar="ja")
    row = hired(cast, ida, buddy=cast.aase.bruger)
    elev = Elev.objects.get(bruger__email="ida@example.invalid")
    assert (row.elev, elev.startdato) == (elev, ida.runde.startdato)
    assert [p.frist for p in row.punkter.all()] == [elev.startdato - timedelta(days=21)]
    ida.refresh_from_db()
    assert ida.tilstand == "ansat"


def test_nobody_is_hired_before_she_has_said_yes_and_nobody_twice(cast, medlem, ida):
    tilbud = offered(medlem, ida)
    with pytest.raises(ValidationError, match="ikke sagt ja"):
        hired(cast, ida)
    answer(tilbud=tilbud, svar="ja")
    hired(cast, ida)
    with pytest.raises(ValidationError):
        hired(cast, ida)
    assert Elev.objects.filter(bruger__email="ida@example.invalid").count() == 1


def test_the_second_click_on_hire_leads_to_the_elev_that_the_first_one_made(cast, medlem, ida, as_user):
    answer(tilbud=offered(medlem, ida), svar="ja")
    hold, maalsaet = HoldFactory(startdato=ida.runde.startdato), MaalsaetFactory()
    form = {"hold": hold.pk, "maalsaet": maalsaet.pk}
    client, url = as_user(cast.elevansvarlig), reverse("ansaet", args=[ida.pk])
    answers = [client.post(url, form) for _ in range(2)]
    elev = Elev.objects.get(bruger__email="ida@example.invalid")
    assert [each.url for each in answers] == [reverse("opstart", args=[elev.pk])] * 2


# --- letters ----------------------------------------------------------------------------------------------------------


def written(cast, runde, *ansoegninger, tekst="Kære {fornavn}. Tak for ansøgning {nummer}."):
    return breve.send(cast.elevansvarlig, runde=runde, ansoegninger=ansoegninger, emne="Svar", tekst=tekst)


def test_each_refused_applicant_gets_one_letter_of_her_own(cast, medlem, runde, ida, bo):
    refused(medlem, ida)
    refused(medlem, bo)
    written(cast, runde, ida, bo)
    assert written(cast, runde, ida, bo) == []
    assert list(Brev.objects.order_by("pk").values_list("tekst", flat=True)) == [
        "Kære Ida. Tak for ansøgning 1.",
        "Kære Bo. Tak for ansøgning 2.",
    ]
    assert set(Mail.objects.values_list("adresse", flat=True)) == {"ida@example.invalid", "bo@example.invalid"}


def test_nobody_who_is_not_refused_gets_a_letter(cast, medlem, runde, ida, bo):
    interviewed(medlem, ida)
    assert written(cast, runde, ida, bo) == []


def test_a_field_that_nobody_fills_in_is_refused_before_anything_is_sent(cast, medlem, runde, ida):
    refused(medlem, ida)
    with pytest.raises(ValidationError, match="Brug kun felterne"):
        written(cast, runde, ida, tekst="Kære {navn}")
    assert not Mail.objects.exists()


def test_what_is_stopped_is_not_sent_and_can_be_written_anew(cast, medlem, runde, ida, bo, settings):
    settings.MAIL_MODE, settings.MAIL_LOFT = "demo", 1
    refused(medlem, ida)
    refused(medlem, bo)
    written(cast, runde, ida, bo)
    outbox.sweep()
    assert breve.stop(cast.elevansvarlig, ansoegninger=runde.ansoegninger.all()) == 1
    settings.MAIL_LOFT = 10
    outbox.sweep()
    assert Mail.objects.filter(status=Mail.Status.SENDT).count() == 1
    assert len(written(cast, runde, ida, bo)) == 1


def test_letters_of_applicants_whom_one_cannot_see_are_not_stopped(cast, medlem, runde, ida, bo, as_user):
    refused(medlem, ida)
    written(cast, runde, ida)
    declare_late(cast.elevansvarlig, medlem=medlem, ansoegning=ida)
    as_user(cast.elevansvarlig).post(reverse("breve_stop", args=[runde.pk]))
    assert Brev.objects.filter(ansoegning=ida).exists()


def test_who_is_moved_between_preview_and_sending_is_left_out_and_the_others_get_theirs(
    cast, medlem, runde, ida, bo, as_user
):
    refused(medlem, ida)
    refused(medlem, bo)
    place_one(cast.elevansvarlig, ansoegning=bo, to="vurderes")
    form = {"ansoegning": [ida.pk, bo.pk], "emne": "Svar", "tekst": "Kære {fornavn}", "send": "1"}
    page = as_user(cast.elevansvarlig).post(reverse("breve", args=[runde.pk]), form, follow=True).content.decode()
    assert [brev.ansoegning for brev in Brev.objects.all()] == [ida]
    assert "1 ansøger fik ikke brev" in page


def test_the_progress_of_the_letters_asks_until_all_are_sent(cast, medlem, runde, ida, as_user, settings):
    settings.MAIL_MODE = "demo"
    refused(medlem, ida)
    written(cast, runde, ida)
    client, url = as_user(cast.elevansvarlig), reverse("breve", args=[runde.pk])
    on_the_way = client.get(url, headers={"HX-Request": "true"})
    assert "0 af 1" in on_the_way.content.decode() and "HX-Refresh" not in on_the_way
    outbox.sweep()
    assert client.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_the_letters_are_seen_before_they_are_sent_and_nothing_typed_is_lost(cast, medlem, runde, ida, as_user):
    refused(medlem, ida)
    client, url = as_user(cast.elevansvarlig), reverse("breve", args=[runde.pk])
    form = {"ansoegning": [ida.pk], "emne": "Svar", "tekst": "Kære {fornavn}, tak."}
    assert "Kære Ida, tak." in client.post(url, form).content.decode()
    assert "Kære {fornavn}, tak." in client.post(url, form | {"ret": "1"}).content.decode()
    assert not Brev.objects.exists()
    client.post(url, form | {"send": "1"})
    assert Brev.objects.get().tekst == "Kære Ida, tak."


def test_reasons_are_asked_for_and_given_on_the_applicants_own_page(cast, medlem, runde, ida, client):
    refused(medlem, ida)
    (brev,) = written(cast, runde, ida)
    page = reverse("brev", args=[token(ida.noegle)])
    for _ in range(2):
        client.post(reverse("brev_begrundelse", args=[token(ida.noegle)]))
    assert ida.skridt.filter(art="begrundelse-oensket").count() == 1
    breve.give_reasons(cast.elevansvarlig, brev=brev, begrundelse="Andre havde mere erfaring.")
    assert "Andre havde mere erfaring." in client.get(page).content.decode()
    with pytest.raises(ValidationError, match="allerede sendt"):
        breve.give_reasons(cast.elevansvarlig, brev=brev, begrundelse="Igen")


def test_what_waits_stands_under_things_to_do_without_names(cast, medlem, runde, ida, bo):
    answer(tilbud=offered(medlem, ida), svar="ja")
    refused(medlem, bo)
    type(runde).objects.update(svar_senest=today())
    (brev,) = written(cast, runde, bo)
    breve.ask_for_reasons(brev=brev)
    titles = [each.titel for each in find_things(rules(), [WING])]
    assert titles == ["1 ansøger har sagt ja til en plads", "1 ansøger beder om en begrundelse"]

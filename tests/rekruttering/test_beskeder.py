"""A message to some of the applicants, by the machinery of the letters."""

from uuid import uuid4

import pytest
from django.urls import reverse

from elevforloeb.core import letters, outbox
from elevforloeb.core.models import Mail
from rekruttering.links import token
from rekruttering.models import Besked, Brevskabelon
from rekruttering.queries.ansoegning import export
from rekruttering.queries.sagsakt import get_sagsakt
from rekruttering.services import breve
from rekruttering.services.ansoegning import withdraw
from rekruttering.services.udvalg import declare_late
from tests.rekruttering_steps import applied, interviewed, make_round, seat


@pytest.fixture
def runde(cast):
    return make_round()


@pytest.fixture
def ida(runde):
    return applied(runde)


@pytest.fixture
def bo(runde):
    return applied(runde, "Bo")


@pytest.fixture
def medlem(cast, ida, bo, runde):
    return seat(cast.elevansvarlig, runde)


@pytest.fixture
def url(runde):
    return reverse("beskeder", args=[runde.pk])


@pytest.fixture
def client_of(cast, medlem, as_user):
    return as_user(cast.elevansvarlig)


def typed(*chosen, **more):
    words = {"emne": "Om din ansøgning", "tekst": "Kære {fornavn}, det tager tid.", "udsendelse": str(uuid4())}
    return words | {"ansoegning": [each.pk for each in chosen]} | more


def test_those_of_a_step_are_ticked_and_those_who_were_ticked_in_the_list(client_of, medlem, url, ida, bo):
    Brevskabelon.objects.create(art="besked-tid", emne="Lidt længere", tekst="Kære {fornavn}")
    interviewed(medlem, bo)
    page = client_of.get(f"{url}?tilstand=samtale").content.decode()
    assert page.count("\nchecked") == 1 and "Til samtale (1)" in page and "Lidt længere" in page
    response = client_of.post(url, {"valgt": "1", "ansoegning": [ida.pk, "x"], "til": "afslag"})
    page = client_of.get(response.url).content.decode()
    assert page.count("\nchecked") == 1 and not Besked.objects.exists()
    withdraw(ansoegning=bo)
    page = client_of.get(f"{url}?valgt={ida.pk}-{bo.pk}").content.decode()
    assert page.count("\nchecked") == 1 and "1 af dem, du valgte, kan ikke få en besked" in page
    assert client_of.get(f"{url}?valgt=99999999999999-x").content.decode().count("\nchecked") == 0


def test_each_gets_one_of_her_own_however_often_it_is_pressed_and_other_words_are_another(client_of, url, ida, bo):
    form = typed(ida, bo)
    assert "Kære Ida, det tager tid." in client_of.post(url, form).content.decode()
    assert not Besked.objects.exists()
    for _ in range(2):
        page = client_of.post(url, form | {"send": "1"}, follow=True).content.decode()
    assert "2 ansøgere fik ikke brev" in page
    assert list(Besked.objects.order_by("pk").values_list("tekst", flat=True)) == [
        "Kære Ida, det tager tid.",
        "Kære Bo, det tager tid.",
    ]
    assert set(Mail.objects.values_list("adresse", flat=True)) == {ida.email, bo.email}
    client_of.post(url, form | {"send": "1", "tekst": "Og en ting til."})
    assert Besked.objects.count() == 4


def test_it_is_kept_on_the_case_and_on_the_applicants_own_page(cast, client_of, url, ida, client):
    client_of.post(url, typed(ida, send="1"))
    (row,) = get_sagsakt(cast.elevansvarlig, ida).beskeder
    assert row.tekst in client_of.get(reverse("ansoeger", args=[ida.pk])).content.decode()
    assert ida.skridt.get(art="besked-sendt").tekst == "Besked sendt: Om din ansøgning"
    letter = letters.write(Mail.objects.get())
    assert letter.tekst == row.tekst and letter.url == reverse("min_ansoegning", args=[token(ida.noegle)])
    assert row.tekst in client.get(letter.url).content.decode()
    assert export(ida)["beskeder"][0]["tekst"] == row.tekst


def test_those_that_wait_are_stopped_and_can_be_written_anew(client_of, url, runde, ida, bo, settings):
    settings.MAIL_MODE, settings.MAIL_LOFT = "demo", 1
    client_of.post(url, typed(ida, bo, send="1"))
    outbox.sweep()
    progress = client_of.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "1 af 2 er sendt" in progress and reverse("beskeder_stop", args=[runde.pk]) in progress
    page = client_of.post(reverse("beskeder_stop", args=[runde.pk]), follow=True).content.decode()
    assert "1 brev blev standset" in page and list(Besked.objects.values_list("ansoegning", flat=True)) == [ida.pk]


def test_nobody_who_has_withdrawn_or_whom_one_may_not_see_gets_one(cast, client_of, medlem, url, runde, ida, bo):
    declare_late(cast.elevansvarlig, medlem=medlem, ansoegning=bo)
    withdraw(ansoegning=ida)
    assert client_of.post(url, typed(ida, bo, send="1")).status_code == 422
    assert (
        breve.send(
            cast.elevansvarlig,
            runde=runde,
            ansoegninger=[ida],
            emne="a",
            tekst="b",
            slags=breve.BESKED,
            udsendelse=uuid4(),
        )
        == []
    )
    assert not Besked.objects.exists()

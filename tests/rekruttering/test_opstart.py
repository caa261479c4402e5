"""What is done before the first day, and the ways to it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from elevforloeb.core.dates import today
from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from rekruttering.models import Ansaettelse, Opstartspunkt, Opstartsskabelon
from rekruttering.queries.handling import WING
from rekruttering.services.ansaettelse import add_punkt, begin_list, tick
from rekruttering.services.vagter import put_on_duty
from tests.rekruttering_steps import make_round, times


def asked() -> list[str]:
    return [each.titel for each in find_things(rules(), [WING])]


@pytest.fixture
def liste(cast) -> Ansaettelse:
    Opstartsskabelon.objects.create(tekst="Bestil bruger", dage_foer=30, kilde="x")
    return begin_list(cast.elevansvarlig, elev=cast.aase)


def test_an_elev_who_did_not_come_by_an_application_gets_a_list_once(cast, as_user):
    Opstartsskabelon.objects.create(tekst="Bestil bruger", dage_foer=30, kilde="x")
    client, url = as_user(cast.elevansvarlig), reverse("opstart", args=[cast.aase.pk])
    assert "Der er ingen liste" in client.get(url).content.decode()
    for _ in range(2):
        client.post(reverse("opstart_begynd", args=[cast.aase.pk]))
    assert Opstartspunkt.objects.get().frist == cast.aase.startdato - timedelta(days=30)
    assert "Bestil bruger" in client.get(url).content.decode()


def test_the_list_is_in_the_menu_of_the_elev_and_under_rekruttering(cast, liste, as_user):
    client = as_user(cast.elevansvarlig)
    for page in (reverse("elev", args=[cast.aase.pk]), reverse("opstartsliste")):
        assert reverse("opstart", args=[cast.aase.pk]) in client.get(page).content.decode()
    assert reverse("opstartsliste") in client.get(reverse("runder")).content.decode()
    assert (
        reverse("opstart", args=[cast.aase.pk])
        not in as_user(cast.vejleder).get(reverse("elev", args=[cast.aase.pk])).content.decode()
    )


def test_what_is_late_asks_to_be_done_and_stops_when_it_is(cast, liste):
    assert asked() == ["1 ting skulle være gjort, før nye elever begynder"]
    for punkt in liste.punkter.all():
        tick(cast.elevansvarlig, punkt=punkt, gjort=True)
    add_punkt(cast.elevansvarlig, ansaettelse=liste, tekst="I dag", frist=today())
    assert asked() == []


def test_nothing_is_asked_about_an_elev_who_has_stopped(cast, liste):
    type(cast.aase).objects.filter(pk=cast.aase.pk).update(stoppet=today())
    assert asked() == []


def test_an_elev_finds_her_day_with_applicants_on_her_front_page(cast, as_user):
    client = as_user(cast.aase.bruger)
    assert reverse("modtagelse") not in client.get("/").content.decode()
    dag = times(cast.elevansvarlig, make_round())
    put_on_duty(cast.elevansvarlig, dag=dag, elev=cast.aase)
    page = client.get("/").content.decode()
    assert reverse("modtagelse") in page and "tirsdag den 7. december 2027" in page
    assert reverse("modtagelse") not in as_user(cast.bo.bruger).get("/").content.decode()

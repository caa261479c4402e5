"""The pages of the access log and of the history."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from elevforloeb.core import audit
from elevforloeb.core.models import Opslag

MIDNIGHT = datetime(2027, 10, 15, tzinfo=ZoneInfo("Europe/Copenhagen"))


def look_up(bruger, person=None, **more):
    return Opslag.objects.create(bruger=bruger, person=person, side="elev", anmodning="x", **{"art": "vis"} | more)


@pytest.fixture
def page(as_user, cast):
    client = as_user(cast.elevansvarlig)
    return lambda name, **filters: client.get(reverse(name), filters)


def test_the_access_log_is_filtered_by_reader_person_and_day(page, cast):
    look_up(cast.vejleder, cast.aase.bruger, tid=MIDNIGHT)
    look_up(cast.leder, cast.bo.bruger)
    assert len(page("opslag", hvem="Vera").context["side"]) == 1
    assert len(page("opslag", person="aase").context["side"]) == 1
    assert len(page("opslag", person="bo", hvem="Vera").context["side"]) == 0


@pytest.mark.parametrize(("fra", "til", "seen"), [("15", "15", 1), ("14", "14", 0), ("16", "16", 0), ("14", "16", 1)])
def test_both_days_of_the_filter_are_included(page, cast, fra, til, seen):
    look_up(cast.vejleder, cast.aase.bruger, tid=MIDNIGHT)
    side = page("opslag", hvem="Vera", fra=f"2027-10-{fra}", til=f"2027-10-{til}").context["side"]
    assert len(side) == seen


def test_a_date_that_is_none_gets_a_message_and_the_other_filters_work(page, cast):
    look_up(cast.vejleder)
    response = page("opslag", fra="i går", hvem="Vera")
    assert response.context["form"].errors.keys() == {"fra"}
    assert len(response.context["side"]) == 1
    assert "Fejl: " in response.content.decode()


def test_the_sample_is_drawn_at_random_from_the_last_month(page, cast):
    Opslag.objects.bulk_create(
        Opslag(bruger=cast.vejleder, side="elev", art="vis", anmodning=str(n)) for n in range(60)
    )
    look_up(cast.leder, tid=datetime(2027, 9, 1, tzinfo=ZoneInfo("Europe/Copenhagen")))
    draws = [[row.pk for row in page("opslag", antal=10).context["stikproeve"]] for _ in range(3)]
    assert {len(draw) for draw in draws} == {10}
    assert len({tuple(draw) for draw in draws}) > 1
    everything = page("opslag", antal=200).context["stikproeve"]
    assert cast.leder not in {row.bruger for row in everything}


def test_a_sample_is_itself_in_the_log(page):
    page("opslag", antal=7)
    assert Opslag.objects.latest("pk").soegetekst == "stikprøve på 7"


@pytest.mark.parametrize("antal", ["0", "201", "x", ""])
def test_a_sample_of_a_senseless_size_is_refused_in_words(page, antal):
    response = page("opslag", antal=antal)
    assert "stikproeve" not in response.context
    assert "Skriv et tal fra 1 til 200" in response.content.decode()


def test_each_person_sees_when_and_why_but_not_by_whom(as_user, cast, settings):
    look_up(cast.vejleder, cast.aase.bruger)
    look_up(cast.vejleder, cast.bo.bruger)
    client = as_user(cast.aase.bruger)
    response = client.get(reverse("mine_opslag"))
    assert len(response.context["side"]) == 1
    assert "opfølgning på dit forløb" in response.content.decode()
    assert cast.vejleder.navn not in response.content.decode()
    settings.OPSLAG_VIS_NAVNE = True
    assert cast.vejleder.navn in client.get(reverse("mine_opslag")).content.decode()


def test_reading_about_oneself_is_no_look_up(as_user, cast):
    as_user(cast.aase.bruger).get(reverse("mine_opslag"))
    assert not Opslag.objects.exists()


def test_the_history_is_filtered_by_text_person_and_day(page, cast):
    audit.record(cast.elevansvarlig, "plan.udgivet", cast.oekonomi, "Planen er udgivet")
    audit.record(None, "afdeling.aendret", cast.oekonomi, "Økonomi fik flere pladser")
    assert len(page("haendelser", q="udgivet").context["side"]) == 1
    assert len(page("haendelser", hvem="else").context["side"]) == 1
    assert len(page("haendelser", fra=date(2027, 10, 16)).context["side"]) == 0
    assert "Systemet" in page("haendelser").content.decode()


def test_an_act_about_an_elev_says_about_whom(page, cast):
    audit.record(cast.elevansvarlig, "kalender.oprettet", cast.aase, "Skoleophold 9 registreret")
    audit.record(cast.elevansvarlig, "elev.rettet", cast.bo, f"{cast.bo} er rettet")
    text = page("haendelser").content.decode()
    assert "Skoleophold 9 registreret<small>Åse Ærlig</small>" in text
    assert "Bo Berg er rettet</td>" in text  # once is enough


@pytest.mark.parametrize("name", ["opslag", "haendelser"])
def test_a_log_of_three_and_of_three_hundred_rows_takes_the_same_queries(name, page, cast, django_assert_num_queries):
    for number in (3, 297):
        for n in range(number):
            look_up(cast.vejleder, cast.aase.bruger, soegetekst=str(n))
            audit.record(cast.leder, "x.y", cast.oekonomi, str(n))
        with django_assert_num_queries(6):
            page(name)


def test_my_own_page_takes_the_same_few_queries(as_user, cast, django_assert_num_queries):
    client = as_user(cast.aase.bruger)
    for number in (3, 97):
        for _ in range(number):
            look_up(cast.vejleder, cast.aase.bruger)
        with django_assert_num_queries(5):
            client.get(reverse("mine_opslag"))


def test_the_access_log_names_pages_as_people_do(as_user, cast):
    client = as_user(cast.elevansvarlig)
    client.get(reverse("elev", args=[cast.aase.pk]))
    client.get(reverse("hold", args=[cast.aase.hold_id]))
    page = client.get(reverse("opslag")).content.decode()
    assert "Elevens side" in page and "Holdets side" in page and "<small>hold" not in page

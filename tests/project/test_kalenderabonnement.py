"""The secret address of a calendar: who can make it, what opens it, and where it leaves no trace."""

import logging
from datetime import date, datetime

import pytest
import time_machine
from django.urls import reverse

from afdelinger.models import Bruger, Rolletildeling
from elevforloeb.core.ics import COPENHAGEN
from elevforloeb.core.models import Haendelse, Opslag
from elevforloeb.core.periods import period
from elevforloeb.project.logs import WithoutKeys
from elevforloeb.project.models import Kalenderabonnement

from .kalender_steps import TALK, events, full_world, key_of


def feed(client, noegle: str, **options):
    return client.get(reverse("min_kalender_fil", args=[noegle]), **options)


def test_the_address_is_shown_once_and_only_its_fingerprint_is_kept(as_user, cast):
    client = as_user(cast.vejleder)
    page = client.post(reverse("min_kalender_abonnement"))
    noegle = page.context["adresse"].removeprefix("http://localhost:8000/kal/").removesuffix(".ics")
    assert len(noegle) == 43  # 256 bits
    assert page.context["adresse"] in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    again = client.get(reverse("min_kalender_abonnement")).content.decode()
    told = str(list(Kalenderabonnement.objects.values())) + str(list(Haendelse.objects.values()))
    told += str(dict(client.session))
    assert noegle not in again + told
    assert feed(client, noegle).status_code == 200


def test_a_new_address_ends_the_old_one_and_removing_ends_it_for_good(as_user, cast):
    client = as_user(cast.vejleder)
    first, second = key_of(cast.vejleder), key_of(cast.vejleder)
    assert (feed(client, first).status_code, feed(client, second).status_code) == (404, 200)
    client.post(reverse("min_kalender_fjern"))
    assert feed(client, second).status_code == 404
    assert [act.handling for act in Haendelse.objects.filter(handling__startswith="kalender.a")] != []


def end_role(bruger):
    Rolletildeling.objects.filter(bruger=bruger).update(periode=period(date(2020, 1, 1), date(2027, 10, 14)))


def close_account(bruger):
    Bruger.objects.filter(pk=bruger.pk).update(is_active=False)


@pytest.mark.parametrize("leave", [end_role, close_account])
def test_who_has_left_has_no_calendar_from_that_day_on(leave, client, cast):
    noegle = key_of(cast.vejleder)
    assert feed(client, noegle).status_code == 200
    leave(cast.vejleder)
    assert feed(client, noegle).status_code == 404


def test_a_role_that_begins_again_brings_the_calendar_back(client, cast):
    noegle = key_of(cast.vejleder)
    end_role(cast.vejleder)
    with time_machine.travel(datetime(2027, 10, 14, 12, tzinfo=COPENHAGEN)):
        assert feed(client, noegle).status_code == 200


@pytest.mark.parametrize("right", [True, False])
def test_no_answer_is_kept_anywhere_or_tells_where_it_came_from(right, client, cast):
    answer = feed(client, key_of(cast.vejleder) if right else "x" * 43)
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in answer and not answer.cookies
    assert answer["Content-Type"] == ("text/calendar; charset=utf-8" if right else "text/plain; charset=utf-8")


def test_the_key_is_in_no_line_of_the_log(client, cast, caplog):
    noegle = key_of(cast.vejleder)
    record = logging.LogRecord("django.request", 30, "", 0, 'GET "/kal/%s.ics" 404', (noegle,), None)
    record.request = f"<WSGIRequest: GET '/kal/{noegle}.ics'>"
    WithoutKeys().filter(record)
    assert record.getMessage() == 'GET "/kal/[skjult].ics" 404'
    assert noegle not in str(record.request)


def test_a_calendar_that_is_fetched_each_hour_is_one_line_a_day_in_the_access_log(client, cast):
    noegle = key_of(cast.vejleder)
    for day, hours in ((15, 3), (16, 2)):
        for hour in range(hours):
            with time_machine.travel(datetime(2027, 10, day, 12 + hour, tzinfo=COPENHAGEN)):
                feed(client, noegle)
    rows = Opslag.objects.filter(side="min_kalender_fil")
    assert [(row.bruger, row.person, row.art) for row in rows] == [(cast.vejleder, None, "hent")] * 2
    assert Kalenderabonnement.objects.get().hentet == date(2027, 10, 16)


def test_an_elev_who_fetches_her_own_course_looks_nobody_up(client, cast):
    feed(client, key_of(cast.aase.bruger))
    assert not Opslag.objects.exists()
    assert Kalenderabonnement.objects.get().hentet == date(2027, 10, 15)


def test_after_many_wrong_addresses_the_answer_is_429_and_the_right_one_still_works(client, cast):
    noegle = key_of(cast.vejleder)
    answers = [feed(client, f"forkert-{nr}") for nr in range(31)]
    assert [answer.status_code for answer in answers] == [404] * 30 + [429]
    assert answers[-1]["Retry-After"] == "60"
    assert feed(client, noegle).status_code == 200
    assert feed(client, "forkert", REMOTE_ADDR="10.0.0.9").status_code == 404


def test_what_has_not_changed_is_not_sent_again(client, cast):
    noegle = key_of(cast.vejleder)
    etag = feed(client, noegle)["ETag"]
    unchanged = feed(client, noegle, headers={"If-None-Match": etag})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    assert unchanged["Cache-Control"] == "private, no-store"
    full_world(cast)
    assert feed(client, noegle, headers={"If-None-Match": etag}).status_code == 200


def test_a_talk_at_ten_is_at_ten_in_denmark_after_the_clock_is_moved(client, cast, scene):
    scene(full_world)
    (talk,) = (
        event for event in events(feed(client, key_of(cast.vejleder))) if "evalueringssamtale-" in event.uid.value
    )
    assert talk.dtstart.value == TALK
    assert talk.dtstart.value.utcoffset().total_seconds() == 3600  # winter
    assert talk.dtstart.value.hour == 10


def test_nothing_can_be_posted_to_a_calendar(client, cast):
    assert client.post(reverse("min_kalender_fil", args=[key_of(cast.vejleder)])).status_code == 405


def test_view_and_kinds_of_last_time_come_back_but_not_the_day(as_user, cast):
    client = as_user(cast.vejleder)
    address = reverse("min_kalender")
    client.get(address, {"vis": "uge", "slags": "frist", "dag": "2027-12-24"})
    assert client.get(address).url == f"{address}?vis=uge&slags=frist"
    client.get(address, {"vis": "maaned"})
    assert client.get(address).url == f"{address}?vis=maaned"


def test_a_month_that_is_moved_to_is_the_same_as_the_page_loaded_whole(as_user, cast, scene):
    scene(full_world)
    client = as_user(cast.vejleder)
    where = {"vis": "maaned", "dag": "2027-11-01"}
    whole = client.get(reverse("min_kalender"), where).content.decode()
    part = client.get(reverse("min_kalender"), where, headers={"HX-Request": "true"}).content.decode()
    assert "Viser November 2027." in part and "<html" not in part
    table = part[part.index("<table") : part.index("</table>")]
    assert table in whole and "Slutevaluering med Åse Ærlig" in table

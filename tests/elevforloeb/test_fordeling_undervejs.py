"""The page of an allocation that is not done: it waits, runs, has fallen silent or was stopped."""

from datetime import timedelta

import pytest
from django.utils import timezone

from elevforloeb.models import Fordeling, Tildeling
from elevforloeb.services.fordeling import start
from tests.fordeling_steps import body, run, url, wished_round


@pytest.fixture
def boss(as_user, cast):
    return as_user(cast.elevansvarlig)


@pytest.fixture
def running(cast, scene, monkeypatch):
    runde = scene(wished_round)
    monkeypatch.setattr(start, "AT_ONCE", 0)
    found = run(cast, runde)
    Fordeling.objects.filter(pk=found.pk).update(
        status="koerer", skridt="Alle får en plads", fremdrift=30, puls=timezone.now()
    )
    return found


def test_a_running_one_shows_how_far_it_is_and_refreshes_without_javascript(boss, running):
    response = boss.get(url("fordeling", running))
    page = response.content.decode()
    assert "Alle får en plads …" in body(response) and '<progress class="maaler" max="100" value="30"' in page
    assert '<noscript><meta http-equiv="refresh"' in page and "hx-trigger" in page


def test_one_that_nobody_begins_on_says_so_instead_of_waiting_for_ever(boss, running):
    Fordeling.objects.filter(pk=running.pk).update(status="venter")
    assert "Venter på at komme til" in body(boss.get(url("fordeling", running)))
    Fordeling.objects.filter(pk=running.pk).update(puls=timezone.now() - timedelta(minutes=3))
    said = body(boss.get(url("fordeling", running)))
    assert "ikke gået i gang endnu" in said and "regnes videre" not in said


def test_one_that_was_stopped_half_way_says_what_to_do_next(boss, cast):
    found = run(cast, wished_round(cast))
    Fordeling.objects.filter(pk=found.pk).update(status="stoppet")
    Tildeling.objects.filter(fordeling=found, elev=cast.bo).update(afdeling=None, rang=None)
    page = boss.get(url("fordeling", found))
    assert "Den kan ikke bruges, før alle har en plads." in body(page)
    assert f"som={found.pk}" in page.content.decode() and "lad den regne færdig" in body(page)


def test_one_that_has_fallen_silent_says_that_it_begins_again_by_itself(boss, running):
    assert "svarer ikke" not in body(boss.get(url("fordeling", running)))
    Fordeling.objects.filter(pk=running.pk).update(puls=timezone.now() - timedelta(seconds=40))
    assert "begynder den forfra af sig selv" in body(boss.get(url("fordeling", running)))


def test_the_fragment_tells_the_page_to_come_again_when_it_is_done(boss, running):
    htmx = {"HX-Request": "true"}
    assert "HX-Refresh" not in boss.get(url("fordeling", running), headers=htmx)
    Fordeling.objects.update(status="stoppet")
    assert boss.get(url("fordeling", running), headers=htmx)["HX-Refresh"] == "true"


def test_before_there_is_an_answer_there_is_nothing_to_compare(boss, cast, running):
    """A question about a large hold leads to how far it is, and not to a page where nobody has a place."""
    assert boss.get(url("fordeling_sammenlign", running)).url == url("fordeling", running)


def test_stop_is_a_button(boss, running):
    boss.post(url("fordeling_stop", running))
    assert Fordeling.objects.get().stop

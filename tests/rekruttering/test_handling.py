"""What the rounds ask of the elevansvarlig, by date."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from rekruttering.models import Ansoegning, Runde
from rekruttering.queries.handling import WING
from rekruttering.services.beholdelse import keep
from rekruttering.services.sagsjournal import enter
from tests.rekruttering_steps import applied, make_round, seat

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PAST = {"aabner": datetime(2027, 9, 1, 8, tzinfo=COPENHAGEN), "frist": datetime(2027, 10, 1, 12, tzinfo=COPENHAGEN)}


def asked(on: date | None = None) -> list[tuple[str, str]]:
    return [(each.titel, each.url) for each in find_things(rules(on), [WING])]


def test_a_draft_that_should_have_opened_is_told_of_from_its_day(cast):
    runde = make_round(tilstand="kladde")
    Runde.objects.update(aabner=datetime(2027, 10, 16, 8, tzinfo=COPENHAGEN))
    assert asked() == []
    assert asked(date(2027, 10, 16)) == [("Kontorelever 2028 er stadig en kladde", f"/rekruttering/runder/{runde.pk}/")]


def test_an_open_round_without_a_committee_is_told_of(cast):
    runde = make_round()
    assert [titel for titel, _ in asked()] == ["Kontorelever 2028 har ikke noget ansættelsesudvalg"]
    seat(cast.elevansvarlig, runde)
    assert asked() == []
    runde.medlemmer.update(udtraadt=PAST["frist"])
    assert len(asked()) == 1


@pytest.mark.parametrize(("tilstand", "ready"), [("vurderes", 0), ("trukket", 1), ("kladde", 1)])
def test_a_round_can_be_closed_when_nobody_waits(cast, tilstand, ready):
    runde = make_round(**PAST)
    seat(cast.elevansvarlig, runde)
    found = applied(runde)
    Ansoegning.objects.filter(pk=found.pk).update(tilstand=tilstand)
    assert [titel for titel, _ in asked()] == ["Kontorelever 2028 kan afsluttes"] * ready


def test_a_refusal_without_a_letter_keeps_the_round_open(cast):
    runde = make_round(**PAST)
    seat(cast.elevansvarlig, runde)
    found = applied(runde)
    Ansoegning.objects.filter(pk=found.pk).update(tilstand="afslag")
    assert asked() == []


def test_a_deletion_is_told_of_four_weeks_before_with_what_is_not_filed(cast):
    runde = make_round(**PAST, tilstand="afsluttet", afsluttet=date(2027, 10, 15))
    ida, bo = applied(runde), applied(runde, "Bo")
    applied(runde, "Eva")
    keep(cast.elevansvarlig, ansoegning=bo, beholdes_til=date(2029, 1, 1), beholdes_grund="Klage")
    enter(cast.elevansvarlig, ansoegninger=[ida], sagsnr="1")
    assert asked(date(2028, 3, 17)) == []
    (line,) = find_things(rules(date(2028, 3, 18)), [WING])
    assert line.titel == "2 ansøgninger bliver slettet 15. april 2028" and line.frist == date(2028, 4, 15)
    assert line.tekst == "Kontorelever 2028: 1 er ikke journaliseret"
    assert "1 ansøgning bliver slettet 1. januar 2029" in [titel for titel, _ in asked(date(2028, 12, 5))]

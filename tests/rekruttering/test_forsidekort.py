"""The applicants on the elevansvarlig's front page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from rekruttering.models import Ansoegning
from rekruttering.queries.forsidekort import CARD
from tests.rekruttering_steps import applied, make_round


def card():
    (found,) = find_things(rules(), [CARD])
    return found


def test_the_card_counts_the_applicants_of_the_newest_round_step_by_step(cast):
    make_round(slug="aeldre", aabner=datetime(2027, 9, 1, 8, tzinfo=ZoneInfo("Europe/Copenhagen")))
    runde = make_round()
    applied(runde), applied(runde, "Bo"), applied(runde, "Eva", tilstand="kladde", indsendt=None, nummer=None)
    Ansoegning.objects.filter(fornavn="Bo").update(tilstand="afslag")
    found = card()
    assert (found.runde, found.frist, found.under_titlen) == (runde.pk, date(2027, 11, 1), "2 ansøgere til 4 pladser")
    assert [(words, number) for _, words, number in found.trin] == [
        ("Nye", 1),
        ("Vurderes", 0),
        ("Til samtale", 0),
        ("Tilbud sendt", 0),
        ("Afslag", 1),
    ]


def test_without_a_round_that_has_opened_the_card_says_so(cast, client):
    make_round(tilstand="kladde")
    make_round(slug="senere", aabner=datetime(2027, 10, 20, 8, tzinfo=ZoneInfo("Europe/Copenhagen")))
    assert card().runde is None
    client.force_login(cast.elevansvarlig)
    assert "Der kan ikke søges lige nu" in client.get("/").content.decode()

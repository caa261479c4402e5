"""Evaluations in time, on the elevansvarlig's front page."""

from datetime import date

from elevforloeb.core.rules import rules
from elevforloeb.queries.handling import find_things
from evaluering.models import Evaluering
from evaluering.queries.forsidekort import CARD
from tests.evaluering_steps import sealed


def test_what_was_sealed_by_its_deadline_is_in_time(cast):
    sealed(cast, frist=date(2027, 10, 15))
    sealed(cast, art="midtvejs", frist=date(2027, 10, 14))
    (found,) = find_things(rules(date(2027, 10, 16)), [CARD])
    assert (found.til_tiden, found.i_alt, found.procent) == (1, 2, 50)


def test_only_what_was_due_in_the_last_year_counts_and_a_day_that_was_put_off_is_the_day(cast):
    def due(day, **more):
        values = {"elev": cast.aase, "afdeling": cast.oekonomi, "art": "slut", "frist": day}
        return Evaluering.objects.create(**values | more)

    due(date(2027, 10, 14))  # was due yesterday and is open
    due(date(2027, 10, 1), status="bortfaldet")
    due(date(2027, 10, 1), status="papir", papir="I mappen")
    due(date(2027, 10, 1), udsat_til=date(2027, 10, 20), udsat_grund="travlt")
    due(date(2026, 10, 1))
    due(date(2027, 10, 15))  # until midnight
    (found,) = find_things(rules(), [CARD])
    assert (found.til_tiden, found.i_alt, found.procent) == (0, 1, 0)

"""Declarations come from the school calendar and follow it, however often and however late the job runs."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from elevforloeb.core.periods import period
from elevforloeb.models import Kalenderperiode
from elevforloeb.services.elev import aftale_version, stop_elev
from evaluering.models import Oplaeringserklaering
from evaluering.services.erklaering import lapse, send_to_elev, take_back
from evaluering.services.erklaeringsplan import prepare_erklaeringer
from tests.cast import Cast
from tests.factories import KalenderperiodeFactory, OpgaveFactory

S = Oplaeringserklaering.Status


@pytest.fixture
def draft(cast) -> Oplaeringserklaering:
    """Åse goes to school on 1 November, in 17 days."""
    OpgaveFactory(afdeling=cast.oekonomi, navn="Skrive referat", udgaaet=True)
    prepare_erklaeringer()
    return Oplaeringserklaering.objects.get()


def move_school(cast: Cast, days: int) -> None:
    cast.skole.periode = period(
        cast.skole.startdato + timedelta(days=days), cast.skole.sidste_dag + timedelta(days=days)
    )
    cast.skole.save()


def test_the_draft_tells_of_the_time_before_school_and_of_the_tasks_of_the_department(draft, cast):
    assert (draft.elev, draft.skole, draft.status) == (cast.aase, cast.skole, S.KLADDE)
    assert (draft.startdato, draft.sidste_dag) == (date(2027, 9, 1), date(2027, 10, 31))
    assert draft.frist == date(2027, 10, 25)
    assert draft.arbejdsomraader == "Økonomi og Analyse, 1. sep. – 31. okt. 2027\n- Afstemme konti"


def test_there_is_no_draft_before_its_time(cast):
    with time_machine.travel("2027-09-19"):
        prepare_erklaeringer()
    assert not Oplaeringserklaering.objects.exists()
    with time_machine.travel("2027-09-20"):
        prepare_erklaeringer()
    assert Oplaeringserklaering.objects.count() == 1


@pytest.mark.parametrize("day", ["2027-10-15", "2027-11-20"])
def test_run_twice_or_after_an_outage_it_makes_one(cast, day):
    with time_machine.travel(day):
        prepare_erklaeringer()
        prepare_erklaeringer()
    assert Oplaeringserklaering.objects.count() == 1


def test_a_school_period_that_is_over_gets_none(cast):
    with time_machine.travel("2027-11-27"):
        prepare_erklaeringer()
    assert not Oplaeringserklaering.objects.exists()


def test_the_deadline_moves_with_the_school_period_and_the_text_stays(draft, cast):
    Oplaeringserklaering.objects.update(arbejdsomraader="Rettet")
    move_school(cast, 14)
    prepare_erklaeringer()
    draft.refresh_from_db()
    assert (draft.frist, draft.sidste_dag) == (date(2027, 11, 8), date(2027, 11, 14))
    assert draft.arbejdsomraader == "Rettet"


def test_a_school_period_that_is_written_anew_takes_the_declaration_over(draft, cast):
    Oplaeringserklaering.objects.update(arbejdsomraader="Rettet")
    cast.skole.delete()
    new = KalenderperiodeFactory(elev=cast.aase, periode=period(date(2027, 11, 8), date(2027, 11, 26)))
    prepare_erklaeringer()
    found = Oplaeringserklaering.objects.get()
    assert (found.skole, found.frist, found.arbejdsomraader) == (new, date(2027, 11, 1), "Rettet")


def test_without_a_school_period_it_lapses(draft, cast):
    cast.skole.delete()
    prepare_erklaeringer()
    assert Oplaeringserklaering.objects.get().status == S.BORTFALDET


def test_one_that_somebody_has_let_lapse_is_not_made_again(draft, cast):
    lapse(cast.elevansvarlig, erklaering=draft, grund="Skolen vil ikke have den")
    prepare_erklaeringer()
    assert Oplaeringserklaering.objects.get().status == S.BORTFALDET


def test_the_second_one_tells_of_the_time_since_the_first_school_period(draft, cast):
    second = KalenderperiodeFactory(elev=cast.aase, periode=period(date(2028, 2, 7), date(2028, 3, 3)))
    with time_machine.travel("2028-01-20"):
        prepare_erklaeringer()
    found = Oplaeringserklaering.objects.get(skole=second)
    assert (found.startdato, found.sidste_dag) == (date(2027, 11, 27), date(2028, 2, 6))
    assert "Personale & Udvikling, 1. jan. – 6. feb. 2028" in found.arbejdsomraader


def test_the_last_one_comes_before_the_agreement_ends_and_tells_of_the_time_after_the_last_school(cast):
    with time_machine.travel("2029-07-25"):
        prepare_erklaeringer()
    found = Oplaeringserklaering.objects.get(elev=cast.aase)
    assert found.afsluttende and found.skole is None
    assert (found.startdato, found.sidste_dag) == (date(2027, 11, 27), cast.aase.sidste_dag)


def test_an_agreement_that_ends_at_school_has_no_last_one(cast):
    KalenderperiodeFactory(elev=cast.aase, periode=period(date(2029, 8, 6), cast.aase.sidste_dag))
    with time_machine.travel("2029-08-10"):
        prepare_erklaeringer()
    assert not Oplaeringserklaering.objects.filter(elev=cast.aase, afsluttende=True).exists()


def test_who_stops_needs_none(draft, cast):
    stop_elev(cast.elevansvarlig, elev=cast.aase, stoppet=date(2027, 10, 20), version=aftale_version(cast.aase))
    prepare_erklaeringer()
    assert Oplaeringserklaering.objects.get().status == S.BORTFALDET


def test_nothing_is_written_when_nothing_has_changed(draft, django_assert_num_queries):
    with django_assert_num_queries(5):
        prepare_erklaeringer()


def test_the_line_on_the_elevs_page_says_how_soon_school_begins(draft, cast, as_user):
    line = "Skolen begynder om 17 dage, og oplæringserklæringen mangler."
    url = reverse("elev", args=[cast.aase.pk])
    for reader in (cast.vejleder, cast.elevansvarlig):
        assert line in as_user(reader).get(url).content.decode()
    for reader in (cast.leder, cast.aase.bruger):  # the elev reads no draft
        assert "oplæringserklæringen mangler" not in as_user(reader).get(url).content.decode()
    with time_machine.travel("2027-10-01"):
        assert "oplæringserklæringen mangler" not in as_user(cast.elevansvarlig).get(url).content.decode()
    with time_machine.travel("2027-11-03"):
        assert "Skolen begyndte for 2 dage siden, og" in as_user(cast.elevansvarlig).get(url).content.decode()


def test_one_that_is_opened_again_follows_the_calendar(draft, cast):
    send_to_elev(cast.elevansvarlig, erklaering=draft, version=1)
    take_back(cast.elevansvarlig, erklaering=draft)
    move_school(cast, 7)
    prepare_erklaeringer()
    assert Oplaeringserklaering.objects.get().frist == date(2027, 11, 1)


def test_an_elev_who_begins_with_school_has_nothing_to_tell_yet(cast):
    first = period(date(2027, 9, 1), date(2027, 9, 24))
    Kalenderperiode.objects.filter(pk=cast.skole.pk).update(periode=first)
    with time_machine.travel("2027-08-25"):
        prepare_erklaeringer()
    assert not Oplaeringserklaering.objects.exists()

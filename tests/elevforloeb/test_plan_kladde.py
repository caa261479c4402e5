"""The draft: opening, steps that can be taken back, and what no draft may hold. Today is 2027-10-15."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from elevforloeb.core.audit import history
from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Mail
from elevforloeb.core.periods import period
from elevforloeb.models import Ophold, Udkast, Udkastaendring, Udkastophold
from elevforloeb.services.plan import (
    StayGone,
    Tilpasning,
    add_stay,
    change_stay,
    discard_draft,
    move_stay,
    open_draft,
    remove_stay,
    resize_stay,
    swap_stays,
    undo,
)
from tests.plan_steps import days, last_of, named, plan_of, rows, stay_of

SPRING = days(date(2028, 5, 1), date(2028, 8, 31))
WINTER = days(date(2028, 1, 1), date(2028, 4, 30))


@pytest.fixture
def hold(cast):
    return cast.aase.hold


def only_error(caught) -> tuple[str, str]:
    ((field, messages),) = caught.value.message_dict.items()
    return field, messages[0]


def add(cast, periode=SPRING, elev=None, afdeling=None, **options):
    elev, afdeling = elev or cast.aase, afdeling or cast.oekonomi
    return add_stay(
        cast.elevansvarlig,
        hold=elev.hold,
        elev=elev,
        afdeling=afdeling,
        elevvejleder=None,
        periode=periode,
        **options,
    )


# --- open and discard ---------------------------------------------------------------------------------------------


def test_a_draft_begins_as_the_published_plan(cast, hold):
    udkast = open_draft(cast.elevansvarlig, hold=hold)
    copied = {(row.ophold_id, row.elev_id, row.afdeling_id, row.span) for row in udkast.ophold.all()}
    assert copied == {(stay.pk, stay.elev_id, stay.afdeling_id, stay.span) for stay in Ophold.objects.all()}


def test_a_hold_has_one_draft_also_when_it_is_opened_twice(cast, hold):
    first = open_draft(cast.elevansvarlig, hold=hold)
    assert open_draft(cast.elevansvarlig, hold=hold) == first
    assert Udkast.objects.count() == 1


def test_a_discarded_draft_leaves_the_plan_and_tells_nobody(cast, hold):
    remove_stay(cast.elevansvarlig, **named(cast.aase, cast.personale))
    assert discard_draft(cast.elevansvarlig, hold=hold, udkast_id=Udkast.objects.get().pk)
    assert not Udkast.objects.exists()
    assert Ophold.objects.count() == 4
    assert not Mail.objects.exists()
    assert [act.handling for act in history(hold)] == ["udkast.kasseret", "udkast.rettet", "udkast.aabnet"]


def test_discarding_twice_is_no_error(cast, hold):
    udkast = open_draft(cast.elevansvarlig, hold=hold)
    assert discard_draft(cast.elevansvarlig, hold=hold, udkast_id=udkast.pk)
    assert not discard_draft(cast.elevansvarlig, hold=hold, udkast_id=udkast.pk)


# --- steps --------------------------------------------------------------------------------------------------------


def test_a_gap_is_filled_with_the_only_elevvejleder_of_the_afdeling(cast):
    assert add(cast).elevvejleder == cast.vejleder


def test_another_afdeling_brings_its_own_elevvejleder(cast):
    stay = named(cast.aase, cast.personale)
    change_stay(cast.elevansvarlig, **stay, afdeling=cast.oekonomi, elevvejleder=cast.anden_vejleder, periode=WINTER)
    changed = Udkastophold.objects.get(elev=cast.aase, periode__startswith=date(2028, 1, 1))
    assert (changed.afdeling, changed.elevvejleder) == (cast.oekonomi, cast.vejleder)
    assert changed.ophold.afdeling == cast.personale, "the published stay is untouched"


def test_a_stay_and_its_neighbour_are_changed_in_one_step(cast, hold):
    neighbour = named(cast.aase, cast.oekonomi)
    later = days(date(2028, 2, 1), date(2028, 4, 30))
    change_stay(
        cast.elevansvarlig,
        **named(cast.aase, cast.personale),
        afdeling=cast.personale,
        elevvejleder=cast.anden_vejleder,
        periode=later,
        also=[Tilpasning(neighbour["noegle"], neighbour["was"], days(date(2027, 9, 1), date(2028, 1, 31)))],
    )
    assert [stay.span for stay in Udkastophold.objects.filter(elev=cast.aase)] == [
        days(date(2027, 9, 1), date(2028, 1, 31)),
        later,
    ]
    assert Udkastaendring.objects.count() == 1


def test_moving_half_a_month_takes_the_neighbours_along(cast):
    add(cast)
    move_stay(cast.elevansvarlig, **named(cast.aase, cast.personale), halves=1)
    assert [str(stay.span) for stay in Udkastophold.objects.filter(elev=cast.aase)] == [
        "1. sep. 2027 – 15. jan. 2028",
        "16. jan. – 15. maj 2028",
        "16. maj – 31. aug. 2028",
    ]


def test_moving_away_from_a_neighbour_closes_the_gap_behind(cast):
    move_stay(cast.elevansvarlig, **named(cast.aase, cast.personale), halves=-1)
    assert str(stay_of(cast.aase, cast.oekonomi).span) == "1. sep. – 15. dec. 2027"
    assert str(stay_of(cast.aase, cast.personale).span) == "16. dec. 2027 – 15. apr. 2028"


def test_moving_over_a_whole_neighbour_is_refused(cast):
    add(cast, days(date(2028, 5, 1), date(2028, 5, 15)))
    before = rows(cast.aase.hold)
    with pytest.raises(ValidationError, match="ville forsvinde"):
        move_stay(cast.elevansvarlig, **named(cast.aase, cast.personale), halves=1)
    assert rows(cast.aase.hold) == before


def test_two_elever_swap_afdeling_and_elevvejleder_and_keep_their_dates(cast):
    one, two = named(cast.aase, cast.personale), named(cast.bo, cast.oekonomi)
    swap_stays(cast.elevansvarlig, **one, med=two["noegle"], med_was=two["was"])
    winter = Udkastophold.objects.filter(periode__startswith=date(2028, 1, 1))
    assert {(stay.elev, stay.afdeling, stay.elevvejleder) for stay in winter} == {
        (cast.aase, cast.oekonomi, cast.vejleder),
        (cast.bo, cast.personale, cast.anden_vejleder),
    }


def test_a_stay_is_made_longer_to_fill_a_gap(cast):
    longer = days(date(2028, 1, 1), date(2028, 8, 31))
    resize_stay(cast.elevansvarlig, **named(cast.aase, cast.personale), periode=longer)
    assert stay_of(cast.aase, cast.personale).span == longer


# --- what no draft may hold ---------------------------------------------------------------------------------------


def test_two_stays_at_once_are_refused_at_the_date_that_was_moved(cast):
    with pytest.raises(ValidationError) as caught:
        add(cast, days(date(2028, 4, 1), date(2028, 8, 31)))
    field, text = only_error(caught)
    assert field == "startdato"
    assert "Åse Ærlig er i Personale & Udvikling til og med 30. april 2028" in text
    assert not Udkast.objects.exists(), "a refused step opens no draft"


def test_an_end_inside_the_next_stay_is_refused_at_the_end(cast):
    with pytest.raises(ValidationError) as caught:
        resize_stay(
            cast.elevansvarlig,
            **named(cast.aase, cast.oekonomi),
            periode=days(date(2027, 9, 1), date(2028, 1, 15)),
        )
    assert only_error(caught)[0] == "sidste_dag"


@pytest.mark.parametrize(
    ("periode", "field"),
    [
        (days(date(2029, 8, 1), date(2029, 9, 1)), "sidste_dag"),
        (days(date(2027, 8, 31), date(2027, 8, 31)), "startdato"),
        (days(date(1, 1, 1), date(1, 1, 2)), "startdato"),
        (days(date(9999, 1, 1), date(9999, 12, 30)), "sidste_dag"),
    ],
)
def test_days_outside_the_agreement_are_refused(cast, periode, field):
    with pytest.raises(ValidationError) as caught:
        add(cast, periode, past_ok=True)
    assert only_error(caught)[0] == field


def test_days_after_an_elev_stopped_are_refused(cast):
    cast.aase.stoppet = date(2028, 5, 1)
    cast.aase.save()
    with pytest.raises(ValidationError):
        add(cast)


def test_a_closed_afdeling_is_refused_with_its_last_day(cast):
    cast.oekonomi.periode = period(date(2020, 1, 1), date(2028, 6, 30))
    cast.oekonomi.save()
    with pytest.raises(ValidationError) as caught:
        add(cast)
    assert only_error(caught) == (
        "afdeling",
        "Økonomi og Analyse tager imod elever kun til og med 30. juni 2028. Vælg en anden afdeling eller tid.",
    )


def test_what_was_wrong_before_does_not_stop_other_steps(cast):
    cast.oekonomi.periode = period(date(2020, 1, 1), date(2027, 11, 30))
    cast.oekonomi.save()
    remove_stay(cast.elevansvarlig, **named(cast.aase, cast.personale))
    assert Udkastophold.objects.filter(elev=cast.aase).count() == 1


def test_the_past_is_only_changed_on_purpose(cast):
    begun = named(cast.aase, cast.oekonomi)
    with pytest.raises(ValidationError) as caught:
        remove_stay(cast.elevansvarlig, **begun)
    assert only_error(caught)[0] == "bekraeft"
    remove_stay(cast.elevansvarlig, **begun, past_ok=True)
    assert not Udkastophold.objects.filter(elev=cast.aase, afdeling=cast.oekonomi).exists()


def test_the_end_of_a_stay_that_has_begun_is_not_the_past(cast):
    resize_stay(
        cast.elevansvarlig, **named(cast.aase, cast.oekonomi), periode=days(date(2027, 9, 1), date(2027, 11, 30))
    )
    assert stay_of(cast.aase, cast.oekonomi).sidste_dag == date(2027, 11, 30)


# --- two at once --------------------------------------------------------------------------------------------------


def test_a_save_on_top_of_another_is_refused_and_says_who_and_what(cast):
    stale = named(cast.aase, cast.personale)
    move_stay(cast.elevansvarlig, **stale, halves=1)
    with pytest.raises(StaleError) as caught:
        remove_stay(cast.elevansvarlig, **stale)
    assert caught.value.messages == [
        "Else Ansvarlig har ændret opholdet til Personale & Udvikling 16. jan. – 15. maj 2028, mens du rettede. "
        "Din rettelse er ikke gemt. Gør det igen, hvis det er din, der skal gælde."
    ]


def test_a_change_of_the_elevvejleder_alone_is_a_change_too(cast):
    stale = named(cast.aase, cast.personale)
    change_stay(cast.elevansvarlig, **stale, afdeling=cast.personale, elevvejleder=None, periode=WINTER)
    with pytest.raises(StaleError):
        move_stay(cast.elevansvarlig, **stale, halves=1)


def test_the_key_of_a_stay_is_the_same_before_and_after_the_draft_is_opened(cast, hold):
    before = plan_of(hold).by_key.keys()
    open_draft(cast.elevansvarlig, hold=hold)
    assert plan_of(hold).by_key.keys() == before


@pytest.mark.parametrize("noegle", ["u0", "k1", "u999999999999999999", "n1-2027-09-01", "", "u1; drop", "u\x00", "u²"])
def test_an_unknown_key_is_a_stay_that_is_gone(cast, hold, noegle):
    with pytest.raises(StayGone):
        remove_stay(cast.elevansvarlig, hold=hold, noegle=noegle, was="")


# --- back ---------------------------------------------------------------------------------------------------------


def test_every_step_can_be_taken_back_until_the_draft_is_as_it_was(cast, hold):
    actor = cast.elevansvarlig
    open_draft(actor, hold=hold)
    states = [rows(hold)]
    two = named(cast.bo, cast.oekonomi)
    swap_stays(actor, **named(cast.aase, cast.personale), med=two["noegle"], med_was=two["was"])
    states.append(rows(hold))
    add(cast)
    states.append(rows(hold))
    move_stay(actor, **last_of(cast.aase), halves=1)
    states.append(rows(hold))
    remove_stay(actor, **last_of(cast.aase))
    for state in reversed(states):
        undo(actor, hold=hold, aendring_id=Udkastaendring.objects.first().pk)
        assert rows(hold) == state
    assert not Udkastaendring.objects.exists()


def test_only_the_step_that_was_shown_is_taken_back(cast, hold):
    add(cast)
    shown = Udkastaendring.objects.first().pk
    remove_stay(cast.elevansvarlig, **named(cast.bo, cast.oekonomi))
    before = rows(hold)
    with pytest.raises(ValidationError, match="Der er rettet i kladden"):
        undo(cast.elevansvarlig, hold=hold, aendring_id=shown)
    assert rows(hold) == before


def test_a_refused_step_leaves_nothing_behind(cast, hold):
    open_draft(cast.elevansvarlig, hold=hold)
    before, acts = rows(hold), history(hold).count()
    with pytest.raises(ValidationError):
        add(cast, days(date(2028, 4, 1), date(2028, 8, 31)))
    assert (rows(hold), history(hold).count()) == (before, acts)
    assert not Udkastaendring.objects.exists()

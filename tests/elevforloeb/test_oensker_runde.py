"""A round of wishes: who is asked, which dates make sense, and what the departments may answer when."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from afdelinger.models import Afdeling
from elevforloeb.core.errors import StaleError
from elevforloeb.core.models import Haendelse
from elevforloeb.core.periods import period
from elevforloeb.models import Oenskerunde
from elevforloeb.services.hold import hold_version, update_hold
from elevforloeb.services.oensker import (
    answer_udbud,
    answer_version,
    ask_afdeling,
    close_round,
    reopen_round,
    round_version,
    unask_afdeling,
    update_round,
)
from tests.factories import AfdelingFactory, UddannelsesmodelFactory
from tests.oenske_steps import DEPARTMENTS_ANSWER, ELEVER_WISH, answer, make_round, svar_of, wish

SPECIALE = Afdeling.Art.SPECIALE


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


def asked_names(runde) -> list[str]:
    return [svar.afdeling.navn for svar in runde.udbudssvar.select_related("afdeling")]


def test_departments_of_the_kind_that_the_stays_are_for_are_asked(cast):
    AfdelingFactory(navn="Teknik", art=SPECIALE)
    runde = make_round(cast, foerste_trin=4, sidste_trin=5)
    assert asked_names(runde) == ["Teknik"]
    close_round(cast.elevansvarlig, runde=runde)
    assert asked_names(make_round(cast, navn="En til")) == ["Personale & Udvikling", "Økonomi og Analyse"]


@pytest.mark.parametrize(
    ("until", "asked"),
    [
        (date(2029, 8, 31), ["Teknik"]),
        (date(2029, 8, 30), ["Teknik"]),  # not the last stay, but the one before it
        (date(2029, 2, 28), ["Teknik"]),
        (date(2029, 2, 27), []),
    ],
)
def test_a_department_is_asked_when_it_is_open_all_through_one_of_the_stays(cast, until, asked):
    AfdelingFactory(navn="Teknik", art=SPECIALE, periode=period(date(2020, 1, 1), until))
    assert asked_names(make_round(cast, foerste_trin=4, sidste_trin=5)) == asked


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"udbudsfrist": date(2027, 10, 7)}, "udbudsfrist"),
        ({"oenske_fra": date(2027, 10, 22)}, "oenske_fra"),
        ({"oenskefrist": date(2027, 10, 24)}, "oenskefrist"),
        ({"oenskefrist": date(2028, 1, 1)}, "oenskefrist"),  # the second stay has begun
        ({"sidste_trin": 6}, "sidste_trin"),
        ({"sidste_trin": 1}, "sidste_trin"),
    ],
)
def test_dates_and_stays_that_make_no_sense_are_refused_at_their_field(cast, change, field):
    with pytest.raises(ValidationError) as error:
        make_round(cast, DEPARTMENTS_ANSWER, **change)
    assert list(error.value.message_dict) == [field]
    assert not Oenskerunde.objects.exists()


def test_a_hold_has_one_open_round_at_a_time(cast):
    runde = make_round(cast)
    with pytest.raises(ValidationError, match="allerede en åben ønskerunde"):
        make_round(cast, navn="En til")
    close_round(cast.elevansvarlig, runde=runde)
    make_round(cast, navn="En til")
    with pytest.raises(ValidationError, match="allerede en åben ønskerunde"):
        reopen_round(cast.elevansvarlig, runde=runde)


def test_closing_twice_is_a_conflict_and_a_closed_round_can_be_opened_again(cast):
    runde = make_round(cast)
    close_round(cast.elevansvarlig, runde=runde)
    with pytest.raises(StaleError):
        close_round(cast.elevansvarlig, runde=runde)
    reopen_round(cast.elevansvarlig, runde=runde)
    runde.refresh_from_db()
    assert runde.tager_oensker
    assert Haendelse.objects.filter(handling__startswith="oenskerunde.").count() == 3


def test_a_hold_keeps_its_days_and_its_stays_while_a_round_is_about_them(cast):
    runde, hold = make_round(cast), cast.aase.hold
    short = UddannelsesmodelFactory(kode="kort", trin=[("grund", 12)] * 2)
    kept = {"navn": hold.navn, "startdato": hold.startdato, "model": hold.model, "version": hold_version(hold)}
    for change in ({"startdato": hold.startdato + timedelta(days=1)}, {"model": short}):
        with pytest.raises(ValidationError, match="Luk runden først"):
            update_hold(cast.elevansvarlig, hold=hold, **kept | change)
    hold.refresh_from_db()
    update_hold(cast.elevansvarlig, hold=hold, **kept | {"navn": "Et andet navn"})
    close_round(cast.elevansvarlig, runde=runde)
    with pytest.raises(ValidationError, match="flere ophold, end modellen har"):
        update_hold(cast.elevansvarlig, hold=hold, **kept | {"model": short, "version": hold_version(hold)})


def test_dates_are_changed_on_top_of_what_was_seen_only(cast):
    runde = make_round(cast)
    seen = round_version(runde)
    fields = ELEVER_WISH | {"navn": runde.navn, "besked": "Husk Teknik"}
    runde = update_round(cast.elevansvarlig, runde=runde, version=seen, **fields)
    assert runde.besked == "Husk Teknik"
    with pytest.raises(StaleError):
        update_round(cast.elevansvarlig, runde=runde, version=seen, **fields)


# --- what the departments answer ----------------------------------------------------------------------------------


@pytest.fixture
def svar(cast):
    return svar_of(make_round(cast, DEPARTMENTS_ANSWER), cast.oekonomi)


def from_department(cast, svar, **fields):
    return answer(cast, svar, actor=cast.leder, paa_vegne=False, note="", **fields)


def test_a_department_offers_places_and_may_change_its_mind(cast, svar):
    from_department(cast, svar, pladser={2: (1, 2), 3: (0, 0)})
    svar.refresh_from_db()
    assert list(svar.udbud.values_list("trin", "minimum", "maksimum")) == [(2, 1, 2)]
    from_department(cast, svar, valg="intet")
    svar.refresh_from_db()
    assert svar.svar == "intet" and not svar.udbud.exists() and svar.besvaret_af == cast.leder


@pytest.mark.parametrize(
    ("day", "open_"), [(date(2027, 10, 7), False), (date(2027, 10, 8), True), (date(2027, 10, 22), True),
                       (date(2027, 10, 23), False)],
)  # fmt: skip
def test_a_department_answers_from_its_first_day_to_its_deadline(cast, svar, day, open_):
    with on(day):
        if open_:
            from_department(cast, svar)
        else:
            with pytest.raises(ValidationError, match="Fristen var"):
                from_department(cast, svar)
            answer(cast, svar)  # the elevansvarlig still may


@pytest.mark.parametrize("note", ["", "  "])
def test_who_answers_for_a_department_says_why(cast, svar, note):
    with pytest.raises(ValidationError) as error:
        answer(cast, svar, note=note)
    assert "note" in error.value.message_dict


@pytest.mark.parametrize(
    ("pladser", "field"),
    [({}, "__all__"), ({2: (0, 0)}, "__all__"), ({2: (3, 2)}, "minimum_2"), ({4: (0, 1)}, "__all__"),
     ({2: (0, 100)}, "maksimum")],
)  # fmt: skip
def test_offers_that_make_no_sense_are_refused(cast, svar, pladser, field):
    with pytest.raises(ValidationError) as error:
        from_department(cast, svar, pladser=pladser)
    assert field in getattr(error.value, "error_dict", {"__all__": ""})
    svar.refresh_from_db()
    assert svar.svar == "venter"


def test_two_who_answer_for_the_same_department_do_not_overwrite_each_other(cast, svar):
    seen = answer_version(svar)
    from_department(cast, svar)
    with pytest.raises(StaleError):
        answer_udbud(cast.vejleder, svar=svar, valg="intet", pladser={}, kan_laere="", note="", version=seen)


def test_a_department_is_added_and_only_taken_away_before_it_has_answered(cast, svar):
    teknik = AfdelingFactory(navn="Teknik", art=SPECIALE)
    added = ask_afdeling(cast.elevansvarlig, runde=svar.runde, afdeling=teknik)
    unask_afdeling(cast.elevansvarlig, svar=added)
    assert "Teknik" not in asked_names(svar.runde)
    from_department(cast, svar)
    with pytest.raises(ValidationError, match="har svaret"):
        unask_afdeling(cast.elevansvarlig, svar=svar)


def test_a_department_that_an_elev_has_written_about_stays_in_the_round(cast):
    runde = make_round(cast)
    answer(cast, svar_of(runde, cast.oekonomi))
    wish(runde, cast.aase, cast.oekonomi, inhabil=[(cast.personale.pk, "Min søster er leder her")])
    with pytest.raises(ValidationError, match="inhabilitet"):
        unask_afdeling(cast.elevansvarlig, svar=svar_of(runde, cast.personale))


def test_a_department_that_is_closed_in_the_stays_cannot_be_asked(cast, svar):
    closed = AfdelingFactory(periode=period(date(2020, 1, 1), date(2028, 2, 1)))
    with pytest.raises(ValidationError, match="findes ikke"):
        ask_afdeling(cast.elevansvarlig, runde=svar.runde, afdeling=closed)

"""The agreement: correct, extend, stop, and what each does to the log-in and the plan."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from afdelinger.models import Bruger
from elevforloeb.core.audit import history
from elevforloeb.permissions import visible_elever
from elevforloeb.services.elev import (
    aftale_version,
    elev_version,
    extend_agreement,
    resume_elev,
    stop_elev,
    update_elev,
)
from tests.factories import ElevFactory


@pytest.fixture
def els(as_user, cast):
    return as_user(cast.elevansvarlig)


def form_data(elev, **changes):
    return {
        "version": elev_version(elev),
        "navn": elev.bruger.navn,
        "email": elev.bruger.email,
        "telefon": elev.bruger.telefon,
        "startdato": elev.startdato.isoformat(),
        "sidste_dag": elev.sidste_dag.isoformat(),
        "hold": elev.hold_id,
        "maalsaet": elev.maalsaet_id,
    } | changes


def post_stop(els, elev, day, **more):
    return els.post(reverse("elev_stop", args=[elev.pk]), {"version": aftale_version(elev), "stoppet": day} | more)


def role_of(elev):
    return elev.bruger.rolletildelinger.get()


def test_agreement_and_person_are_corrected_with_history(els, cast):
    data = form_data(cast.aase, telefon="12345678", aftale_kommune="2027-05-01")
    assert els.post(reverse("elev_ret", args=[cast.aase.pk]), data).status_code == 302
    cast.aase.refresh_from_db()
    assert cast.aase.aftale_kommune == date(2027, 5, 1)
    assert Bruger.objects.get(pk=cast.aase.bruger_id).telefon == "12345678"
    assert "underskrevet af kommunen" in history(cast.aase).first().tekst


def test_what_another_person_saved_meanwhile_is_not_overwritten(els, cast):
    stale = form_data(cast.aase, telefon="1111")
    els.post(reverse("elev_ret", args=[cast.aase.pk]), form_data(cast.aase, telefon="2222"))
    response = els.post(reverse("elev_ret", args=[cast.aase.pk]), stale)
    assert response.status_code == 409
    assert response.context["form"]["telefon"].value() == "1111"
    assert Bruger.objects.get(pk=cast.aase.bruger_id).telefon == "2222"
    again = stale | {"version": response.context["form"]["version"].value()}
    assert els.post(reverse("elev_ret", args=[cast.aase.pk]), again).status_code == 302


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"startdato": "2027-09-02"}, "startdato", "ligger uden for aftalen"),
        ({"sidste_dag": "2028-03-31"}, "sidste_dag", "ligger uden for aftalen"),
        ({"sidste_dag": "2027-08-01"}, "sidste_dag", "eller senere"),
        ({"sidste_dag": "9999-12-31"}, "sidste_dag", "fra 2000 til 2099"),
        ({"navn": "Å" * 1_000_000}, "navn", "120"),
        ({"navn": "Å\x00se"}, "navn", "nul"),
        ({"email": "bo@example.invalid"}, "email", "allerede en bruger"),
        ({"hold": "999999"}, "hold", "vælg igen"),
    ],
)
def test_bad_input_is_told_at_the_field_and_nothing_is_saved(els, cast, changes, field, words):
    Bruger.objects.filter(pk=cast.bo.bruger_id).update(email="bo@example.invalid")
    response = els.post(reverse("elev_ret", args=[cast.aase.pk]), form_data(cast.aase, telefon="9", **changes))
    assert response.status_code == 422
    assert words in " ".join(response.context["form"][field].messages).lower()
    assert Bruger.objects.get(pk=cast.aase.bruger_id).telefon == ""


def test_an_extension_moves_the_last_day_of_the_role_too(cast):
    elev = extend_agreement(
        cast.elevansvarlig,
        elev=cast.aase,
        version=aftale_version(cast.aase),
        sidste_dag=date(2029, 11, 30),
        grund="Tillæg",
    )
    assert elev.sidste_dag == date(2029, 11, 30)
    assert role_of(elev).sidste_dag == date(2029, 11, 30)


def test_an_extension_backwards_is_refused(els, cast):
    data = {"version": aftale_version(cast.aase), "sidste_dag": "2029-08-31", "grund": "Tillæg"}
    response = els.post(reverse("elev_forlaeng", args=[cast.aase.pk]), data)
    assert response.status_code == 422
    assert "efter den nuværende" in response.context["form"]["sidste_dag"].messages[0]


def test_a_stop_shows_its_consequences_before_it_is_saved(els, cast):
    response = els.post(
        reverse("elev_stop", args=[cast.aase.pk]), {"version": aftale_version(cast.aase), "stoppet": "2028-01-01"}
    )
    assert [stay.afdeling for stay in response.context["ophold"]] == [cast.personale]
    cast.aase.refresh_from_db()
    assert cast.aase.stoppet is None


def test_a_stopped_elev_cannot_log_in_any_more(els, cast):
    els.post(
        reverse("elev_stop", args=[cast.aase.pk]),
        {"version": aftale_version(cast.aase), "stoppet": "2027-10-15", "ja": "1"},
    )
    assert role_of(cast.aase).sidste_dag == date(2027, 10, 14)
    assert not visible_elever(Bruger.objects.get(pk=cast.aase.bruger_id)).exists()


def test_a_stop_outside_the_agreement_is_refused(els, cast):
    response = els.post(
        reverse("elev_stop", args=[cast.aase.pk]),
        {"version": aftale_version(cast.aase), "stoppet": "2031-01-01", "ja": "1"},
    )
    assert response.status_code == 422
    assert "inden for elevens aftale" in response.context["form"]["stoppet"].messages[0]


def test_a_stop_can_be_taken_back(cast):
    elev = stop_elev(cast.elevansvarlig, elev=cast.aase, version=aftale_version(cast.aase), stoppet=date(2027, 11, 1))
    elev = resume_elev(cast.elevansvarlig, elev=elev, version=aftale_version(elev))
    assert elev.stoppet is None
    assert role_of(elev).sidste_dag == elev.sidste_dag


def test_stays_after_the_stop_stay_on_the_page_until_the_planner_removes_them(els, cast):
    stop_elev(cast.elevansvarlig, elev=cast.aase, version=aftale_version(cast.aase), stoppet=date(2027, 11, 1))
    side = els.get(reverse("elev", args=[cast.aase.pk])).context["side"]
    assert [stay.afdeling for stay in side.stoppede_ophold] == [cast.oekonomi, cast.personale]


def test_an_agreement_cannot_be_moved_away_from_its_stays(cast):
    with pytest.raises(ValidationError, match="Flyt det i planen først"):
        update_elev(
            cast.elevansvarlig,
            elev=cast.aase,
            person={},
            aftale={},
            startdato=cast.aase.startdato,
            sidste_dag=date(2027, 12, 31),
            version=elev_version(cast.aase),
        )


def test_an_elev_without_stays_can_be_given_other_dates(els, cast):
    elev = ElevFactory(hold=cast.aase.hold)
    data = form_data(elev, startdato="2027-10-01", sidste_dag="2029-09-30")
    assert els.post(reverse("elev_ret", args=[elev.pk]), data).status_code == 302
    elev.refresh_from_db()
    assert (elev.startdato, elev.sidste_dag) == (date(2027, 10, 1), date(2029, 9, 30))


# --- two at once --------------------------------------------------------------------------------------------------


def test_the_conflict_tells_what_the_other_person_wrote(els, cast):
    stale = form_data(cast.aase, telefon="1111")
    els.post(reverse("elev_ret", args=[cast.aase.pk]), form_data(cast.aase, telefon="2222"))
    (told,) = els.post(reverse("elev_ret", args=[cast.aase.pk]), stale).context["form"].non_field_errors()
    assert told.startswith("Else Ansvarlig har gemt en rettelse, mens du skrev. Nu står der telefon: 2222. ")


def test_the_reference_of_the_agreement_is_guarded_too(els, cast):
    stale = form_data(cast.aase, aftale_reference="A1")
    els.post(reverse("elev_ret", args=[cast.aase.pk]), form_data(cast.aase, aftale_reference="B2"))
    assert els.post(reverse("elev_ret", args=[cast.aase.pk]), stale).status_code == 409


def test_a_second_stop_on_another_day_is_told_and_can_be_chosen(els, cast):
    stale = {"stoppet": "2027-11-15", "ja": "1", "version": aftale_version(cast.aase)}
    stop_elev(cast.elevansvarlig, elev=cast.aase, stoppet=date(2027, 11, 1), version=stale["version"])
    response = els.post(reverse("elev_stop", args=[cast.aase.pk]), stale)
    assert response.status_code == 409
    assert "første dag uden ansættelse: 1. november 2027" in response.content.decode()
    assert response.context["form"]["stoppet"].value() == "2027-11-15"
    again = stale | {"version": response.context["form"]["version"].value()}
    assert els.post(reverse("elev_stop", args=[cast.aase.pk]), again).status_code == 302


def test_the_look_before_a_stop_carries_the_version_on(els, cast):
    url = reverse("elev_stop", args=[cast.aase.pk])
    seen = els.get(url).context["form"]["version"].value()
    stop_elev(cast.elevansvarlig, elev=cast.aase, stoppet=date(2027, 11, 1), version=seen)
    shown = els.post(url, {"stoppet": "2027-11-15", "version": seen})
    assert shown.status_code == 200 and f'name="version" value="{seen}"' in shown.content.decode()


def test_an_extension_on_top_of_another_is_told_and_keeps_the_reason(els, cast):
    stale = {"sidste_dag": "2029-12-31", "grund": "Mit tillæg", "version": aftale_version(cast.aase)}
    els.post(reverse("elev_forlaeng", args=[cast.aase.pk]), stale | {"sidste_dag": "2029-10-31"})
    response = els.post(reverse("elev_forlaeng", args=[cast.aase.pk]), stale)
    assert response.status_code == 409
    assert "aftalens sidste dag: 31. oktober 2029" in response.content.decode()
    assert response.context["form"]["grund"].value() == "Mit tillæg"


def test_a_stop_that_was_moved_meanwhile_is_not_called_off_by_a_button(els, cast):
    first = stop_elev(cast.elevansvarlig, elev=cast.aase, stoppet=date(2027, 12, 1), version=aftale_version(cast.aase))
    seen = aftale_version(first)
    stop_elev(cast.elevansvarlig, elev=first, stoppet=date(2027, 12, 31), version=seen)
    response = els.post(reverse("elev_genoptag", args=[cast.aase.pk]), {"version": seen}, follow=True)
    assert "Aftalen er ændret, siden du så den." in response.content.decode()
    cast.aase.refresh_from_db()
    assert cast.aase.stoppet == date(2027, 12, 31)
    now = {"version": aftale_version(cast.aase)}
    assert f'name="version" value="{now["version"]}"' in response.content.decode()
    els.post(reverse("elev_genoptag", args=[cast.aase.pk]), now)
    cast.aase.refresh_from_db()
    assert cast.aase.stoppet is None

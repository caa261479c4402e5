"""School, holiday and absence: who may write what, overlaps, and school for a whole hold."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from elevforloeb.core.audit import history
from elevforloeb.models import Kalenderperiode
from elevforloeb.permissions import editable_kalenderperioder, kalender_arter, kalender_window
from elevforloeb.services.kalender import Skoleperiode, add_kalenderperiode, add_school_to_hold, kalender_version
from tests.factories import ElevFactory, HoldFactory

Art = Kalenderperiode.Art


@pytest.fixture
def els(as_user, cast):
    return as_user(cast.elevansvarlig)


def write(client, elev, art, first, last, titel=""):
    data = {"art": art, "startdato": first, "sidste_dag": last, "titel": titel}
    return client.post(reverse("kalender_ny", args=[elev.pk]), data)


# --- one elev -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("art", Art)
def test_the_elevansvarlig_writes_every_kind(els, cast, art):
    assert write(els, cast.bo, art, "2027-11-08", "2027-11-12").status_code == 302
    row = cast.bo.kalenderperioder.get()
    assert (row.art, row.startdato, row.sidste_dag) == (art, date(2027, 11, 8), date(2027, 11, 12))
    assert history(cast.bo).first().handling == "kalender.oprettet"


def test_the_title_of_school_is_not_put_on_a_holiday(els, cast):
    write(els, cast.bo, "ferie", "2027-11-08", "2027-11-12", titel="Skoleophold 7")
    assert cast.bo.kalenderperioder.get().titel == ""


@pytest.mark.parametrize(
    ("first", "last", "field", "words"),
    [
        ("2027-11-26", "2027-11-30", "startdato", "har allerede skole, ferie eller fravær 1.–26. nov. 2027"),
        ("2027-08-31", "2027-09-02", "startdato", "inden for elevens aftale"),
        ("2029-08-30", "2029-09-01", "sidste_dag", "inden for elevens aftale"),
        ("2027-12-03", "2027-12-02", "sidste_dag", "eller senere"),
        ("9999-12-31", "9999-12-31", "startdato", "2000 til 2099"),
        ("", "2027-12-02", "startdato", "Udfyld"),
    ],
)
def test_days_that_do_not_fit_are_told_at_the_field_and_kept(els, cast, first, last, field, words):
    before = cast.aase.kalenderperioder.count()
    response = write(els, cast.aase, "sygdom", first, last)
    assert response.status_code == 422
    assert words in " ".join(response.context["form"][field].messages)
    assert response.context["form"]["startdato"].value() == first
    assert cast.aase.kalenderperioder.count() == before


def test_a_period_can_start_the_day_after_another(els, cast):
    assert write(els, cast.aase, "ferie", "2027-11-27", "2027-11-30").status_code == 302


def test_the_database_stops_two_who_save_at_once(cast):
    """The check before saving sees nothing; the constraint does."""
    row = Kalenderperiode(elev=cast.aase, art=Art.FERIE, periode=cast.skole.periode)
    with pytest.raises(ValidationError, match="har allerede"):
        row.full_clean()


def moved(row, **changes):
    data = {"art": "skole", "titel": "Skoleophold 1", "startdato": "2027-11-08", "sidste_dag": "2027-12-03"}
    return data | {"version": kalender_version(row)} | changes


def test_a_period_is_moved_and_removed(els, cast):
    assert els.post(reverse("kalender_ret", args=[cast.skole.pk]), moved(cast.skole)).status_code == 302
    cast.skole.refresh_from_db()
    assert cast.skole.startdato == date(2027, 11, 8)
    els.post(reverse("kalender_slet", args=[cast.skole.pk]), {"version": kalender_version(cast.skole)})
    assert not Kalenderperiode.objects.filter(pk=cast.skole.pk).exists()
    assert history(cast.aase).first().handling == "kalender.fjernet"


def test_who_saves_second_is_told_what_stands_there_now(els, cast):
    url = reverse("kalender_ret", args=[cast.skole.pk])
    stale = moved(cast.skole, sidste_dag="2027-12-10")
    els.post(url, moved(cast.skole))
    response = els.post(url, stale)
    assert response.status_code == 409
    assert "Nu står der periode: Skoleophold 1 8. nov. – 3. dec. 2027" in response.content.decode()
    assert response.context["form"]["sidste_dag"].value() == "2027-12-10"
    again = stale | {"version": response.context["form"]["version"].value()}
    assert els.post(url, again).status_code == 302


def test_a_period_that_was_moved_meanwhile_is_not_removed(els, cast):
    seen = kalender_version(cast.skole)
    els.post(reverse("kalender_ret", args=[cast.skole.pk]), moved(cast.skole))
    response = els.post(reverse("kalender_slet", args=[cast.skole.pk]), {"version": seen})
    assert response.status_code == 409
    text = response.content.decode()
    assert "Else Ansvarlig har rettet perioden til Skoleophold 1 8. nov. – 3. dec. 2027, mens du så på den." in text
    cast.skole.refresh_from_db()
    assert text.count(f'value="{kalender_version(cast.skole)}"') == 2  # to save, and to remove after all


def test_a_period_that_is_removed_under_an_open_form_keeps_what_was_typed(els, cast):
    page = els.get(reverse("kalender_ret", args=[cast.skole.pk]))
    data = moved(cast.skole, sidste_dag="2027-12-10")
    Kalenderperiode.objects.filter(pk=cast.skole.pk).delete()
    response = els.post(page.context["form_url"], data)
    assert response.status_code == 409 and "Perioden er fjernet, mens du rettede den" in response.content.decode()
    assert response.context["form"]["sidste_dag"].value() == "2027-12-10"
    assert els.post(response.context["form_url"], data).status_code == 302
    assert str(cast.aase.kalenderperioder.get(art="skole").sidste_dag) == "2027-12-10"


def test_a_removed_period_tells_nothing_of_an_elev_of_others(as_user, cast):
    url = reverse("kalender_ret", args=[999_999_999], query={"elev": cast.bo.pk})
    assert as_user(cast.vejleder).post(url, {}).status_code == 404


# --- the elevvejleder ---------------------------------------------------------------------------------------------


def test_the_elevvejleder_writes_holiday_and_illness_in_the_own_stay(cast):
    assert kalender_arter(cast.vejleder, cast.aase) == [Art.FERIE, Art.SYGDOM]
    assert kalender_window(cast.vejleder, cast.aase) == cast.ophold.span


def test_other_people_write_nothing(cast):
    for user in (cast.leder, cast.anden_vejleder, cast.administrator, cast.aase.bruger, cast.fremmed):
        assert kalender_arter(user, cast.aase) == []
        assert kalender_window(user, cast.aase) is None


@pytest.mark.parametrize("art", [Art.SKOLE, Art.BARSEL, Art.ORLOV])
def test_the_elevvejleder_cannot_write_the_other_kinds(as_user, cast, art):
    assert write(as_user(cast.vejleder), cast.aase, art, "2027-12-06", "2027-12-07").status_code == 422


def test_the_elevvejleder_cannot_write_after_the_own_stay(as_user, cast):
    response = write(as_user(cast.vejleder), cast.aase, "ferie", "2027-12-30", "2028-01-02")
    assert response.status_code == 422
    assert "opholdet i din afdeling" in response.context["form"]["sidste_dag"].messages[0]


def test_an_elevvejleder_who_had_the_elev_lately_is_refused(as_user, cast):
    """Anders sees Bo until well after the stay, but Bo is the one who is in his department; Åse is not."""
    assert as_user(cast.anden_vejleder).get(reverse("kalender_ny", args=[cast.aase.pk])).status_code == 404


def test_the_elevvejleder_corrects_only_what_she_wrote(cast):
    add_kalenderperiode(
        cast.elevansvarlig,
        elev=cast.aase,
        art=Art.SYGDOM,
        startdato=date(2027, 12, 1),
        sidste_dag=date(2027, 12, 2),
    )
    assert list(editable_kalenderperioder(cast.vejleder)) == [cast.ferie]
    assert editable_kalenderperioder(cast.elevansvarlig).count() == 3


# --- a whole hold -------------------------------------------------------------------------------------------------

FREE = Skoleperiode("Skoleophold 2", date(2028, 2, 7), date(2028, 3, 3))
TAKEN = Skoleperiode("Skoleophold 1", date(2027, 11, 15), date(2027, 12, 3))


def school(hold):
    return Kalenderperiode.objects.filter(elev__hold=hold, art=Art.SKOLE)


def test_the_whole_hold_gets_a_school_period(cast):
    hold = cast.aase.hold
    result = add_school_to_hold(cast.elevansvarlig, hold=hold, perioder=[FREE])
    assert {elev.pk for elev in result.gemt} == {cast.aase.pk, cast.bo.pk}
    assert school(hold).filter(titel="Skoleophold 2").count() == 2


def test_each_elev_has_one_line_of_history_that_tells_of_all_the_periods(cast):
    later = Skoleperiode("Skoleophold 3", date(2028, 8, 7), date(2028, 8, 25))
    before = history(cast.bo).count()
    add_school_to_hold(cast.elevansvarlig, hold=cast.aase.hold, perioder=[FREE, later])
    assert history(cast.bo).count() == before + 1
    act = history(cast.bo).first()
    assert act.tekst == "Skoleophold 2 7. feb. – 3. marts 2028 og Skoleophold 3 7.–25. aug. 2028 registreret"
    rows = {row.pk for row in cast.bo.kalenderperioder.all()}
    assert {each["periode"] for each in act.data["perioder"]} == rows


def test_school_for_a_hold_costs_the_same_for_few_and_many(cast):
    def statements(number):
        hold = HoldFactory()
        for _ in range(number):
            ElevFactory(hold=hold)
        with CaptureQueriesContext(connection) as seen:
            add_school_to_hold(cast.elevansvarlig, hold=hold, perioder=[FREE, TAKEN])
        assert school(hold).count() == 2 * number
        return len(seen)

    assert statements(3) == statements(30) <= 10


def test_a_conflict_is_told_by_elev_and_nothing_is_saved(els, cast):
    data = {"titel": TAKEN.titel, "startdato": "2027-11-15", "sidste_dag": "2027-12-03", "gem": "1"}
    response = els.post(reverse("hold_skole", args=[cast.aase.hold_id]), data)
    assert response.status_code == 422
    ((elev, why),) = response.context["konflikter"]
    assert elev == cast.aase and "skoleophold 1 1.–26. nov. 2027" in why
    assert school(cast.aase.hold).count() == 1
    assert response.context["form"]["titel"].value() == TAKEN.titel


def test_the_rest_is_saved_when_the_user_says_so(els, cast):
    data = {"titel": TAKEN.titel, "startdato": "2027-11-15", "sidste_dag": "2027-12-03", "resten": "1"}
    assert els.post(reverse("hold_skole", args=[cast.aase.hold_id]), data).status_code == 302
    assert cast.bo.kalenderperioder.get().startdato == TAKEN.startdato
    assert school(cast.aase.hold).count() == 2


def test_school_outside_the_agreement_is_a_conflict(cast):
    late = Skoleperiode("Skoleophold 9", date(2029, 8, 27), date(2029, 9, 14))
    result = add_school_to_hold(cast.elevansvarlig, hold=cast.aase.hold, perioder=[late])
    assert not result.gemt and len(result.konflikter) == 2


def test_school_is_copied_from_an_earlier_hold_with_the_same_weekdays(els, cast):
    add_school_to_hold(cast.elevansvarlig, hold=cast.aase.hold, perioder=[FREE])
    later = HoldFactory(navn="Hold 2028", startdato=date(2028, 9, 1))
    ElevFactory(hold=later)
    url = reverse("hold_skole_kopier", args=[later.pk])
    assert els.get(url).context["form"].initial["uger"] == 52
    data = {"fra_hold": cast.aase.hold_id, "uger": 52}
    shown = els.post(url, data | {"vis": "1"})
    assert [p.startdato for p in shown.context["perioder"]] == [date(2028, 10, 30), date(2029, 2, 5)]
    assert not school(later).exists()
    assert els.post(url, data | {"gem": "1"}).status_code == 302
    assert [row.startdato.weekday() for row in school(later)] == [0, 0]


def test_copying_by_an_impossible_number_of_weeks_is_told(els, cast):
    later = HoldFactory(navn="Hold 2028", startdato=date(2028, 9, 1))
    data = {"fra_hold": cast.aase.hold_id, "uger": 10**12, "gem": "1"}
    assert els.post(reverse("hold_skole_kopier", args=[later.pk]), data).status_code == 422

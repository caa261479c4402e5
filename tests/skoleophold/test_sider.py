"""The pages of school: what is shown before it is saved, what is refused, and what nobody else reads."""

from datetime import date

import pytest
from django.urls import reverse

from elevforloeb.core.files import scanner
from elevforloeb.core.files.reasons import Refused
from elevforloeb.core.models import Regel
from elevforloeb.models import Kalenderperiode
from skoleophold.models import Fagvalg, Indlaesning, Karakter, Skolehold, Skoleophold, Skoleperiode, Tilknytning
from skoleophold.services.karakterer import share
from tests.factories import ElevFactory
from tests.skole_steps import class_at_school, first_period, give, make_fag, school_of, stay_of, upload

NEW = {"nr": "3", "startdato": "2028-05-01", "sidste_dag": "2028-05-12", "version": ""}


@pytest.fixture
def skolehold(scene):
    return scene(class_at_school)


@pytest.fixture
def staff(as_user, cast):
    return as_user(cast.elevansvarlig)


def stand_of(response) -> str:
    return response.context["stand"]


def test_a_new_period_is_shown_first_and_saved_on_the_second_yes(staff, skolehold, cast):
    url = reverse("skoleperiode_ny", args=[skolehold.pk])
    shown = staff.post(url, NEW | {"vis": "1"})
    assert "Får perioden" in shown.content.decode() and Skoleperiode.objects.count() == 2
    saved = staff.post(url, NEW | {"gem": "1", "stand": stand_of(shown)})
    assert saved.status_code == 302 and "Skoleophold 3 01-05-2028 12-05-2028" in school_of(cast.bo)


def test_saving_what_is_no_longer_true_shows_the_new_list_and_keeps_what_was_typed(staff, skolehold, cast):
    url = reverse("skoleperiode_ny", args=[skolehold.pk])
    seen = stand_of(staff.post(url, NEW | {"vis": "1"}))
    ElevFactory(hold=cast.aase.hold)
    Tilknytning.objects.filter(elev=cast.bo).delete()
    again = staff.post(url, NEW | {"gem": "1", "stand": seen})
    assert again.status_code == 409 and 'value="2028-05-01"' in again.content.decode()
    assert Skoleperiode.objects.count() == 2 and stand_of(again) != seen


def test_a_change_that_moves_nobody_is_saved_at_once(staff, skolehold):
    row = first_period(skolehold)
    page = staff.get(reverse("skoleperiode_ret", args=[row.pk]))
    data = {"nr": 1, "startdato": "2027-09-06", "sidste_dag": "2027-09-17", "kontakt": "Studiekontoret"}
    data["version"] = page.context["form"].initial["version"]
    assert staff.post(reverse("skoleperiode_ret", args=[row.pk]), data | {"vis": "1"}).status_code == 302
    assert Skoleperiode.objects.get(pk=row.pk).kontakt == "Studiekontoret"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"nr": "2"}, "nummer"),
        ({"startdato": "2028-01-12"}, "Skoleholdet har allerede en periode"),
        ({"sidste_dag": "2028-04-01"}, "Sidste dag skal være"),
        ({"startdato": ""}, "Første dag"),
    ],
)
def test_a_period_that_cannot_be_is_refused_at_the_field(staff, skolehold, data, words):
    url = reverse("skoleperiode_ny", args=[skolehold.pk])
    shown = staff.post(url, NEW | data | {"vis": "1"})
    response = staff.post(url, NEW | data | {"gem": "1", "stand": stand_of(shown)})
    assert response.status_code == 422 and words in response.content.decode()
    assert Skoleperiode.objects.count() == 2


def test_more_weeks_than_there_are_to_be_are_said_on_the_page_of_the_elev_and_of_the_class(
    staff, as_user, skolehold, cast
):
    elev, klasse = reverse("elev_skole", args=[cast.bo.pk]), reverse("skolehold", args=[skolehold.pk])
    assert not any("for meget" in staff.get(url).content.decode() for url in (elev, klasse))
    Regel.objects.filter(noegle="skoleuger").update(vaerdi=3)
    assert all("2 uger for meget" in staff.get(url).content.decode() for url in (elev, klasse))
    assert "2 uger for meget" in as_user(cast.bo.bruger).get(reverse("min_skole")).content.decode()


def test_elever_join_after_a_look(staff, skolehold, cast):
    new = ElevFactory(hold=cast.aase.hold)
    url = reverse("skolehold_elever", args=[skolehold.pk])
    data = {"fra": "2027-10-15", "elever": [new.pk]}
    shown = staff.post(url, data | {"vis": "1"})
    assert school_of(new) == [] and "Skoleophold 2" in shown.content.decode()
    assert staff.post(url, data | {"gem": "1", "stand": stand_of(shown)}).status_code == 302
    assert school_of(new) == ["Skoleophold 2 10-01-2028 28-01-2028"]


def test_an_elev_is_taken_off_after_a_look(staff, skolehold, cast):
    row = Tilknytning.objects.get(elev=cast.bo)
    url = reverse("skolehold_forlad", args=[row.pk])
    shown = staff.post(url, {"sidste_dag": "2027-10-31", "vis": "1"})
    assert "Fjernes" in shown.content.decode() and len(school_of(cast.bo)) == 2
    staff.post(url, {"sidste_dag": "2027-10-31", "gem": "1", "stand": stand_of(shown)})
    assert len(school_of(cast.bo)) == 1
    assert staff.post(url, {"sidste_dag": "2027-08-01", "vis": "1"}).status_code == 422


def test_periods_are_copied_after_a_look(staff, skolehold):
    new = Skolehold.objects.create(skole=skolehold.skole, navn="KOF 28-2")
    url = reverse("skolehold_kopier", args=[new.pk])
    data = {"kilde": skolehold.pk, "aar": "1"}
    shown = staff.post(url, data | {"vis": "1"})
    assert "4.–15. sep. 2028" in shown.content.decode() and not new.skoleperioder.exists()
    assert staff.post(url, data | {"gem": "1", "stand": stand_of(shown)}).status_code == 302
    assert new.skoleperioder.count() == 2


@pytest.mark.parametrize(
    ("data", "school"),
    [
        ({"valg": "ikke"}, 0),
        ({"valg": "egne", "startdato": "2028-01-17", "sidste_dag": "2028-01-21"}, 1),
        ({"valg": "holdet"}, 1),
    ],
)
def test_one_elev_can_have_days_of_her_own_or_none(staff, skolehold, cast, data, school):
    stay = stay_of(cast.bo, 2)
    assert staff.post(reverse("skoleophold_ret", args=[stay.pk]), data).status_code == 302
    rows = Kalenderperiode.objects.filter(elev=cast.bo, titel="Skoleophold 2")
    assert rows.count() == school
    assert stay_of(cast.bo, 2).afviger == (data["valg"] != "holdet")


def test_own_days_that_collide_or_are_missing_are_refused(staff, skolehold, cast):
    url = reverse("skoleophold_ret", args=[stay_of(cast.bo, 2).pk])
    wrong = staff.post(url, {"valg": "egne", "startdato": "2027-09-06", "sidste_dag": "2027-09-08"})
    assert wrong.status_code == 422 and "har allerede skole" in wrong.content.decode()
    assert staff.post(url, {"valg": "egne"}).status_code == 422


def test_attendance_of_all_is_saved_or_none(staff, skolehold, cast):
    one = first_period(skolehold)
    url = reverse("skoleperiode_fremmoede", args=[one.pk])
    aase, bo = stay_of(cast.aase, 1), stay_of(cast.bo, 1)
    good = {f"o{aase.pk}-til_stede": 9, f"o{aase.pk}-syg": 1, f"o{aase.pk}-ulovligt": 0}
    wrong = staff.post(url, good | {f"o{bo.pk}-til_stede": 10})
    assert wrong.status_code == 422 and "Bo Berg: Skriv alle tre tal" in wrong.content.decode()
    many = staff.post(url, good | {f"o{aase.pk}-til_stede": 100})
    assert many.status_code == 422 and "Åse Ærlig: Det er 101 dage, men opholdet er kun på 12" in many.content.decode()
    assert not Skoleophold.objects.filter(dage_til_stede__isnull=False).exists()
    assert staff.post(url, good).status_code == 302
    assert stay_of(cast.aase, 1).dage_syg == 1 and not stay_of(cast.bo, 1).har_fremmoede


def test_a_file_is_looked_at_and_saved_and_a_strange_one_is_refused(staff, skolehold, cast):
    make_fag()
    url = reverse("skole_indlaes")
    wrong = staff.post(url, {"art": "karakterer", "fil": upload(b"%PDF-1.7", "k.pdf")})
    assert wrong.status_code == 422 and "Filen skal være af typen CSV" in wrong.content.decode()
    text = "Elev;Fag;Periode;Karakter\nBo Berg;LOV;1;10\n"
    assert staff.post(url, {"art": "karakterer", "fil": upload(text)}).status_code == 302
    found = Indlaesning.objects.get()
    page = staff.get(reverse("indlaesning", args=[found.pk])).content.decode()
    assert ">Gem 1 ny</button>" in page, "and not a word of what is not there"
    assert "Alle linjer kan bruges" in page and not Karakter.objects.exists()
    staff.post(reverse("indlaesning_gem", args=[found.pk]))
    assert Karakter.objects.get().vaerdi == "10" and not Indlaesning.objects.exists()
    for name in ("indlaesning_gem", "indlaesning_kasser"):  # a second window still shows the buttons
        answer = staff.post(reverse(name, args=[found.pk]), follow=True)
        assert "Filen er allerede gemt eller lagt væk" in answer.content.decode()
    assert Karakter.objects.count() == 1


def test_a_file_from_the_school_is_scanned_before_anything_of_it_is_read(staff, skolehold, monkeypatch):
    def finds_a_virus(data):
        raise Refused("virus")

    monkeypatch.setattr(scanner, "state_of", finds_a_virus)
    text = "Hold;Nr;Fra;Til\nKOF 27-2;2;17-01-2028;28-01-2028\n"
    answer = staff.post(reverse("skole_indlaes"), {"art": "perioder", "fil": upload(text)})
    assert answer.status_code == 422 and "Filen indeholder virus" in answer.text
    assert not Indlaesning.objects.exists()


def test_the_largest_size_of_a_list_is_the_rule(staff, skolehold):
    Regel.objects.filter(noegle="fil_liste_mb").update(vaerdi=1)
    answer = staff.post(reverse("skole_indlaes"), {"art": "perioder", "fil": upload(b"x" * (1024 * 1024 + 1))})
    assert answer.status_code == 422 and "under 1 MB" in answer.text


def test_a_file_of_periods_shows_what_it_does_to_the_calendars(staff, skolehold, cast):
    text = "Hold;Nr;Fra;Til\nKOF 27-2;2;17-01-2028;28-01-2028\n"
    staff.post(reverse("skole_indlaes"), {"art": "perioder", "fil": upload(text)})
    found = Indlaesning.objects.get()
    page = staff.get(reverse("indlaesning", args=[found.pk]))
    assert "Flyttes" in page.content.decode() and ">Gem 1 ændret</button>" in page.content.decode()
    staff.post(reverse("indlaesning_gem", args=[found.pk]), {"stand": page.context["stand"]})
    assert "Skoleophold 2 17-01-2028 28-01-2028" in school_of(cast.bo)


def test_what_changed_meanwhile_is_shown_anew_instead_of_saved(staff, skolehold, cast):
    text = "Hold;Nr;Fra;Til\nKOF 27-2;2;17-01-2028;28-01-2028\n"
    staff.post(reverse("skole_indlaes"), {"art": "perioder", "fil": upload(text)})
    found = Indlaesning.objects.get()
    answer = staff.post(reverse("indlaesning_gem", args=[found.pk]), {"stand": "gammel"}, follow=True)
    assert "Der er ikke gemt noget" in answer.content.decode()
    assert "Skoleophold 2 10-01-2028 28-01-2028" in school_of(cast.bo)


def test_an_elev_writes_shares_and_takes_back(as_user, skolehold, cast):
    fag, client = make_fag(), as_user(cast.aase.bruger)
    url = reverse("karakter_ny", args=[cast.aase.pk])
    data = {"fag": fag.pk, "skoleperiode": first_period(skolehold).pk, "vaerdi": "02"}
    assert client.post(url, data).status_code == 302
    assert client.post(url, data).status_code == 422  # the same once more
    assert '<strong class="tal">02</strong>' in client.get(reverse("min_skole")).content.decode()
    client.post(reverse("karakterer_del"))
    assert cast.aase.karakterdelinger.filter(til=None).count() == 1
    client.post(reverse("karakterer_del_stop"))
    assert not cast.aase.karakterdelinger.filter(til=None).exists()


def test_the_page_of_an_elev_holds_no_grade_and_no_illness_for_those_who_may_not_read_them(as_user, skolehold, cast):
    give(cast, cast.aase, "-3", skoleperiode=first_period(skolehold))
    Skoleophold.objects.filter(elev=cast.aase).update(dage_til_stede=3, dage_syg=7, dage_ulovligt=0)
    url = reverse("elev_skole", args=[cast.aase.pk])
    for user in (cast.vejleder, cast.leder):
        page = as_user(user).get(url).content.decode()
        assert ">-3<" not in page and "syg" not in page and "Karaktererne er elevens egne" in page
    share(cast.aase.bruger, elev=cast.aase)
    assert ">-3<" in as_user(cast.vejleder).get(url).content.decode()
    assert ">-3<" not in as_user(cast.leder).get(url).content.decode()
    assert ">-3<" in as_user(cast.elevansvarlig).get(url).content.decode()


def test_the_elevvejleder_cannot_write_grades_even_when_they_are_shared(as_user, skolehold, cast):
    karakter = give(cast, cast.aase, skoleperiode=first_period(skolehold))
    share(cast.aase.bruger, elev=cast.aase)
    client = as_user(cast.vejleder)
    for name, pk in (("karakter_ny", cast.aase.pk), ("karakter_ret", karakter.pk)):
        assert client.post(reverse(name, args=[pk]), {"vaerdi": "12"}).status_code == 403


def test_both_say_yes_to_a_subject_each_on_their_own_page(as_user, cast):
    class_at_school(cast, fagvalg_senest=date(2027, 10, 20))
    fag, url = make_fag("V1", "Valgfag", bundet=False), reverse("fagvalg", args=[cast.aase.pk])
    as_user(cast.aase.bruger).post(url, {"fag": [fag.pk]})
    assert "Venter på elevvejlederen" in as_user(cast.vejleder).get(url).content.decode()
    as_user(cast.vejleder).post(url, {"fag": [fag.pk]})
    assert Fagvalg.objects.get().er_valgt
    Skolehold.objects.update(fagvalg_senest=date(2027, 10, 1))
    assert as_user(cast.aase.bruger).post(url, {}).status_code == 422


def test_a_class_is_made_corrected_and_deleted(staff, skolehold):
    data = {"skole": skolehold.skole_id, "navn": "KOF 29-1"}
    staff.post(reverse("skolehold_nyt"), data)
    new = Skolehold.objects.get(navn="KOF 29-1")
    url = reverse("skolehold_ret", args=[new.pk])
    version = staff.get(url).context["form"].initial["version"]
    assert staff.post(url, data | {"navn": "KOF 29-2", "version": version}).status_code == 302
    assert staff.post(url, data | {"version": version}).status_code == 409
    assert staff.post(reverse("skolehold_nyt"), data | {"navn": "KOF 27-2"}).status_code == 422
    staff.post(reverse("skolehold_slet", args=[new.pk]))
    assert not Skolehold.objects.filter(pk=new.pk).exists()
    staff.post(reverse("skolehold_slet", args=[skolehold.pk]))
    assert Skolehold.objects.filter(pk=skolehold.pk).exists()


def test_the_page_of_an_elev_takes_at_most_twelve_statements_for_whoever_reads_it(
    as_user, skolehold, cast, django_assert_max_num_queries
):
    give(cast, cast.aase, skoleperiode=first_period(skolehold))
    share(cast.aase.bruger, elev=cast.aase)
    for user in (cast.aase.bruger, cast.vejleder, cast.leder):
        client = as_user(user)
        with django_assert_max_num_queries(12):
            assert client.get(reverse("elev_skole", args=[cast.aase.pk])).status_code == 200


@pytest.mark.parametrize("name", ["skole", "skolehold", "skoleperiode", "elev_skole"])
def test_pages_take_at_most_twelve_statements(staff, skolehold, cast, name, django_assert_max_num_queries):
    give(cast, cast.aase, skoleperiode=first_period(skolehold))
    pk = {"skole": [], "skolehold": [skolehold.pk], "skoleperiode": [first_period(skolehold).pk]}
    url = reverse(name, args=pk.get(name, [cast.aase.pk]))
    with django_assert_max_num_queries(12):
        assert staff.get(url).status_code == 200

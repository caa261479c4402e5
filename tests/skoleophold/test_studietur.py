"""Study trips: the checklist and its deadlines, who reads whom to call, and that it is forgotten."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from pypdf import PdfReader

from elevforloeb.core.letters import write
from elevforloeb.core.models import Fil, Haendelse, Mail
from elevforloeb.core.rules import rules
from elevforloeb.models import Elev
from elevforloeb.project.persondata import export
from elevforloeb.project.sletning import erase_person
from elevforloeb.queries.handling import find_things
from skoleophold.models import Noedkontakt, Studietur, Turkryds
from skoleophold.queries.foelger import find_skift, stand
from skoleophold.queries.handling_aub import WING
from skoleophold.queries.studietur import get_turside, tjeklister
from skoleophold.services.kalender import delete_periode, set_own_days
from skoleophold.services.studietur import (
    add_turfil,
    delete_punkt,
    forget_noedkontakter,
    set_kryds,
    tur_version,
    update_studietur,
)
from skoleophold.services.turpaamindelser import remind_about_trips
from tests.skole_steps import class_at_school, make_trip, noedkontakt, pdf_file, stay_of

LEAVES, HOME = date(2028, 1, 11), date(2028, 1, 14)
CANARY = "Kanariefugl"


def live_on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=ZoneInfo("Europe/Copenhagen")))


@pytest.fixture
def tur(cast) -> Studietur:
    return make_trip(cast)


def checklist(tur, elev) -> list[tuple[str, date, str]]:
    (liste,) = tjeklister(tur, [elev])
    return [(str(each.punkt), each.frist, each.tekst) for each in liste.punkter]


def todo() -> list[str]:
    return [each.titel for each in find_things(rules(), [WING]) if "studietur" in each.titel.lower()]


def test_the_deadlines_count_back_from_the_departure_and_move_with_it(cast, tur):
    assert checklist(tur, cast.bo) == [
        ("Pas", LEAVES - timedelta(days=60), "Mangler"),
        ("Noedkontakt", LEAVES - timedelta(days=14), "Mangler"),
    ]
    days = {"startdato": date(2028, 1, 18), "sidste_dag": date(2028, 1, 21)}
    more = {"destination": "Bruxelles", "program": "", "kontakt": "", "ledsager": None}
    tur = update_studietur(cast.elevansvarlig, tur=tur, version=tur_version(tur), **days, **more)
    assert checklist(tur, cast.bo)[0][1] == date(2028, 1, 18) - timedelta(days=60)
    with pytest.raises(ValidationError, match="skal ligge i skoleperioden"):
        late = {"startdato": date(2028, 3, 1), "sidste_dag": date(2028, 3, 2)}
        update_studietur(cast.elevansvarlig, tur=tur, version=tur_version(tur), **late, **more)


def test_the_elev_ticks_her_own_list_and_takes_a_tick_back(as_user, cast, tur):
    client, url = as_user(cast.bo.bruger), reverse("studietur_tjekliste", args=[tur.pk, cast.bo.pk])
    pas = tur.punkter.get(art="kryds")
    assert reverse("studietur", args=[tur.pk]) in client.get(reverse("min_skole")).content.decode()
    assert client.post(url, {"punkter": [pas.pk]}).status_code == 302
    assert checklist(tur, cast.bo)[0][2] == "I orden" and checklist(tur, cast.aase)[0][2] == "Mangler"
    client.post(url, {})
    assert not Turkryds.objects.exists()
    contact = tur.punkter.get(art="noedkontakt")
    assert client.post(url, {"punkter": [contact.pk]}).status_code == 422  # no tick instead of a contact
    noedkontakt(cast, cast.bo)
    assert checklist(tur, cast.bo)[1][2] == "I orden"


def test_who_is_not_at_school_then_does_not_go_and_a_trip_that_is_over_is_closed(cast, tur):
    set_own_days(cast.elevansvarlig, ophold=stay_of(cast.bo, 2), startdato=None, sidste_dag=None)
    assert [each.elev for each in get_turside(cast.elevansvarlig, tur).lister] == [cast.aase]
    with pytest.raises(ValidationError, match="ikke med på turen"):
        set_kryds(cast.bo.bruger, tur=tur, elev=cast.bo, punkter=[])
    with live_on(HOME + timedelta(days=1)), pytest.raises(ValidationError, match="Turen er slut"):
        set_kryds(cast.aase.bruger, tur=tur, elev=cast.aase, punkter=[])


def test_whom_to_call_is_read_by_the_elevansvarlig_and_the_one_who_travels_along_and_nobody_else(as_user, cast, tur):
    noedkontakt(cast, cast.aase)
    pages = [reverse(name, args=[tur.pk]) for name in ("studietur", "studietur_kontakter")]
    for person in (cast.elevansvarlig, cast.vejleder):
        assert CANARY in as_user(person).get(pages[1]).content.decode()
    Studietur.objects.update(ledsager=cast.anden_vejleder)
    assert as_user(cast.vejleder).get(pages[1]).status_code == 404
    for person in (cast.vejleder, cast.bo.bruger):
        page = as_user(person).get(pages[0])
        assert page.status_code == 200 and CANARY not in page.content.decode()
        assert pages[1] not in page.content.decode()
    with live_on(HOME + timedelta(days=29)):
        assert as_user(cast.anden_vejleder).get(pages[1]).status_code == 404


def test_the_list_prints_as_an_accessible_pdf(as_user, cast, tur):
    noedkontakt(cast, cast.aase)
    response = as_user(cast.elevansvarlig).get(reverse("studietur_kontakter_pdf", args=[tur.pk]))
    reader = PdfReader(BytesIO(response.content))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "Åse Ærlig" in text and CANARY in text and "Bo Berg" in text
    assert (
        reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        and reader.metadata.title == "Kontaktliste: Studietur til Bruxelles"
    )


def test_contacts_are_forgotten_some_weeks_after_the_trip_once(cast, tur):
    noedkontakt(cast, cast.aase)
    noedkontakt(cast, cast.bo)
    with live_on(HOME + timedelta(days=28)):
        forget_noedkontakter()
        assert Noedkontakt.objects.count() == 2
    for days in (29, 29, 60):
        with live_on(HOME + timedelta(days=days)):
            forget_noedkontakter()
            forget_noedkontakter()
    assert not Noedkontakt.objects.exists()
    told = Haendelse.objects.get(handling="studietur.kontakter_slettet")
    assert "2 nødkontakter slettet" in told.tekst and told.bruger is None
    assert not Haendelse.objects.filter(tekst__contains=CANARY).exists()


def test_the_elev_is_reminded_of_what_is_missing_and_not_of_what_is_in_order(cast, tur):
    Mail.objects.all().delete()
    set_kryds(cast.aase.bruger, tur=tur, elev=cast.aase, punkter=[tur.punkter.get(art="kryds")])
    with live_on(LEAVES - timedelta(days=67)):
        remind_about_trips()
        remind_about_trips()
        mail = Mail.objects.get()
        assert mail.modtager == cast.bo.bruger and "Du mangler Pas (senest 12. nov. 2027)." in write(mail).tekst
        set_kryds(cast.bo.bruger, tur=tur, elev=cast.bo, punkter=[tur.punkter.get(art="kryds")])
        assert write(mail) is None


def test_a_trip_that_is_made_late_gives_one_reminder_of_all_that_is_due(cast):
    with live_on(LEAVES - timedelta(days=20)):
        make_trip(cast)
        Mail.objects.all().delete()
        remind_about_trips()
        assert Mail.objects.count() == 2  # one each
        letter = write(Mail.objects.get(modtager=cast.bo.bruger))
        assert "Pas (senest 12. nov. 2027) og Noedkontakt (senest 28. dec. 2027)" in letter.tekst


def test_the_elever_and_the_one_who_travels_along_are_told_when_the_trip_is_made(cast, tur):
    told = {(mail.skabelon, mail.modtager.navn) for mail in Mail.objects.select_related("modtager")}
    assert told == {
        ("studietur_klar", "Åse Ærlig"),
        ("studietur_klar", "Bo Berg"),
        ("studietur_ledsager", "Vera Vejleder"),
    }
    assert all(write(mail) for mail in Mail.objects.all())


def test_a_trip_that_nobody_has_made_ready_and_points_past_their_deadline_stand_on_the_front_page(cast):
    periode = class_at_school(cast).skoleperioder.get(nr=2)
    assert todo() == []
    periode.studietur = "Bruxelles"
    periode.save()
    assert todo() == ["Studieturen til Bruxelles for KOF 27-2 skal gøres klar"]
    tur = make_trip(cast, periode)
    assert todo() == []
    with live_on(LEAVES - timedelta(days=59)):
        assert todo() == ["2 elever på KOF 27-2 mangler noget til studieturen til Bruxelles"]
        delete_punkt(cast.elevansvarlig, punkt=tur.punkter.get(art="kryds"))
        assert todo() == []
    with live_on(LEAVES):
        assert todo() == []  # they have left


def test_the_trip_goes_with_its_period_and_takes_its_documents_along(cast, tur):
    add_turfil(cast.elevansvarlig, tur=tur, titel="Program", fil=pdf_file())
    periode = tur.skoleperiode
    delete_periode(cast.elevansvarlig, periode=periode, was=stand(find_skift([], slettes=[periode])))
    assert not Studietur.objects.exists() and not Fil.objects.exists()


def test_the_elevansvarlig_makes_a_trip_with_a_document_and_a_wrong_one_is_refused(as_user, cast):
    periode = class_at_school(cast).skoleperioder.get(nr=2)
    client, url = as_user(cast.elevansvarlig), reverse("studietur_ny", args=[periode.pk])
    data = {"destination": "Bruxelles", "startdato": "2028-01-11", "sidste_dag": "2028-01-10"}
    assert client.post(url, data).status_code == 422
    assert client.post(url, data | {"sidste_dag": "2028-01-14", "ledsager": cast.leder.pk}).status_code == 422
    made = client.post(url, data | {"sidste_dag": "2028-01-14", "ledsager": cast.vejleder.pk})
    tur = Studietur.objects.get()
    assert made.url == reverse("studietur", args=[tur.pk]) and client.get(url).url == made.url
    assert client.post(reverse("turfil_ny", args=[tur.pk]), {"titel": "Program"}).status_code == 422


def test_ticks_and_contact_are_exported_and_erased_with_the_elev(cast, tur):
    set_kryds(cast.aase.bruger, tur=tur, elev=cast.aase, punkter=[tur.punkter.get(art="kryds")])
    noedkontakt(cast, cast.aase)
    data = export(cast.aase.bruger)
    assert data["nødkontakter"][0]["navn"].startswith(CANARY) and len(data["krydser på en studieturs tjekliste"]) == 1
    Elev.objects.filter(pk=cast.aase.pk).update(stoppet=date(2027, 9, 20))
    cast.aase.bruger.rolletildelinger.all().delete()
    erase_person(None, person=cast.aase.bruger, grund="fejl")
    assert not Noedkontakt.objects.exists() and not Turkryds.objects.exists()


def test_an_emergency_contact_that_nobody_can_call_is_refused(as_user, cast, tur):
    url = reverse("studietur_noedkontakt", args=[tur.pk, cast.aase.pk])
    client = as_user(cast.aase.bruger)
    wrong = client.post(url, {"navn": "Birgit", "telefon": "ring ikke"})
    assert wrong.status_code == 422 and "vi kan ringe til" in wrong.content.decode()
    assert client.post(url, {"navn": "Birgit", "telefon": "+32 470 12 34 56"}).status_code == 302

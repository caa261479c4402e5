"""Files from the school: who reads them, that a new one replaces the old, and that they go with their owner."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from elevforloeb.core.models import Fil, Haendelse, Opslag
from elevforloeb.core.periods import period
from elevforloeb.models import Elev
from elevforloeb.project.persondata import export
from elevforloeb.project.sletning import erase_person
from skoleophold.models import Fagproeveforsoeg
from skoleophold.services.filer import attach, detach
from skoleophold.services.karakterer import delete_karakter, share
from tests.fagproeve_steps import hand_in, judge, make_runde, on
from tests.skole_steps import START, class_at_school, first_period, give, make_fag, pdf_file, stay_of, upload


@pytest.fixture
def school(scene):
    return scene(class_at_school)


@pytest.fixture
def graded(cast, school):
    return give(cast, cast.aase, skoleperiode=first_period(school))


def bytes_on_disk() -> set[str]:
    return {path.name for path in Path(settings.FILE_ROOT).glob("??/*")}


def body(response) -> bytes:
    return response.content[:8]


def test_the_elev_writes_a_grade_with_its_proof_and_reads_it(as_user, cast, school):
    client, url = as_user(cast.aase.bruger), reverse("karakter_ny", args=[cast.aase.pk])
    data = {"fag": make_fag().pk, "skoleperiode": first_period(school).pk, "vaerdi": "10"}
    assert client.post(url, data | {"bevis": upload(pdf_file().data, "bevis.pdf")}).status_code == 302
    karakter = cast.aase.karakterer.get()
    address = reverse("karakter_bevis", args=[karakter.pk])
    assert address in client.get(reverse("min_skole")).content.decode()
    assert body(client.get(address)) == b"%PDF-1.4"


def test_the_elevvejleder_reads_the_proof_only_while_the_elev_shares_and_the_log_says_so(as_user, cast, graded):
    attach(cast.aase.bruger, ejer=graded, fil=pdf_file())
    client, url = as_user(cast.vejleder), reverse("karakter_bevis", args=[graded.pk])
    assert client.get(url).status_code == 404
    share(cast.aase.bruger, elev=cast.aase)
    assert body(client.get(url)) == b"%PDF-1.4"
    found = Opslag.objects.get(person=cast.aase.bruger, side="karakter_bevis")
    assert (found.bruger, found.art) == (cast.vejleder, "hent")
    assert as_user(cast.anden_vejleder).get(url).status_code == 404


def test_the_grade_of_the_fagproeve_stands_among_the_grades_with_its_proof_and_is_shared_like_them(
    as_user, cast, scene
):
    scene(make_runde)
    hand_in(cast, cast.aase)
    row = judge(cast.aase, "00")
    with on(date(2029, 4, 28)):
        client = as_user(cast.aase.bruger)
        url = reverse("fagproeve_bevis_ret", args=[row.pk])
        assert client.post(url, {"fil": upload(pdf_file().data, "bevis.pdf")}).status_code == 302
        page = client.get(reverse("min_skole")).content.decode()
        address = reverse("fagproeve_bevis", args=[row.pk])
        assert address in page and "Ikke bestået" in page
        assert body(client.get(address)) == b"%PDF-1.4"
        again = Fagproeveforsoeg.objects.get(nr=2)
        assert client.get(reverse("fagproeve_bevis_ret", args=[again.pk])).status_code == 404  # no grade yet
    vejleder = as_user(cast.vejleder)
    assert vejleder.get(address).status_code == 404
    share(cast.aase.bruger, elev=cast.aase)
    assert body(vejleder.get(address)) == b"%PDF-1.4"
    assert "00" not in str(Haendelse.objects.filter(handling="skolefil.lagt_op").values_list("tekst", flat=True))


def test_the_skolevejledning_is_read_by_the_elevvejleder_of_today_and_not_by_the_next(as_user, cast, school):
    stay = stay_of(cast.aase, 1)
    attach(cast.aase.bruger, ejer=stay, fil=pdf_file())
    url = reverse("skolevejledning", args=[stay.pk])
    page = as_user(cast.vejleder).get(reverse("elev_skole", args=[cast.aase.pk])).content.decode()
    assert url in page and as_user(cast.vejleder).get(url).status_code == 200
    assert as_user(cast.anden_vejleder).get(url).status_code == 404
    leder = as_user(cast.leder)
    assert url not in leder.get(reverse("elev_skole", args=[cast.aase.pk])).content.decode()
    assert leder.get(url).status_code == 403


def test_the_summons_has_its_day_and_file_and_is_found_by_the_class(as_user, cast, school):
    one = first_period(school)
    url = reverse("skoleperiode_indkaldelse_ret", args=[one.pk])
    client = as_user(cast.elevansvarlig)
    assert "fremtiden" in client.post(url, {"indkaldt": "2027-10-16"}).content.decode()
    sent = client.post(url, {"indkaldt": "2027-08-09", "fil": upload(pdf_file().data, "indkaldelse.pdf")})
    assert sent.status_code == 302
    one.refresh_from_db()
    assert (str(one.indkaldt), one.indkaldelse.navn) == ("2027-08-09", "indkaldelse.pdf")
    address = reverse("skoleperiode_indkaldelse", args=[one.pk])
    assert address in as_user(cast.bo.bruger).get(reverse("min_skole")).content.decode()
    assert body(client.get(address)) == b"%PDF-1.4"


def test_a_new_file_takes_the_place_of_the_old_whose_bytes_go(cast, graded, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        attach(cast.aase.bruger, ejer=graded, fil=pdf_file())
        old = Fil.objects.get().lager
        attach(cast.elevansvarlig, ejer=graded, fil=pdf_file("nyt.pdf", "Nyt"))
    assert Fil.objects.get().navn == "nyt.pdf"
    assert old not in bytes_on_disk() and Fil.objects.get().lager in bytes_on_disk()


def test_a_file_goes_when_it_is_removed_or_its_grade_is(cast, graded):
    attach(cast.aase.bruger, ejer=graded, fil=pdf_file())
    detach(cast.aase.bruger, ejer=graded)
    assert not Fil.objects.exists()
    attach(cast.aase.bruger, ejer=graded, fil=pdf_file())
    graded.refresh_from_db()
    delete_karakter(cast.aase.bruger, karakter=graded)
    assert not Fil.objects.exists()


def test_what_is_no_file_of_ours_is_refused_in_words(as_user, cast, school):
    url = reverse("skolevejledning_ret", args=[stay_of(cast.aase, 1).pk])
    client = as_user(cast.aase.bruger)
    refused = client.post(url, {"fil": upload(b"MZ\x90\x00", "vejledning.pdf")})
    assert refused.status_code == 422 and "fejlliste" in refused.content.decode()
    assert client.post(url, {"fil": ""}).status_code == 422 and not Fil.objects.exists()


def test_the_files_are_in_the_persons_export_and_go_with_her(cast, graded, django_capture_on_commit_callbacks):
    attach(cast.aase.bruger, ejer=graded, fil=pdf_file("bevis.pdf"))
    attach(cast.aase.bruger, ejer=stay_of(cast.aase, 1), fil=pdf_file("vejledning.pdf"))
    attach(cast.bo.bruger, ejer=stay_of(cast.bo, 1), fil=pdf_file("bos.pdf"))
    assert {row["navn"] for row in export(cast.aase.bruger)["filer"]} == {"bevis.pdf", "vejledning.pdf"}
    Elev.objects.filter(pk=cast.aase.pk).update(stoppet=date(2027, 9, 20))
    cast.aase.bruger.rolletildelinger.update(periode=period(START, date(2027, 9, 20)))
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(None, person=cast.aase.bruger, grund="fejl")
    assert Fil.objects.get().navn == "bos.pdf"

"""The list of elever: what each role sees, search, filters that are remembered, pages and the Excel file."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from elevforloeb.core.models import Opslag
from elevforloeb.core.periods import period
from elevforloeb.services.elev import aftale_version, stop_elev
from tests.factories import BrugerFactory, ElevFactory, HoldFactory, KalenderperiodeFactory, OpholdFactory

URL = "/elever/"


def names(response):
    return [row.elev.bruger.navn for row in response.context["raekker"]]


def test_each_role_sees_its_own_elever(as_user, cast):
    assert names(as_user(cast.elevansvarlig).get(URL)) == ["Bo Berg", "Åse Ærlig"]
    assert names(as_user(cast.vejleder).get(URL)) == ["Åse Ærlig"]
    assert names(as_user(cast.leder).get(URL)) == ["Åse Ærlig"]
    assert names(as_user(cast.anden_vejleder).get(URL)) == ["Bo Berg"]


def test_a_row_says_where_the_elev_is_and_where_to_next(as_user, cast):
    row = as_user(cast.elevansvarlig).get(URL).context["raekker"][1]
    assert (row.nu.afdeling.navn, row.naeste.afdeling.navn) == (cast.oekonomi.navn, cast.personale.navn)
    assert row.naeste.startdato == date(2028, 1, 1)
    assert (row.maaned.nummer, row.maaned.antal, row.status) == (2, 24, "I gang")


@pytest.mark.parametrize("text", ["Åse", "aase", "AASE", "ærlig", "aerlig"])
def test_search_folds_the_danish_letters(as_user, cast, text):
    assert names(as_user(cast.elevansvarlig).get(URL, {"q": text})) == ["Åse Ærlig"]


@pytest.mark.parametrize("text", ["%", "_", "'; drop table", "x" * 1000])
def test_search_for_anything_answers(as_user, cast, text):
    response = as_user(cast.elevansvarlig).get(URL, {"q": text})
    assert response.status_code == 200


def test_filters_by_hold_department_and_status(as_user, cast):
    client = as_user(cast.elevansvarlig)
    other = ElevFactory(hold=HoldFactory(navn="Hold 2028", startdato=date(2028, 9, 1)), bruger__navn="Carl Ny")
    stop_elev(cast.elevansvarlig, elev=cast.bo, version=aftale_version(cast.bo), stoppet=date(2027, 10, 1))
    assert names(client.get(URL, {"hold": other.hold_id})) == ["Carl Ny"]
    assert names(client.get(URL, {"afdeling": cast.oekonomi.pk})) == ["Åse Ærlig"]
    assert names(client.get(URL, {"status": "kommende"})) == ["Carl Ny"]
    assert names(client.get(URL, {"status": "igang"})) == ["Åse Ærlig"]
    assert names(client.get(URL, {"status": "stoppede"})) == ["Bo Berg"]
    assert names(client.get(URL, {"status": "alle", "sort": "hold"})) == ["Carl Ny", "Bo Berg", "Åse Ærlig"]
    assert names(client.get(URL, {"sort": "skift"})) == ["Åse Ærlig", "Carl Ny"]


def test_filters_that_make_no_sense_are_as_if_not_chosen(as_user, cast):
    response = as_user(cast.elevansvarlig).get(URL, {"hold": "99999", "status": "x", "sort": "y", "side": "abc"})
    assert names(response) == ["Bo Berg", "Åse Ærlig"]


def test_filters_are_remembered_and_forgotten_again_but_never_the_name(as_user, cast):
    client = as_user(cast.elevansvarlig)
    client.get(URL, {"status": "kommende", "q": "Åse"})
    again = client.get(URL)
    assert again.status_code == 302 and again.url == "/elever/?status=kommende"
    assert "se" not in client.cookies["elevfiltre"].value.replace("status=kommende", "")
    client.get(URL, {"nulstil": "1"})
    assert client.get(URL).status_code == 200


def test_a_forged_cookie_leads_nowhere_else(as_user, cast):
    client = as_user(cast.elevansvarlig)
    client.cookies["elevfiltre"] = "status=alle&next=//example.invalid"
    assert client.get(URL).url == "/elever/?status=alle"


def test_fifty_to_a_page(as_user, cast):
    hold = cast.aase.hold
    for number in range(51):
        ElevFactory(hold=hold, bruger=BrugerFactory(navn=f"Elev Nr{number:02}"))
    client = as_user(cast.elevansvarlig)
    assert len(names(client.get(URL))) == 50
    assert len(names(client.get(URL, {"side": "2"}))) == 3


@pytest.mark.parametrize("more", [1, 40])
def test_the_list_asks_the_same_questions_for_few_and_many(as_user, cast, django_assert_num_queries, more):
    for number in range(more):
        elev = ElevFactory(hold=cast.aase.hold, bruger=BrugerFactory(navn=f"Elev Nr{number:02}"))
        KalenderperiodeFactory(elev=elev)
        if number < 1:
            OpholdFactory(elev=elev, periode=period(date(2027, 9, 1), date(2027, 12, 31)))
    client = as_user(cast.elevansvarlig)
    with django_assert_num_queries(9):
        client.get(URL)
    with django_assert_num_queries(9):
        client.get(URL, {"status": "alle", "sort": "skift", "q": "elev"})


def test_lists_searches_and_files_are_logged_once(as_user, cast):
    client = as_user(cast.elevansvarlig)
    client.get(URL, {"status": "alle"})
    client.get(URL, {"q": "Åse"})
    client.get(reverse("elever_excel"))
    logged = Opslag.objects.order_by("id").values_list("art", "soegetekst")
    assert list(logged) == [("liste", ""), ("soeg", "Åse"), ("hent", "")]


def test_the_excel_file_has_the_elever_of_the_filter_and_no_absence(as_user, cast):
    KalenderperiodeFactory(elev=cast.aase, art="sygdom", periode=period(date(2027, 10, 14), date(2027, 10, 16)))
    response = as_user(cast.vejleder).get(reverse("elever_excel"))
    sheet = load_workbook(BytesIO(response.content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Åse Ærlig" in cells and "Bo Berg" not in cells
    assert not any("ygdom" in str(cell) for cell in cells)

"""Where somebody is sent whose session has run out."""

from urllib.parse import parse_qs, urlsplit

import pytest

PAGE = "/hold/7/plan/?vis=liste"


def next_page(address: str) -> str:
    parts = urlsplit(address)
    assert parts.path == "/konto/login/"
    return parse_qs(parts.query)["next"][0]


def test_a_page_is_come_back_to_after_log_in(client):
    assert next_page(client.get(PAGE).url) == PAGE


def test_a_form_leads_back_to_the_page_it_stood_on(client):
    answer = client.post("/hold/7/plan/flyt/", headers={"Referer": f"http://testserver{PAGE}"})
    assert next_page(answer.url) == PAGE


@pytest.mark.parametrize("address", ["https://ond.example/hold/7/", "javascript:alert(1)", "", None])
def test_an_address_of_others_leads_to_the_front_page(client, address):
    headers = {} if address is None else {"Referer": address}
    assert next_page(client.post("/hold/7/plan/flyt/", headers=headers).url) == "/"


@pytest.mark.parametrize("htmx", [False, True])
def test_the_address_of_a_button_opened_as_a_page_says_so(as_user, cast, htmx):
    headers = {"HX-Request": "true"} if htmx else {}
    answer = as_user(cast.elevansvarlig).get(f"/elever/{cast.aase.pk}/fjern/", headers=headers)
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert "Intet er ændret" in answer.content.decode()

"""Where somebody is sent whose session has run out."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from afdelinger.models import Bruger

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


def test_a_required_second_factor_costs_no_statement(as_user, cast, settings):
    client = as_user(cast.elevansvarlig)
    Authenticator.objects.create(user=cast.elevansvarlig, type=Authenticator.Type.TOTP, data={"secret": ""})
    taken = []
    for settings.KRAEV_TO_FAKTOR in (False, True):
        with CaptureQueriesContext(connection) as statements:
            assert client.get("/").status_code == 200
        taken.append(len(statements))
    assert taken[0] == taken[1]


def test_a_closed_account_ends_with_the_next_page(as_user, cast):
    client = as_user(cast.vejleder)
    Bruger.objects.filter(pk=cast.vejleder.pk).update(is_active=False)
    assert client.get("/").status_code == 302

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone

from afdelinger.mails import invitation as letter
from afdelinger.models import Bruger, Invitation
from afdelinger.services import accept_invitation, deactivate_bruger, invite, request_invitation, update_bruger
from afdelinger.services.invitationer import find_invitation, token_for
from elevforloeb.core.models import Haendelse, Mail
from elevforloeb.project.logs import WithoutKeys
from tests.factories import BrugerFactory

PASSWORD = "fire lange ord tilsammen"
SET_UP = "/konto/2fa/totp/activate/"


def code_of(secret: str) -> str:
    """What the app on the telephone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def ny(cast):
    return BrugerFactory(navn="Nora Ny", email="nora@example.invalid")


@pytest.fixture
def invitation(cast, ny):
    return invite(cast.elevansvarlig, bruger=ny)


def link(invitation):
    return f"/invitation/{token_for(invitation)}/"


def choose(client, password=PASSWORD, again=None):
    return client.post("/invitation/", {"adgangskode": password, "gentag": again or password})


def test_who_has_chosen_a_password_is_logged_in_and_listed(client, invitation, ny):
    assert client.get(link(invitation)).url == "/invitation/"
    assert "Velkommen, Nora" in client.get("/invitation/").content.decode()
    assert choose(client).url == "/"
    ny.refresh_from_db()
    assert ny.check_password(PASSWORD) and ny.last_login
    assert client.session["_auth_user_id"] == str(ny.pk)
    assert UserSession.objects.get(user=ny).session_key == client.session.session_key
    assert Haendelse.objects.get(handling="invitation.brugt").bruger == ny


def test_the_session_of_the_link_is_not_the_session_of_the_log_in(client, invitation):
    client.get(link(invitation))
    before = client.session.session_key
    choose(client)
    assert client.session.session_key != before and "invitation" not in client.session


def test_with_a_second_factor_required_the_password_is_typed_for_the_invitation_alone(client, invitation, settings):
    """Choose a password, scan, type a code, keep the recovery codes, front page: nothing is asked twice."""
    settings.KRAEV_TO_FAKTOR = True
    client.get(link(invitation))
    answer = client.post("/invitation/", {"adgangskode": PASSWORD, "gentag": PASSWORD}, follow=True)
    assert [path for path, _ in answer.redirect_chain] == ["/", SET_UP]
    secret = answer.context["form"].secret
    answer = client.post(SET_UP, {"code": code_of(secret)}, follow=True)
    assert [path for path, _ in answer.redirect_chain] == ["/konto/2fa/recovery-codes/"]
    assert "Dine nødkoder" in answer.content.decode()
    assert client.get("/").status_code == 200


def test_an_old_log_in_is_asked_who_it_is_before_the_second_factor_changes(client, invitation):
    client.get(link(invitation))
    choose(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert client.get(SET_UP).url.startswith("/konto/reauthenticate/")


def test_too_many_wrong_attempts_at_the_address_send_the_new_person_to_the_log_in_page(client, invitation, ny):
    """The password is chosen all the same, and the page says how long to wait when it is tried again."""
    cache.clear()
    for _ in range(6):
        Client().post("/konto/login/", {"login": ny.email, "password": "forkert"})
    client.get(link(invitation))
    assert choose(client).url == "/konto/login/"
    cache.clear()
    ny.refresh_from_db()
    assert ny.check_password(PASSWORD) and "_auth_user_id" not in client.session


def test_the_link_works_once(client, invitation):
    client.get(link(invitation))
    choose(client)
    other = Client()
    other.get(link(invitation))
    response = other.get("/invitation/")
    assert response.status_code == 410
    assert "allerede brugt" in response.content.decode()


def test_sending_the_form_in_two_windows_is_answered_in_words(client, invitation):
    other = Client()
    for window in (client, other):
        window.get(link(invitation))
    choose(client)
    response = choose(other, "en helt anden adgangskode")
    assert response.status_code == 410
    assert not Bruger.objects.get(pk=invitation.bruger_id).check_password("en helt anden adgangskode")


def test_an_expired_link_offers_a_new_one(client, invitation):
    Invitation.objects.update(udloeber=timezone.now() - timedelta(seconds=1))
    client.get(link(invitation))
    response = client.get("/invitation/")
    assert response.status_code == 410
    assert "Bed om en ny invitation" in response.content.decode()


@pytest.mark.parametrize("token", ["ukendt", "a:b:c", "WzEsImEiXQ:1abc:xyz", "æøå", "%00x"])
def test_an_unknown_link_is_a_helpful_page(client, cast, token):
    response = client.get(f"/invitation/{token}/", follow=True)
    assert response.status_code in {400, 404}
    assert response.status_code == 400 or "Linket virker ikke" in response.content.decode()


def test_a_link_signed_with_another_key_is_unknown(invitation, settings):
    token = token_for(invitation)
    settings.SECRET_KEY = "en anden nøgle"
    assert find_invitation(token) is None


def test_a_new_invitation_stops_the_old_one(cast, ny, invitation):
    newer = invite(cast.elevansvarlig, bruger=ny)
    invitation.refresh_from_db()
    assert not invitation.kan_bruges and newer.kan_bruges


def test_a_closed_account_cannot_use_its_invitation(client, cast, ny, invitation):
    client.get(link(invitation))
    deactivate_bruger(cast.elevansvarlig, bruger=ny)
    assert choose(client).status_code == 410


def test_who_has_chosen_a_password_gets_no_invitation(cast, ny):
    ny.set_password(PASSWORD)
    with pytest.raises(ValidationError, match="har allerede valgt en adgangskode"):
        invite(cast.elevansvarlig, bruger=ny)


def test_an_old_link_does_not_take_over_an_account_with_a_password(ny, invitation):
    """The person asked for a new password in the meantime; the mail with the invitation still lies somewhere."""
    ny.set_password(PASSWORD)
    ny.save()
    with pytest.raises(ValidationError):
        accept_invitation(ny, invitation=invitation, adgangskode="en anden lang adgangskode")


def test_somebody_who_is_logged_in_is_told_so(as_user, cast, invitation):
    client = as_user(cast.elevansvarlig)
    response = client.get(link(invitation), follow=True)
    assert "allerede logget ind" in response.content.decode()


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("kort", None, "for kort"),
        ("qwerty123456", None, "for almindelig"),
        (PASSWORD, "noget andet langt", "ikke ens"),
        ("nora@example.invalid", None, "minder for meget"),
    ],
)
def test_a_bad_password_is_refused_in_words(client, invitation, password, again, words):
    client.get(link(invitation))
    response = choose(client, password, again)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_asking_for_a_new_one_gives_the_same_answer_to_everybody(client, ny, invitation):
    Invitation.objects.update(oprettet=timezone.now() - timedelta(hours=1))
    known = client.post("/invitation/ny/", {"email": "NORA@example.invalid"})
    unknown = client.post("/invitation/ny/", {"email": "ingen@example.invalid"})
    assert known.status_code == unknown.status_code == 200
    assert shown(known) == shown(unknown)
    assert ny.invitationer.count() == 2


def shown(response) -> str:
    return response.content.decode().partition("<main")[2]


def test_asking_twice_in_a_row_gives_one_mail(ny, invitation):
    Invitation.objects.update(oprettet=timezone.now() - timedelta(hours=1))
    request_invitation(ny.email)
    request_invitation(ny.email)
    assert ny.invitationer.count() == 2


def test_nobody_gets_an_invitation_who_was_never_invited(cast):
    request_invitation(cast.fremmed.email)
    assert not cast.fremmed.invitationer.exists()


def test_the_letter_holds_the_link_and_no_table_does(invitation, ny):
    token = token_for(invitation)
    assert letter(ny, {"invitation": invitation.pk}).url == link(invitation)
    mail = Mail.objects.get(modtager=ny)
    rows = [Invitation.objects.values_list(), Haendelse.objects.values_list(), Mail.objects.values_list()]
    assert token not in str([list(row) for row in rows])
    assert mail.data == {"invitation": invitation.pk}


def test_a_used_link_is_not_mailed(invitation, ny):
    accept_invitation(ny, invitation=invitation, adgangskode=PASSWORD)
    assert letter(ny, {"invitation": invitation.pk}) is None


def test_no_log_line_holds_the_link(invitation):
    record = logging.LogRecord("django.server", 20, "", 1, '"GET %s HTTP/1.1" 302', (link(invitation),), None)
    record.request = f"<WSGIRequest: GET '{link(invitation)}'>"
    WithoutKeys().filter(record)
    assert token_for(invitation) not in record.getMessage() + str(record.request)


@pytest.mark.django_db(transaction=True)
def test_of_two_uses_at_the_same_moment_one_wins():
    bruger = BrugerFactory()
    invitation = invite(None, bruger=bruger)

    def use(password):
        try:
            accept_invitation(Bruger.objects.get(pk=bruger.pk), invitation=invitation, adgangskode=password)
            return password
        except ValidationError:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(use, ["den første lange adgangskode", "den anden lange adgangskode"]))
    winners = [result for result in results if result]
    assert len(winners) == 1
    assert Bruger.objects.get(pk=bruger.pk).check_password(winners[0])


@pytest.mark.django_db(transaction=True)
def test_two_links_to_one_person_choose_one_password():
    bruger = BrugerFactory()
    links = [invite(None, bruger=bruger) for _ in range(2)]
    Invitation.objects.update(udloeber=timezone.now() + timedelta(days=1))  # as if both had been sent at once

    def use(invitation):
        try:
            accept_invitation(Bruger.objects.get(pk=bruger.pk), invitation=invitation, adgangskode=PASSWORD)
            return True
        except ValidationError:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(use, links)) == [False, True]


def test_a_changed_address_stops_the_link_that_went_to_the_old_one(cast, ny, invitation):
    update_bruger(cast.elevansvarlig, bruger=ny, email="nora.ny@example.invalid")
    invitation.refresh_from_db()
    assert not invitation.kan_bruges

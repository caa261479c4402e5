import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError

from afdelinger.services import (
    create_bruger,
    deactivate_bruger,
    reactivate_bruger,
    reset_second_factor,
    update_bruger,
)
from elevforloeb.core import audit, letters
from elevforloeb.core.models import Mail


def test_a_new_person_cannot_log_in_before_the_invitation_is_used(cast):
    bruger = create_bruger(cast.elevansvarlig, email=" Ny@Example.INVALID ", navn="Ny Person")
    assert bruger.email == "ny@example.invalid"
    assert not bruger.has_usable_password()


def test_an_address_belongs_to_one_person_however_it_is_written(cast):
    with pytest.raises(ValidationError) as error:
        create_bruger(cast.elevansvarlig, email=cast.vejleder.email.upper(), navn="En Anden")
    assert error.value.message_dict["email"] == ["Der er allerede en bruger med den e-mail."]


def test_the_history_says_what_was_changed_and_keeps_what_was_before(cast):
    old = cast.vejleder.telefon
    update_bruger(cast.elevansvarlig, bruger=cast.vejleder, navn=cast.vejleder.navn, telefon="12 34 56 78")
    event = audit.history(cast.vejleder).first()
    assert event.tekst == "Vera Vejleder: rettet telefon"
    assert event.data["foer"] == {"telefon": old}


def test_saving_the_same_again_leaves_no_trace(cast):
    update_bruger(cast.elevansvarlig, bruger=cast.vejleder, navn=cast.vejleder.navn)
    assert not audit.history(cast.vejleder).exists()


def test_the_old_address_opens_nothing_after_a_change(cast):
    EmailAddress.objects.create(user=cast.vejleder, email=cast.vejleder.email, verified=True, primary=True)
    update_bruger(cast.elevansvarlig, bruger=cast.vejleder, email="vera@example.invalid")
    assert not EmailAddress.objects.filter(user=cast.vejleder).exists()


def test_closing_an_account_ends_its_sessions_at_once(client, cast):
    cast.vejleder.set_password("fire lange ord tilsammen")
    cast.vejleder.save()
    client.post("/konto/login/", {"login": cast.vejleder.email, "password": "fire lange ord tilsammen"})
    assert client.get("/profil/").status_code == 200
    assert UserSession.objects.filter(user=cast.vejleder).exists()
    deactivate_bruger(cast.elevansvarlig, bruger=cast.vejleder)
    assert client.get("/profil/").status_code == 302
    assert not UserSession.objects.filter(user=cast.vejleder).exists()
    reactivate_bruger(cast.elevansvarlig, bruger=cast.vejleder)
    assert client.get("/profil/").status_code == 302, "the session of before must not come alive again"


def test_closing_and_opening_twice_says_so(cast):
    deactivate_bruger(cast.elevansvarlig, bruger=cast.vejleder)
    with pytest.raises(ValidationError, match="allerede lukket"):
        deactivate_bruger(cast.elevansvarlig, bruger=cast.vejleder)
    reactivate_bruger(cast.elevansvarlig, bruger=cast.vejleder)
    with pytest.raises(ValidationError, match="allerede åben"):
        reactivate_bruger(cast.elevansvarlig, bruger=cast.vejleder)


# --- the second factor of somebody who has lost the telephone -----------------------------------------------------


@pytest.fixture
def with_second_factor(cast):
    TOTP.activate(cast.vejleder, generate_totp_secret())
    RecoveryCodes.activate(cast.vejleder)
    return cast.vejleder


def test_an_administrator_resets_a_lost_second_factor_and_the_person_is_told(as_user, cast, with_second_factor):
    client = as_user(cast.administrator)
    page = f"/brugere/{with_second_factor.pk}/"
    assert "Nulstil totrinslogin" in client.get(page).content.decode()
    answer = client.post(f"{page}nulstil-totrin/", follow=True)
    assert "skal sætte totrinslogin op igen" in answer.content.decode()
    assert not Authenticator.objects.filter(user=with_second_factor).exists()
    assert audit.history(with_second_factor).first().tekst == "Vera Vejleders totrinslogin er nulstillet"
    mail = Mail.objects.get(modtager=with_second_factor)
    letter = letters.write(mail)
    assert "skriv straks til den elevansvarlige" in letter.tekst and "Vera" not in letter.emne
    assert "Nulstil totrinslogin" not in client.get(page).content.decode()


def test_a_reset_logs_the_person_out_everywhere(client, cast, with_second_factor):
    client.force_login(with_second_factor)
    client.session.save()
    UserSession.objects.create(user=with_second_factor, session_key=client.session.session_key, ip="127.0.0.1")
    reset_second_factor(cast.administrator, bruger=with_second_factor)
    assert client.get("/profil/").status_code == 302


def test_nobody_gets_around_the_own_second_factor(as_user, cast):
    TOTP.activate(cast.administrator, generate_totp_secret())
    answer = as_user(cast.administrator).post(f"/brugere/{cast.administrator.pk}/nulstil-totrin/", follow=True)
    assert "Dit eget totrinslogin" in answer.content.decode()
    assert is_mfa_enabled(cast.administrator)


def test_there_is_nothing_to_reset_without_a_second_factor(cast):
    with pytest.raises(ValidationError, match="har ikke slået totrinslogin til"):
        reset_second_factor(cast.administrator, bruger=cast.vejleder)
    assert not Mail.objects.exists() and not audit.history(cast.vejleder).exists()

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError

from afdelinger.services import create_bruger, deactivate_bruger, reactivate_bruger, update_bruger
from elevforloeb.core import audit


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

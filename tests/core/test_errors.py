from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from afdelinger.models import Bruger, ItSystem
from elevforloeb.core.errors import (
    StaleError,
    accepted,
    add_errors,
    conflict,
    fingerprint,
    mendable,
    save_checked,
    status_of,
)
from tests.factories import AfdelingFactory, BrugerFactory


class NavnForm(forms.Form):
    navn = forms.CharField()


def test_a_constraint_that_only_the_database_sees_speaks_danish(db):
    afdeling = AfdelingFactory()
    ItSystem.objects.create(afdeling=afdeling, navn="OPUS")
    with pytest.raises(ValidationError), mendable(ItSystem):
        ItSystem.objects.create(afdeling=afdeling, navn="OPUS")
    assert ItSystem.objects.count() == 1, "the transaction goes on"


def test_a_unique_field_gets_its_own_words(db):
    bruger = BrugerFactory()
    with pytest.raises(ValidationError) as error, mendable(Bruger):
        BrugerFactory(email=bruger.email)
    assert error.value.message_dict == {"email": ["Der er allerede en bruger med den e-mail."]}


def test_a_trigger_of_ours_is_quoted_with_danish_dates(cast):
    with pytest.raises(ValidationError, match="på 0 pladser den 1. september 2027."), mendable():
        cast.oekonomi.pladser.update(antal=0)


def test_what_nobody_can_mend_stays_a_fault(db):
    with pytest.raises(IntegrityError), mendable():
        ItSystem.objects.create(afdeling=AfdelingFactory(), navn=None)


def test_messages_stand_at_their_field_or_at_the_top():
    form = NavnForm({"navn": "x"})
    form.is_valid()
    add_errors(form, ValidationError({"navn": "Forkert navn", "ukendt": "Noget andet"}))
    assert form.errors == {"navn": ["Forkert navn"], "__all__": ["Noget andet"]}


@pytest.mark.parametrize(("error", "status"), [(ValidationError("Nej"), 422), (StaleError("For sent"), 409)])
def test_the_status_follows_the_error(error, status):
    def refuse(navn):
        raise error

    form = NavnForm({"navn": "x"})
    assert not accepted(form, refuse)
    assert status_of(form) == status


def test_the_answer_of_the_service_is_kept():
    form = NavnForm({"navn": "x"})
    assert accepted(form, lambda navn: navn * 2)
    assert (form.result, status_of(form)) == ("xx", 200)


def test_the_fingerprint_changes_with_any_field(db):
    bruger = BrugerFactory.build(navn="A", telefon="")
    before = fingerprint(bruger, ["navn", "telefon"])
    bruger.telefon = "1"
    assert fingerprint(bruger, ["navn", "telefon"]) != before
    assert fingerprint(bruger, ["navn"]) == fingerprint(BrugerFactory.build(navn="A"), ["navn"])


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_same_address_at_once_get_one_account_and_one_message():
    def create(_):
        try:
            save_checked(BrugerFactory.build(email="samme@example.invalid"))
            return "oprettet"
        except ValidationError as error:
            return error.message_dict["email"][0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(create, range(2)))
    assert answers == ["Der er allerede en bruger med den e-mail.", "oprettet"]


def test_a_conflict_names_what_differs_in_words_and_leaves_out_the_rest():
    facts = [("navn", "A", "B"), ("dag", date(2027, 10, 15), None), ("voksen", True, False), ("telefon", "", "1")]
    (text,) = conflict("Kim Kollega", [*facts, ("hold", "2027", "2027")]).messages
    assert text.startswith(
        "Kim Kollega har gemt en rettelse, mens du skrev. "
        "Nu står der navn: A, dag: 15. oktober 2027, voksen: ja, telefon: ikke udfyldt. Din rettelse er ikke gemt"
    )

"""Mail about one's own log-in: all of it through the outbox, and its link works."""

import re

import pytest
from django.core import mail as django_mail
from django.urls import reverse

from elevforloeb.core import letters, outbox
from elevforloeb.core.models import Mail

PASSWORD = "en-lang-sikker-sætning-7"


@pytest.fixture
def person(cast):
    cast.vejleder.set_password(PASSWORD)
    cast.vejleder.save()
    return cast.vejleder


def ask_for_link(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def test_a_forgotten_password_gives_a_link_that_works_once(client, person, settings):
    settings.MAIL_MODE = "demo"
    assert ask_for_link(client, person.email).status_code == 302
    outbox.sweep()
    url = Mail.objects.get().brev["url"]
    page = client.get(url, follow=True)
    new = {"password1": "en-ny-og-længere-sætning-8", "password2": "en-ny-og-længere-sætning-8"}
    client.post(page.redirect_chain[-1][0], new)
    person.refresh_from_db()
    assert person.check_password(new["password1"])
    assert client.get(url, follow=True).context.get("token_fail")


def test_the_row_in_the_outbox_opens_nothing(client, person):
    ask_for_link(client, person.email)
    row = Mail.objects.get()
    assert set(row.data) == {"bedt"} and row.brev is None
    letter = letters.write(row)
    assert re.search(r"/[0-9a-z]+-[0-9a-z]+-[0-9a-f]+/", letter.url)


def test_a_link_that_was_asked_for_yesterday_is_no_longer_sent(person):
    outbox.queue(person, noegle="x", skabelon="ny_adgangskode", data={"bedt": "2027-10-14T11:00:00+02:00"})
    assert letters.write(Mail.objects.get()) is None


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client, person):
    known, unknown = ask_for_link(client, person.email), ask_for_link(client, "ukendt@example.invalid")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert Mail.objects.count() == 1
    assert django_mail.outbox == []


def test_a_changed_password_is_told_to_its_owner(as_user, person):
    change = {"oldpassword": PASSWORD, "password1": "en-ny-og-længere-sætning-8"}
    as_user(person).post(reverse("account_change_password"), change | {"password2": change["password1"]})
    row = Mail.objects.get()
    assert (row.skabelon, row.modtager) == ("login_aendret", person)
    assert "adgangskode er skiftet" in letters.write(row).tekst
    assert django_mail.outbox == []


def test_no_subject_names_a_person(client, person):
    """For the letters of the roof; each app tries its own."""
    ask_for_link(client, person.email)
    outbox.queue(person, noegle="x", skabelon="login_aendret", data={"hvad": "password_set"})
    for row in Mail.objects.all():
        assert person.navn.split()[0] not in letters.write(row).emne

"""Tell me next year: asked for by anybody, confirmed by the one whose address it is, over by itself."""

import re
from datetime import date

import pytest
import time_machine
from django.core.cache import cache
from django.urls import reverse

from elevforloeb.core import letters
from elevforloeb.core.models import Haendelse, Mail
from rekruttering import limits
from rekruttering.links import token
from rekruttering.models import Ansoegning, Interesse
from rekruttering.services.interesse import (
    ask_for_notice,
    confirm,
    forget_expired_interests,
    take_back,
    tell_interested,
)
from rekruttering.services.post import request_link, send_link
from rekruttering.services.sletning import delete_applications
from tests.ansoeger_steps import deliver, filled, moment, open_round, sent
from tests.factories import add_rules
from tests.rekruttering_steps import applied

EMAIL = "Vera.Venter@example.invalid"


@pytest.fixture
def rules(db):
    cache.clear()
    add_rules()


@pytest.fixture
def asked(rules) -> Interesse:
    ask_for_notice(email=EMAIL)
    return Interesse.objects.get()


def page(row):
    return reverse("interesse_bekraeft", args=[token(row.noegle)])


def test_one_says_yes_from_the_mail_and_opening_the_page_says_nothing(client, asked):
    assert letters.write(Mail.objects.get()).url == page(asked)
    client.get(page(asked))
    asked.refresh_from_db()
    assert asked.bekraeftet is None
    client.post(page(asked), {"handling": "ja"})
    asked.refresh_from_db()
    assert asked.bekraeftet and asked.udloeber == date(2028, 12, 15)


def test_the_same_page_takes_it_back_and_nothing_is_left(client, asked):
    client.post(page(asked), {"handling": "slet"})
    assert not Interesse.objects.exists() and not Mail.objects.exists()
    assert client.get(page(asked)).status_code == 404


def test_known_and_unknown_addresses_get_the_same_answer(client, rules):
    sent(open_round(), email="kendt@example.invalid")
    ask_for_notice(email="kendt@example.invalid")
    for name in ("interesse", "ansoegning_link"):
        answers = set()
        for email in ("kendt@example.invalid", "ukendt@example.invalid"):
            response = client.post(reverse(name), {"email": email})
            text = response.content.decode().replace(email, "…")
            answers.add((response.status_code, re.sub(r'(value|content|src|href)="[^"]*"', "", text)))
        assert len(answers) == 1, name


def test_nobody_gets_more_than_three_mails_a_day_whatever_form_is_used(rules):
    runde = open_round()
    draft = filled(runde, email=EMAIL)
    for _ in range(20):
        ask_for_notice(email=EMAIL)
        request_link(email=EMAIL)
        send_link(ansoegning=draft, adresse=EMAIL.upper())
    assert Mail.objects.count() == 3
    with time_machine.travel(moment(1, 12), tick=False):
        request_link(email=EMAIL)
    assert Mail.objects.count() == 4


def test_links_leave_room_for_the_receipt(rules):
    draft = filled(email=EMAIL)
    for _ in range(5):
        send_link(ansoegning=draft, adresse=EMAIL)
    deliver(draft)
    assert sorted(Mail.objects.values_list("skabelon", flat=True)) == [
        "ansoegning_kvittering",
        "ansoegning_link",
        "ansoegning_link",
    ]


def test_mails_are_ordered_so_often_from_one_address_on_the_net_and_no_more(client, rules, monkeypatch):
    monkeypatch.setitem(limits.RATES, "mail", "2/h/ip")
    statuses = [client.post(reverse("interesse"), {"email": f"a{n}@example.invalid"}).status_code for n in range(3)]
    assert statuses == [200, 200, 429]


def test_a_wish_is_over_by_itself_and_one_that_was_not_confirmed_after_a_week(asked):
    ask_for_notice(email="bekraeftet@example.invalid")
    other = Interesse.objects.latest("pk")
    confirm(interesse=other)
    forget_expired_interests()
    assert Interesse.objects.count() == 2
    with time_machine.travel("2027-10-23T12:00Z", tick=False):
        forget_expired_interests()
    assert list(Interesse.objects.all()) == [other] and Mail.objects.count() == 1
    for day, left in (("2028-12-14T12:00Z", 1), ("2028-12-15T12:00Z", 0), ("2028-12-16T12:00Z", 0)):
        with time_machine.travel(day, tick=False):
            forget_expired_interests()
        assert Interesse.objects.count() == left
    assert not Mail.objects.exists()


def test_an_open_round_is_told_once_to_those_who_confirmed_and_to_applicants_who_said_yes(asked):
    confirm(interesse=asked)
    ask_for_notice(email="ubekraeftet@example.invalid")
    deliver(filled(open_round(), email="ansoeger@example.invalid"), kontakt=True)
    Mail.objects.all().delete()
    with time_machine.travel("2028-10-02T12:00Z", tick=False):
        open_round(aabner=moment(1, 8).replace(year=2028, month=10), frist=moment(15, 12).replace(year=2028))
        for _ in range(2):
            tell_interested()
        told = {mail.adresse: letters.write(mail) for mail in Mail.objects.all()}
        take_back(interesse=asked)
    assert set(told) == {EMAIL.lower(), "ansoeger@example.invalid"}
    assert page(asked) in told[EMAIL.lower()].tekst
    assert not Mail.objects.filter(adresse=EMAIL.lower()).exists()


def test_no_subject_and_no_row_of_the_outbox_holds_a_name_or_a_link(rules):
    draft = filled(email=EMAIL)
    send_link(ansoegning=draft, adresse=EMAIL)
    found = deliver(draft)
    ask_for_notice(email="x@example.invalid")
    for mail in Mail.objects.all():
        letter = letters.write(mail)
        assert "Signe" not in letter.emne and "nsøg" not in letter.emne
        assert set(mail.data) <= {"ansoegning", "interesse", "runde"}
        assert token(found.noegle) not in f"{mail.data}{mail.noegle}"
    receipt = letters.write(Mail.objects.get(skabelon="ansoegning_kvittering"))
    assert "nummer 1" in receipt.tekst and "Uge 50" in receipt.tekst and token(found.noegle) in receipt.url


# --- the list, as the elevansvarlig sees it ---------------------------------------------------------------------------


@pytest.fixture
def on_list(cast) -> Interesse:
    ask_for_notice(email=EMAIL)
    confirm(interesse=Interesse.objects.get())
    return Interesse.objects.get()


def test_the_list_says_how_many_get_the_mail_and_nobodys_address(cast, on_list, as_user):
    ask_for_notice(email="ubekraeftet@example.invalid")
    runde = open_round(tilstand="afsluttet", afsluttet=date(2027, 10, 1))
    for email in ("ansoeger@example.invalid", EMAIL):  # the last one twice on the list
        Ansoegning.objects.filter(pk=applied(runde, "Ida", email=email).pk).update(kontakt_igen=date(2028, 6, 1))
    page = as_user(cast.elevansvarlig).get(reverse("talentliste")).content.decode()
    assert "2 personer får en mail" in page and "vera" not in page.lower() and "ansoeger@" not in page
    assert "1. juni 2028" in page  # the first yes to end
    with time_machine.travel(moment(20, 12), tick=False):
        open_round(aabner=moment(19, 8), frist=moment(30, 12))
        tell_interested()
    assert Mail.objects.filter(skabelon="interesse_ny_runde").count() == 2


def test_somebody_who_rings_is_taken_off_whichever_way_she_came_on(cast, on_list, as_user):
    found = applied(open_round(tilstand="afsluttet", afsluttet=date(2027, 10, 1)), email=EMAIL)
    Ansoegning.objects.filter(pk=found.pk).update(kontakt_igen=date(2028, 6, 1))
    client, url = as_user(cast.elevansvarlig), reverse("talentliste")
    assert "er slettet" in client.post(url, {"email": EMAIL.upper()}, follow=True).content.decode()
    assert not Interesse.objects.exists() and Ansoegning.objects.get().kontakt_igen is None
    assert "står ikke på listen" in client.post(url, {"email": EMAIL}, follow=True).content.decode()
    assert not Haendelse.objects.filter(tekst__icontains="vera").exists()


def test_the_consent_of_an_applicant_ends_on_its_day_too(cast):
    found = applied(open_round(tilstand="afsluttet", afsluttet=date(2027, 10, 1)))
    Ansoegning.objects.filter(pk=found.pk).update(kontakt_igen=date(2028, 6, 1))
    for day, left in (("2028-05-31T12:00Z", date(2028, 6, 1)), ("2028-06-01T12:00Z", None)):
        with time_machine.travel(day, tick=False):
            forget_expired_interests()
        assert Ansoegning.objects.get().kontakt_igen == left


def test_a_yes_in_the_application_counts_though_the_public_form_was_never_confirmed(asked):
    runde = open_round(tilstand="afsluttet", afsluttet=date(2027, 4, 1))
    found = applied(runde, email=EMAIL)
    Ansoegning.objects.filter(pk=found.pk).update(kontakt_igen=date(2028, 6, 1))
    delete_applications()
    asked.refresh_from_db()
    assert asked.bekraeftet and asked.udloeber == date(2028, 6, 1)

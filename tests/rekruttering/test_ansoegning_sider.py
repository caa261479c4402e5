"""The applicant's pages: what they answer, to whom, with which headers, and what they never do."""

import logging
import re
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.db.models import Sum
from django.urls import reverse

from elevforloeb.core import outbox
from elevforloeb.core.models import Fil, Mail
from elevforloeb.project.logs import WithoutKeys
from rekruttering import limits
from rekruttering.models import Ansoegning
from rekruttering.services.ansoegning import withdraw
from tests.ansoeger_steps import attach, begun, deliver, filled, link, moment, open_round, picture, save, sent
from tests.factories import add_rules
from tests.house.test_bad_input import NASTY

T = Ansoegning.Tilstand
HTMX = {"HX-Request": "true"}


@pytest.fixture
def runde(db):
    cache.clear()
    add_rules()
    return open_round()


def step(ansoegning, trin="om-dig"):
    return reverse("ansoegning_trin", kwargs=link(ansoegning) | {"trin": trin})


def page_of(ansoegning, name="min_ansoegning"):
    return reverse(name, kwargs=link(ansoegning))


def version_in(response) -> str:
    return re.search(r'name="version"[^>]*value="([^"]*)"', response.content.decode())[1]


def post_step(client, ansoegning, trin="om-dig", version=None, headers=None, **data):
    url = step(ansoegning, trin)
    version = version_in(client.get(url)) if version is None else version
    return client.post(url, data | {"version": version}, headers=headers)


# --- The door ---


def test_the_first_form_begins_one_application_however_often_it_is_sent(client, runde):
    url = reverse("ansoeg", args=[runde.slug])
    formular = re.search(r'name="formular" value="([^"]+)"', client.get(url).content.decode())[1]
    goes_to = {client.post(url, {"formular": formular}).url for _ in range(3)}
    assert len(goes_to) == 1 and goes_to.pop().endswith("/trin/om-dig/")
    assert Ansoegning.objects.count() == 1


def test_no_cookie_is_set_before_there_is_a_form(client, runde):
    found = sent(runde)
    closed = open_round(frist=moment(2, 12).replace(month=10))
    for url in (page_of(found, "ansoegning_kvittering"), reverse("ansoeg", args=[closed.slug]), "/ansoegning/x/"):
        assert client.get(url).cookies == {}, url
    assert set(client.get(reverse("ansoeg", args=[runde.slug])).cookies) == {"csrf"}


def test_a_machine_that_fills_in_every_field_begins_nothing(client, runde):
    data = {"formular": str(uuid4()), "hjemmeside": "http://spam.invalid"}
    response = client.post(reverse("ansoeg", args=[runde.slug]), data)
    assert response.status_code == 422 and not Ansoegning.objects.exists()


def test_after_the_deadline_the_door_is_closed_politely_and_offers_next_year(client, runde):
    with time_machine.travel(moment(16, 9), tick=False):
        response = client.get(reverse("ansoeg", args=[runde.slug]))
        again = client.post(reverse("ansoeg", args=[runde.slug]), {"formular": str(uuid4())})
    text = response.content.decode()
    assert response.status_code == 200 and "Fristen er gået" in text and reverse("interesse") in text
    assert again.status_code == 409 and not Ansoegning.objects.exists()


def test_a_round_that_is_not_public_does_not_exist(client, db):
    add_rules()
    assert client.get(reverse("ansoeg", args=[open_round(tilstand="kladde").slug])).status_code == 404


def test_the_limits_hold_whatever_address_a_client_claims(client, runde, monkeypatch):
    monkeypatch.setitem(limits.RATES, "ansoeg", "3/h/ip")
    url = reverse("ansoeg", args=[runde.slug])
    statuses = [
        client.post(url, {"formular": str(uuid4())}, headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code
        for n in range(5)
    ]
    assert statuses == [302, 302, 302, 429, 429]


def test_an_ipv6_network_counts_as_one_address(client, runde, monkeypatch):
    monkeypatch.setitem(limits.RATES, "ansoeg", "3/h/ip")
    url = reverse("ansoeg", args=[runde.slug])
    statuses = [
        client.post(url, {"formular": str(uuid4())}, REMOTE_ADDR=f"2001:db8:1:2:{n}::1").status_code for n in range(5)
    ]
    assert statuses == [302, 302, 302, 429, 429]


# --- The link ---


def test_every_page_behind_the_link_is_private_and_in_no_search_engine(client, runde):
    draft, done = filled(runde), sent(runde, email="b@example.invalid")
    urls = [step(draft), page_of(draft), page_of(draft, "ansoegning_send"), page_of(done, "ansoegning_kvittering")]
    for url in [*urls, page_of(done, "ansoegning_data"), "/ansoegning/forkert/"]:
        response = client.get(url)
        assert response["Cache-Control"] == "private, no-store", url
        assert response["Referrer-Policy"] == "strict-origin", url
        assert "noindex" in response["X-Robots-Tag"], url


def test_a_wrong_link_is_no_page_and_many_of_them_are_slowed_down(client, runde, monkeypatch):
    monkeypatch.setitem(limits.RATES, "forkert_link", "3/h/ip")
    token = link(sent(runde))["token"]
    wrong = [token[:-1] + ("A" if token[-1] != "A" else "B"), "x", uuid4().hex, f"{uuid4().hex}~abc"]
    statuses = [client.get(reverse("min_ansoegning", args=[each])).status_code for each in wrong]
    assert statuses == [404, 404, 404, 429]
    assert client.get(reverse("min_ansoegning", args=[token])).status_code == 200


def test_the_link_stands_in_no_log(runde):
    path = page_of(sent(runde))
    record = logging.LogRecord("django.server", 20, "", 0, '"GET %s HTTP/1.1" 200', (path,), None)
    WithoutKeys().filter(record)
    assert record.getMessage() == '"GET /ansoegning/…/ HTTP/1.1" 200'


# --- The steps ---


def test_a_step_saves_and_goes_on(client, runde):
    draft = begun(runde)
    data = {"fornavn": "Signe", "efternavn": "Søsted", "email": "signe@example.invalid"}
    assert post_step(client, draft, **data).url == step(draft, "uddannelse")
    draft.refresh_from_db()
    assert draft.navn == "Signe Søsted"


def test_errors_are_told_and_all_that_was_typed_is_there_the_next_day(client, runde):
    draft = begun(runde)
    response = post_step(client, draft, fornavn="Signe", email="signe@")
    text = response.content.decode()
    assert response.status_code == 422
    assert text.index("fejlliste") < text.index("<h1") and "Fejl: " in text and 'href="#id_email"' in text
    tomorrow = client.get(step(draft)).content.decode()
    assert 'value="Signe"' in tomorrow and 'value="signe@"' in tomorrow


def test_it_saves_by_itself_and_does_not_scold_while_one_types(client, runde):
    draft = begun(runde)
    response = post_step(client, draft, headers=HTMX, fornavn="S", email="signe@")
    text = response.content.decode()
    assert response.status_code == 200 and "Gemt automatisk" in text and "Skriv e-mail" not in text
    assert post_step(client, draft, version=version_in(response), headers=HTMX, fornavn="Si").status_code == 200


def test_a_conflict_shows_both_texts_and_saving_again_is_a_choice(client, runde):
    draft = begun(runde)
    opened = version_in(client.get(step(draft, "motivation")))
    post_step(client, draft, "motivation", motivation="Fra telefonen")
    assert post_step(client, draft, "motivation", opened, HTMX, motivation="Fra pc'en").status_code == 409
    response = post_step(client, draft, "motivation", opened, motivation="Fra computeren")
    text = response.content.decode()
    assert response.status_code == 409 and "Fra telefonen" in text and "Fra computeren" in text
    post_step(client, draft, "motivation", version_in(response), motivation="Fra computeren")
    draft.refresh_from_db()
    assert draft.motivation == "Fra computeren"


def test_what_is_sent_is_only_changed_by_a_whole_step(client, runde):
    found = sent(runde)
    assert post_step(client, found, fornavn="Sigrid", email="forkert").status_code == 422
    found.refresh_from_db()
    assert found.fornavn == "Signe"
    data = {"fornavn": "Sigrid", "efternavn": "Søsted", "email": "signe@example.invalid"}
    assert post_step(client, found, **data).url == page_of(found)
    found.refresh_from_db()
    assert found.fornavn == "Sigrid"


def test_only_the_fields_of_the_step_can_be_written(client, runde):
    draft = filled(runde)
    before = Ansoegning.objects.filter(pk=draft.pk).values().get()
    evil = {"tilstand": "ansat", "nummer": 1, "indsendt": "2027-01-01", "beholdes_til": "2030-01-01", "runde": 99}
    post_step(client, draft, "motivation", motivation="Nyt", **evil)
    after = Ansoegning.objects.filter(pk=draft.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"motivation", "erfaring", "hoert", "rettet", "version"}


def test_an_address_typed_to_go_on_later_is_where_a_lost_link_is_sent(client, runde):
    draft = begun(runde)
    url = page_of(draft, "ansoegning_senere")
    assert client.post(url, {"email": "signe@example"}).status_code == 422
    client.post(url, {"email": "signe@example.invalid"})
    client.post(reverse("ansoegning_link"), {"email": "Signe@example.invalid"})
    assert list(Mail.objects.values_list("adresse", "skabelon")) == [("signe@example.invalid", "ansoegning_link")] * 2


@pytest.mark.django_db(transaction=True)
def test_with_broker_and_mail_away_an_application_is_received_and_its_receipt_waits(client, settings):
    settings.REDIS_URL, settings.MAIL_MODE, settings.EMAIL_HOST = "redis://127.0.0.1:1/0", "live", "127.0.0.1"
    settings.EMAIL_PORT = 1
    add_rules()
    draft = filled(open_round())
    response = post_send(client, draft)
    outbox.sweep()
    assert "Vi sender en kvittering" in client.get(response.url).content.decode()
    assert Mail.objects.get().status == Mail.Status.VENTER


@pytest.mark.parametrize("what", NASTY)
def test_nothing_nasty_makes_a_500(client, runde, what):
    client.raise_request_exception = False
    draft, value = begun(runde), NASTY[what]
    names = "fornavn efternavn email telefon fortrinsadgang adgangsvej skole faerdig_maaned faerdig_aar motivation "
    data = dict.fromkeys(
        [*(names + "hoert version handling art tekst kontakt formular svar hjemmeside").split()], value
    )
    urls = [step(draft, slug) for slug in ("om-dig", "uddannelse", "motivation")]
    urls += [page_of(draft, name) for name in ("ansoegning_filer", "ansoegning_send", "ansoegning_senere")]
    urls += [reverse("ansoeg", args=[runde.slug]), reverse("interesse"), reverse("ansoegning_link")]
    assert {url: status for url in urls if (status := client.post(url, data).status_code) >= 500} == {}
    assert client.get(page_of(draft)).status_code == 200


def test_a_late_save_is_told_and_nothing_is_lost_from_the_page(client, runde):
    draft = begun(runde)
    with time_machine.travel(moment(16, 9), tick=False):
        response = post_step(client, draft, "motivation", version="x", motivation="Det nåede jeg ikke")
        assert response.status_code == 422
        assert "Fristen er gået" in response.content.decode() and "Det nåede jeg ikke" in response.content.decode()
        assert client.get(step(draft)).url == page_of(draft)
        assert "din ansøgning blev ikke sendt" in client.get(page_of(draft)).content.decode()


def test_whoever_writes_while_the_deadline_passes_is_told_how_long_is_left(client, runde):
    draft = begun(runde)
    with time_machine.travel(moment(16, 0, 3), tick=False):
        version = version_in(client.get(step(draft, "motivation")))
        assert "Send din ansøgning senest kl. 00.09" in client.get(step(draft, "motivation")).content.decode()
        text = post_step(client, draft, "motivation", version, HTMX, motivation="Snart").content.decode()
    assert "Gemt automatisk" in text and "du kan sende indtil kl. 00.09" in text
    with time_machine.travel(moment(16, 0, 10), tick=False):
        late = post_step(client, draft, "motivation", version, HTMX, motivation="For sent").content.decode()
    assert "Fristen er gået. Der kan ikke" in late and "Se begge udgaver" not in late and page_of(draft) in late


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Åse\r\nBcc: x@y.dk", "Åse Bcc: x@y.dk"),
        ("\u202eenelaM", "enelaM"),
        ("مريم", "مريم"),
        ("Zoë 👩‍💻", "Zoë 👩‍💻"),
        ("Ø" * 60, "Ø" * 60),
    ],
)
def test_a_name_is_kept_as_it_is_written_on_one_line(client, runde, typed, kept):
    draft = begun(runde)
    post_step(client, draft, fornavn=typed, efternavn="Søsted", email="signe@example.invalid")
    draft.refresh_from_db()
    assert draft.fornavn == kept
    assert client.get(page_of(draft)).status_code == 200


@pytest.mark.parametrize("written", ["010203-1234", "Født 3112991234.", "cpr: 150604 1234"])
def test_a_cpr_number_in_a_text_is_warned_about_and_cannot_be_sent(client, runde, written):
    draft = filled(runde)
    response = post_step(client, draft, "motivation", motivation=f"Jeg hedder Liv. {written}")
    assert response.status_code == 422 and "Slet cpr-nummeret" in response.content.decode()
    assert post_send(client, draft).status_code == 422
    post_step(client, draft, "motivation", motivation="Jeg hedder Liv.")
    assert post_send(client, draft).url == page_of(draft, "ansoegning_kvittering")


@pytest.mark.parametrize("written", ["Ring på +45 12345678", "Ordre 4512345678", "12. 3. 2020, 1234", "1512991234567"])
def test_other_numbers_are_no_cpr_numbers(client, runde, written):
    assert post_step(client, filled(runde), "motivation", motivation=written).status_code == 302


# --- Send, look, withdraw ---


def post_send(client, ansoegning, **more):
    version = version_in(client.get(page_of(ansoegning, "ansoegning_send")))
    return client.post(page_of(ansoegning, "ansoegning_send"), {"version": version} | more)


def test_sending_answers_a_receipt_also_the_second_time(client, runde):
    draft = filled(runde)
    form = {"version": version_in(client.get(page_of(draft, "ansoegning_send")))}
    for _ in range(2):
        response = client.post(page_of(draft, "ansoegning_send"), form)
        assert response.url == page_of(draft, "ansoegning_kvittering")
    text = client.get(response.url).content.decode()
    assert "nummer 1" in text and "15. november 2027 kl. 23.59" in text and "Uge 50" in text


def test_what_is_missing_links_to_its_field(client, runde):
    draft = save(filled(runde), "motivation", motivation="")
    response = post_send(client, draft)
    assert response.status_code == 422
    assert f"{step(draft, 'motivation')}#id_motivation" in response.content.decode()


def test_fortrinsadgang_is_shown_to_the_applicant_and_not_told_in_mail_or_case(client, runde):
    found = sent(runde, fortrinsadgang=True)
    assert "fortrinsadgang" in client.get(page_of(found)).content.decode()
    assert not found.skridt.filter(tekst__icontains="fortrin").exists()


def test_withdrawing_asks_first_and_a_look_changes_nothing(client, runde):
    found = sent(runde)
    client.get(page_of(found, "ansoegning_traek"))
    found.refresh_from_db()
    assert found.tilstand == T.NY
    client.post(page_of(found, "ansoegning_traek"))
    found.refresh_from_db()
    assert found.tilstand == T.TRUKKET
    assert "Trukket tilbage" in client.get(page_of(found)).content.decode()


def test_a_draft_that_is_given_up_is_gone_at_once_with_its_files(client, runde):
    draft = filled(runde)
    attach(draft)
    response = client.post(page_of(draft, "ansoegning_traek"))
    assert "Kladden er slettet" in response.content.decode()
    assert not Ansoegning.objects.exists() and Fil.objects.aggregate(n=Sum("stoerrelse"))["n"] is None


def test_reading_changes_nothing(client, runde):
    draft, done = filled(runde), sent(runde, email="b@example.invalid")
    before = list(Ansoegning.objects.order_by("pk").values())
    names = "min_ansoegning ansoegning_filer ansoegning_send ansoegning_senere ansoegning_traek ansoegning_data"
    for each in (draft, done):
        for name in names.split():
            client.get(page_of(each, name))
        client.get(step(each))
    for name in ("ansoegning_nyt_link", "ansoegning_kontakt"):
        assert client.get(page_of(done, name)).status_code == 405
    assert list(Ansoegning.objects.order_by("pk").values()) == before and not Mail.objects.filter(skabelon="x").exists()


def test_the_old_link_is_dead_after_a_new_one(client, runde):
    found = sent(runde)
    old = page_of(found)
    new = client.post(page_of(found, "ansoegning_nyt_link")).url
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)


def test_the_page_takes_the_same_few_statements_whatever_hangs_on_it(client, runde, django_assert_max_num_queries):
    found = filled(runde)
    for n in range(3):
        attach(found, data=picture(n))
    deliver(found)
    with django_assert_max_num_queries(8):
        client.get(page_of(found))


def test_a_withdrawn_application_cannot_be_withdrawn_or_corrected(client, runde):
    found = sent(runde)
    withdraw(ansoegning=found)
    assert client.get(page_of(found, "ansoegning_traek")).url == page_of(found)
    assert client.get(step(found)).url == page_of(found)

"""A hostile applicant: what she types, what her files are called, what she asks for by address."""

import re
from email import message_from_bytes, policy

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.urls import reverse

from elevforloeb.core import outbox
from rekruttering.models import Ansoegning, Tilbud
from tests.ansoeger_steps import attach, begun, deliver, filled, link, open_round, picture, save
from tests.factories import add_rules
from tests.rekruttering_steps import applied, make_round, offered, seat

MARKUP = '"><img src=x onerror=alert(1)>{{ 7|add:7 }}'
EVIL = ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]


@pytest.fixture
def runde(db):
    cache.clear()
    add_rules()
    return open_round()


# --- Defect 4: the files have no address but the page's own ---


def test_no_address_but_the_link_gives_a_byte_of_a_file(client, runde):
    draft = begun(runde)
    lager = attach(draft, data=picture(77)).fil.lager
    assert str(django_settings.FILE_ROOT) not in str(django_settings.STATIC_ROOT)
    folders = ["/media/", "/filer/", "/static/", "/static/..%2ffiler/", "/static/../filer/", "/data/filer/"]
    for folder in folders:
        for name in (lager, f"{lager[:2]}/{lager}", "bevis.jpg"):
            answer = client.get(f"{folder}{name}")
            assert answer.status_code in (302, 404) and b"JFIF" not in answer.getvalue(), folder


# --- Defect 11: a mail ---


def test_a_name_or_an_address_can_neither_start_a_header_nor_find_a_second_reader(client, runde, settings, tmp_path):
    settings.MAIL_MODE, settings.MAIL_DIR = "file", tmp_path
    found = filled(runde)
    Ansoegning.objects.filter(pk=found.pk).update(fornavn="A\r\nBcc: x@y.dk")  # as if the form had let it through
    deliver(found)
    outbox.sweep()
    (file,) = tmp_path.glob("*.eml")
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["Cc"], mail["Bcc"]) == ("signe@example.invalid", None, None)
    for email in ("a@b.dk\r\nBcc: x@y.dk", "a@b.dk, x@y.dk", "a@b.dk;x@y.dk", "<x@y.dk>"):
        assert client.post(reverse("ansoegning_link"), {"email": email}).status_code == 422


# --- Defect 12: where one is sent on to ---


@pytest.mark.parametrize("where", EVIL)
def test_nobody_is_sent_on_to_another_house(client, runde, where):
    draft, more = filled(runde), {"next": where, "videre": where, "handling": where}
    for name in ("ansoegning_filer", "ansoegning_nyt_link", "ansoegning_kontakt", "ansoegning_traek"):
        answer = client.post(
            f"{reverse(name, kwargs=link(draft))}?next={where}", more, headers={"HX-Current-URL": where}
        )
        draft = Ansoegning.objects.filter(pk=draft.pk).first()
        assert re.match(r"/ansoegning/[^/]", answer.headers.get("Location", "/ansoegning/x")), name


# --- Defect 15: code in a text ---


def test_nothing_that_an_applicant_writes_becomes_code_on_anybodys_page(cast, client, settings):
    runde = make_round()
    draft = begun(runde)
    save(draft, "om-dig", fornavn=MARKUP[:60], efternavn=MARKUP[:60])
    save(draft, "uddannelse", skole=MARKUP, uddannelse_note=MARKUP)
    save(draft, "motivation", motivation=MARKUP, erfaring=MARKUP)
    attach(draft, navn=f"{MARKUP}.jpg")
    found = deliver(draft)
    seat(cast.elevansvarlig, runde)
    own = [reverse(name, kwargs=link(found)) for name in ("min_ansoegning", "ansoegning_filer", "ansoegning_data")]
    theirs = [reverse("ansoeger", args=[found.pk]), reverse("ansoegere", args=[runde.pk])]
    for path in [*own, *theirs, theirs[1] + "?vis=liste"]:
        client.force_login(cast.elevansvarlig)
        text = client.get(path).content.decode()
        assert "onerror" in text, path
        assert "<img src=x" not in text or path.endswith("/data/"), path


# --- Defect 6: more fields than the form has ---


def test_an_answer_to_an_offer_writes_its_own_two_columns(cast, client):
    ida = applied(make_round())
    offered(seat(cast.elevansvarlig, ida.runde), ida)
    before = Tilbud.objects.values().get()
    evil = {
        "frist": "2030-01-01",
        "ansoegning": 99,
        "ansoegning_id": 99,
        "trukket": "2027-01-01",
        "sendt": "2020-01-01",
    }
    client.post(reverse("tilbud_svar", kwargs=link(ida)), {"svar": "ja"} | evil)
    after = Tilbud.objects.values().get()
    assert {name for name in after if after[name] != before[name]} == {"svar", "svaret"}

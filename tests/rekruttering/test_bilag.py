"""Files of applicants: how many, how much, once each, and gone when they are removed."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from elevforloeb.core.files.disk import path_of
from elevforloeb.core.files.examine import CheckedFile
from elevforloeb.core.files.kinds import PDF
from elevforloeb.core.models import Fil
from rekruttering.services.bilag import add_bilag, remove_bilag
from tests.ansoeger_steps import attach, begun, link, open_round, picture, sent, upload
from tests.factories import add_rules


@pytest.fixture
def draft(db):
    add_rules(ansoegning_filer=2, ansoegning_filer_mb=1, ansoegning_alarm_mb=1)
    return begun(open_round())


def add(ansoegning, *, size=1000, byte=b"x"):
    data = byte * size
    return add_bilag(ansoegning=ansoegning, art="cv", fil=CheckedFile("cv.pdf", PDF, data, "ikke_scannet"))


def test_the_same_file_sent_twice_is_kept_once(draft):
    assert add(draft) == add(draft)
    assert Fil.objects.count() == 1


def test_no_more_files_than_the_rule_says(draft):
    add(draft, byte=b"a")
    add(draft, byte=b"b")
    with pytest.raises(ValidationError, match="højst vedlægge 2 filer"):
        add(draft, byte=b"c")


def test_all_files_together_are_no_larger_than_the_rule_says(draft):
    add(draft, size=700_000, byte=b"a")
    with pytest.raises(ValidationError, match="højst fylde 1 MB"):
        add(draft, size=700_000, byte=b"b")
    assert Fil.objects.count() == 1


def test_a_day_with_too_much_from_all_applicants_together_is_an_alarm_in_the_log(draft, caplog):
    add(draft, size=900_000)
    assert "filling the disk" not in caplog.text
    add(begun(draft.runde), size=900_000, byte=b"b")
    assert "filling the disk" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_removed_leaves_no_bytes():
    add_rules()
    draft = begun(open_round())
    bilag = add(draft)
    path = path_of(bilag.fil.lager)
    assert path.exists()
    for _ in range(2):
        remove_bilag(ansoegning=draft, bilag=bilag)
    assert not path.exists() and not Fil.objects.exists()


# --- The pages ---


def test_a_photo_from_a_phone_is_taken_shown_fetched_and_removed(client, draft):
    page = reverse("ansoegning_filer", kwargs=link(draft))
    assert client.post(page, {"art": "bevis", "fil": upload()}).status_code == 302
    bilag = draft.bilag.get()
    assert "bevis.jpg" in client.get(page).content.decode()
    fetched = client.get(reverse("ansoegning_fil", kwargs=link(draft) | {"pk": bilag.pk}))
    assert fetched["Content-Type"] == "image/jpeg" and fetched["Content-Disposition"].startswith("attachment")
    assert fetched["Cache-Control"] == "private, no-store"
    client.post(reverse("ansoegning_fil_fjern", kwargs=link(draft) | {"pk": bilag.pk}))
    assert not draft.bilag.exists()


def test_a_file_that_is_chosen_comes_along_when_one_goes_on(client, draft):
    page, onwards = (reverse(name, kwargs=link(draft)) for name in ("ansoegning_filer", "ansoegning_send"))
    assert client.post(page, {"art": "cv", "videre": "ja"}).url == onwards
    assert client.post(page, {"art": "bevis", "fil": upload(), "videre": "ja"}).url == onwards
    assert draft.bilag.get().art == "bevis"
    program = upload("cv.pdf", b"MZ\x90\x00 a program")
    assert client.post(page, {"art": "cv", "fil": program, "videre": "ja"}).status_code == 422


def test_after_a_file_the_page_says_so_and_guesses_what_the_next_one_is(client, draft):
    page = reverse("ansoegning_filer", kwargs=link(draft))
    answer = client.post(page, {"art": "bevis", "fil": upload()}, headers={"HX-Request": "true"})
    text = client.get(answer["HX-Redirect"]).content.decode()
    assert "Filen er modtaget" in text and re.search(r'<input[^>]*"cv"[^>]*\schecked', text)
    assert "Filen er modtaget" not in client.get(f"{page}?ny={2**70}").content.decode()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"MZ\x90\x00 a program", "er et program"),
        (b"<script>alert(1)</script>", "er en webside"),
        (b"GIF89a......", "skal være af typen"),
        (b"", "er tom"),
    ],
)
def test_a_hostile_file_is_refused_in_words_at_the_field(client, draft, data, words):
    response = client.post(
        reverse("ansoegning_filer", kwargs=link(draft)),
        {"art": "cv", "fil": upload("cv.pdf", data or None)} if data else {"art": "cv", "fil": _empty()},
    )
    assert response.status_code == 422 and words in response.content.decode()
    assert not Fil.objects.exists()


def _empty():
    file = upload()
    file.size, file.file = 0, type(file.file)(b"")
    return file


def test_a_file_of_another_application_does_not_exist(client, draft):
    other = attach(begun(draft.runde), data=picture(3))
    for name, call in (("ansoegning_fil", client.get), ("ansoegning_fil_fjern", client.post)):
        assert call(reverse(name, kwargs=link(draft) | {"pk": other.pk})).status_code == 404
    assert Fil.objects.exists()


def test_while_the_scanner_is_away_a_file_is_taken_and_says_so(client, draft, settings):
    settings.CLAMD_URL = "tcp://127.0.0.1:1"
    page = reverse("ansoegning_filer", kwargs=link(draft))
    client.post(page, {"art": "bevis", "fil": upload()})
    assert "venter på at blive scannet for virus, men er modtaget" in client.get(page).content.decode()
    fetch = reverse("ansoegning_fil", kwargs=link(draft) | {"pk": draft.bilag.get().pk})
    assert client.get(fetch).status_code == 503


def test_one_address_on_the_net_can_send_in_so_many_files_a_day(client, db):
    add_rules(ansoegning_filer_dag=1)
    draft = sent(open_round())
    page = reverse("ansoegning_filer", kwargs=link(draft))
    statuses = [client.post(page, {"art": "cv", "fil": upload(data=picture(n))}).status_code for n in (1, 2)]
    assert statuses == [302, 429]

"""The pages of the forms: from a new version to a published one in the browser, and nothing typed is lost."""

import pytest
from django.urls import reverse

from evaluering.models import Evalueringsskema, Spoergsmaal
from evaluering.queries.skema import in_force
from evaluering.services.skema import begin_draft
from tests.factories import TODAY, MaalFactory, evalueringsskemaer


@pytest.fixture
def draft(cast):
    evalueringsskemaer()
    return begin_draft(cast.elevansvarlig, art="slut")


@pytest.fixture
def browser(as_user, cast):
    return as_user(cast.elevansvarlig)


def typed(response, **changes) -> dict:
    """What the browser would send from the form on the page."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in (values | changes).items() if value not in (None, False)}


def test_the_list_shows_each_talk_and_since_when(browser, db):
    evalueringsskemaer()
    page = browser.get(reverse("skemaer")).content.decode()
    assert "Slutevaluering, version 1" in page
    assert "gælder fra 1. jan. 2015" in page


def test_from_a_new_version_to_a_published_one(browser, db):
    evalueringsskemaer()
    answer = browser.post(reverse("skema_ny", args=["kort"]))
    draft = Evalueringsskema.objects.get(status="kladde")
    assert answer.url == reverse("skema", args=[draft.pk])
    url = reverse("skema_spoergsmaal_ny", args=[draft.afsnit.first().pk])
    browser.post(url, typed(browser.get(url), tekst="Hvad vil du huske?"))
    url = reverse("skema_udgiv", args=[draft.pk])
    page = browser.get(url)
    assert "Nyt spørgsmål i “Opholdet”: Hvad vil du huske?" in page.content.decode()
    assert browser.post(url, typed(page, gaelder_fra=TODAY.isoformat())).url == reverse("skemaer")
    assert in_force("kort") == draft


def test_a_second_window_keeps_what_was_typed_and_can_be_saved_again(browser, draft):
    part = Spoergsmaal.objects.filter(afsnit__skema=draft).first()
    url = reverse("skema_spoergsmaal", args=[part.pk])
    one, other = browser.get(url), browser.get(url)
    browser.post(url, typed(one, tekst="Først"))
    answer = browser.post(url, typed(other, tekst="Sidst"))
    assert answer.status_code == 409
    assert "Først" in answer.content.decode()
    assert answer.context["form"]["tekst"].value() == "Sidst"
    browser.post(url, typed(answer))
    part.refresh_from_db()
    assert part.tekst == "Sidst"


def test_the_head_of_a_draft_keeps_what_was_typed_too(browser, draft):
    url = reverse("skema_ret", args=[draft.pk])
    one, other = browser.get(url), browser.get(url)
    browser.post(url, typed(one, navn="Først"))
    answer = browser.post(url, typed(other, navn="Sidst"))
    assert (answer.status_code, answer.context["form"]["navn"].value()) == (409, "Sidst")


def test_a_scale_is_edited_step_by_step(browser, draft):
    skala = draft.skalaer.first()
    url = reverse("skema_skala", args=[skala.pk])
    browser.post(url, typed(browser.get(url), navn_2="Nybegynder", navn_5="Ekspert", forklaring_5="Viser andre det"))
    assert [each.navn for each in skala.trin.all()] == [
        "Ikke afprøvet",
        "Nybegynder",
        "Rutineret",
        "Avanceret",
        "Ekspert",
    ]


def test_an_explanation_without_a_step_is_told(browser, draft):
    url = reverse("skema_skala_ny", args=[draft.pk])
    answer = browser.post(url, typed(browser.get(url), navn="Ny", forklaring_1="Uden navn"))
    assert answer.status_code == 422
    assert "Skriv trinnets navn" in answer.content.decode()


@pytest.mark.parametrize("handling", ["op", "ned", "fjern"])
def test_the_buttons_lead_back_to_where_she_was(browser, draft, handling):
    part = Spoergsmaal.objects.filter(afsnit__skema=draft).last()
    answer = browser.post(reverse("skema_del", args=["spoergsmaal", part.pk]), {"handling": handling})
    assert answer.url == f"{reverse('skema', args=[draft.pk])}#afsnit-{part.afsnit_id}"


def test_a_published_form_shows_no_buttons(browser, db):
    skema = evalueringsskemaer()["slut"]
    page = browser.get(reverse("skema", args=[skema.pk])).content.decode()
    assert "Flyt op" not in page
    assert browser.get(reverse("skema_ret", args=[skema.pk])).status_code == 404


@pytest.mark.parametrize(
    ("som", "seen", "not_seen"),
    [
        ("elev", ["Afstemme konti", "Kommunikation med", "Der var tid til vejledning"], ["Fælles konklusion"]),
        ("elevvejleder", ["Afstemme konti"], ["Der var tid til vejledning", "Fælles konklusion"]),
        ("faelles", ["Fælles konklusion"], ["Afstemme konti"]),
    ],
)
def test_the_preview_shows_what_each_would_see_in_the_department(browser, draft, cast, som, seen, not_seen):
    MaalFactory(navn="Kommunikation med borgere")
    url = reverse("skema_vis", args=[draft.pk])
    page = browser.get(url, {"afdeling": cast.oekonomi.kode, "som": som}).content.decode()
    assert [words for words in seen if words not in page] == []
    assert [words for words in not_seen if words in page] == []


def test_the_preview_of_a_department_that_does_not_exist_is_an_empty_page(browser, draft):
    answer = browser.get(reverse("skema_vis", args=[draft.pk]), {"afdeling": "findes-ikke", "som": "chef"})
    assert answer.status_code == 200

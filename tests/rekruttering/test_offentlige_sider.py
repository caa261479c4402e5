"""The public pages: what they say in each part of the year, to whom, and what they never say."""

import json
import re
from datetime import timedelta
from urllib.parse import urljoin

import pytest
import time_machine
from django.urls import reverse

from afdelinger.models import Opgave
from elevforloeb.core.periods import period
from rekruttering.models import Adgangsvej, Elevhistorie, Fakta, Runde, Spoergsmaal
from rekruttering.opmaerkning import to_html, unwrapped
from rekruttering.services.elevhistorie import say_no
from rekruttering.vejviser import advice
from tests.factories import LONG_AGO, TODAY, AfdelingFactory
from tests.offentlig_steps import (
    a_fact,
    a_question,
    a_round,
    a_route,
    a_text,
    at,
    public_story,
    say_yes,
    story,
    story_with_picture,
    told_about_data,
)

FORSIDE = "/bliv-kontorelev/"


def text_of(client, path=FORSIDE) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def everything(cast) -> list[str]:
    """A page of each kind, with something on it."""
    told_about_data(cast)
    for make in (a_text, a_fact, a_question, a_route, public_story):
        make(cast)
    runde = a_round(cast)
    return [
        FORSIDE,
        reverse("kontorelev_vej"),
        reverse("kontorelev_vej") + "?vej=stx&rkv=nej&faerdig=ja",
        reverse("kontorelev_oplysninger"),
        reverse("kontorelev_afdeling", args=[cast.oekonomi.kode]),
        reverse("stillingsopslag", args=[runde.slug]),
        reverse("sitemap"),
        reverse("robots"),
    ]


def test_no_public_page_sets_a_cookie(cast, client):
    for path in everything(cast):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies, path


def test_nobody_at_work_is_named(cast, client):
    names = {"Ansvarlig", "Vera", "Vejleder", "Anders", "Lis Leder", "Bo Berg", "Ærlig", "@example.invalid"}
    for path in everything(cast):
        found = text_of(client, path)
        assert [name for name in names if name in found] == [], path


def test_the_front_page_costs_the_same_however_much_is_on_it(cast, client, django_assert_num_queries):
    everything(cast)
    with django_assert_num_queries(8):
        client.get(FORSIDE)
    for nr in range(20):
        afdeling = AfdelingFactory()
        Opgave.objects.create(afdeling=afdeling, kode=f"o{nr}", navn=f"Opgave {nr}", hvem_gavner="Borgere")
        more = {"kilde": "test", "periode": period(LONG_AGO)}
        Fakta.objects.create(noegle=f"f{nr}", overskrift="x", tekst="x", **more)
        Adgangsvej.objects.create(kode=f"v{nr}", navn="x", krav="x", **more)
        Spoergsmaal.objects.create(spoergsmaal=f"Nr {nr}?", svar="x")
    with django_assert_num_queries(8):
        assert "Opgave 19" in text_of(client)


# --- the year -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (at(4), "Du kan søge fra 20. oktober 2027 i morgen"),
        (at(20) - timedelta(minutes=1), "Søg senest torsdag den 4. november 2027 kl. 12.00 i dag"),
        (at(20), "Fristen er gået Vi læser ansøgninger lige nu"),
        (None, "Der er ingen ledige pladser lige nu"),
    ],
)
def test_every_link_goes_somewhere_whatever_the_time_of_year(cast, client, settings, when, words):
    settings.DEBUG = False
    everything(cast)
    Runde.objects.all().delete()
    if when:
        a_round(cast, aabner=at(5), frist=at(20))
    with time_machine.travel(when or at(1), tick=False):
        shown = re.sub(r"<[^>]+>", " ", text_of(client))
        assert words in re.sub(r"\s+", " ", shown)
        assert broken_links(client) == {}


def broken_links(client) -> dict[str, str]:
    """From the front page on, as far as the public pages go: what does not answer, or has no such place in it."""
    pages, broken, waiting = {}, {}, [(FORSIDE, "")]
    while waiting:
        url, came_from = waiting.pop()
        path, _, place = url.partition("#")
        if path not in pages:
            answer = client.get(path)
            pages[path] = "" if answer.streaming else answer.content.decode(errors="replace")
            if answer.status_code not in (200, 302):
                broken[url] = f"{answer.status_code}, from {came_from}"
            if path.startswith((FORSIDE, "/ansoeg")):
                found = re.findall(r'(?:href|src)="(/[^"]*|#[^"]*)"', pages[path])
                waiting += [(urljoin(path, each), path) for each in found if not each.startswith("/static/")]
        if place and f'id="{place}"' not in pages[path]:
            broken[url] = f"no such place, from {came_from}"
    return broken


def test_with_no_round_the_page_says_when_the_next_is_expected(cast, client):
    assert "Der er ingen ledige pladser lige nu" in text_of(client)
    a_round(cast, public=False, aabner=at(100), frist=at(130), svar_senest=None)
    assert "Næste gang bliver nok i januar 2028" in text_of(client)


def test_without_a_draft_the_same_month_as_last_time_is_expected(cast, client):
    runde = a_round(cast)
    runde.tilstand, runde.afsluttet = "afsluttet", TODAY
    runde.save()
    assert "Næste gang bliver nok i oktober 2028" in text_of(client)


def test_the_page_follows_the_round_by_itself(cast, client):
    a_round(cast, aabner=at(5), frist=at(20))
    assert "Du kan søge fra 20. oktober 2027" in text_of(client)
    with time_machine.travel(at(6)):
        assert "Søg senest torsdag den 4. november 2027 kl. 12.00" in text_of(client)
    with time_machine.travel(at(21)):
        found = text_of(client)
        assert "Fristen er gået" in found and "Søg senest" not in found


def test_of_two_open_rounds_the_first_deadline_stands_on_top(cast, client):
    a_round(cast, titel="Vinter", frist=at(30))
    a_round(cast, titel="Forår", frist=at(10), svar_senest=None)
    found = text_of(client)
    assert "Søg senest mandag den 25. oktober 2027" in found
    assert re.search(r"Vi søger også: <a [^>]+>Vinter</a>", found)


# --- stories ------------------------------------------------------------------------------------------------------


def test_a_story_is_shown_only_after_a_yes_and_only_in_its_days(cast, client):
    row = story(cast, startdato=TODAY + timedelta(days=1))
    assert row.overskrift not in text_of(client)
    say_yes(row)
    assert row.overskrift not in text_of(client)
    with time_machine.travel(at(1)):
        assert row.overskrift in text_of(client)
    with time_machine.travel(at(101)):
        assert row.overskrift not in text_of(client)


def test_a_story_that_is_withdrawn_is_gone_at_once_and_its_picture_too(cast, client):
    pk = story_with_picture(cast)["pk"]
    picture = reverse("kontorelev_billede", args=[pk])
    response = client.get(picture)
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert len(response.content) < 60_000
    assert picture in text_of(client)
    say_no(cast.aase.bruger, row=Elevhistorie.objects.get())
    assert picture not in text_of(client)
    assert client.get(picture).status_code == 404


# --- the advert ---------------------------------------------------------------------------------------------------


def test_a_draft_and_a_closed_round_have_no_public_page(cast, client):
    runde = a_round(cast, public=False)
    path = reverse("stillingsopslag", args=[runde.slug])
    assert client.get(path).status_code == 404
    runde.tilstand, runde.afsluttet = "afsluttet", TODAY
    runde.save()
    assert client.get(path).status_code == 404


def test_an_open_advert_can_be_read_by_a_search_engine(cast, client, settings):
    settings.BASE_URL = "https://elev.fjordby.example"
    runde = a_round(cast, tekst="Kom </script><script>alert(1)</script> & vær med")
    path = reverse("stillingsopslag", args=[runde.slug])
    found = text_of(client, path)
    assert found.count("<script") == 1
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', found)[1])
    assert data["validThrough"] == runde.frist.isoformat()
    assert data["jobLocation"]["address"]["postalCode"] == "2610"
    assert "&lt;script&gt;" in data["description"]
    assert f'<link rel="canonical" href="https://elev.fjordby.example{path}">' in found
    with time_machine.travel(at(21)):
        assert "ld+json" not in text_of(client, path)


def test_the_sitemap_has_what_is_public_and_nothing_else(cast, client, settings):
    settings.BASE_URL = "https://elev.fjordby.example"
    a_round(cast)
    a_round(cast, public=False, titel="Hemmelig")
    found = text_of(client, "/sitemap.xml")
    assert "https://elev.fjordby.example/bliv-kontorelev/opslag/kontorelever-2028/" in found
    assert "/afdelinger/oekonomi/" in found and "hemmelig" not in found
    assert all(path.startswith("/bliv-kontorelev/") for path in re.findall(r"<loc>https://[^/]+(.*?)</loc>", found))


def test_robots_see_the_public_pages_but_nothing_of_a_demo(client, settings):
    settings.DEMO = False
    assert "Allow: /bliv-kontorelev/" in client.get("/robots.txt").content.decode()
    settings.DEMO = True
    assert "Allow" not in client.get("/robots.txt").content.decode()


def test_was_leads_to_the_statement_on_accessibility(client, settings):
    settings.TILGAENGELIGHED_URL = "https://was.digst.dk/fjordby"
    assert client.get("/was/").url == "https://was.digst.dk/fjordby"


# --- which way is mine --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "titel", "veje"),
    [
        (("stx", "nej", "ja"), "Ja, du kan søge", ["stx"]),
        (("stx", "skal", "ved-ikke"), "Du kan sikkert søge", ["stx", "rkv"]),
        (("andet", "har", "ja"), "Ja, du kan søge", ["rkv"]),
        (("andet", "nej", "ja"), "Tal med en handelsskole først", ["rkv"]),
        (("stx", "nej", "nej"), "Vent til næste gang", ["stx"]),
    ],
)
def test_three_answers_give_one_piece_of_advice(answers, titel, veje):
    rows = [Adgangsvej(kode="stx"), Adgangsvej(kode="rkv")]
    found = advice(rows, **dict(zip(("vej", "rkv", "faerdig"), answers, strict=True)))
    assert (found.titel, [each.kode for each in found.veje]) == (titel, veje)


def test_the_guide_never_asks_how_old_anybody_is_and_says_what_is_missing(cast, client):
    a_route(cast)
    page = text_of(client, reverse("kontorelev_vej"))
    assert not re.search(r"alder|hvor gammel|født|\b25\b", page, re.IGNORECASE)
    assert text_of(client, reverse("kontorelev_vej") + "?vej=stx").count("Vælg et af svarene.") == 2


# --- what is written ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[her](javascript:alert(1))",
        "[her](JaVaScRiPt:alert(1))",
        "[her](data:text/html,x)",
        "[her](//ond.example)",
        "![billede](https://ond.example/x.png)",
        '[her](https://ok.example" onmouseover="alert(1))',
    ],
)
def test_nothing_that_is_written_becomes_code(hostile):
    found = to_html(hostile)
    assert not re.search(r"<(script|img)|href=\"(?!https://)|<[^>]+\son\w+=", found, re.IGNORECASE)


def test_paragraphs_headings_lists_and_links_are_drawn():
    found = to_html("# Om\n\nEt [link](https://ok.example) og **fed**\n\n- et\n- to", 2)
    assert "<h2>Om</h2>" in found and '<a href="https://ok.example">link</a>' in found
    assert "<strong>fed</strong>" in found and found.count("<li>") == 2


def test_a_folded_text_becomes_one_line_a_paragraph():
    assert unwrapped("Et\nto\n\n- tre\n  fire\n- fem\n") == "Et to\n\n- tre\n  fire\n- fem"

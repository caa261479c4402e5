"""The words of the frame and of the lists fit the reader: what the tab says, what can be found, why a list is empty."""

import re
from html import unescape

import pytest
from django.urls import reverse

from afdelinger.models import Pladser, Rolle
from elevforloeb.core.models import Mail
from tests.factories import BrugerFactory, ElevFactory, MailFactory, OpholdFactory, RolletildelingFactory
from tests.house.stage import IDENTITIES


def page(client, address) -> str:
    return unescape(client.get(address, follow=True).content.decode())


def open_as(client, cast, identity, address) -> str:
    client.force_login(IDENTITIES[identity](cast))
    return page(client, address)


def headings(html) -> list[str]:
    return re.findall(r"<h1[^>]*>([^<]+)</h1>", html)


def filters(html) -> set[str]:
    form = re.search(r'<form class="filtre".*?</form>', html, re.DOTALL)
    return set(re.findall(r'name="(\w+)"', form[0])) if form else set()


# A front page greets by name, and the tab of a department's list says whose it is.
@pytest.mark.parametrize("identity", ["elevansvarlig", "elevvejleder", "leder", "elev", "administrator"])
def test_a_tab_opens_a_page_of_the_same_name(client, cast, settings, identity):
    settings.DEMO = True
    nav = re.search(r'<nav class="nav".*?</nav>', open_as(client, cast, identity, "/"), re.DOTALL)[0]
    tabs = dict(re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', nav))
    own_words = {"/brugere/": "Brugere"}  # the first of the pages of the tab Brugere og log
    for address, words in tabs.items():
        if address == "/":
            continue
        html = page(client, address)
        assert headings(html) == [own_words.get(address, words.strip())]
        assert f"<title>{headings(html)[0]} – " in html


def row_under(html) -> list[str]:
    row = re.search(r'<nav class="undernav".*?</nav>', html, re.DOTALL)
    return re.findall(r"<a [^>]*>([^<]+)</a>", row[0]) if row else []


@pytest.mark.parametrize(
    ("identity", "pages"),
    [
        ("elevansvarlig", ["Evalueringer", "Oplæringserklæringer", "Elevernes billede", "Skemaer"]),
        ("elevvejleder", ["Evalueringer", "Oplæringserklæringer", "Elevernes billede"]),
        ("leder", ["Evalueringer", "Elevernes billede"]),
        ("elev", []),
    ],
)
def test_under_a_tab_stand_those_of_its_pages_that_the_reader_may_open(client, cast, identity, pages):
    html = open_as(client, cast, identity, reverse("evalueringer"))
    assert row_under(html) == pages
    assert row_under(page(client, "/")) == [], "only under the tab that is open"


def test_a_page_belongs_to_one_tab_the_one_that_says_most_of_its_name(client, cast):
    html = open_as(client, cast, "elevansvarlig", reverse("elevhistorie_ny"))
    open_tabs = re.findall(r'aria-current="page">([^<]+)</a>', html.split("<main")[0])
    assert open_tabs == ["Rekruttering", "De offentlige sider"]


@pytest.mark.parametrize(("identity", "name"), [("elevvejleder", "Mine elever"), ("leder", "Elever hos os")])
def test_the_way_back_from_an_elev_is_called_as_the_tab(client, cast, identity, name):
    html = open_as(client, cast, identity, f"/elever/{cast.aase.pk}/")
    assert f'<a href="/elever/">{name}</a></li>' in html


@pytest.mark.parametrize("identity", ["elevvejleder", "leder"])
def test_a_department_with_few_elever_gets_no_filters(client, cast, identity):
    html = open_as(client, cast, identity, "/elever/?status=igang&hold=999&afdeling=999")
    assert filters(html) == set()
    assert "Åse Ærlig" in html, "a filter that is not shown does not count"


def test_a_department_with_many_elever_gets_a_search_for_the_name(client, cast):
    Pladser.objects.update(antal=20)
    for _ in range(10):
        OpholdFactory(afdeling=cast.oekonomi)
    assert filters(open_as(client, cast, "leder", "/elever/")) == {"q"}
    assert filters(page(client, "/elever/?q=ingen")) == {"q"}, "whoever searched must be able to search again"


def test_the_elevansvarlig_has_all_filters(client, cast):
    html = open_as(client, cast, "elevansvarlig", "/elever/")
    assert filters(html) == {"q", "hold", "afdeling", "status", "sort"}


def test_the_list_of_a_department_names_those_who_come_later_without_a_way_to_them(client, cast):
    html = open_as(client, cast, "elevvejleder", "/elever/")
    assert "Bo Berg" in html and "Siden åbner 4. december 2027" in html
    assert f"/elever/{cast.bo.pk}/" not in html


def test_an_elev_who_has_finished_is_listed_as_long_as_her_page_is_open(client, cast):
    cast.aase.stoppet = cast.aase.startdato.replace(month=10, day=10)
    cast.aase.save()
    assert "Åse Ærlig" in open_as(client, cast, "elevvejleder", "/elever/")


@pytest.mark.parametrize(
    ("identity", "words"),
    [
        ("elevansvarlig", "Søg elev, afdeling, person"),
        ("elevvejleder", "Søg elev, afdeling"),
        ("elev", "Søg afdeling"),
        ("administrator", "Søg afdeling, person"),
    ],
)
def test_the_search_says_what_it_finds(client, cast, identity, words):
    assert f'placeholder="{words}"' in open_as(client, cast, identity, "/profil/")


def test_who_can_find_nothing_has_no_search(client, cast):
    html = open_as(client, cast, "uden rolle", "/profil/")
    assert 'role="search"' not in html and reverse("soeg") not in html


def test_an_empty_outbox_is_empty_and_a_filter_that_finds_nothing_is_another_matter(client, cast):
    Mail.objects.all().delete()
    assert "Udbakken er tom" in open_as(client, cast, "administrator", "/udbakke/")
    MailFactory()
    assert "Ingen mails passer" in page(client, "/udbakke/?q=ukendt")


def test_without_elever_the_elevansvarlig_is_shown_how_to_begin(client, db):
    boss = BrugerFactory()
    RolletildelingFactory(bruger=boss, rolle=Rolle.ELEVANSVARLIG)
    client.force_login(boss)
    html = page(client, "/elever/")
    assert "Der er ingen elever endnu" in html and reverse("hold_nyt") in html
    ElevFactory()
    assert "Ingen elever passer" in page(client, "/elever/?q=ukendt")


def test_the_figures_of_the_administrator_lead_to_the_accounts_they_count(client, cast):
    new = BrugerFactory(navn="Nora Ny")
    new.set_unusable_password()
    new.save()
    html = open_as(client, cast, "administrator", "/")
    for status, name in [("uden_adgangskode", "Nora Ny"), ("uden_rolle", "Frida Fremmed")]:
        count = re.search(rf'status={status}"><strong>(\d+)<', html)[1]
        found = client.get(f"/brugere/?status={status}").context["side"]
        assert found.paginator.count == int(count)
        assert name in {str(each) for each in found}


@pytest.mark.parametrize("who", ["fremmed", "vejleder", "leder", "administrator"])
def test_no_link_of_the_frame_leads_to_a_page_that_says_no(client, cast, who):
    client.force_login(getattr(cast, who))
    for address in set(re.findall(r'href="(/[^"#?]*)"', page(client, "/"))):
        if not address.startswith("/static/"):
            assert client.get(address).status_code < 400, address

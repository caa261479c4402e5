"""The tabs of the pages about one elev and one hold: shown to those whom the page opens for, and to nobody else."""

import re

import pytest
from django.urls import reverse

from afdelinger.models import Bruger
from elevforloeb.queries.henvisninger import ELEVFANER, HOLDFANER, get_elevhoved, is_not_own, is_own, links

READERS = {
    "elev": lambda cast: cast.aase.bruger,
    "elevvejleder": lambda cast: cast.vejleder,
    "leder": lambda cast: cast.leder,
    "elevansvarlig": lambda cast: cast.elevansvarlig,
}


@pytest.mark.parametrize("reader", READERS)
def test_a_tab_is_shown_exactly_when_its_page_opens(cast, as_user, reader):
    user = READERS[reader](cast)
    shown, client = {each.url for each in links(ELEVFANER, user, cast.aase)}, as_user(user)
    for each in ELEVFANER:
        if each.maa_aabne in (is_own, is_not_own) and not each.maa_aabne(user, cast.aase):
            continue  # the same page under its other name
        url = each.link(user, cast.aase).url
        assert (url in shown) == (client.get(url).status_code == 200), each.tekst


def row_of_tabs(page: str) -> str:
    return re.search(r'<nav class="faner".*?</nav>', page, re.S)[0]


def test_every_page_has_the_same_tabs_and_marks_the_one_that_is_open(cast, as_user):
    tabs, client = links(ELEVFANER, cast.elevansvarlig, cast.aase), as_user(cast.elevansvarlig)
    for tab in tabs:
        nav = row_of_tabs(client.get(tab.url).content.decode())
        assert re.findall(r'href="([^"]*)"', nav) == [each.url for each in tabs], tab.tekst
        assert re.findall(r'href="([^"]*)" aria-current="page"', nav) == [tab.url]


def test_the_elevs_menu_and_her_row_of_tabs_name_each_page_once(cast, as_user):
    """Two rows that said the same: the row has only the pages of the tab that is open, and together they have all."""
    user = cast.aase.bruger
    tabs, client = links(ELEVFANER, user, cast.aase), as_user(user)
    reached = set()
    for tab in tabs:
        page = client.get(tab.url).content.decode()
        menu = re.search(r'<nav class="nav".*?</nav>', page, re.S)[0]
        nav = row_of_tabs(page)
        in_menu, in_row = set(re.findall(r'href="([^"]*)"', menu)), re.findall(r'href="([^"]*)"', nav)
        assert re.findall(r'href="([^"]*)" aria-current="page"', nav) == [tab.url]
        (open_tab,) = re.findall(r'href="([^"]*)" aria-current="page"', menu)
        assert in_menu & set(in_row) == {open_tab} == {in_row[0]}, tab.tekst
        reached |= in_menu | set(in_row)
    assert {tab.url for tab in tabs} <= reached


@pytest.mark.parametrize("name", [each.url_navn for each in ELEVFANER if each.egen and each.egen != each.url_navn])
def test_by_its_number_too_the_elevs_own_page_has_a_heading(cast, as_user, name):
    response = as_user(cast.aase.bruger).get(reverse(name, args=[cast.aase.pk]), follow=True)
    assert response.status_code == 200 and re.search(r"<h1[^>]*>\s*\w", response.text)


def test_the_tabs_of_a_hold_open_too_and_mark_where_one_is(cast, as_user):
    client = as_user(cast.elevansvarlig)
    for tab in links(HOLDFANER, cast.elevansvarlig, cast.aase.hold):
        assert f'href="{tab.url}" aria-current="page"' in client.get(tab.url).content.decode()


@pytest.mark.parametrize("reader", READERS)
def test_the_head_asks_nothing_of_the_database(cast, django_assert_num_queries, reader):
    user = Bruger.objects.get(pk=READERS[reader](cast).pk)
    assert user.roller  # which every page has asked for
    with django_assert_num_queries(0):
        assert get_elevhoved(user, cast.aase, "elev").faner


def test_who_cannot_log_in_yet_is_invited_first(cast, as_user):
    page = reverse("elev", args=[cast.aase.pk])
    text = as_user(cast.elevansvarlig).get(page).content.decode()
    assert text.index("Send invitation") < text.index("Flere handlinger")
    cast.aase.bruger.set_password("et langt kodeord")
    cast.aase.bruger.save()
    text = as_user(cast.elevansvarlig).get(page).content.decode()
    assert "Send invitation" not in text and text.index("Skole, ferie, fravær") < text.index("Flere handlinger")

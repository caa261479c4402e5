"""The tags and filters that every template has."""

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from elevforloeb.core.templatetags.ui import prikker

CHROME = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 20_0 like Mac OS X) AppleWebKit/605.1.15 Version/20.0 Safari/604.1"


def write(text, **context):
    return Template(text).render(Context(context))


@pytest.mark.parametrize(
    ("filtered", "words"),
    [
        ("dato", "24. nov. 2026"),
        ("dato_fuld", "24. november 2026"),
        ("dato_lang", "tirsdag den 24. november 2026"),
    ],
)
def test_dates_are_written_the_danish_way(filtered, words):
    assert write(f"{{{{ day|{filtered} }}}}", day=date(2026, 11, 24)) == words


@pytest.mark.parametrize("filtered", ["dato", "dato_fuld", "dato_lang", "dage_til", "periode", "tidspunkt"])
def test_nothing_is_written_as_nothing(filtered):
    assert write(f"{{{{ day|{filtered} }}}}", day=None) == ""


def test_a_period_is_written_with_its_last_day():
    stay = SimpleNamespace(startdato=date(2026, 9, 1), sidste_dag=date(2026, 12, 31))
    assert write("{{ stay|periode }}", stay=stay) == "1. sep. – 31. dec. 2026"


def test_a_period_without_end_says_from():
    role = SimpleNamespace(startdato=date(2026, 9, 1), sidste_dag=None)
    assert write("{{ role|periode }}", role=role) == "fra 1. sep. 2026"


def test_moments_are_written_in_danish_time():
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=ZoneInfo("UTC"))
    assert write("{{ moment|tidspunkt }}", moment=summer) == "2. juli 2026 kl. 00.30"


def test_print_date_is_the_day_the_house_lives_on():
    assert write("{% udskrevet %}") == "15. oktober 2027 kl. 12.00"


@pytest.mark.parametrize(("number", "words"), [(0, "0 elever"), (1, "1 elev"), (2, "2 elever")])
def test_counts_choose_the_noun(number, words):
    assert write('{{ number|antal:"elev,elever" }}', number=number) == words


@pytest.mark.parametrize(
    ("navn", "letters"), [("Anne Marie Holm", "AH"), ("Åse", "Å"), ("", ""), ("łucja nowak", "ŁN")]
)
def test_initials(navn, letters):
    assert write("{{ navn|initialer }}", navn=navn) == letters


def test_an_icon_is_decoration_unless_it_has_words():
    assert 'aria-hidden="true"' in write('{% ikon "check" %}')
    assert 'role="img" aria-label="Gennemført"' in write('{% ikon "check" "ikon--s" "Gennemført" %}')


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [(CHROME, "Chrome på Windows"), (CHROME + " Edg/150.0", "Edge på Windows"), (IPHONE, "Safari på iPhone")]
    + [("curl/8", "Ukendt browser på anden maskine")],
)
def test_a_browser_is_called_by_its_name(user_agent, words):
    assert write("{{ agent|browser }}", agent=user_agent) == words


@pytest.mark.parametrize(("taken", "dots"), [(1, "taken free"), (2, "taken taken"), (3, "taken taken over")])
def test_places_are_dots_that_are_taken_free_or_too_many(taken, dots):
    written = {"taken": '<i class="fyldt"></i>', "over": '<i class="over"></i>', "free": "<i></i>"}
    assert prikker(taken, 2) == "".join(written[dot] for dot in dots.split())


def test_many_places_are_told_by_their_figures_alone():
    assert prikker(1, 12) and prikker(13, 12) == prikker(1, 40) == ""

"""The figures of closed rounds: the same before and after the deletion, none under five, no formula in the file."""

import re
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from elevforloeb.core.dates import now
from elevforloeb.core.periods import period
from rekruttering.models import Adgangsvej, Ansoegning, Kladdetal, Runde, Rundetal
from rekruttering.queries.rundetal import get_rundetal
from rekruttering.services.sletning import delete_applications, discard_draft, forget_drafts
from tests.ansoeger_steps import begun, filled, open_round, save
from tests.rekruttering_steps import applied, make_round

T = Ansoegning.Tilstand
CELL = re.compile(r'<td role="cell" data-navn="[^"]*" class="tal">(.*?)</td>', re.DOTALL)


def closed(slug="kontorelever-2026", titel="Kontorelever 2026", **more) -> Runde:
    return make_round(slug, titel=titel, tilstand="afsluttet", afsluttet=date(2027, 4, 1), **more)


def applicants(runde, number: int, **more) -> None:
    for _ in range(number):
        applied(runde, indsendt=now() - timedelta(days=400), **more)


@pytest.fixture
def other_route():
    return Adgangsvej.objects.create(
        kode="hf", navn='=HYPERLINK("http://x")', krav="x", kilde="x", periode=period(date(2020, 1, 1))
    )


@pytest.fixture
def runde(cast, other_route):
    """24 have applied; three of them by another route, two of them were hired, and eight began and stopped."""
    runde = closed()
    applicants(runde, 12, hoert="ven", tilstand=T.AFSLAG, besvaret=now() - timedelta(days=369, hours=23))
    applicants(runde, 7, hoert="skole", tilstand=T.TRUKKET)
    applicants(runde, 3, hoert="skole", adgangsvej=other_route)
    applicants(runde, 2, hoert="ven", tilstand=T.ANSAT, besvaret=now() - timedelta(days=375, hours=23))
    for number in range(8):
        Ansoegning.objects.create(
            runde=runde, formular=f"00000000-0000-4000-8000-{number:012}", fornavn="Begyndt" * (number < 6)
        )
    return runde


def figures(user) -> dict:
    side = get_rundetal(user)
    return {
        (tabel.noegle, row.navn, celle.runde.pk): celle.antal
        for tabel in side.tabeller
        for row in [*tabel.raekker, tabel.i_alt]
        for celle in row.celler
    } | {("svartid", runde.pk): days for runde, days in side.svartider}


def test_the_figures_are_the_same_before_and_after_the_applications_are_deleted(cast, runde):
    before = figures(cast.elevansvarlig)
    assert before["vej", "I alt", runde.pk] == 24 and before["svartid", runde.pk] == 29
    assert before["trin", "Om dig", runde.pk] == 8 == before["trin", "I alt", runde.pk]
    delete_applications()
    assert not Ansoegning.objects.exists() and Rundetal.objects.exists()
    assert figures(cast.elevansvarlig) == before
    delete_applications()
    assert figures(cast.elevansvarlig) == before


def test_one_that_is_kept_longer_is_counted_once(cast, runde):
    before = figures(cast.elevansvarlig)
    one = runde.ansoegninger.filter(tilstand=T.AFSLAG).first()
    Ansoegning.objects.filter(pk=one.pk).update(beholdes_til=date(2027, 12, 1), beholdes_grund="Klage")
    delete_applications()
    assert Ansoegning.objects.count() == 1 and figures(cast.elevansvarlig) == before


def test_a_small_figure_and_what_gives_it_away_are_hidden(cast, runde):
    found = figures(cast.elevansvarlig)
    assert found["vej", "EUX Business", runde.pk] is None  # 24 less these would be the three others
    assert found["vej", '=HYPERLINK("http://x")', runde.pk] is None
    assert (found["kilde", "Skole eller vejleder", runde.pk], found["kilde", "Ven eller familie", runde.pk]) == (10, 14)
    assert found["skridt", "Ansat", runde.pk] is None and found["skridt", "Ny", runde.pk] is None


def test_neither_the_page_nor_the_file_has_a_figure_under_five(cast, runde, as_user):
    client = as_user(cast.elevansvarlig)
    text = client.get(reverse("rundetal")).content.decode()
    cells = [re.sub(r"<[^>]+>", " ", cell).split() for cell in CELL.findall(text)]
    assert cells and "Nogle tal er skjult" in text
    assert all(int(cell[0]) >= 5 for cell in cells if cell[0].isdecimal()), cells
    book = load_workbook(BytesIO(client.get(reverse("rundetal_excel")).content))
    values = [cell for sheet in book for row in sheet.iter_rows(min_row=2) for cell in row]
    assert all(cell.value >= 5 for cell in values if isinstance(cell.value, int))
    assert {cell.value for cell in values} >= {"skjult", 24}


def test_the_file_carries_no_formula_also_when_a_route_is_called_one(cast, runde, as_user):
    book = load_workbook(BytesIO(as_user(cast.elevansvarlig).get(reverse("rundetal_excel")).content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert '=HYPERLINK("http://x")' in {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells} and not any(cell.hyperlink for cell in cells)


def test_a_round_of_four_shows_nothing_and_spoils_no_other(cast, runde):
    few = closed("faa", "Få")
    applicants(few, 4)
    found = figures(cast.elevansvarlig)
    assert found["vej", "I alt", few.pk] is None and found["vej", "EUX Business", few.pk] is None
    assert found["svartid", few.pk] is None and found["vej", "I alt", runde.pk] == 24


def test_a_round_is_counted_when_it_is_closed_and_not_before(cast, as_user):
    open_one = make_round()
    applicants(open_one, 9)
    assert get_rundetal(cast.elevansvarlig).runder == []
    assert "Ingen tal endnu" in as_user(cast.elevansvarlig).get(reverse("rundetal")).content.decode()


def test_nobody_applied_is_told_as_nobody(cast):
    empty = closed()
    assert figures(cast.elevansvarlig)["vej", "I alt", empty.pk] == 0


def test_a_draft_is_counted_by_the_step_that_it_stopped_at_however_it_goes(cast):
    runde = open_round()
    begun(runde)
    half = save(begun(runde), "om-dig")
    whole = filled(runde)
    discard_draft(ansoegning=whole)
    Ansoegning.objects.update(rettet=now() - timedelta(days=31))
    forget_drafts()
    forget_drafts()
    assert half.tilstand == T.KLADDE and not Ansoegning.objects.exists()
    assert dict(Kladdetal.objects.values_list("trin", "antal")) == {"om-dig": 1, "uddannelse": 1, "send": 1}


@pytest.mark.parametrize("number", [6, 60])
def test_the_page_takes_the_same_statements_for_few_and_for_many(cast, number, django_assert_num_queries):
    runde = closed()
    applicants(runde, number)
    with django_assert_num_queries(6):
        get_rundetal(cast.elevansvarlig)


# --- the closed round's own pages ------------------------------------------------------------------------------------


def test_a_closed_round_tells_on_its_own_page_what_the_figures_tell(cast, runde, as_user):
    client, url = as_user(cast.elevansvarlig), reverse("runde", args=[runde.pk])
    assert "<b>24</b>" in client.get(url).content.decode()
    delete_applications()
    assert "<b>24</b>" in client.get(url).content.decode()


def test_a_closed_round_of_few_shows_no_count_and_an_open_one_all(cast, as_user):
    few = closed()
    applicants(few, 3, tilstand=T.AFSLAG)
    Ansoegning.objects.create(runde=few, formular="00000000-0000-4000-8000-000000000001")
    client = as_user(cast.elevansvarlig)
    page = client.get(reverse("runde", args=[few.pk])).content.decode()
    assert page.count("Vises ikke") == 2 and "<b>3</b>" not in page and "<b>1</b>" not in page
    assert "ansøgninger til Kontorelever 2026" not in client.get(reverse("runder")).content.decode()
    Runde.objects.filter(pk=few.pk).update(tilstand="offentlig", afsluttet=None)
    assert "<b>3</b>" in client.get(reverse("runde", args=[few.pk])).content.decode()

"""The pages of the plan: with htmx, without it, with stale and with bad input. Today is 2027-10-15."""

import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from elevforloeb.core.models import Mail, Opslag
from elevforloeb.models import Ophold, Udgivelse, Udkast, Udkastaendring, Udkastophold
from elevforloeb.services.plan import move_stay, remove_stay
from elevforloeb.views.elevansvarlig import plan_filer
from tests.factories import HoldFactory
from tests.house.stage import undone
from tests.plan_steps import named, stay_of

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def hold(cast):
    return cast.aase.hold


@pytest.fixture
def client(cast, as_user):
    return as_user(cast.elevansvarlig)


def url(name, hold, *more, **query):
    found = reverse(name, args=[hold.pk, *more])
    return found + ("?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else "")


def fields(cast, **changes) -> dict:
    """The edit row of Åse's winter in Personale, as the page has filled it in."""
    stay = named(cast.aase, cast.personale)
    return {
        "was": stay["was"],
        "afdeling": cast.personale.pk,
        "startdato": "2028-01-01",
        "sidste_dag": "2028-04-30",
        "elevvejleder": cast.anden_vejleder.pk,
    } | changes


def save(client, cast, hold, *, query=None, **changes):
    data = fields(cast, **changes)
    noegle = named(cast.aase, cast.personale)["noegle"]
    return client.post(url("plan_ophold", hold, noegle, **(query or {})), data)


def ophold(cast) -> str:
    stay = named(cast.aase, cast.personale)
    return f"{stay['noegle']} {stay['was']}"


def body(response) -> str:
    return response.content.decode()


def plain(html: str) -> str:
    """Without what differs from answer to answer: tokens, focus, the line for screen readers."""
    html = re.sub(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>|\sautofocus|<p hx-swap-oob.*?</p>', "", html)
    return re.sub(r"\s+", " ", html).strip()


# --- saving -------------------------------------------------------------------------------------------------------


def test_a_saved_change_opens_a_draft_and_goes_back_to_the_board(client, cast, hold):
    response = save(client, cast, hold, sidste_dag="2028-05-31", query={"vis": "liste"})
    assert (response.status_code, response.url) == (302, url("plan", hold, vis="liste"))
    assert str(stay_of(cast.aase, cast.personale).span) == "1. jan. – 31. maj 2028"
    assert Ophold.objects.get(elev=cast.aase, afdeling=cast.personale).sidste_dag.month == 4
    page = body(client.get(url("plan", hold)))
    assert "Kladde, ikke udgivet" in page and "gemt i kladden" in page


def test_htmx_gets_the_board_with_focus_on_the_bar_and_a_word_for_the_status(client, cast, hold):
    client.defaults.update(HTTP_HX_REQUEST="true")
    response = save(client, cast, hold, sidste_dag="2028-05-31", query={"mdr": "12"})
    assert response.status_code == 200
    html = body(response)
    noegle = named(cast.aase, cast.personale)["noegle"]
    assert re.search(rf'id="b-{noegle}"[^>]* autofocus', html)
    assert '<p hx-swap-oob="innerHTML:#status">Åses ophold er gemt i kladden.</p>' in html
    assert response["HX-Replace-Url"] == url("plan", hold, mdr="12")
    assert "<html" not in html


@pytest.mark.parametrize("query", [{}, {"vis": "liste"}, {"vis": "afdelinger", "mdr": "12", "fra": "2028-01-01"}])
@pytest.mark.parametrize("step", ["save", "flyt", "fjern", "fortryd", "tilpas"])
def test_what_htmx_puts_into_the_page_equals_the_page_loaded_whole(client, cast, hold, step, query):
    client.defaults.update(HTTP_HX_REQUEST="true")
    save(client, cast, hold, sidste_dag="2028-05-31")
    stay = ophold(cast)
    if step == "save":
        answer = save(client, cast, hold, startdato="2028-02-01", query=query)
    else:
        data = {
            "flyt": {"ophold": stay, "retning": "senere"},
            "fjern": {"ophold": stay},
            "fortryd": {"aendring": Udkastaendring.objects.first().pk},
            "tilpas": {"tilpas": f"{stay} 2028-01-01 2028-09-01"},
        }[step]
        answer = client.post(url(f"plan_{step}", hold, **query), data)
    assert answer.status_code == 200
    del client.defaults["HTTP_HX_REQUEST"]
    whole = body(client.get(url("plan", hold, **query)))
    inside = whole[whole.index('<div id="plan">') + len('<div id="plan">') : whole.rindex("</div>\n\n</main>")]
    assert plain(body(answer)) == plain(inside)


def test_opening_a_row_by_htmx_equals_the_page_loaded_whole(client, cast, hold):
    query = {"ret": named(cast.aase, cast.personale)["noegle"]}
    whole = body(client.get(url("plan", hold, **query)))
    inside = whole[whole.index('<div id="plan">') + len('<div id="plan">') : whole.rindex("</div>\n\n</main>")]
    assert plain(body(client.get(url("plan", hold, **query), **HTMX))) == plain(inside)


def test_a_fix_in_the_consequences_is_saved_with_the_change(client, cast, hold):
    neighbour = named(cast.aase, cast.oekonomi)
    fix = f"{neighbour['noegle']} {neighbour['was']} 2027-09-01 2028-02-01"
    save(client, cast, hold, startdato="2028-02-01", ogsaa=fix)
    assert str(stay_of(cast.aase, cast.oekonomi).span) == "1. sep. 2027 – 31. jan. 2028"
    assert Udkastaendring.objects.count() == 1


def test_a_gap_is_filled_from_its_own_page_on_a_phone(client, cast, hold):
    gap = f"n{cast.aase.pk}-2028-05-01"
    page = body(client.get(url("plan_ophold", hold, gap)))
    assert "Vælg afdeling til Åse Ærlig" in page and "side=1" in page
    data = {"afdeling": cast.oekonomi.pk, "startdato": "2028-05-01", "sidste_dag": "2028-08-31", "elevvejleder": ""}
    assert client.post(url("plan_ophold", hold, gap, side=1), data).status_code == 302
    assert Udkastophold.objects.get(elev=cast.aase, periode__startswith="2028-05-01").elevvejleder == cast.vejleder


def test_what_a_change_leads_to_is_shown_before_it_is_saved(client, cast, hold):
    noegle = named(cast.aase, cast.personale)["noegle"]
    data = fields(cast, startdato="2028-02-01")
    page = body(client.get(url("plan_foelger", hold, noegle), data))
    assert "Giver et nyt problem" in page and "Åse Ærlig har ingen afdeling i januar 2028" in page
    assert "Forlæng Økonomi og Analyse til og med 31. jan. 2028, og gem" in page
    assert not Udkast.objects.exists()


# --- refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("htmx", [False, True])
@pytest.mark.parametrize("side", [{}, {"side": "1"}])
def test_an_error_answers_422_at_the_field_with_what_was_typed(client, cast, hold, htmx, side):
    if htmx:
        client.defaults.update(HTTP_HX_REQUEST="true")
    response = save(client, cast, hold, startdato="2027-12-01", query=side)
    page = body(response)
    assert response.status_code == 422
    assert "Åse Ærlig er i Økonomi og Analyse til og med 31. december 2027" in page
    assert 'value="2027-12-01"' in page and 'id="ret_startdato_error"' in page
    assert not Udkast.objects.exists()


@pytest.mark.parametrize("htmx", [False, True])
def test_a_stale_form_answers_409_and_the_second_save_is_a_choice(client, cast, hold, htmx):
    if htmx:
        client.defaults.update(HTTP_HX_REQUEST="true")
    stale = fields(cast, sidste_dag="2028-03-31")
    noegle = named(cast.aase, cast.personale)["noegle"]
    move_stay(cast.elevansvarlig, **named(cast.aase, cast.personale), halves=1)
    response = client.post(url("plan_ophold", hold, noegle), stale)
    page = body(response)
    assert response.status_code == 409
    assert "Else Ansvarlig har ændret opholdet til Personale &amp; Udvikling 16. jan. – 15. maj 2028" in page
    assert 'value="2028-03-31"' in page and 'value="2028-01-01"' in page
    was = re.search(r'name="was" value="([^"]+)"', page)[1]
    assert was == named(cast.aase, cast.personale)["was"]
    move_back = {**stale, "was": was, "startdato": "2028-01-16"}
    assert client.post(url("plan_ophold", hold, noegle), move_back).status_code == (200 if htmx else 302)
    assert str(stay_of(cast.aase, cast.personale).span) == "16. jan. – 31. marts 2028"


def test_a_stay_that_is_gone_is_said_on_the_board(client, cast, hold):
    data, noegle = fields(cast), named(cast.aase, cast.personale)["noegle"]
    remove_stay(cast.elevansvarlig, **named(cast.aase, cast.personale))
    response = client.post(url("plan_ophold", hold, noegle), data, follow=True)
    assert "Planen er ændret eller udgivet imens" in body(response)
    response = client.post(url("plan_ophold", hold, noegle), data, **HTMX)
    assert response.status_code == 422 and "Planen er ændret eller udgivet imens" in body(response)


def test_the_past_asks_for_a_cross(client, cast, hold):
    stay = named(cast.aase, cast.oekonomi)
    data = {"was": stay["was"], "afdeling": cast.personale.pk, "startdato": "2027-09-01", "sidste_dag": "2027-12-31"}
    response = client.post(url("plan_ophold", hold, stay["noegle"]), data)
    assert response.status_code == 422 and "Det ændrer, hvor eleven har været før i dag" in body(response)
    assert client.post(url("plan_ophold", hold, stay["noegle"]), data | {"bekraeft": "on"}).status_code == 302


BAD = ["", "\x00", "-1", "9" * 40, "²", "0001-01-01", "9999-12-31", "x" * 1_000_000]


@pytest.mark.parametrize("value", BAD, ids=lambda value: repr(value[:12]))
def test_bad_input_never_breaks_anything(client, cast, hold, value):
    save(client, cast, hold, sidste_dag="2028-05-31")  # a draft, to undo and to publish
    stay, row = named(cast.aase, cast.personale), fields(cast)
    taken = {"ophold": f"{stay['noegle']} {stay['was']}"}
    posts = [("plan_ophold", [stay["noegle"]], row, field) for field in (*row, "ogsaa", "bekraeft")]
    posts += [
        (name, [], taken, field)
        for name, field in [
            ("plan_flyt", "ophold"),
            ("plan_byt", "ophold"),
            ("plan_byt", "med"),
            ("plan_fjern", "ophold"),
            ("plan_tilpas", "tilpas"),
            ("plan_fortryd", "aendring"),
            ("plan_forslag", "elev"),
            ("plan_forslag", "nr"),
            ("plan_forslag", "was"),
            ("plan_udgiv", "udkast"),
            ("plan_udgiv", "was"),
        ]
    ]
    for name, of, data, field in posts:
        with undone():
            status = client.post(url(name, hold, *of), data | {field: value}).status_code
            assert status in {200, 302, 409, 422}, (name, field, status)
            assert Ophold.objects.count() == 4 and not Mail.objects.exists(), (name, field)


@pytest.mark.parametrize("value", [value for value in BAD if len(value) < 100 and "\x00" not in value])
def test_a_bad_address_never_breaks_anything(client, cast, hold, value):
    for name in ("ret", "mdr", "fra", "vis", "afd", "alle"):
        assert client.get(reverse("plan", args=[hold.pk]), {name: value}).status_code == 200
    assert client.get(reverse("plan_forslag", args=[hold.pk]), {"nr": value, "behold": value}).status_code == 200
    assert client.get(reverse("plan_start"), {"hold": value}).status_code in {302, 404}


def test_a_hold_that_is_not_there_is_404(client, cast, hold):
    for name in ("plan", "plan_forslag", "plan_udgiv", "plan_kasser", "plan_pdf", "plan_excel", "plan_udgivelser"):
        assert client.get(reverse(name, args=[99999999999999999999])).status_code == 404


# --- the other steps ----------------------------------------------------------------------------------------------


def test_undo_names_what_it_undoes(client, cast, hold):
    client.post(url("plan_flyt", hold), {"ophold": ophold(cast), "retning": "senere"})
    page = body(client.get(url("plan", hold)))
    assert "Åse Ærlig: Personale flyttet ½ måned senere" in page
    client.post(url("plan_fortryd", hold), {"aendring": Udkastaendring.objects.get().pk})
    assert str(stay_of(cast.aase, cast.personale).span) == "1. jan. – 30. apr. 2028"


def test_swapping_without_a_choice_says_so(client, cast, hold):
    response = client.post(url("plan_byt", hold), {"ophold": ophold(cast), "med": ""}, **HTMX)
    assert response.status_code == 422 and "Vælg, hvem der skal byttes med" in body(response)


def test_discarding_asks_first(client, cast, hold):
    remove_stay(cast.elevansvarlig, **named(cast.aase, cast.personale))
    page = body(client.get(url("plan_kasser", hold)))
    assert "Åse Ærlig: Personale 1. jan. – 30. apr. 2028 fjernet" in page and Udkast.objects.exists()
    client.post(url("plan_kasser", hold))
    assert not Udkast.objects.exists()


def test_publishing_shows_difference_and_mails_and_gives_a_receipt(client, cast, hold):
    remove_stay(cast.elevansvarlig, **named(cast.aase, cast.personale))
    page = body(client.get(url("plan_udgiv", hold)))
    assert "Opholdet i Personale &amp; Udvikling 1. jan. – 30. apr. 2028 udgår" in page
    assert "Åse Ærlig" in page and "Anders Anden" in page and not Mail.objects.exists()
    data = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("was", "udkast")}
    receipt = client.post(url("plan_udgiv", hold), data, follow=True)
    assert "er udgivet" in body(receipt) and Mail.objects.count() == 2
    again = client.post(url("plan_udgiv", hold), data, follow=True)
    assert again.redirect_chain[-1][0] == url("plan_udgivelse", hold, Udgivelse.objects.get().pk)
    assert Mail.objects.count() == 2


def test_a_proposal_is_taken_for_the_chosen_elever(client, cast, hold):
    from tests.factories import AfdelingFactory

    AfdelingFactory(navn="Borgerservice", kortnavn="Borgerservice")
    page = body(client.get(url("plan_forslag", hold)))
    was = re.search(r'name="was" value="([^"]+)"', page)[1]
    response = client.post(url("plan_forslag", hold), {"was": was, "behold": "ja", "elev": [cast.aase.pk]})
    assert response.status_code == 302
    assert Udkastophold.objects.filter(elev=cast.aase).count() == 3
    assert Udkastophold.objects.filter(elev=cast.bo).count() == 2


def test_a_hold_without_elever_is_sent_to_write_them_in(client, cast):
    empty = HoldFactory(navn="Hold 2029")
    for page in ("plan", "plan_forslag"):
        text = client.get(url(page, empty)).content.decode()
        assert "Holdet har ingen elever endnu" in text and reverse("hold_elever_nye", args=[empty.pk]) in text
        assert "Planen er allerede" not in text and "Gå til kapacitet" not in text
    answer = client.get(url("plan_udgiv", empty), follow=True).content.decode()
    assert "Der er ingen kladde at udgive. Læg en plan først." in answer


def test_the_tab_goes_to_the_hold_with_a_draft(client, cast, hold):
    from tests.factories import HoldFactory

    HoldFactory(startdato=hold.startdato.replace(year=2030))
    remove_stay(cast.elevansvarlig, **named(cast.aase, cast.personale))
    assert client.get(reverse("plan_start")).url == url("plan", hold)
    assert client.get(reverse("plan_start"), {"hold": hold.pk}).url == url("plan", hold)


# --- on paper -----------------------------------------------------------------------------------------------------


def test_the_plan_on_paper_is_one_tagged_page_on_its_side(client, cast, hold):
    document = PdfReader(BytesIO(client.get(url("plan_pdf", hold)).content))
    assert len(document.pages) == 1
    box = document.pages[0].mediabox
    assert box.width > box.height
    text = document.pages[0].extract_text()
    assert "Åse Ærlig" in text and "1. jan. – 30. apr. 2028" in text and "1/3" in text


def test_a_large_plan_comes_in_parts(client, cast, hold, monkeypatch):
    monkeypatch.setattr(plan_filer, "ELEVER_IN_PDF", 1)
    page = client.get(url("plan_pdf", hold)).content.decode()
    assert "Del 1: " in page and "Del 2: " in page and "Del 3: " not in page
    texts = [
        PdfReader(BytesIO(client.get(url("plan_pdf", hold), {"del": nr}).content)).pages[0].extract_text()
        for nr in (1, 2)
    ]
    assert ["Åse Ærlig" in text for text in texts] == [False, True] and ["Bo Berg" in text for text in texts] == [
        True,
        False,
    ]
    assert "Del 2 af 2" in texts[1]
    for nonsense in ("0", "3", "²", "x"):
        assert "Del 1: " in client.get(url("plan_pdf", hold), {"del": nonsense}).content.decode()


def test_the_plan_on_paper_passes_the_checks_of_pdf_ua(client, hold, tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(client.get(url("plan_pdf", hold)).content)
    outloud = Path(sys.executable).with_name("outloud")
    found = subprocess.run(
        [outloud, "--layer", "conformance", "--fail-on", "warning", path], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout


def test_the_plan_in_excel_has_dates_to_calculate_with(client, cast, hold):
    cast.aase.bruger.navn = "=1+1"
    cast.aase.bruger.save()
    book = load_workbook(BytesIO(client.get(url("plan_excel", hold)).content))
    rows = list(book["Plan"].iter_rows(min_row=2, values_only=True))
    assert ("=1+1", "Personale & Udvikling", "Anders Anden") in [(row[0], row[1], row[4]) for row in rows]
    cell = next(cell for row in book["Plan"].iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"
    assert {type(row[2]).__name__ for row in rows} == {"datetime"}


def test_every_page_is_logged_once_as_a_list_and_every_file_as_fetched(client, cast, hold):
    for name in ("plan", "plan_forslag"):
        client.get(url(name, hold))
    client.get(url("plan_excel", hold))
    assert list(Opslag.objects.order_by("id").values_list("side", "art")) == [
        ("plan", "liste"),
        ("plan_forslag", "liste"),
        ("plan_excel", "hent"),
    ]

"""Around the evaluations: the forms are edited, a hold's past is closed, files are made, and the school is told."""

import re
import zipfile
from datetime import date

import pytest
from playwright.sync_api import expect

from elevforloeb.core import prints, seal
from evaluering.models import Dokumentsamling, Evaluering, Oplaeringserklaering
from evaluering.services import samling
from tests.cast import person
from tests.evaluering_steps import planned, sealed
from tests.factories import ErklaeringFactory, RolletildelingFactory, evalueringsskemaer

from .conftest import PHONE
from .keyboard import press
from .steps import expect_heading
from .test_evaluering import button, path
from .test_every_page import axe
from .test_telefon import fits

QUESTION = "Hvad tager du med videre?"


def link(page, text: str):
    return page.get_by_role("link", name=text, exact=True)


# --- the forms ----------------------------------------------------------------------------------------------------


def test_a_question_is_written_tried_published_and_asked_of_the_next_elev(open_as, cast):
    evalueringsskemaer()
    page = open_as(cast.elevansvarlig)
    page.goto("/evaluering/")
    link(page, "Skemaer").click()
    assert axe(page) == []
    button(page, "Ny version af Kort evaluering").click()
    expect(page.get_by_text("Kladden er en kopi af den seneste version")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name=re.compile("^Nyt spørgsmål i Opholdet")).click()
    page.get_by_label("Spørgsmål").fill(QUESTION)
    page.get_by_label("Hvem svarer").select_option(label="Kun eleven")
    button(page, "Gem").click()
    expect(page.get_by_role("link", name=f"Ret {QUESTION}")).to_be_visible()
    link(page, "Vis, som det ser ud").click()
    expect(page.get_by_label(QUESTION)).to_be_visible()
    page.go_back()
    link(page, "Udgiv").click()
    expect(page.get_by_text(f"Nyt spørgsmål i “Opholdet”: {QUESTION}")).to_be_visible()
    page.get_by_label("Gælder fra").fill("2027-10-15")
    button(page, "Udgiv").click()
    expect(page.get_by_text("gælder fra 15. oktober 2027")).to_be_visible()

    evaluering = planned(cast, art="kort")
    elev, vejleder = open_as(cast.aase.bruger), open_as(cast.vejleder)
    elev.goto(path(evaluering))
    button(elev, "Begynd").click()
    expect(elev.get_by_label(QUESTION)).to_be_visible()
    vejleder.goto(path(evaluering))
    expect(vejleder.get_by_role("heading", level=1)).to_be_visible()
    expect(vejleder.get_by_label(QUESTION)).to_have_count(0)


# --- the files ----------------------------------------------------------------------------------------------------


def make(page) -> Dokumentsamling:
    """What a worker does when the bell rings."""
    found = Dokumentsamling.objects.get(pk=int(page.url.rstrip("/").rsplit("/", 1)[1]))
    samling.make(found.pk)
    return found


def test_a_holds_evaluations_become_one_file_while_one_waits(open_as, cast, tmp_path):
    for art in ("slut", "midtvejs"):
        seal.store_pdf(sealed(cast, art=art).dokument, b"%PDF-1.7")
    page = open_as(cast.elevansvarlig)
    page.goto(f"/hold/{cast.aase.hold_id}/")
    link(page, "Dokumenter").click()
    expect(page.get_by_text("2 forseglede evalueringer")).to_be_visible()
    page.get_by_label("En ZIP-fil med én PDF for hver evaluering").check()
    assert axe(page) == []
    button(page, "Saml i en fil").click()
    expect(page.get_by_role("heading", name="Samler evalueringerne")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert axe(page) == []
    make(page)
    expect(link(page, "Hent filen")).to_be_visible()  # by itself
    with page.expect_download() as fetched:
        link(page, "Hent filen").click()
    fetched.value.save_as(tmp_path / "alle.zip")
    with zipfile.ZipFile(tmp_path / "alle.zip") as file:
        assert [name.split("-", 1)[1] for name in sorted(file.namelist())] == [
            "slutevaluering-aase-aerlig-i-oekonomi.pdf",
            "midtvejssamtale-aase-aerlig-i-oekonomi.pdf",
        ]


def test_without_javascript_one_looks_again_and_a_stop_is_a_stop(open_as, cast):
    seal.store_pdf(sealed(cast).dokument, b"%PDF-1.7")
    page = open_as(cast.elevansvarlig, java_script_enabled=False)
    for end in ("Hent filen", "Stop"):
        page.goto(f"/elever/{cast.aase.pk}/dokumenter/")
        page.get_by_label("En ZIP-fil med én PDF for hver evaluering").check()
        button(page, "Saml i en fil").click()
        if end == "Stop":
            button(page, "Stop").click()
            expect(page.get_by_text("Der er ikke lavet nogen fil")).to_be_visible()
        else:
            make(page)
            link(page, "Se, hvor langt den er").click()
            expect(link(page, "Hent filen")).to_be_visible()


# --- the declaration ----------------------------------------------------------------------------------------------


def test_a_declaration_goes_from_draft_past_the_elevs_phone_to_the_school(open_as, cast):
    row = ErklaeringFactory(elev=cast.aase, skole=cast.skole)
    page = open_as(cast.elevansvarlig)
    page.goto("/evaluering/")
    link(page, "Oplæringserklæringer").click()
    page.get_by_role("link", name=re.compile("^Åse Ærlig")).click()
    page.get_by_label("Arbejdsområder og funktioner").fill("Bogføring og afstemning")
    assert axe(page) == []
    button(page, "Gem, og send til eleven").click()
    expect(page.get_by_text("Åse Ærlig kan nu læse erklæringen.")).to_be_visible()

    phone = open_as(cast.aase.bruger, viewport=PHONE, has_touch=True)
    phone.goto(f"/erklaeringer/{row.pk}/")
    expect(phone.get_by_text("Bogføring og afstemning")).to_be_visible()
    fits(phone)
    phone.get_by_label("Din egen bemærkning").fill("Jeg vil gerne lære mere om budget")
    button(phone, "Jeg har set den").tap()
    expect(phone.get_by_text("Jeg vil gerne lære mere om budget")).to_be_visible()
    assert axe(phone) == []

    page.reload()
    button(page, "Skriv under").click()
    expect(page.get_by_text("Erklæringen er underskrevet og forseglet")).to_be_visible()
    row.refresh_from_db()
    assert prints.pdf_of(row.dokument_id).startswith(b"%PDF")
    page.get_by_label("Hvordan?").fill("Sikker mail til skolen")
    button(page, "Den er sendt").click()
    expect(page.get_by_text(re.compile("Sendt eller afleveret .*: Sikker mail til skolen"))).to_be_visible()
    assert axe(page) == []
    row.refresh_from_db()
    assert row.status == Oplaeringserklaering.Status.SENDT


# --- what the elevansvarlig puts right ----------------------------------------------------------------------------


def test_by_keyboard_a_substitute_is_chosen_and_takes_it_from_there(open_as, cast):
    vikar = person("Viggo Vikar")
    RolletildelingFactory(bruger=vikar, rolle="elevvejleder", afdeling=cast.oekonomi)
    evaluering = planned(cast)
    page = open_as(cast.elevansvarlig)
    page.goto(path(evaluering))
    press(page, link(page, "Vælg en vikar for elevvejlederen"))
    expect_heading(page, "Vælg en vikar for elevvejlederen")
    assert axe(page) == []
    press(page, page.get_by_label("Viggo Vikar"), key="Space")
    press(page, button(page, "Vælg"))
    expect(page.get_by_text("Viggo Vikar svarer nu for afdelingen.")).to_be_visible()
    other = open_as(vikar)
    other.goto("/")
    other.get_by_role("link", name=re.compile("Slutevaluering")).first.click()
    button(other, "Begynd").click()
    expect(other.get_by_label("Hvad er gået godt?")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_held_on_paper_is_written_down_for_the_whole_hold(open_as, cast, settings, javascript):
    settings.DEMO_DATE = date(2028, 3, 10)
    page = open_as(cast.elevansvarlig, java_script_enabled=javascript, viewport=PHONE)
    page.goto(f"/hold/{cast.aase.hold_id}/")
    page.get_by_role("navigation").filter(has_text="Dokumenter").get_by_role("link", name="Evalueringer").click()
    fits(page)
    button(page, "Gem").click()
    expect(page.get_by_text("Ret dette, før du går videre")).to_be_visible()
    page.get_by_label("Alle på listen").check()
    page.get_by_label("De er holdt på papir").check()
    page.get_by_label("Holdt på papir: hvor ligger papirerne?").fill("Sag 2027-11")
    button(page, "Gem").click()
    expect(page.get_by_text("står som holdt på papir")).to_be_visible()
    expect(page.get_by_text("Der mangler ingen")).to_be_visible()
    fits(page)
    assert set(Evaluering.objects.values_list("status", "papir")) == {("papir", "Sag 2027-11")}

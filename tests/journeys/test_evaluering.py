"""An evaluation by two people in two browsers: from the first word to the seal, and everything that can go wrong."""

import re
import time

import pytest
from playwright.sync_api import expect

from afdelinger.models import Opgave
from evaluering.models import Evaluering, Punkt
from evaluering.models.skema import Part
from tests.evaluering_steps import agreed, begun, fill_in, planned, shared, words, write

from .conftest import PHONE
from .keyboard import press, tab_to, walk
from .steps import expect_heading, give_password, log_in
from .test_every_page import axe
from .test_telefon import fits

WELL = "Hvad er gået godt?"
SAVED = re.compile(r"Gemt automatisk kl\. \d\d\.\d\d")


def path(evaluering) -> str:
    return f"/evaluering/{evaluering.pk}/"


def button(page, text: str):
    return page.get_by_role("button", name=text, exact=True)


def choose(page, question: str, step: str):
    page.get_by_role("group", name=question).get_by_text(step, exact=True).click()


def expect_saved(page):
    expect(page.locator("#gemt")).to_have_text(SAVED)
    expect(page.locator("form[data-aendret]")).to_have_count(0)


def answer_everything(page, text: str):
    choose(page, "Afstemme konti", "Rutineret")
    page.get_by_label(WELL).fill(text)
    expect_saved(page)


def test_two_people_hold_a_whole_evaluation_from_begin_to_seal(open_as, cast):
    evaluering = planned(cast)
    elev, vejleder = open_as(cast.aase.bruger), open_as(cast.vejleder)

    elev.goto("/")
    elev.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Evalueringer").click()
    elev.get_by_role("link", name="Slutevaluering").click()
    expect(elev.get_by_text("Det er fortroligt, ikke anonymt.")).to_be_visible()
    assert axe(elev) == []
    button(elev, "Begynd").click()
    answer_everything(elev, "Jeg lavede regnskabet")
    expect(elev.locator(".gemlinje")).to_contain_text("2 af 4 besvaret")
    assert axe(elev) == []
    button(elev, "Gå videre til deling").click()
    expect_heading(elev, "Del dine svar")
    button(elev, "Del mine svar").click()
    expect_heading(elev, "Slutevaluering i Økonomi")
    expect(elev.get_by_role("heading", name="Vi venter på Vera Vejleder")).to_be_visible()
    assert axe(elev) == []

    vejleder.goto(path(evaluering))
    expect(vejleder.get_by_text("Åse Ærlig har delt sine svar")).to_be_visible()
    expect(vejleder.get_by_text("Jeg lavede regnskabet")).to_have_count(0)
    choose(vejleder, "Afstemme konti", "Rutineret")
    choose(vejleder, "Initiativ", "Avanceret")
    button(vejleder, "Gå videre til deling").click()
    vejleder.get_by_role("link", name="Giv et eksempel til dit svar på “Initiativ”.").click()
    initiativ = vejleder.get_by_role("group", name="Initiativ")
    expect(initiativ.get_by_label("Giv et eksempel")).to_be_visible()  # what must be written is never folded away
    initiativ.get_by_label("Giv et eksempel").fill("Hun ringede selv")
    button(vejleder, "Gå videre til deling").click()
    button(vejleder, "Del mine svar").click()

    expect(vejleder.get_by_text("Jeg lavede regnskabet")).to_be_visible()
    vejleder.get_by_label("Aftalt om “Initiativ”").fill("Mere af det")
    vejleder.get_by_label("Fælles konklusion").fill("Det er gået godt")
    expect_saved(vejleder)
    assert axe(vejleder) == []
    button(vejleder, "Læs det hele, og kvittér").click()
    acknowledge(vejleder)
    expect(vejleder.get_by_text("Teksten er låst")).to_be_visible()

    elev.reload()
    expect(elev.get_by_text("Mere af det")).to_be_visible()
    acknowledge(elev, "Jeg glæder mig til det næste")
    expect(elev.get_by_role("heading", name=re.compile("Set og forseglet"))).to_be_visible()
    expect(elev.get_by_text("Jeg glæder mig til det næste")).to_be_visible()
    assert axe(elev) == []
    assert Evaluering.objects.get().status == Evaluering.Status.FORSEGLET


def acknowledge(page, remark=""):
    page.get_by_label("Din egen bemærkning").fill(remark)
    page.get_by_label("Jeg har læst svarene og det, vi har aftalt").check()
    button(page, "Kvittér").click()
    expect(page.get_by_text("Du har kvitteret.")).to_be_visible()


def test_on_a_phone_everything_fits_and_the_answers_stand_below_each_other(open_as, cast):
    evaluering = begun(cast)
    page = open_as(cast.aase.bruger, viewport=PHONE, has_touch=True)
    page.goto(path(evaluering))
    fits(page)
    choose(page, "Afstemme konti", "Rutineret")
    page.get_by_label(WELL).fill("Jeg lavede regnskabet")
    expect_saved(page)
    assert axe(page) == []
    button(page, "Gå videre til deling").tap()
    expect_heading(page, "Del dine svar")
    fits(page)
    button(page, "Del mine svar").tap()
    expect(page.get_by_role("heading", name="Vi venter på Vera Vejleder")).to_be_visible()
    fits(page)

    fill_in(cast.vejleder, evaluering)
    vejleder = open_as(cast.vejleder, viewport=PHONE, has_touch=True)
    vejleder.goto(path(evaluering) + "del/")
    button(vejleder, "Del mine svar").tap()
    expect(vejleder.get_by_label("Fælles konklusion")).to_be_visible()
    page.reload()
    fits(page)
    assert axe(page) == []
    own, other = page.get_by_role("row", name="Afstemme konti").get_by_role("cell").all()[:2]
    assert own.bounding_box()["y"] < other.bounding_box()["y"]
    assert own.evaluate("e => getComputedStyle(e, '::before').content") == '"Åse Ærlig (dig)"'
    page.get_by_label("Fælles konklusion").fill("Godt")
    expect_saved(page)
    button(page, "Læs det hele, og kvittér").tap()
    expect(button(page, "Kvittér")).to_be_visible()
    fits(page)
    acknowledge(page)
    fits(page)


def test_a_long_form_is_walked_by_thumb_from_one_unanswered_question_to_the_next(open_as, cast):
    for nr in range(12):
        Opgave.objects.create(afdeling=cast.oekonomi, kode=f"ny-{nr}", navn=f"Opgave {nr}", nr=50 + nr)
    evaluering = begun(cast)
    page = open_as(cast.aase.bruger, viewport=PHONE, has_touch=True)
    page.goto(path(evaluering))
    questions = page.locator(".evalspm")
    assert page.evaluate("document.documentElement.scrollHeight") < 300 * questions.count() + 2 * PHONE["height"]
    go_on = page.get_by_role("link", name="Næste ubesvarede")
    go_on.tap()
    expect(questions.first).to_be_in_viewport(ratio=1)
    choose(page, "Opgave 3", "Rutineret")
    button(page, "Sæt resten til “Ikke afprøvet”").tap()
    expect_saved(page)
    ways = page.get_by_role("navigation", name="Skemaets dele")
    expect(ways.get_by_role("progressbar")).to_have_js_property("value", 13)
    expect(ways.get_by_role("progressbar")).to_have_js_property("max", questions.count())
    expect(page.get_by_role("group", name="Opgave 3").get_by_label("Rutineret")).to_be_checked()
    ways.get_by_text("Spring til").tap()
    ways.get_by_role("link", name="Stedet").tap()
    expect(page.get_by_role("heading", name="Stedet")).to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    go_on.tap()
    expect(page.get_by_role("group", name="Initiativ")).to_be_in_viewport(ratio=1)
    choose(page, "Initiativ", "Avanceret")
    expect(page.get_by_role("group", name="Initiativ").get_by_label("Giv et eksempel")).to_be_visible()
    fits(page)
    assert axe(page) == []
    given = {punkt.tekst: punkt.svar.get().trin.navn for punkt in Punkt.objects.filter(afsnit="Opgaver")}
    assert given.pop("Opgave 3") == "Rutineret" and set(given.values()) == {"Ikke afprøvet"}


def test_by_keyboard_alone_one_answers_shares_and_acknowledges(open_as, cast):
    evaluering = planned(cast)
    page = open_as(cast.aase.bruger)
    page.goto(path(evaluering))
    press(page, button(page, "Begynd"))
    tab_to(page, page.get_by_role("group", name="Afstemme konti").get_by_label("Ikke afprøvet"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, page.get_by_label(WELL))
    page.keyboard.type("Tastaturet virkede")
    expect_saved(page)
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"  # saving never takes the focus
    press(page, button(page, "Gå videre til deling"))
    press(page, button(page, "Del mine svar"))
    expect(page.get_by_role("heading", name="Vi venter på Vera Vejleder")).to_be_visible()
    assert words(evaluering, Part.ELEV) == "Tastaturet virkede"


@pytest.mark.parametrize("state", [begun, shared, agreed])
def test_every_stop_of_the_keyboard_is_seen(state, open_as, cast):
    page = open_as(cast.vejleder)
    page.goto(path(state(cast)))
    assert walk(page) == []


def test_without_javascript_a_button_saves_and_nothing_else_is_missing(open_as, cast):
    evaluering = begun(cast)
    page = open_as(cast.aase.bruger, java_script_enabled=False)
    page.goto(path(evaluering))
    choose(page, "Afstemme konti", "Rutineret")
    page.get_by_label(WELL).fill("Uden script")
    button(page, "Gem kladden").click()
    expect(page.get_by_text("Kladden er gemt.")).to_be_visible()
    expect(page.get_by_label(WELL)).to_have_value("Uden script")
    button(page, "Gå videre til deling").click()
    button(page, "Del mine svar").click()
    fill_in(cast.vejleder, evaluering)
    vejleder = open_as(cast.vejleder, java_script_enabled=False)
    vejleder.goto(path(evaluering) + "del/")
    button(vejleder, "Del mine svar").click()
    for each in (vejleder, page):
        each.goto(path(evaluering))
        if each is vejleder:
            each.get_by_label("Fælles konklusion").fill("Godt gået")
            button(each, "Læs det hele, og kvittér").click()
        acknowledge(each)
    expect(page.get_by_role("heading", name=re.compile("Set og forseglet"))).to_be_visible()


def test_a_browser_killed_while_somebody_types_has_lost_less_than_ten_seconds(open_as, cast):
    """Somebody who never pauses: what stands in the table is at most ten seconds old when the process dies."""

    evaluering = begun(cast)
    page = open_as(cast.aase.bruger)
    page.goto(path(evaluering))
    page.get_by_label(WELL).focus()
    typed = []
    begin = time.monotonic()
    while time.monotonic() - begin < 12:
        page.keyboard.type(f"{len(typed)} ")
        typed.append(time.monotonic())
        page.wait_for_timeout(120)  # never a whole second's rest
    page.context.close()  # no pagehide is waited for
    end = typed[-1]
    kept = len((words(evaluering, Part.ELEV) or "").split())
    assert end - typed[kept - 1] < 10


def test_a_closed_tab_saves_what_was_typed_a_moment_before(open_as, cast):
    evaluering = begun(cast)
    page = open_as(cast.aase.bruger)
    page.goto(path(evaluering))
    page.get_by_label(WELL).fill("Et øjeblik før")
    page.goto("about:blank")
    until(lambda: words(evaluering, Part.ELEV) == "Et øjeblik før")


def until(true, seconds=5):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)


def test_a_session_that_ends_while_somebody_types_gives_the_text_back_after_log_in(open_as, cast):
    evaluering = begun(cast)
    give_password(cast.aase.bruger)
    page = open_as()
    page.goto(path(evaluering))
    log_in(page, cast.aase.bruger.email)
    page.get_by_label(WELL).fill("Før")
    expect_saved(page)
    page.context.clear_cookies()
    page.get_by_label(WELL).fill("Før og efter")
    expect(page.locator("#gemt")).to_contain_text("Du er logget ud")
    page.get_by_label(WELL).press_sequentially(" og endnu mere")
    page.get_by_role("link", name=re.compile("Log ind igen")).click()
    log_in(page, cast.aase.bruger.email)
    expect(page.get_by_label(WELL)).to_have_value("Før og efter og endnu mere")
    expect_saved(page)
    assert words(evaluering, Part.ELEV) == "Før og efter og endnu mere"


def test_without_a_connection_it_says_since_when_and_saves_when_it_is_back(open_as, cast):
    evaluering = begun(cast)
    page = open_as(cast.aase.bruger)
    page.goto(path(evaluering))
    page.get_by_label(WELL).fill("Med net")
    expect_saved(page)
    page.context.set_offline(True)
    page.get_by_label(WELL).fill("Uden net")
    button(page, "Gå videre til deling").click()  # before anything has failed: the page with the text stays
    expect(page.locator("#gemt")).to_contain_text(re.compile(r"Ikke gemt siden kl\. \d\d\.\d\d"))
    page.context.set_offline(False)
    button(page, "Prøv nu").click()
    expect_saved(page)
    assert words(evaluering, Part.ELEV) == "Uden net"


def test_the_draft_changed_on_the_phone_both_texts_are_shown_and_one_chooses(open_as, cast):
    evaluering = begun(cast)
    desk = open_as(cast.aase.bruger)
    desk.goto(path(evaluering))
    write(cast.aase.bruger, evaluering, "Fra telefonen")
    desk.get_by_label(WELL).fill("Fra skrivebordet")
    expect(desk.locator("#gemt")).to_contain_text("Kladden er ændret et andet sted")
    box = desk.get_by_role("heading", name="To udgaver af dette svar")
    expect(box).to_be_visible()
    expect(desk.get_by_text("Fra telefonen")).to_be_visible()
    expect(desk.get_by_label(WELL)).to_have_value("Fra skrivebordet")
    assert axe(desk) == []
    button(desk, "Sæt begge tekster sammen").click()
    expect(desk.get_by_label(WELL)).to_have_value("Fra telefonen\n\nFra skrivebordet")
    assert words(evaluering, Part.ELEV) == "Fra telefonen\n\nFra skrivebordet"


def test_a_button_pressed_while_the_draft_is_being_saved_is_no_conflict_with_oneself(open_as, cast):
    evaluering = begun(cast)
    page = open_as(cast.aase.bruger)
    page.goto(path(evaluering))
    held = []
    page.route("**/svar/", lambda route: held.append(route), times=1)  # under way until we let it go
    page.get_by_label(WELL).fill("Første")
    expect(page.locator("#gemt")).to_contain_text("Gemmer")
    page.get_by_label(WELL).fill("Første og anden")
    button(page, "Gå videre til deling").dblclick(no_wait_after=True)
    held[0].continue_()
    expect_heading(page, "Del dine svar")
    assert words(evaluering, Part.ELEV) == "Første og anden"


def test_the_back_button_after_sharing_shows_what_is_shared_and_no_field(open_as, cast):
    evaluering = begun(cast)
    fill_in(cast.aase.bruger, evaluering)
    page = open_as(cast.aase.bruger)
    page.goto(path(evaluering))
    button(page, "Gå videre til deling").click()
    button(page, "Del mine svar").click()
    expect(page.get_by_role("heading", name="Vi venter på Vera Vejleder")).to_be_visible()
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name="Vi venter på Vera Vejleder")).to_be_visible()
    expect(page.locator("textarea")).to_have_count(0)


def test_two_write_at_the_talk_and_nothing_of_either_is_lost(open_as, cast):
    evaluering = shared(cast)
    elev, vejleder = open_as(cast.aase.bruger), open_as(cast.vejleder)
    for page in (elev, vejleder):
        page.goto(path(evaluering))
    elev.get_by_label("Fælles konklusion").fill("Fra Åse")
    expect_saved(elev)
    vejleder.get_by_label("Aftalt om “Initiativ”").fill("Fra Vera")
    expect_saved(vejleder)  # another question: nobody is disturbed
    vejleder.get_by_label("Fælles konklusion").fill("Også fra Vera")
    expect(vejleder.locator("#gemt")).to_contain_text("Den anden har også skrevet her")
    expect(vejleder.get_by_text("Åse Ærlig gemte")).to_be_visible()
    button(vejleder, "Sæt begge tekster sammen").click()
    expect(vejleder.get_by_label("Fælles konklusion")).to_have_value("Fra Åse\n\nOgså fra Vera")
    assert words(evaluering, Part.FAELLES, "Initiativ") == "Fra Vera"


def test_closing_the_draft_by_its_link_saves_the_last_words(open_as, cast):
    evaluering = begun(cast)
    page = open_as(cast.aase.bruger)
    page.goto(path(evaluering))
    page.get_by_label(WELL).fill("De sidste ord")
    page.get_by_role("link", name="Luk – kladden er gemt").click()
    expect_heading(page, "Evalueringer")
    until(lambda: words(evaluering, Part.ELEV) == "De sidste ord")

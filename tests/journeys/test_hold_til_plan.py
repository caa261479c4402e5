"""The main story by mouse: a hold is made, planned and published, and everybody concerned sees it."""

from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import time_machine
from playwright.sync_api import expect
from pypdf import PdfReader

from elevforloeb.models import Ophold

from .steps import (
    HIRED,
    NANNA,
    OSKAR,
    PASSWORD,
    PERNILLE,
    RIKKE,
    bars_of,
    expect_heading,
    give_password,
    link_in,
    log_in,
    recipients,
    row_of,
)

WEEKS_BEFORE_THE_START = datetime(2028, 8, 14, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


def test_a_hold_becomes_a_published_plan_that_everybody_concerned_sees(open_as, programme, sent_mails, live_server):
    page = open_as()
    page.goto("/")
    log_in(page, give_password(programme.elevansvarlig).email)
    create_hold_with_elever(page)
    add_school(page)
    get_a_plan_proposed(page)
    move_and_solve_the_problem(page)
    swap_and_undo(page)
    told = publish(page)
    plan_as_pdf_has_the_names(page)

    mails = sent_mails()
    assert {mail["To"] for mail in mails} == told | set(HIRED.values())
    assert_no_private_content(mails)
    elev_sees_her_course(open_as(), invitation_to(HIRED[NANNA], mails), live_server)
    with time_machine.travel(WEEKS_BEFORE_THE_START, tick=True):
        vejleder_sees_whom_she_gets(open_as)


def create_hold_with_elever(page):
    page.get_by_role("link", name="Opret hold").click()
    page.get_by_label("Uddannelsesmodel").select_option(label="3 x 4 + 2 x 6 måneder")
    page.get_by_role("button", name="Opret holdet").click()  # name and start are proposed
    for nr, navn in enumerate([NANNA, OSKAR], start=1):
        row = page.get_by_role("group", name=f"Elev {nr}", exact=True)
        row.get_by_label("Navn").fill(navn)
        row.get_by_label("E-mail").fill(HIRED[navn])
    page.get_by_label("Send den nu").check()
    page.get_by_role("button", name="Tilføj eleverne").click()
    expect(page.get_by_text("2 elever er tilføjet og får en mail med invitation.")).to_be_visible()

    page.get_by_text("Flere handlinger").click()
    page.get_by_role("link", name="Tilføj elever").click()
    page.get_by_role("link", name="indsæt dem på én gang").click()
    lines = [f"{PERNILLE}\t{HIRED[PERNILLE]}\t12345678\tja", f"{RIKKE}\t{HIRED[RIKKE]}"]
    page.get_by_label("Elever fra et regneark").fill("\n".join(lines))
    page.get_by_role("button", name="Vis, hvad der bliver oprettet").click()
    expect(page.get_by_text("Der er ikke gemt noget endnu")).to_be_visible()
    page.get_by_label("Send den nu").check()
    page.get_by_role("button", name="Tilføj 2 elever").click()
    expect_heading(page, "Hold 2028")


def add_school(page):
    page.get_by_role("link", name="Tilføj skole").first.click()
    page.get_by_label("Navn").fill("Skoleophold 1")
    page.get_by_label("Første dag").fill("2028-10-09")
    page.get_by_label("Sidste dag").fill("2028-10-27")
    page.get_by_role("button", name="Giv holdet skoleperioden").click()
    expect(page.get_by_text("9.–27. okt. 2028")).to_be_visible()


def get_a_plan_proposed(page):
    page.get_by_role("link", name="Åbn planen").first.click()
    page.get_by_role("link", name="Foreslå plan").click()
    page.get_by_role("button", name="Brug forslaget for de valgte").click()
    expect_heading(page, "Plan for Hold 2028")
    for navn in HIRED:
        assert len(bars_of(page, navn)) == 5, "three stays, and two half years to plan by hand"


def move_and_solve_the_problem(page):
    """Half a month later leaves two weeks without a department; the list of problems closes them with one click."""
    whole = bars_of(page, NANNA)
    row_of(page, NANNA).locator(".bar").first.click()
    page.get_by_role("button", name="½ måned senere").click()
    problem = page.get_by_role("listitem").filter(has_text=f"{NANNA} har ingen afdeling 1.–15. sep. 2028")
    expect(problem).to_be_visible()
    assert bars_of(page, NANNA) != whole
    problem.get_by_role("button").click()
    expect(problem).to_have_count(0)
    first_bar = row_of(page, NANNA).locator(".bar").first
    expect(first_bar).to_contain_text("1. sep. 2028 – 15. jan. 2029")


def swap_and_undo(page):
    before = bars_of(page, OSKAR)
    row_of(page, OSKAR).locator(".bar").first.click()
    other = page.get_by_label("Byt afdeling med").locator("option").filter(has_text=PERNILLE).first
    page.get_by_label("Byt afdeling med").select_option(value=other.get_attribute("value"))
    page.get_by_role("button", name="Byt", exact=True).click()
    expect(page.get_by_text(f"{OSKAR} og {PERNILLE} byttede").first).to_be_visible()
    assert bars_of(page, OSKAR) != before
    page.get_by_role("button", name="Fortryd").click()
    expect(row_of(page, OSKAR).locator(".bar").first).to_contain_text(before[0][:8])
    assert bars_of(page, OSKAR) == before


def publish(page) -> set[str]:
    page.get_by_role("link", name="Udgiv plan").click()
    expect(page.get_by_text("Ingen har fået besked endnu.")).to_be_visible()
    told = recipients(page)
    assert told >= set(HIRED.values())
    page.get_by_role("button", name="Udgiv planen").click()
    expect_heading(page, "Planen for Hold 2028 er udgivet")
    return told


def plan_as_pdf_has_the_names(page):
    page.get_by_role("link", name="Plan for Hold 2028").click()
    page.get_by_role("button", name="Mere", exact=True).click()
    answer = page.request.get(page.get_by_role("link", name="Hent som PDF").get_attribute("href"), timeout=60_000)
    assert answer.headers["content-type"] == "application/pdf"
    text = " ".join(PdfReader(BytesIO(answer.body())).pages[0].extract_text().split())
    assert [navn for navn in HIRED if navn not in text] == []


def assert_no_private_content(mails):
    """No letter names an elev to anybody else, and no subject names anybody."""
    for mail in mails:
        text = mail.get_body(("plain",)).get_content()
        named = {navn for navn in HIRED if navn in text or navn in mail["Subject"]}
        assert named <= {navn for navn, email in HIRED.items() if email == mail["To"]}
        assert not any(navn.split()[0] in mail["Subject"] for navn in HIRED)


def invitation_to(email, mails):
    return next(mail for mail in mails if mail["To"] == email and "adgang" in mail["Subject"])


def elev_sees_her_course(page, invitation, live_server):
    page.goto(link_in(invitation, live_server.url))
    expect_heading(page, "Velkommen, Nanna")
    page.get_by_label("Vælg en adgangskode").fill(PASSWORD)
    page.get_by_label("Skriv den igen").fill(PASSWORD)
    page.get_by_role("button", name="Gem og log ind").click()
    expect_heading(page, "Velkommen, Nanna")
    course = page.get_by_role("region", name="Hele dit forløb")
    for stay in Ophold.objects.filter(elev__bruger__navn=NANNA):
        expect(course.get_by_role("heading", name=stay.afdeling.navn)).to_be_visible()
    expect(course.get_by_role("heading", name="Skoleophold 1")).to_be_visible()


def vejleder_sees_whom_she_gets(open_as):
    stay = Ophold.objects.filter(elev__bruger__navn=NANNA).order_by("periode").first()
    page = open_as(stay.elevvejleder)
    page.goto("/")
    coming = page.get_by_role("region", name="De næste elever")
    expect(coming.get_by_role("link", name=NANNA)).to_be_visible()
    expect(coming.get_by_text("du er elevvejleder").first).to_be_visible()

"""The main story in a browser without JavaScript: every step is a plain link or form."""

from playwright.sync_api import expect

from elevforloeb.models import Udgivelse, Udkastophold

from .steps import HIRED, NANNA, OSKAR, PERNILLE, bars_of, expect_heading, give_password, log_in, row_of


def test_a_hold_is_made_and_planned_without_javascript(open_as, programme):
    page = open_as(java_script_enabled=False)
    page.goto("/")
    log_in(page, give_password(programme.elevansvarlig).email)
    page.get_by_role("link", name="Opret hold").click()
    page.get_by_label("Uddannelsesmodel").select_option(index=1)
    page.get_by_role("button", name="Opret holdet").click()
    page.get_by_role("link", name="indsæt dem på én gang").click()
    page.get_by_label("Elever fra et regneark").fill("\n".join(f"{navn};{email}" for navn, email in HIRED.items()))
    page.get_by_role("button", name="Vis, hvad der bliver oprettet").click()
    page.get_by_role("button", name="Tilføj 4 elever").click()
    page.get_by_role("link", name="Åbn planen").first.click()
    page.get_by_role("link", name="Foreslå plan").click()
    page.get_by_role("button", name="Brug forslaget for de valgte").click()
    expect(page.get_by_text("Forslaget er lagt i kladden.")).to_be_visible()
    assert len(bars_of(page, PERNILLE)) == 5


def test_a_plan_is_changed_and_published_without_javascript(open_as, programme, draft):
    page = open_as(programme.elevansvarlig, java_script_enabled=False)
    page.goto(f"/hold/{draft.pk}/plan/")
    move_and_close_the_hole(page)
    swap_and_undo(page)
    change_by_the_form(page)
    page.get_by_role("link", name="Udgiv plan").click()
    page.get_by_role("button", name="Udgiv planen").click()
    expect_heading(page, "Planen for Hold 2028 er udgivet")
    assert Udgivelse.objects.count() == 1


def test_all_missing_elevvejledere_are_chosen_at_once_and_undone_without_javascript(open_as, programme, draft):
    rows = Udkastophold.objects.filter(udkast__hold=draft)
    rows.update(elevvejleder=None)
    page = open_as(programme.elevansvarlig, java_script_enabled=False)
    page.goto(f"/hold/{draft.pk}/plan/")
    page.get_by_role("link", name="Vælg dem på én side").first.click()
    expect_heading(page, "Mangler elevvejleder")
    page.get_by_label(f"Elevvejleder til {NANNA}").first.select_option(label="Vælg senere")
    page.get_by_role("button", name="Gem elevvejlederne i kladden").click()
    expect(page.get_by_label(f"Elevvejleder til {NANNA}")).to_have_count(1)  # only the one left for later
    page.get_by_role("button", name="Gem elevvejlederne i kladden").click()
    expect_heading(page, "Plan for Hold 2028")
    assert not rows.filter(elevvejleder=None).exists()
    page.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_text("Rettelsen er fortrudt.")).to_be_visible()
    assert rows.filter(elevvejleder=None).count() == 1


def move_and_close_the_hole(page):
    row_of(page, NANNA).locator(".bar").first.click()
    page.get_by_role("button", name="½ måned senere").click()
    expect(page.get_by_text("Flyttet ½ måned senere.")).to_be_visible()
    problem = page.get_by_role("listitem").filter(has_text=f"{NANNA} har ingen afdeling 1.–15. sep. 2028")
    problem.get_by_role("button").click()
    expect(problem).to_have_count(0)


def swap_and_undo(page):
    before = bars_of(page, OSKAR)
    row_of(page, OSKAR).locator(".bar").first.click()
    other = page.get_by_label("Byt afdeling med").locator("option").filter(has_text=PERNILLE).first
    page.get_by_label("Byt afdeling med").select_option(value=other.get_attribute("value"))
    page.get_by_role("button", name="Byt", exact=True).click()
    expect(page.get_by_text("De to ophold har byttet.")).to_be_visible()
    page.get_by_role("button", name="Fortryd").click()
    expect(page.get_by_text("Rettelsen er fortrudt.")).to_be_visible()
    assert bars_of(page, OSKAR) == before


def change_by_the_form(page):
    """What is wrong is said in the open row, with what was typed; then it is saved."""
    row_of(page, OSKAR).locator(".bar").last.click()
    page.get_by_role("button", name="Læg ind i planen").click()
    expect(page.get_by_role("link", name="Vælg i “Afdeling”")).to_be_visible()
    page.get_by_label("Afdeling", exact=True).select_option(label="Teknik (3 ledige pladser)")
    page.get_by_role("button", name="Læg ind i planen").click()
    expect(page.get_by_text("Oskars ophold er gemt i kladden.")).to_be_visible()
    expect(row_of(page, OSKAR).locator(".bar").last).to_contain_text("Teknik")


def test_an_elev_reads_her_course_and_searches_without_javascript(open_as, cast):
    page = open_as(java_script_enabled=False)
    page.goto("/")
    log_in(page, give_password(cast.aase.bruger).email)
    expect(page.get_by_role("heading", level=1)).to_contain_text("måned 2 af 24")
    page.get_by_label("Søg efter afdeling").fill("oekonomi")
    page.keyboard.press("Enter")
    page.get_by_role("main").get_by_role("link", name=cast.oekonomi.navn).click()
    expect_heading(page, cast.oekonomi.navn)
    page.get_by_role("button", name="Brugermenu").click()
    page.get_by_role("button", name="Log ud").click()
    expect_heading(page, "Log ind")

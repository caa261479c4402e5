"""Takes the pictures of the user guide and the README: `make billeder`, or `make billeder ADRESSE=http://…` of a demo.

Without an address it starts a demo of its own on a fixed day: pictures change with the pages, not with the calendar.
`make billeder BILLEDER="evaluering samtale"` takes those whose names begin so, and leaves the others.
Nothing is saved in the demo that is photographed, except three proposals for an allocation, an application or two
and an evaluation that is begun.
"""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from elevforloeb.project.engines.throwaway import Engines
from tests.engines_plugin import find_chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "billeder"
DAY = "2027-04-08"  # three weeks before a change of departments, and school begins on Monday
WIDE, PHONE = 1440, 390
TO_THE_MIDDLE = "element => scrollBy(0, element.getBoundingClientRect().top - 220)"


class Billede(NamedTuple):
    navn: str
    rolle: str
    find: Callable[[Page], None]
    bredde: int = WIDE
    hoejde: int = 900


def go(path: str) -> Callable[[Page], None]:
    return lambda page: page.goto(path)


def hold(offset: int, path: str = "") -> Callable[[Page], None]:
    """A page of a hold: 0 is the one that starts next, -1 the one in its base year."""

    def find(page: Page):
        page.goto("/hold/")
        links = page.get_by_role("link", name=re.compile(r"^Hold \d{4}$")).all()
        newest_first = sorted(links, key=lambda link: link.inner_text(), reverse=True)
        page.goto(newest_first[-offset].get_attribute("href") + path)

    return find


PASTED = """\
Maja Overgaard\tmaja@example.invalid\t\tja
Silas Brønd\tsilas@example.invalid
Ella Dige\tella.example.invalid"""


def pasted_elever(page: Page):
    """Looked at, not saved; the last address lacks its @."""
    hold(0, "elever/indsaet/")(page)
    page.get_by_label("Elever fra et regneark").fill(PASTED)
    page.get_by_role("button", name="Vis, hvad der bliver oprettet").click()


def opened_row(page: Page):
    """A stay is about to be made shorter, and what that leads to is shown."""
    hold(0, "plan/")(page)
    page.locator(".plan .bar").nth(1).click()
    last_day = page.get_by_label("Til og med")
    last_day.fill(re.sub(r"-\d\d$", "-15", last_day.input_value()))
    last_day.press("Tab")
    page.locator("#foelger .besked").first.wait_for()
    page.get_by_role("heading", name=re.compile("^Ret ")).evaluate(TO_THE_MIDDLE)


def first_elev(page: Page):
    page.goto("/elever/")
    page.get_by_role("rowheader").get_by_role("link").first.click()


def skolehold(page: Page):
    """The class of the base year: at school now, and again later."""
    page.goto("/skole/")
    page.get_by_role("main").get_by_role("link", name=re.compile(r"^KOF \d\d-\d")).first.click()


def fagproeve(page: Page):
    """The first of those who wait for an approval: half of the way is done."""
    page.goto("/skole/fagproever/?vis=venter")
    page.get_by_role("rowheader").get_by_role("link").first.click()


def evaluation(status: str, **choice) -> Callable[[Page], None]:
    """The first in the list with this status, as the one who looks at it meets it."""

    def find(page: Page):
        page.goto(f"/evaluering/?status={status}")
        row = page.get_by_role("row").filter(has=page.get_by_role("link"), **choice)
        row.get_by_role("rowheader").get_by_role("link").first.click()

    return find


def on_the_phone(page: Page):
    evaluation("igang", has_text="Kladde")(page)
    page.locator("fieldset.evalspm").first.evaluate(TO_THE_MIDDLE)


def own_answers(page: Page):
    """What the elevvejleder of the demo has written is shared: she begins on the next one."""
    evaluation("planlagt")(page)
    page.get_by_role("button", name="Begynd", exact=True).click()
    questions = page.locator("fieldset.evalspm")
    for nr, step in enumerate(["Rutineret", "Avanceret"]):
        questions.nth(nr).get_by_text(step, exact=True).click()
    questions.nth(0).get_by_text("Giv et eksempel").first.click()
    questions.nth(0).get_by_role("textbox").fill("Skrev referatet af mødet i marts alene.")
    page.get_by_text("Gemt automatisk").wait_for()
    page.evaluate("scrollTo(0, 0)")


def way_out(page: Page):
    """The demo has one place too few in each stay: the first way out makes a proposal that works."""
    hold(-1, "fordelinger/ny/")(page)
    page.get_by_role("button", name="Fordel pladserne").click()
    page.get_by_role("button", name="Prøv det").first.click()
    page.get_by_role("heading", name="Det blev resultatet").wait_for()


def result(page: Page):
    """Of the way out, which `way_out` has made."""
    hold(-1, "fordelinger/")(page)
    page.get_by_role("row").filter(has_text="Færdig").get_by_role("link").first.click()
    page.get_by_role("heading", name="Det blev resultatet").wait_for()


def why(page: Page):
    """Somebody who did not get all she wished most."""
    result(page)
    page.get_by_role("row").filter(has_text=re.compile(r"[23]\. ønske")).get_by_role("link").first.click()


def before_and_after(page: Page):
    result(page)
    page.get_by_role("link", name="Hvad nu hvis").click()
    closes = page.get_by_role("region", name="En afdeling lukker")
    closes.get_by_label("Hvornår").select_option(index=1)
    closes.get_by_role("button").click()
    page.get_by_role("heading", name="Før og efter").wait_for()


def impossible(page: Page):
    hold(-1, "fordelinger/")(page)
    page.get_by_role("link", name="Forslag 1", exact=True).click()


def applicants(page: Page):
    """The board of the round that is in the middle of its time."""
    page.goto("/rekruttering/")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_role("link", name="Se ansøgerne").click()


def applicant(page: Page):
    """One who is called to an interview, and has chosen a time."""
    applicants(page)
    card = page.locator(".akort").filter(has_text="1. samtale").first
    card.get_by_role("heading").get_by_role("link").click()


def given_time(page: Page):
    """To the one who did not come."""
    applicants(page)
    page.get_by_role("link", name="Samtaler", exact=True).click()
    page.get_by_role("link", name="Giv en tid").first.click()


def written_application(page: Page):
    """As somebody on the way home from school does it; the page has just saved by itself."""
    page.goto("/bliv-kontorelev/")
    page.get_by_role("link", name="Søg en elevplads").first.click()
    page.get_by_role("button", name="Begynd din ansøgning").click()
    page.get_by_label("Fornavn").fill("Liv")
    page.get_by_label("Efternavn").fill("Enghave")
    page.get_by_label("E-mail", exact=True).fill("liv@example.invalid")
    page.get_by_role("button", name="Gem og gå videre").click()
    page.get_by_role("radio", name="Hhx").check()
    page.get_by_label("Skolens navn").fill("Sundby Handelsgymnasium")
    page.get_by_label("Hvilken måned").select_option("6")
    page.get_by_label("Hvilket år").fill(DAY[:4])
    page.get_by_role("button", name="Gem og gå videre").click()
    page.get_by_label("Hvorfor vil du være kontorelev").fill(
        "Jeg har passet kassen i en butik og kunne godt lide at hjælpe dem, der var i tvivl. Det vil jeg gerne gøre "
        "for en hel kommune."
    )
    page.get_by_text("Gemt automatisk").wait_for()


def sent_application(page: Page):
    """The private page, where one sees how it goes."""
    written_application(page)
    for button in ("Gem og gå videre", "Gå videre", "Send ansøgningen"):
        page.get_by_role("button", name=button, exact=True).click()
    page.get_by_role("link", name="Se din ansøgning").click()


BILLEDER = [
    Billede("log-ind-390", "", go("/konto/login/"), PHONE, 700),
    Billede("overblik-1440", "elevansvarlig", go("/"), hoejde=1000),
    Billede("elever-nye-1440", "elevansvarlig", pasted_elever),
    Billede("hold-1440", "elevansvarlig", hold(0)),
    Billede("forslag-1440", "elevansvarlig", hold(0, "plan/forslag/?behold=nej&nr=1"), hoejde=860),
    Billede("plan-1440", "elevansvarlig", hold(-2, "plan/"), hoejde=1060),
    Billede("plan-ret-1440", "elevansvarlig", opened_row, hoejde=760),
    Billede("udgiv-1440", "elevansvarlig", hold(0, "plan/udgiv/"), hoejde=1000),
    Billede("oensker-1440", "elevansvarlig", hold(-1, "oensker/"), hoejde=1060),
    Billede("fordeling-1440", "elevansvarlig", way_out, hoejde=1060),
    Billede("umulig-1440", "elevansvarlig", impossible, hoejde=860),
    Billede("hvorfor-1440", "elevansvarlig", why, hoejde=800),
    Billede("foer-efter-1440", "elevansvarlig", before_and_after, hoejde=960),
    Billede("mine-oensker-390", "elev", go("/oensker/"), PHONE, 844),
    Billede("plan-390", "elevansvarlig", hold(-1, "plan/"), PHONE, 844),
    Billede("elev-1440", "elevansvarlig", first_elev),
    Billede("vejleder-1440", "elevvejleder", go("/"), hoejde=860),
    Billede("afdeling-1440", "elevvejleder", go("/afdelinger/personale-udvikling/")),
    Billede("leder-1440", "leder", go("/")),
    Billede("mit-forloeb-390", "elev", go("/"), PHONE, 844),
    Billede("mit-forloeb-1440", "elev", go("/")),
    Billede("skolehold-1440", "elevansvarlig", skolehold, hoejde=1000),
    Billede("fagproeve-1440", "elevansvarlig", fagproeve, hoejde=1060),
    Billede("mine-udlaeg-390", "elev", go("/skole/udlaeg/mine/"), PHONE, 844),
    Billede("kalender-390", "elev", go("/kalender/?vis=maaned"), PHONE, 844),
    Billede("ansoegere-1440", "elevansvarlig", applicants, hoejde=1060),
    Billede("ansoeger-1440", "elevansvarlig", applicant, hoejde=1060),
    Billede("samtaletid-390", "elevansvarlig", given_time, PHONE, 844),
    Billede("evalueringer-1440", "elevansvarlig", go("/evaluering/"), hoejde=860),
    Billede("evaluering-1440", "elevvejleder", own_answers, hoejde=1060),
    Billede("evaluering-390", "elev", on_the_phone, PHONE, 844),
    Billede("samtale-1440", "elevvejleder", evaluation("samtale"), hoejde=1060),
    Billede("kvittering-1440", "elev", evaluation("forseglet", has_text="Set af alle"), hoejde=1060),
    Billede("dokumenter-1440", "elevansvarlig", hold(-1, "dokumenter/"), hoejde=720),
    Billede("brugere-1440", "administrator", go("/brugere/"), hoejde=760),
    Billede("bliv-kontorelev-1440", "", go("/bliv-kontorelev/"), hoejde=1000),
    Billede("bliv-kontorelev-390", "", go("/bliv-kontorelev/"), PHONE, 844),
    Billede("offentlige-sider-1440", "elevansvarlig", go("/rekruttering/offentligt/")),
    Billede("ansoegning-390", "", written_application, PHONE, 844),
    Billede("min-ansoegning-390", "", sent_application, PHONE, 844),
]


def main(*arguments: str):
    """An address, and the beginnings of names: both may be left out."""
    address = next((each for each in arguments if "://" in each), None)
    names = tuple(each for each in arguments if "://" not in each)
    chosen = [each for each in BILLEDER if not names or each.navn.startswith(names)]
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        # Dates in forms follow the browser's language, and that follows LANGUAGE.
        browser = playwright.chromium.launch(executable_path=find_chromium(), env={**os.environ, "LANGUAGE": "da"})
        if address:
            take_all(browser, address, chosen)
        else:
            with own_demo() as address:
                take_all(browser, address, chosen)
        browser.close()
    print(f"{len(chosen)} billeder, {sum(file.stat().st_size for file in FOLDER.glob('*.png')) // 1024} kB")


def take_all(browser: Browser, address: str, chosen: list[Billede]):
    for billede in chosen:
        context = browser.new_context(
            base_url=address,
            viewport={"width": billede.bredde, "height": billede.hoejde},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
        )
        page = context.new_page()
        if billede.rolle:
            page.goto("/konto/login/")
            page.locator(f"button[formaction$='/demo/{billede.rolle}/']").click()
            page.get_by_role("button", name="Brugermenu").wait_for()
        billede.find(page)
        page.wait_for_load_state("networkidle")
        take(page, FOLDER / f"{billede.navn}.png")
        context.close()


def take(page: Page, file: Path):
    """With 256 colours: a third of the size, and nobody sees the difference."""
    page.screenshot(path=file)
    Image.open(file).convert("RGB").quantize(256, kmeans=3).save(file, optimize=True)


# --- a demo for the occasion --------------------------------------------------------------------------------------


@contextmanager
def own_demo() -> Iterator[str]:
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # somebody's own engines are not filled with a demo
    engines = Engines()
    port = free_port()
    environment = os.environ | engines.environment
    environment |= {"SECRET_KEY": "only-for-pictures", "DEBUG": "1", "DEMO": "1", "DEMO_DATE": DAY}
    server = None
    try:
        for command in ("klargoer", "demo"):
            manage(command, environment).wait()
        server = manage("runserver", environment, "--noreload", str(port))
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/sundhed/")
        yield address
    finally:
        if server:
            server.terminate()
            server.wait()
        engines.stop()


def manage(command: str, environment: dict, *arguments: str) -> subprocess.Popen:
    argv = [sys.executable, "manage.py", command, *arguments]
    return subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, seconds: int = 60):
    end = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Takes the pictures of the user guide and the README: `make billeder`, or `make billeder ADRESSE=http://…` of a demo.

Without an address it starts a demo of its own on a fixed day: pictures change with the pages, not with the calendar.
Nothing is saved in the demo that is photographed, except two proposals for an allocation.
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


def way_out(page: Page):
    """The demo has one place too few in each stay: the first way out makes a proposal that works."""
    hold(-1, "fordelinger/ny/")(page)
    page.get_by_role("button", name="Fordel pladserne").click()
    page.get_by_role("button", name="Prøv det").first.click()
    page.get_by_role("heading", name="Det blev resultatet").wait_for()


def impossible(page: Page):
    hold(-1, "fordelinger/")(page)
    page.get_by_role("link", name="Forslag 1", exact=True).click()


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
    Billede("brugere-1440", "administrator", go("/brugere/"), hoejde=760),
]


def main(address: str | None):
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        # Dates in forms follow the browser's language, and that follows LANGUAGE.
        browser = playwright.chromium.launch(executable_path=find_chromium(), env={**os.environ, "LANGUAGE": "da"})
        if address:
            take_all(browser, address)
        else:
            with own_demo() as address:
                take_all(browser, address)
        browser.close()
    print(f"{len(BILLEDER)} billeder, {sum(file.stat().st_size for file in FOLDER.glob('*.png')) // 1024} kB")


def take_all(browser: Browser, address: str):
    for billede in BILLEDER:
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
        for command in ("migrate", "demo"):
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
    main(sys.argv[1] if len(sys.argv) > 1 else None)

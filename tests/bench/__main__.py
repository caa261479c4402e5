"""`make bench`: our pages beside a floor of bare Django on the same PostgreSQL, in one run. README, "Speed".

Three databases are made and dropped again: the floor, a large world (4,000 elever) and a small one (200). BENCH_KRAV=1
fails when a goal is missed.
"""

import http.client
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from elevforloeb.project.engines.programs import Program, ProgramError, start_and_wait, stop_all
from elevforloeb.project.engines.throwaway import Engines
from elevforloeb.project.engines.valkey import free_port

from . import CRITERIA, outside
from .filer import file_lines
from .fordeling import allocation_lines
from .fristaften import evening_lines
from .outside import Target
from .table import Line, draw, last_line, passed, ratio

ROOT = Path(__file__).resolve().parents[2]
LARGE, SMALL = (4000, 60), (200, 12)  # elever, hold
NOISY = 1.1
# As in production, except that nothing is encrypted on the way. The day is fixed: each run meets the same world.
OURS = {"DJANGO_SETTINGS_MODULE": "elevforloeb.project.settings", "SECRET_KEY": "only-for-the-bench-" * 3}
OURS |= {"DEBUG": "0", "DEMO": "0", "DEMO_DATE": "2027-10-15", "HTTPS": "0", "KRAEV_TO_FAKTOR": "1", "MAIL_MODE": "off"}
OURS |= {"ALLOWED_HOSTS": "127.0.0.1", "STATIC_ROOT": str(ROOT / "static_samlet"), "LOG_LEVEL": "WARNING"}
FORM = f"Evalueringsskema, {CRITERIA} spørgsmål mod {CRITERIA}"
# What we call it: (the floor's page, what ours may cost of that, what it may grow from 200 to 4,000 elever)
PAGES = {
    "Liste, 50 af 4.000 elever": ("/people/", 2.5, 1.2),
    "Søgning, et almindeligt navn": ("/people/?q=family07", 0.8, 1.5),
    "Søgning, ét fund": ("/people/?q=person01234", 0.8, 1.5),
    "En elevs side": ("/people/1234/", 6, 1.2),
    "Den elevansvarliges forside": ("/", 1.5, 2),
    "Den offentlige forside": ("/people/", 1.5, None),
    "Tavle, 60 elever (300 bjælker mod 720)": ("/timeline/", 0.7, None),
    "Kalenderen, et forløb på to år, hentet": ("/calendar/", 4, 1.2),
    "Evalueringer, 50 af 20.000": ("/people/", 2.5, 1.2),
    FORM: ("/people/1234/evaluation/", 0.7, None),
}
# Measured as others see them: one who is not logged in, and the elev whose answers they are.
VISITOR = {"Den offentlige forside": "fremmed", FORM: "eleven"}
BOARD_200 = "Tavle, 200 elever"


def paths(world: dict) -> list[str]:
    """Ours, in the order of PAGES."""
    search = [f"/soeg/?q={world[key]}" for key in ("name", "hit")]
    one, board, feed = f"/elever/{world['elev']}/", f"/hold/{world['hold60']}/plan/", f"/kal/{world['kalender']}.ics"
    evaluations = ["/evaluering/", f"/evaluering/{world['skema']}/"]
    return ["/elever/?status=alle", *search, one, "/", "/bliv-kontorelev/", board, feed, *evaluations]


class Web(Program):
    """The same for both sides: two sync workers."""

    def __init__(self, name: str, application: str, env: dict, folder: Path):
        self.port = free_port()
        argv = [sys.executable, "-m", "gunicorn", application, f"--bind=127.0.0.1:{self.port}", "--workers=2"]
        argv += ["--no-control-socket", "--log-level=warning"]
        super().__init__(name, argv, run=folder, log=folder / f"{name}.log", cwd=ROOT, env=env)

    def is_ready(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/sundhed/")
            return bool(connection.getresponse().status) and len(outside.workers_of(self.process.pid)) == 2
        return False

    def target(self, cookie: str) -> Target:
        return Target(self.port, cookie, outside.workers_of(self.process.pid))


@contextmanager
def database(url: str, name: str):
    """A database of its own beside the one that `url` names. Gives its address."""
    parts = urlsplit(url)
    full = f"{parts.path.strip('/')}_bench_{name}"
    drop = sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(full))
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(drop)
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(full)))
    try:
        yield parts._replace(path=f"/{full}").geturl()
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(drop)


def run(module: str, *arguments, env: dict) -> subprocess.Popen:
    argv = [sys.executable, "-W", "ignore", "-m", f"tests.bench.{module}", *map(str, arguments)]
    return subprocess.Popen(argv, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, start_new_session=True)


def answer(process: subprocess.Popen) -> dict:
    output, _ = process.communicate()
    if process.returncode:
        raise ProgramError("Målingen gik i stå; grunden står ovenfor.")
    return json.loads(output.splitlines()[-1])


def main() -> int:
    say("Starter motorerne og laver tre databaser: et gulv af bar Django, 4.000 elever, 200 elever")
    with ExitStack() as stack:
        engines = Engines()
        stack.callback(engines.stop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="elevforloeb-bench-")))
        url = engines.environment["DATABASE_URL"]
        address = {name: stack.enter_context(database(url, name)) for name in ("gulv", "stor", "lille")}
        base = os.environ | OURS | engines.environment
        env = {name: base | {"DATABASE_URL": own, "FLOOR_URL": own} for name, own in address.items()}
        jobs = {
            "gulv": run("floor", LARGE[0], env=env["gulv"]),
            "stor": run("inside", "make", *LARGE, env=env["stor"]),
            "lille": run("inside", "make", *SMALL, env=env["lille"]),
        }
        stack.callback(lambda: [job.kill() for job in jobs.values() if job.poll() is None])
        worlds = {name: answer(job) for name, job in jobs.items()}
        servers = {name: Web(name, application(name), env[name], folder) for name in worlds}
        stack.callback(lambda: stop_all(servers.values(), grace=10))
        for server in servers.values():
            start_and_wait(server, timeout=60)
        say("Måler sider")
        cookies = {name: f"{'sessionid' if name == 'gulv' else 'session'}={worlds[name]['session']}" for name in worlds}
        targets = {name: servers[name].target(cookies[name]) for name in worlds}
        targets["eleven"] = targets["stor"]._replace(cookie=f"session={worlds['stor']['elev_session']}")
        pages, noise = measure_web(targets, worlds)
        lines = shown(pages)
        stop_all(servers.values(), grace=10)
        say("Måler sætninger, PDF, påmindelser og filer")
        counted = dict(zip(PAGES, paths(worlds["stor"]), strict=True))
        counted[BOARD_200] = f"/hold/{worlds['stor']['hold200']}/plan/"
        inside = run("inside", "measure", json.dumps(worlds["stor"]), json.dumps(counted), env=env["stor"])
        jobs["inside"] = inside
        lines += shown(inside_lines(answer(inside)))
        say("Måler 200 evalueringer samlet i en fil")
        for form in ("zip", "samlet"):
            jobs[form] = run("samling", form, env=env["stor"])
            lines += shown(collection_lines(form, answer(jobs[form])))
        lines += shown(file_lines())
        say("Måler to minutter af fristaftenen")
        lines += shown(evening_lines(engines.environment))
        say("Måler fordelingen mod én ad gangen og CP-SAT (det tager nogle minutter)")
        lines += shown(allocation_lines(say))
    return report(lines, noise)


def application(name: str) -> str:
    return "tests.bench.floor:application" if name == "gulv" else "elevforloeb.project.wsgi:application"


def measure_web(targets: dict[str, Target], worlds: dict) -> tuple[list[Line], float]:
    ours = {name: dict(zip(PAGES, paths(worlds[name]), strict=True)) for name in ("stor", "lille")}
    targets |= {"fremmed": targets["stor"]._replace(cookie="")}
    pages = {
        page: {"gulv": floor, VISITOR.get(page, "stor"): ours["stor"][page]}
        | ({"lille": ours["lille"][page]} if growth else {})
        for page, (floor, _, growth) in PAGES.items()
    }
    cost, noise = outside.rounds(targets, pages)
    lines = []
    for page, (_, goal, _) in PAGES.items():
        mine, floor = cost[page, VISITOR.get(page, "stor")], cost[page, "gulv"]
        lines.append(ratio(f"{page}: CPU", mine.cpu, floor.cpu, goal))
        lines.append(ratio(f"{'':<{min(len(page), 30)}}  p50", mine.p50, floor.p50, goal))
    for page, (_, _, growth) in PAGES.items():
        if growth:
            text = f"Vækst 200 → 4.000: {page.split(',')[0].lower()}"
            lines.append(ratio(text, cost[page, "stor"].cpu, cost[page, "lille"].cpu, growth))
    memory = {name: outside.peak_memory(target.workers) for name, target in targets.items()}
    lines.append(ratio("Hukommelse i en web-proces, når den er størst", memory["stor"], memory["gulv"], 2, "MB"))
    return [*lines, *weight_lines(outside.cold_page(targets["stor"], "/elever/?status=alle"))], noise


def weight_lines(page: outside.Weight) -> list[Line]:
    return [
        Line("Kold liste: kB filer, gzip, uden skrifttyper", round(page.gzip / 1000, 1), 45),
        Line("Kold liste: filer", page.files, 6),
        Line("Kold liste: fremmede værter", page.foreign, 0),
        Line("Kold liste: kB HTML", round(page.html / 1000, 1), 40),
    ]


def inside_lines(found: dict) -> list[Line]:
    lines = []
    for page, counts in found["pages"].items():
        lines.append(Line(f"{page}: sætninger", counts["statements"], 12))
        lines.append(Line(f"{'':<30}  gentagne", counts["repeated"], 0))
        lines.append(Line(f"{'':<30}  rækker hentet", counts["rows"]))
    pdf = found["pdf"] or {"ours": None, "floor": None}
    lines.append(ratio("Planen som PDF, varm, mod bar WeasyPrint", pdf["ours"], pdf["floor"], 1.1))
    page = found["evaluation"] or {"ours": None, "floor": None}
    lines.append(ratio("En evaluering på to sider som PDF, mod bar WeasyPrint", page["ours"], page["floor"], 1.1))
    queue = found["reminders"]
    lines.append(ratio("10.000 påmindelser i kø mod bulk_create", queue["ours"], queue["floor"], 1.5))
    scan = found["debts"]
    lines.append(Line(f"Hvem skylder hvad: {scan['evalueringer']} evalueringer, sek.", round(scan["seconds"], 1), 5))
    lines.append(Line(f"{'':<30}  sætninger", scan["statements"], 12))
    grades = found["grades"]
    lines.append(Line("5.000 karakterer fra en fil læst og vist, sek.", round(grades["shown"], 1), 10))
    lines.append(Line(f"{'':<30}  gemt, sek.", round(grades["saved"], 1)))
    lines.append(Line(f"{'':<30}  MB mere, når det er størst", round(grades["mb"])))
    return lines


def collection_lines(form: str, found: dict) -> list[Line]:
    """Nothing where the machine does not tell a process's peak."""
    measured = found["mb"] > 0
    return [
        Line(f"200 evalueringer som {form}, MB i arbejderen", round(found["mb"]) if measured else None, 400),
        Line(f"{'':<30}  MB mere fra nr. 50 til nr. 200", round(found["growth"]) if measured else None, 40),
        Line(f"{'':<30}  sek.", round(found["seconds"], 1)),
    ]


def shown(lines: list[Line]) -> list[Line]:
    """Printed at once: a part that breaks takes none of the others with it."""
    say(f"\n{draw(lines)}\n")
    return lines


def report(lines: list[Line], noise: float) -> int:
    say(f"{platform.platform()}, {os.cpu_count()} kerner, Python {platform.python_version()}")
    missing = [line.text.strip() for line in lines if line.verdict == "IKKE MÅLT"]
    if missing:
        say(f"\n!!! KUNNE IKKE MÅLES HER (uden /proc eller Pango): {'; '.join(missing)} !!!\n")
    if noise > NOISY:
        say(f"OBS: maskinen havde andet at lave (støj {noise:.2f}, helst under {NOISY}). Mål igen.")
    say(last_line(lines, noise))
    return int(os.environ.get("BENCH_KRAV") == "1" and not passed(lines))


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    began = time.monotonic()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Afbrudt."))  # stop what was started then too
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("Afbrudt.")
    except ProgramError as problem:
        sys.exit(str(problem))
    finally:
        say(f"({time.monotonic() - began:.0f} s)")

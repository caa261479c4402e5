"""Starts a throw-away PostgreSQL and Redis for the test run, and says loudly which tests could not run here.

Loaded by `-p` in pyproject.toml, so that the addresses are there when pytest-django reads the settings. With
pytest-xdist the workers inherit the addresses: one PostgreSQL (a database each), one Redis (a number each).
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from elevforloeb.project.engines.throwaway import Engines

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = ("/Applications/Chromium.app/Contents/MacOS/Chromium",)
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
NO_BROWSER, NO_OFFICE = "Ingen browser", "Intet kontorprogram"

# DEBUG as read by settings.py: no https, no second factor, static files as they lie. pytest-django turns it off again.
# The rest is said outright, so that an .env of the working copy changes no test.
ENVIRONMENT = {"SECRET_KEY": "only-for-tests-" * 4, "DEBUG": "1", "DEMO": "0", "DEMO_DATE": ""}
# Nor do static files that `make demo` has collected: WhiteNoise would look through them for every client of a test.
ENVIRONMENT |= {"STATIC_ROOT": "ikke_samlet", "HTTPS": "0", "KRAEV_TO_FAKTOR": "0", "MAIL_MODE": "off"}

engines = None


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config, parser, args):
    """First of all: pytest-django reads the settings in the same hook."""
    global engines
    os.environ.update(ENVIRONMENT)
    if WORKER:
        address = os.environ["REDIS_URL"].rpartition("/")[0]
        os.environ["REDIS_URL"] = f"{address}/{int(WORKER.removeprefix('gw')) + 1}"
    elif engines is None:
        engines = Engines()
        os.environ.update(engines.environment)


def pytest_unconfigure(config):
    global engines
    if engines:
        engines.stop()
        engines = None


def find_chromium():
    """The browser of the machine: Playwright's own builds are downloads that no lock pins."""
    given = os.environ.get("CHROMIUM", "")
    found = [given, *map(shutil.which, BROWSERS), *MAC_BROWSERS]
    return next((path for path in found if path and Path(path).exists()), None)


def why_no_browser():
    if not find_chromium():
        return "her er ingen Chromium. Installér den, eller sæt CHROMIUM=<sti>"
    node, _ = compute_driver_executable()
    tried = subprocess.run([node, "--version"], capture_output=True, text=True)
    if tried.returncode:
        return f"Playwrights Node kan ikke starte: {tried.stderr.strip()}"
    return None


def find_office():
    """LibreOffice Writer, which the counts of characters are compared with."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def why_no_office():
    return None if find_office() else "her er ingen LibreOffice (Debian: libreoffice-writer-nogui)"


@pytest.fixture(scope="session")
def chromium():
    """For Playwright's `executable_path`."""
    return find_chromium()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Last: the journeys get their mark in the same hook."""
    for mark, missing, why in (("journey", NO_BROWSER, why_no_browser), ("office", NO_OFFICE, why_no_office)):
        marked = [item for item in items if item.get_closest_marker(mark)]
        problem = why() if marked else None
        for item in marked if problem else ():
            item.add_marker(pytest.mark.skip(reason=f"{missing}: {problem}"))


def pytest_sessionfinish(session):
    for demand, missing in (("KRAEV_JOURNEYS", NO_BROWSER), ("KRAEV_OFFICE", NO_OFFICE)):
        if os.environ.get(demand) == "1" and _not_run(session.config, missing):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    for title, missing in (
        ("DISSE FORLØB I BROWSEREN ER IKKE PRØVET", NO_BROWSER),
        ("DISSE TEST MOD ET KONTORPROGRAM ER IKKE KØRT", NO_OFFICE),
    ):
        not_run = _not_run(config, missing)
        if not not_run:
            continue
        terminalreporter.section(title, sep="!", red=True, bold=True)
        for report in not_run:
            terminalreporter.line(f"  {report.nodeid}")
        terminalreporter.line(str(not_run[0].longrepr[2]))


def _not_run(config, missing):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    return [report for report in skipped if missing in str(report.longrepr)]

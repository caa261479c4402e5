"""A journey that could not run is never silent."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
JOURNEY = """
import pytest

@pytest.mark.journey
def test_whole_story(chromium):
    assert chromium
"""


@pytest.fixture
def run_journey(tmp_path):
    """Runs one journey on a machine where only `chromium` is a browser."""
    (tmp_path / "test_story.py").write_text(JOURNEY)
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n    journey\n    office\n    story\n")

    def run(chromium, *options, **environment):
        environment = (
            os.environ
            | {
                "PATH": "",
                "CHROMIUM": chromium,
                "KRAEV_JOURNEYS": "0",
                "PYTHONPATH": str(ROOT),
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
            }
            | environment
        )
        command = [sys.executable, "-m", "pytest", "-p", "tests.engines_plugin", *options]
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60)

    return run


def test_without_a_browser_the_run_names_what_it_left_out(run_journey):
    done = run_journey("")
    assert done.returncode == 0
    assert "DISSE FORLØB I BROWSEREN ER IKKE PRØVET" in done.stdout
    assert "test_story.py::test_whole_story" in done.stdout
    assert "her er ingen Chromium" in done.stdout


def test_where_journeys_are_required_a_missing_browser_fails_the_run(run_journey):
    assert run_journey("", KRAEV_JOURNEYS="1").returncode == 1


OFFICE = JOURNEY.replace("journey", "office").replace("chromium", "request")


@pytest.mark.parametrize(("demand", "code"), [("0", 0), ("1", 1)])
def test_without_an_office_program_the_run_says_so_and_fails_where_it_is_required(run_journey, tmp_path, demand, code):
    (tmp_path / "test_story.py").write_text(OFFICE)
    done = run_journey(sys.executable, KRAEV_OFFICE=demand)
    assert done.returncode == code
    assert "DISSE TEST MOD ET KONTORPROGRAM ER IKKE KØRT" in done.stdout
    assert "libreoffice-writer-nogui" in done.stdout


def test_with_a_browser_journeys_run(run_journey):
    done = run_journey(sys.executable, KRAEV_JOURNEYS="1")  # any program that exists: it is not opened here
    assert done.returncode == 0
    assert "1 passed" in done.stdout


@pytest.mark.parametrize(("options", "told"), [(["-m", "not story"], True), ([], False)])
def test_a_run_without_whole_stories_says_which_they_are(run_journey, options, told):
    done = run_journey(sys.executable, "-p", "tests.stories_plugin", *options)
    assert "1 passed" in done.stdout
    assert ("HELE HISTORIER ER IKKE KØRT" in done.stdout) == ("tests/project/test_demo.py" in done.stdout) == told

"""Whole stories: systems that are started and killed, and chance that plays for long.

`make test` and CI run them. `make hurtig` leaves them out, for while one works, and says so loudly.
"""

import pytest

# The beginning of the id of each of their tests, below tests/.
STORIES = {
    "journeys/": "hele forløb i en browser",
    "kaos/": "mails og ansøgere, mens programmer bliver dræbt",
    "bench/": "målingerne i det små",
    "project/test_demo.py": "hele demoen på fem forskellige dage",
    "project/test_supervisor.py": "hele systemet, startet og dræbt",
    "project/test_engines_plugin.py": "testkørsler inde i testen",
    "evaluering/test_to_skrivere.py": "to, der skriver samtidig, 200 gange",
    "evaluering/test_dokumenter.py::test_a_thousand_changes": "tusind forsøg på at ændre et tegn",
    "skoleophold/test_tegn_office.py": "filer fra et kontorprogram",
}


def pytest_collection_modifyitems(items):
    places = tuple(f"tests/{place}" for place in STORIES)
    for item in items:
        if item.nodeid.startswith(places):
            item.add_marker(pytest.mark.story)


def pytest_terminal_summary(terminalreporter, config):
    if "not story" in config.option.markexpr:
        terminalreporter.section("HELE HISTORIER ER IKKE KØRT (make test)", sep="!", red=True, bold=True)
        for place, what in STORIES.items():
            terminalreporter.line(f"  tests/{place}: {what}")

"""What only a job or a document needs is loaded there: a web worker lives long, and there are many of them."""

import os
import subprocess
import sys

from .source import ROOT

LATE = ["highspy", "numpy", "PIL", "holidays", "icalendar", "pikepdf", "pydantic", "redis", "weasyprint", "xlsxwriter"]
ASK = f"""
import sys, django
django.setup()
from django.test import Client
assert Client(SERVER_NAME="localhost").get("/sundhed/").status_code == 200  # all of the URLs are loaded by now
print([name for name in {LATE} if name in sys.modules])
"""


def loaded(code: str) -> str:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "elevforloeb.project.settings"}
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_web_worker_that_has_answered_has_loaded_nothing_heavy():
    assert loaded(ASK) == "[]"


def test_who_solves_an_allocation_loads_the_solver():
    """Else the test above would say nothing: it would look for names that nobody imports."""
    assert loaded(f"import elevforloeb.fordeling.engine, sys; print([n for n in {LATE} if n in sys.modules])") == str(
        LATE[:2]
    )

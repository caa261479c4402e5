"""The evening of the deadline: everybody applies at once, with three files each, while the broker is down.

Two real web workers. KAOS=lang: 200 applicants in ten minutes with files of 5 MB, otherwise 20 with small ones.
Each sends her application twice, as a double click does. What it cost is on the last line, for `make bench` to read.
"""

import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from socket import socket
from statistics import median
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from elevforloeb.core.models import Mail
from rekruttering.models import Ansoegning, Ansoegningsbilag
from tests.ansoeger_steps import open_round
from tests.factories import add_rules

from .aften import AFTENER, FILER, HALVES, SIDER, TRIN, Applicant, Memory, files

AFTEN = AFTENER.get(os.environ.get("KAOS"), AFTENER[""])
ANSOEGERE = HALVES * AFTEN.ansoegere
ROOT = Path(__file__).parents[2]
AWAY = {"REDIS_URL": "redis://127.0.0.1:1/0", "TRUSTED_PROXY_COUNT": "1"}
MALLOC = {"MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "1048576"}  # as in the Dockerfile
PAGE_P95, GROWTH = 1.0, 100  # seconds; MB of both workers together


@pytest.fixture
def server(transactional_db, tmp_path):
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    env = os.environ | AWAY | {"DATABASE_URL": url, "FILE_ROOT": str(tmp_path / "filer")}
    if AFTEN.stor:  # what is measured runs as in production
        env |= {"DEBUG": "0", "ALLOWED_HOSTS": "127.0.0.1", "STATIC_ROOT": str(tmp_path / "static")} | MALLOC
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"], cwd=ROOT, env=env, check=True
        )
    options = ["--workers", "2", "--threads", "8", "--timeout", "120", "--bind", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", "elevforloeb.project.wsgi", *options]
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        wait_for(port)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(tmp_path / "filer", ignore_errors=True)  # three gigabytes of a long evening


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as line:
                line.request("GET", "/sundhed/")
                if line.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("The web server did not start")


def test_everybody_is_received_once_with_a_number_of_her_own(server):
    port, master = server
    add_rules()
    now = timezone.now()
    runde = open_round(aabner=now - timedelta(days=1), frist=now + timedelta(hours=2))
    route = runde.ansoegninger.model._meta.get_field("adgangsvej").related_model.objects.get().pk
    files(AFTEN.stor)  # drawn before the clock starts
    load, start = os.getloadavg(), time.perf_counter()
    times = []
    with Memory(master) as memory, ThreadPoolExecutor(AFTEN.ansoegere) as pool:
        for first in range(0, ANSOEGERE, AFTEN.ansoegere):
            memory.begin_half()
            half = [Applicant(port, first + nr, AFTEN) for nr in range(AFTEN.ansoegere)]
            people = [pool.submit(each.apply, runde.slug, route) for each in half]
            times += [each for person in people for each in person.result()]
    took = time.perf_counter() - start
    assert sorted(Ansoegning.objects.values_list("nummer", flat=True)) == list(range(1, ANSOEGERE + 1))
    assert Ansoegningsbilag.objects.count() == ANSOEGERE * 3
    assert Mail.objects.filter(skabelon="ansoegning_kvittering").count() == ANSOEGERE
    found = measured(times, memory) | {"sekunder": round(took), "belastning": [load[0], os.getloadavg()[0]]}
    print(json.dumps(found | {"ansoegere": ANSOEGERE, "tabt": 0, "dubletter": 0}))
    assert memory.growth < GROWTH
    if os.environ.get("BENCH_KRAV") == "1":
        assert max(found["sider"]["p95"], found["trin"]["p95"]) <= PAGE_P95


def measured(times: list[tuple[str, float]], memory: Memory) -> dict:
    found = {}
    for what in (SIDER, TRIN, FILER):
        these = sorted(seconds for kind, seconds in times if kind == what)
        p95 = these[int(len(these) * 0.95)]
        found[what] = {"antal": len(these), "p50": round(median(these), 3), "p95": round(p95, 3)}
        found[what]["max"] = round(these[-1], 3)
    mb = {"web": max(map(max, memory.web)), "vokset": memory.growth, "laesere": max(memory.readers)}
    return found | {"mb": {name: round(value) for name, value in mb.items()}}

"""The evening of the deadline: everybody applies at once, with three files each, while the broker is down.

Two real web workers. KAOS=lang: 200 applicants, otherwise 10. Each sends her application twice, as a double click does.
"""

import http.client
import os
import re
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from socket import socket
from urllib.parse import urlencode, urlsplit

import pytest
from django.db import connection
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone

from elevforloeb.core.models import Mail
from rekruttering.models import Ansoegning, Ansoegningsbilag
from tests.ansoeger_steps import open_round, picture, upload
from tests.factories import add_rules

LONG = os.environ.get("KAOS") == "lang"
APPLICANTS, AT_ONCE = (200, 24) if LONG else (10, 5)
ROOT = Path(__file__).parents[2]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def port(transactional_db, tmp_path):
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        number = free.getsockname()[1]
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    away = {"REDIS_URL": "redis://127.0.0.1:1/0", "TRUSTED_PROXY_COUNT": "1", "FILE_ROOT": str(tmp_path)}
    options = ["--workers", "2", "--threads", "4", "--timeout", "120", "--bind", f"127.0.0.1:{number}"]
    command = [sys.executable, "-m", "gunicorn", "elevforloeb.project.wsgi", *options]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | away | {"DATABASE_URL": url}, stdout=log, stderr=log
        )
    try:
        wait_for(number)
        yield number
    finally:
        server.terminate()
        server.wait(timeout=30)


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


class Applicant:
    """One person's browser: an address of her own on the net, cookies, and how long each answer took."""

    def __init__(self, port: int, nr: int):
        self.port, self.nr, self.cookies, self.times = port, nr, SimpleCookie(), []
        self.address = f"10.1.{nr // 250}.{nr % 250 + 1}"

    def ask(self, method: str, path: str, body=None, kind=FORM):
        start = time.perf_counter()
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers = {"Cookie": cookies, "X-Forwarded-For": self.address, "Content-Type": kind}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as line:
            line.request(method, path, body, headers)
            response = line.getresponse()
            text = response.read().decode(errors="replace")
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        self.times.append((method, time.perf_counter() - start))
        if response.status not in (200, 302):
            raise RuntimeError(f"{method} {path.split('/')[-2]} gav {response.status}")
        return response.headers.get("Location"), text

    def fill_in(self, path: str, **data):
        """Opens the page, and sends its form."""
        _, text = self.ask("GET", path)
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)"[^>]*? value="([^"]*)"', text))
        return self.ask("POST", path, urlencode(hidden | data))[0], hidden

    def attach(self, path: str, nr: int) -> None:
        _, text = self.ask("GET", path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)[1]
        file = upload(f"fil-{nr}.jpg", picture((self.nr * 3 + nr) % 250, 800 + nr))
        data = {"csrfmiddlewaretoken": token, "art": "andet", "fil": file}
        self.ask("POST", path, encode_multipart(BOUNDARY, data), MULTIPART_CONTENT)

    def apply(self, slug: str, adgangsvej: int):
        path, _ = self.fill_in(f"/ansoeg/{slug}/")
        own = path.partition("/trin/")[0]
        person = {"fornavn": f"Nr{self.nr}", "efternavn": "Test", "email": f"nr{self.nr}@example.invalid"}
        self.fill_in(path, **person)
        school = {"skole": "Skolen", "faerdig_maaned": "1", "faerdig_aar": "2020", "adgangsvej": str(adgangsvej)}
        self.fill_in(f"{own}/trin/uddannelse/", **school)
        self.fill_in(f"{own}/trin/motivation/", motivation="Fordi.")
        for nr in range(3):
            self.attach(f"{own}/filer/", nr)
        receipt, form = self.fill_in(f"{own}/send/")
        again, _ = self.ask("POST", f"{own}/send/", urlencode(form))
        assert again == receipt
        assert "Din ansøgning er sendt" in self.ask("GET", receipt)[1]
        return self.times


def test_everybody_is_received_once_with_a_number_of_her_own(port):
    add_rules()
    now = timezone.now()
    runde = open_round(aabner=now - timedelta(days=1), frist=now + timedelta(hours=2))
    route = runde.ansoegninger.model._meta.get_field("adgangsvej").related_model.objects.get().pk
    start = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        people = [pool.submit(Applicant(port, nr).apply, runde.slug, route) for nr in range(APPLICANTS)]
        times = [each for person in people for each in person.result()]
    took = time.perf_counter() - start
    assert sorted(Ansoegning.objects.values_list("nummer", flat=True)) == list(range(1, APPLICANTS + 1))
    assert Ansoegningsbilag.objects.count() == APPLICANTS * 3
    assert Mail.objects.filter(skabelon="ansoegning_kvittering").count() == APPLICANTS
    for method in ("GET", "POST"):
        these = sorted(seconds for how, seconds in times if how == method)
        p95 = these[int(len(these) * 0.95)]
        print(f"{method}: {len(these)} svar, p50 {statistics.median(these):.2f} s, p95 {p95:.2f} s")
    print(f"{APPLICANTS} ansøgere med {APPLICANTS * 3} filer på {took:.0f} s")

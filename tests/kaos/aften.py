"""What the evening of the deadline is made of: people with a browser each, their files, an eye on the web server."""

import http.client
import random
import re
import threading
import time
from contextlib import closing, suppress
from functools import cache
from http.cookies import SimpleCookie
from io import BytesIO
from typing import NamedTuple
from urllib.parse import urlencode

import psutil
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image

from tests.ansoeger_steps import upload

MB = 1024 * 1024
FORM = "application/x-www-form-urlencoded"
SIDER, TRIN, FILER = "sider", "trin", "filer"


class Aften(NamedTuple):
    """In each half so many people begin within so many seconds, and think for so long (on average) before each button.

    Two halves that are alike: what the second takes more memory than the first is lost, not used.
    """

    ansoegere: int
    sekunder: float
    pause: float
    stor: bool  # files of 5 MB, as a telephone takes them


HALVES = 2
# 200 in ten minutes is one in three seconds, about 20 at a time: `bench` is two minutes of the same evening.
AFTENER = {"lang": Aften(100, 260, 6, stor=True), "bench": Aften(20, 52, 6, stor=True), "": Aften(10, 0, 0, stor=False)}


@cache
def files(stor: bool) -> list[bytes]:
    """Three that differ: two photographs and a scanned page as PDF."""
    if not stor:
        return [_saved(Image.new("RGB", (800 + nr, 800), (100, 80, 80)), "JPEG") for nr in range(3)]
    photo = Image.effect_noise((4000, 3000), 60).convert("RGB")
    return [_of_five_mb(photo, "JPEG"), _of_five_mb(photo.rotate(180), "JPEG"), _of_five_mb(photo, "PDF")]


def _of_five_mb(picture: Image.Image, form: str) -> bytes:
    return next(data for quality in range(40, 96, 5) if len(data := _saved(picture, form, quality=quality)) >= 5 * MB)


def _saved(picture: Image.Image, form: str, **how) -> bytes:
    file = BytesIO()
    picture.save(file, form, **how)
    return file.getvalue()


class Applicant:
    """One person's browser: an address of her own on the net, cookies, and how long each answer took."""

    def __init__(self, port: int, nr: int, aften: Aften):
        self.port, self.nr, self.aften, self.cookies, self.times = port, nr, aften, SimpleCookie(), []
        self.address = f"10.1.{nr // 250}.{nr % 250 + 1}"
        self.dice = random.Random(nr)  # noqa: S311 - how long somebody thinks is no secret

    def ask(self, method: str, path: str, body=None, kind=FORM, what="", **headers):
        start = time.perf_counter()
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        headers |= {"Cookie": cookies, "X-Forwarded-For": self.address, "Content-Type": kind}
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)) as line:
            line.request(method, path, body, headers)
            response = line.getresponse()
            text = response.read().decode(errors="replace")
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        self.times.append((what or (SIDER if method == "GET" else TRIN), time.perf_counter() - start))
        if response.status not in (200, 302):
            raise RuntimeError(f"{method} {path.split('/')[-2]} gav {response.status}")
        return response.headers.get("Location"), text

    def think(self) -> None:
        time.sleep(self.dice.uniform(0, 2 * self.aften.pause))

    def fill_in(self, path: str, **data):
        """Opens the page, and sends its form."""
        _, text = self.ask("GET", path)
        form = hidden(text)
        self.think()
        return self.ask("POST", path, urlencode(form | data))[0], form

    def write(self, path: str, name: str, text: str) -> None:
        """A page that saves by itself while one types."""
        _, page = self.ask("GET", path)
        form = hidden(page)
        for part in (len(text) // 3, len(text) // 2, len(text)):
            self.think()
            _, line = self.ask("POST", path, urlencode(form | {name: text[:part]}), **{"HX-Request": "true"})
            form |= hidden(line)
        self.ask("POST", path, urlencode(form | {name: text}))

    def attach(self, path: str, nr: int) -> None:
        _, text = self.ask("GET", path)
        file = upload(f"fil-{nr}", files(self.aften.stor)[nr])
        data = {"csrfmiddlewaretoken": hidden(text)["csrfmiddlewaretoken"], "art": "andet", "fil": file}
        self.think()
        self.ask("POST", path, encode_multipart(BOUNDARY, data), MULTIPART_CONTENT, FILER)

    def apply(self, slug: str, adgangsvej: int):
        time.sleep(self.dice.uniform(0, self.aften.sekunder))
        path, _ = self.fill_in(f"/ansoeg/{slug}/")
        own = path.partition("/trin/")[0]
        person = {"fornavn": f"Nr{self.nr}", "efternavn": "Test", "email": f"nr{self.nr}@example.invalid"}
        self.fill_in(path, **person)
        school = {"skole": "Skolen", "faerdig_maaned": "1", "faerdig_aar": "2020", "adgangsvej": str(adgangsvej)}
        self.fill_in(f"{own}/trin/uddannelse/", **school)
        self.write(f"{own}/trin/motivation/", "motivation", "Fordi jeg gerne vil hjælpe borgere med svar. " * 20)
        for nr in range(3):
            self.attach(f"{own}/filer/", nr)
        receipt, form = self.fill_in(f"{own}/send/")
        again, _ = self.ask("POST", f"{own}/send/", urlencode(form))
        assert again == receipt
        assert "Din ansøgning er sendt" in self.ask("GET", receipt)[1]
        return self.times


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input\s+type="hidden"[^>]*?\sname="(\w+)"[^>]*?\svalue="([^"]*)"', text))


class Memory:
    """MB of the web workers in each half, and of the processes that read files for them, twice a second."""

    def __init__(self, master: int):
        self.master, self.web, self.readers, self.done = psutil.Process(master), [], [0.0], threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *exc_info):
        self.done.set()
        self.thread.join()

    def begin_half(self) -> None:
        self.web.append([_mb(self.master.children())])

    def _watch(self):
        while not self.done.wait(0.5):
            with suppress(psutil.Error, IndexError):  # a worker that ends; before the first half
                workers = self.master.children()
                self.web[-1].append(_mb(workers))
                self.readers.append(_mb(reader for worker in workers for reader in worker.children()))

    @property
    def growth(self) -> float:
        """The largest of the last half over the largest of the first: a leak shows, a wave does not."""
        return max(self.web[-1]) - max(self.web[0])


def _mb(processes) -> float:
    total = 0
    for process in processes:
        with suppress(psutil.Error):  # it has just ended
            total += process.memory_info().rss
    return total / MB

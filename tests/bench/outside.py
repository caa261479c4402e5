"""What is measured from outside: rounds of requests that take turns, and what each cost the web workers."""

import gzip
import http.client
import re
import statistics
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import psutil

PROC = Path("/proc")


class Target(NamedTuple):
    """A web server under measurement: where it listens, whose session to send, and its workers."""

    port: int
    cookie: str
    workers: list[int]


class Cost(NamedTuple):
    cpu: float | None  # ms a request in the workers; hardly disturbed by other work on the machine
    p50: float  # ms a request, seen from outside


class Answer(NamedTuple):
    body: bytes
    headers: http.client.HTTPMessage
    ms: float


def get(target: Target, path: str, **headers) -> Answer:
    """One connection a request: a sync worker closes it anyway."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=60)
    try:
        connection.request("GET", path, headers={"Cookie": target.cookie, "Accept": "text/html"} | headers)
        response = connection.getresponse()
        body = response.read()
    finally:
        connection.close()
    if response.status != 200:
        raise RuntimeError(f"GET {path} gav {response.status}")
    return Answer(body, response.headers, (time.perf_counter() - start) * 1000)


def workers_of(master: int) -> list[int]:
    return [process.pid for process in psutil.Process(master).children()]


def cpu_seconds(workers: list[int]) -> float | None:
    """To the nanosecond. None where the system does not tell, as on macOS."""
    try:
        tasks = [task for pid in workers for task in (PROC / str(pid) / "task").iterdir()]
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    except OSError:
        return None


def peak_memory(workers: list[int]) -> float | None:
    """MB of the largest worker, at its largest."""
    try:
        status = [(PROC / str(pid) / "status").read_text() for pid in workers]
        return max(int(re.search(r"VmHWM:\s+(\d+)", text)[1]) for text in status) / 1024
    except OSError:
        return None


def disturbance() -> float:
    """A fixed loop, wall time over CPU time: 1.0 on a machine that has nothing else to do."""
    wall, cpu, total = time.perf_counter(), time.process_time(), 0
    for number in range(300_000):
        total += number
    return (time.perf_counter() - wall) / (time.process_time() - cpu)


def ask(target: Target, path: str, requests: int, seconds: float) -> Cost:
    """`requests` times, or until the time is up."""
    before, end, times = cpu_seconds(target.workers), time.monotonic() + seconds, []
    while not times or (len(times) < requests and time.monotonic() < end):
        times.append(get(target, path).ms)
    after = cpu_seconds(target.workers)
    cpu = None if before is None or after is None else (after - before) / len(times) * 1000
    return Cost(cpu, statistics.median(times))


def rounds(targets: dict[str, Target], pages: dict, *, times=5, requests=12, seconds=1.5) -> tuple[dict, float]:
    """{(page, target): Cost} and the noise. Targets take turns page by page, so that noise falls on all alike."""
    found, noise = {}, []
    turns = [(page, name, path) for page, paths in pages.items() for name, path in paths.items()]
    for _, name, path in turns:
        ask(targets[name], path, 6, seconds)  # both workers load their templates
    for _ in range(times):
        for page, name, path in turns:
            noise.append(disturbance())
            found.setdefault((page, name), []).append(ask(targets[name], path, requests, seconds))
    return {key: _median(costs) for key, costs in found.items()}, statistics.median(noise)


def _median(costs: list[Cost]) -> Cost:
    cpu = [cost.cpu for cost in costs if cost.cpu is not None]
    return Cost(statistics.median(cpu) if cpu else None, statistics.median(cost.p50 for cost in costs))


# --- What a browser with an empty cache fetches -------------------------------------------------------------------
class Weight(NamedTuple):
    html: int  # bytes before compression
    gzip: int  # bytes of all files, fonts apart
    files: int
    foreign: int  # hosts that are not ours


class Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in ("link", "use"):
            self.found.append(attrs.get("href"))
        elif tag in ("script", "img", "iframe", "source"):
            self.found.append(attrs.get("src"))


def cold_page(target: Target, path: str) -> Weight:
    html = get(target, path).body
    page = f"http://127.0.0.1:{target.port}{path}"
    links = Links()
    links.feed(html.decode())
    waiting = [urljoin(page, link).split("#")[0] for link in links.found if link and not link.startswith("data:")]
    sizes, foreign = {}, set()
    while waiting:
        url = waiting.pop()
        parts = urlsplit(url)
        if parts.port != target.port:
            foreign.add(parts.netloc)
        elif url not in sizes:
            answer = get(target, parts.path, **{"Accept-Encoding": "gzip"})
            sizes[url] = 0 if url.endswith((".woff2", ".woff")) else len(answer.body)
            waiting += [urljoin(url, link) for link in _imported(answer)]
    return Weight(len(html), sum(sizes.values()), len(sizes), len(foreign))


def _imported(answer: Answer) -> list[str]:
    if "css" not in answer.headers.get("Content-Type", ""):
        return []
    packed = answer.headers.get("Content-Encoding") == "gzip"
    text = (gzip.decompress(answer.body) if packed else answer.body).decode()
    return re.findall(r"@import\s+(?:url\()?[\"']?([^\"')]+)", text)

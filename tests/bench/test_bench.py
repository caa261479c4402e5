"""So that the bench cannot rot: a tiny world, its pages, the floor, and one round of requests."""

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings

from tests.bench import CRITERIA, fordeling, fristaften, outside, samling
from tests.bench.__main__ import PAGES, database, paths
from tests.bench.inside import count_page, session_for
from tests.bench.table import Line, last_line, passed, ratio
from tests.bench.world import make_world

FLOOR = """
from django.test import Client
from tests.bench import CRITERIA, floor
client = Client(SERVER_NAME="127.0.0.1")
client.cookies["sessionid"] = floor.fill(100)
assert all(client.get(path).status_code == 200 for path in ["/", "/people/?q=family07", "/people/1/", "/timeline/"])
assert client.get("/calendar/").content.count(b"BEGIN:VEVENT") == 36
assert client.get("/timeline/").content.count(b"<td") == 720
assert client.get("/people/1/evaluation/").content.count(b'type="radio"') == 5 * CRITERIA
"""


def test_every_page_of_ours_opens_in_a_tiny_world_within_its_statements(client, db):
    world = make_world(elever=24, hold=6)
    found = {}
    for path in paths(world):
        client.cookies[settings.SESSION_COOKIE_NAME] = session_for(world, path)
        found[path] = count_page(client, path)
    assert len(found) == len(PAGES)
    assert all(page["statements"] <= 12 for page in found.values()), found
    assert all(page["repeated"] == 0 for page in found.values()), found
    assert found[f"/elever/{world['elev']}/"]["rows"] > 5
    assert client.get(f"/kal/{world['kalender']}.ics").content.count(b"BEGIN:VEVENT") > 20
    form = client.get(paths(world)[-1]).content.decode()
    assert len(set(re.findall(r'<input type="radio" name="(.+?)"', form))) == CRITERIA  # as many as the floor draws


def test_the_evaluations_of_a_tiny_hold_become_one_file_in_each_form(db):
    make_world(elever=24, hold=6)
    for form in ("zip", "samlet"):
        found = samling.make(form, number=3)
        assert found["mb"] > found["growth"] >= 0 and found["file"] > 0.01


def test_the_floor_fills_a_database_and_shows_its_pages():
    with database(os.environ["DATABASE_URL"], "proeve") as url:
        subprocess.run([sys.executable, "-c", FLOOR], env=os.environ | {"FLOOR_URL": url}, check=True, timeout=60)


class Page(BaseHTTPRequestHandler):
    files = {
        "/": ("text/html", b'<link rel="stylesheet" href="/a.css"><script src="https://other.invalid/x.js"></script>'),
        "/a.css": ("text/css", b'@import "/b.css";'),
        "/b.css": ("text/css", b"b"),
    }

    def do_GET(self):
        kind, body = self.files[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def target():
    server = HTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield outside.Target(server.server_port, "", [os.getpid()])
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_round_takes_the_targets_in_turn_and_says_what_a_request_costs(target):
    targets = {"gulv": target, "stor": target}
    cost, noise = outside.rounds(targets, {"forside": dict.fromkeys(targets, "/")}, times=1, requests=2)
    assert set(cost) == {("forside", "gulv"), ("forside", "stor")} and noise > 0.9
    assert all(each.p50 > 0 and (each.cpu is None or each.cpu > 0) for each in cost.values())


def test_a_cold_page_is_weighed_with_what_its_style_sheets_import(target):
    weight = outside.cold_page(target, "/")
    assert (weight.files, weight.gzip, weight.foreign) == (2, 18, 1)


@pytest.mark.parametrize("who", [fordeling.OURS, fordeling.DICTATOR, fordeling.CP_SAT])
def test_every_way_to_allocate_is_measured(who):
    found = fordeling.in_process(who, 8, 5)
    assert found.seconds > 0 and found.megabytes > 1 and len(found.values) == 7
    assert found.values >= fordeling.in_process(fordeling.OURS, 8, 5).values
    assert (found.gap == 0) == (who == fordeling.OURS)


def test_an_evening_that_broke_down_is_not_measured_and_one_that_held_is_read():
    verdicts = [line.verdict for line in fristaften.lines(fristaften.told("error"))]
    assert verdicts == ["IKKE MÅLT", "IKKE MÅLT", "IKKE MÅLT", "IKKE MÅLT"]
    held = {"ansoegere": 20, "mb": {"vokset": 12}} | dict.fromkeys(("sider", "trin", "filer"), {"p95": 0.4})
    found = fristaften.lines(fristaften.told(f".{json.dumps(held)}\n1 passed"))
    assert [line.verdict for line in found] == ["OK", "OK", "", "OK"]


def test_what_was_not_measured_is_said_and_has_not_passed():
    good, bad, missing = ratio("a", 2, 1, 3), ratio("b", 4, 1, 3), ratio("c", None, 1, 3)
    assert [line.verdict for line in (good, bad, missing)] == ["OK", "OVER", "IKKE MÅLT"]
    assert passed([good, Line("tal", 7)]) and not passed([good, bad]) and not passed([good, missing])
    assert last_line([good, bad, missing], 1.2) == "make bench: 1 af 3 mål nået, 1 over, 1 IKKE MÅLT; støj 1.20"

"""`make demo` from outside: the real supervisor and engines, in a small house that stands in for ours."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from elevforloeb.project import engines
from elevforloeb.project.engines.programs import is_running
from elevforloeb.project.engines.valkey import free_port

ENGINES = Path(engines.__file__).parent
UP = "Elevforløb kører på"

PROJECT = """
import os
from celery import Celery
celery_app = Celery("house", broker=os.environ.get("REDIS_URL"))
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [])
    return [b"alive"]
"""
MANAGE = """
import sys
print("Applying everything", file=sys.stderr)
print("elev  noah@example.dk")
"""


class House:
    def __init__(self, root):
        self.root = root
        self.port = free_port()
        shutil.copytree(ENGINES, root / "elevforloeb" / "project" / "engines")
        self.write("elevforloeb/__init__.py", "")
        self.write("elevforloeb/project/__init__.py", PROJECT)
        self.write("elevforloeb/project/wsgi.py", WSGI)
        self.write("manage.py", MANAGE)
        self.started = []

    def write(self, path, text):
        (self.root / path).write_text(textwrap.dedent(text))

    def start(self, *, own_engines=False, **environment):
        """With the engines of the test run, where the engines are not the point: that is quicker."""
        given = () if own_engines else ("DATABASE_URL", "REDIS_URL", "LD_LIBRARY_PATH")
        environment |= {name: os.environ[name] for name in ("PATH", "HOME", *given) if name in os.environ}
        demo = subprocess.Popen(
            [sys.executable, "-m", "elevforloeb.project.engines.demo"],
            cwd=self.root,
            env={"PORT": str(self.port)} | environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(demo)
        return demo

    def start_and_wait(self, **options):
        demo = self.start(**options)
        said = []
        for line in demo.stdout:
            said.append(line)
            if UP in line:
                return demo, "".join(said)
        pytest.fail("".join(said))

    def ask(self):
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/sundhed/", timeout=5) as answer:  # noqa: S310
            return answer.read()

    def pid_of(self, name):
        return json.loads((self.root / ".data" / "run" / f"{name}.json").read_text())["pid"]

    def processes(self):
        return [process for process in psutil.process_iter() if is_running(process) and self._is_inside(process)]

    def _is_inside(self, process):
        try:
            return Path(process.cwd()).is_relative_to(self.root)
        except psutil.Error:
            return False

    def clear(self):
        for demo in self.started:
            demo.kill()
            demo.wait()
            demo.stdout.close()
        for process in self.processes():
            process.kill()


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path.resolve())
    yield house
    house.clear()


def wait_for_line(demo, words):
    for line in demo.stdout:
        if words in line:
            return line
    raise AssertionError(f"it never said {words!r}")


def finish(demo, number):
    demo.send_signal(number)
    said = demo.stdout.read()
    demo.wait(timeout=60)
    return said


@pytest.mark.chaos
def test_it_runs_alone_mends_itself_and_leaves_nothing_behind(house):
    demo, said = house.start_and_wait()
    assert f"http://127.0.0.1:{house.port}/" in said
    assert "noah@example.dk" in wait_for_line(demo, "noah")
    assert house.ask() == b"alive"
    assert not (house.root / ".data" / "postgres").exists(), "DATABASE_URL was given"

    second = house.start(PORT=str(free_port()))
    assert f"kører allerede på http://127.0.0.1:{house.port}/" in second.communicate(timeout=60)[0]
    assert second.returncode == 1

    os.kill(house.pid_of("web"), signal.SIGKILL)
    assert "web stoppede af sig selv" in wait_for_line(demo, "OBS")
    wait_until_answered(house)

    assert "Stoppet." in finish(demo, signal.SIGINT)
    assert demo.returncode == 0
    assert house.processes() == []


def wait_until_answered(house):
    deadline = time.monotonic() + 20
    while True:
        try:
            return house.ask()
        except OSError:
            assert time.monotonic() < deadline, "web did not come back"
            time.sleep(0.1)


@pytest.mark.chaos
def test_kill_9_is_cleared_up_by_the_next_start(house):
    demo, _ = house.start_and_wait(own_engines=True)
    demo.kill()
    demo.wait()
    assert len(house.processes()) > 4, "the kill was meant to leave everything running"

    demo, said = house.start_and_wait(own_engines=True)
    assert "Ryddede op efter en kørsel, der blev afbrudt: beat, postgres, redis, web, worker" in said
    assert house.ask() == b"alive"
    finish(demo, signal.SIGTERM)
    assert house.processes() == []


def test_a_taken_port_is_named_before_anything_is_started(house):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        house.port = other.getsockname()[1]
        said = house.start().communicate(timeout=60)[0]
    assert f"Port {house.port} kan ikke bruges" in said
    assert f"make demo PORT={house.port + 1}" in said
    assert "Starter" not in said


def test_a_port_that_is_no_number_is_refused(house):
    assert "PORT skal være et tal" in house.start(PORT="otte").communicate(timeout=60)[0]


def test_when_the_data_cannot_be_made_ready_the_reason_is_shown_and_nothing_runs(house):
    house.write("manage.py", "raise SystemExit('kolonnen mangler')")
    demo = house.start()
    said = demo.communicate(timeout=60)[0]
    assert "manage.py klargoer gik ikke godt" in said
    assert "kolonnen mangler" in said
    assert demo.returncode == 1
    assert house.processes() == []


def test_web_that_cannot_start_stops_the_whole(house):
    house.write("elevforloeb/project/wsgi.py", "raise RuntimeError('no such setting')")
    demo = house.start()
    said = demo.communicate(timeout=60)[0]
    assert "web stoppede med det samme" in said
    assert "no such setting" in said
    assert UP not in said
    assert demo.returncode == 1
    assert house.processes() == []


def test_without_pango_the_install_line_is_said_and_the_rest_runs(house):
    house.write("weasyprint.py", "raise OSError('cannot load library libpango')")
    demo, _ = house.start_and_wait()
    assert "Pango mangler" in wait_for_line(demo, "OBS")
    assert "install" in wait_for_line(demo, "pango")
    assert house.ask() == b"alive"
    finish(demo, signal.SIGTERM)

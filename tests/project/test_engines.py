"""PostgreSQL and Redis as we start them ourselves, and what a kill may leave behind."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from elevforloeb.project.engines import postgres, valkey
from elevforloeb.project.engines.postgres import APP, Postgres
from elevforloeb.project.engines.programs import (
    Program,
    ProgramError,
    is_running,
    start_and_wait,
    stop_all,
    stop_leftovers,
    stop_processes,
)
from elevforloeb.project.engines.valkey import Valkey

ROOT = Path(__file__).parents[2]


def until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    return tmp_path_factory.mktemp("pg")


@pytest.fixture
def start(cluster):
    """A function that starts a server on the module's cluster; all of them are stopped afterwards."""
    started = []

    def start_one():
        one = Postgres(cluster / "data", sockets=cluster / "s", run=cluster, log=cluster / "log", throwaway=True)
        started.append(one)
        start_and_wait(one, timeout=30)
        one.ensure_roles_and_database()
        return one

    yield start_one
    stop_all(started, grace=10)


def test_the_application_may_not_make_tables(start):
    with psycopg.connect(start().url(APP)) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("create table x (y int)")


def test_lower_case_knows_danish_letters(start):
    with psycopg.connect(start().url()) as connection:
        assert connection.execute("select lower('ÆØÅ')").fetchone() == ("æøå",)


@pytest.mark.chaos
def test_data_survive_kill_9_of_the_server(start):
    server = start()
    with psycopg.connect(server.url()) as connection:
        connection.execute("set synchronous_commit = on")  # as in the demo
        connection.execute("create table kept as select 1 as number")
    server.process.kill()
    server.process.wait()
    with psycopg.connect(start().url()) as connection:
        assert connection.execute("select number from kept").fetchone() == (1,)


@pytest.mark.chaos
def test_a_number_in_postmaster_pid_that_is_somebody_elses_now_is_no_obstacle(start, cluster):
    server = start()
    server.process.kill()
    server.process.wait()
    lock = cluster / "data" / "postmaster.pid"
    lock.write_text(lock.read_text().replace(str(server.process.pid), str(os.getppid()), 1))
    assert start().is_ready()
    assert psutil.pid_exists(os.getppid())


@pytest.mark.chaos
def test_a_server_that_nobody_recorded_is_stopped_before_a_new_one_starts(start):
    lost = start()
    lost.record.unlink()
    start()
    assert lost.process.wait(timeout=5) == 0


def test_an_interrupted_initdb_is_done_again(tmp_path):
    (tmp_path / "data.new").mkdir()
    (tmp_path / "data.new" / "PG_VERSION").write_text("18")
    server = Postgres(tmp_path / "data", sockets=tmp_path / "s", run=tmp_path, log=tmp_path / "log", throwaway=True)
    try:
        start_and_wait(server, timeout=30)
    finally:
        stop_all([server], grace=10)


def test_data_of_another_version_are_refused_in_words(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("15\n")
    server = Postgres(tmp_path / "data", sockets=tmp_path / "s", run=tmp_path, log=tmp_path / "log")
    with pytest.raises(ProgramError, match=r"lavet med PostgreSQL 15, men her er PostgreSQL \d+"):
        server.start()


def test_without_the_package_the_newest_postgresql_of_the_machine_is_taken(tmp_path, monkeypatch):
    for version in (15, 16, 17):
        folder = tmp_path / str(version)
        folder.mkdir()
        (folder / "initdb").touch()
        (folder / "postgres").write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}.4 (Debian)'\n")
        (folder / "postgres").chmod(0o755)
    monkeypatch.setattr(postgres, "_places", lambda: [tmp_path / "none", *(tmp_path / v for v in ("15", "17", "16"))])
    assert postgres.find_programs() == tmp_path / "17"
    monkeypatch.setattr(postgres, "_places", lambda: [tmp_path / "15"])
    with pytest.raises(ProgramError, match="ingen PostgreSQL 16 eller nyere(.|\n)*install"):
        postgres.find_programs()


def test_redis_is_closed_to_others_and_comes_back_at_the_same_address(tmp_path):
    bell = Valkey(tmp_path / "redis", run=tmp_path, log=tmp_path / "log")
    try:
        start_and_wait(bell, timeout=10)
        with redis.Redis(port=bell.port, retry=valkey.ONCE) as stranger, pytest.raises(redis.AuthenticationError):
            stranger.ping()
        bell.process.kill()
        bell.process.wait()
        start_and_wait(bell, timeout=10)
    finally:
        stop_all([bell], grace=5)
    assert not bell.record.exists()


def test_without_the_package_a_missing_redis_is_said_in_words(monkeypatch):
    monkeypatch.setattr(valkey, "find_spec", lambda name: None)
    monkeypatch.setattr(valkey.shutil, "which", lambda name: None)
    with pytest.raises(ProgramError, match="ingen Redis-server"):
        valkey.find_program()


@pytest.mark.chaos
def test_the_engines_of_a_test_run_end_with_it_also_by_kill_9():
    asker = """
import json, time
from elevforloeb.project.engines.throwaway import Engines
engines = Engines()
print(json.dumps([engines.environment["DATABASE_URL"], engines.guard.pid]), flush=True)
time.sleep(60)
"""
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    with subprocess.Popen([sys.executable, "-c", asker], cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        address, guard = json.loads(process.stdout.readline())
        psycopg.connect(address).close()
        engines = psutil.Process(guard).children()
        process.kill()
    assert len(engines) == 2
    until(lambda: not any(is_running(engine) for engine in engines))
    until(lambda: not Path(address.partition("host=")[2]).parent.exists())


# --- What a killed run left behind ------------------------------------------------------------------------------------
@pytest.fixture
def shell(tmp_path):
    """A function that starts a shell script as a program of ours."""
    started = []

    def start_one(script, name="program"):
        started.append(Program(name, ["/bin/sh", "-c", script], run=tmp_path, log=tmp_path / "log", cwd=tmp_path))
        started[-1].start()
        return started[-1]

    yield start_one
    stop_all(started, grace=0)


def test_what_a_killed_run_recorded_is_stopped(shell, tmp_path):
    program = shell("sleep 60")
    assert stop_leftovers(tmp_path) == ["program"]
    assert program.process.wait(timeout=5) == -signal.SIGTERM
    assert stop_leftovers(tmp_path) == []


@pytest.mark.chaos
def test_children_of_a_dead_program_are_found_by_their_session(shell, tmp_path):
    program = shell("sleep 60 & sleep 60")
    leader = psutil.Process(program.process.pid)
    until(lambda: len(leader.children()) == 2)
    children = leader.children()
    program.process.kill()
    program.process.wait()
    assert stop_leftovers(tmp_path) == ["program"]
    until(lambda: not any(is_running(child) for child in children))


@pytest.mark.parametrize("changed", [{"argv": ["/bin/sh", "-c", "sleep 61"]}, {"cwd": "/"}, {"pid": "?"}])
def test_a_recorded_number_that_belongs_to_somebody_else_is_left_alone(shell, tmp_path, changed):
    stranger = shell("sleep 60")
    stranger.record.write_text(json.dumps(json.loads(stranger.record.read_text()) | changed))
    assert stop_leftovers(tmp_path) == []
    assert stranger.is_alive()
    assert not stranger.record.exists()


def test_a_half_written_record_is_no_obstacle(tmp_path):
    (tmp_path / "web.json").write_text('{"pid": 1')
    assert stop_leftovers(tmp_path) == []


def test_a_program_that_will_not_stop_is_ended_by_force(shell, tmp_path):
    deaf = shell("trap '' TERM; echo ready; while true; do sleep 1; done")
    until(lambda: "ready" in deaf.log_tail())
    stop_processes([(psutil.Process(deaf.process.pid), signal.SIGTERM)], grace=0.2)
    assert deaf.process.wait(timeout=5) == -signal.SIGKILL


def test_a_program_that_ends_at_once_is_told_with_its_last_words(shell):
    with pytest.raises(ProgramError, match="stoppede med det samme(.|\n)*no such luck"):
        start_and_wait(Unready("echo no such luck", shell), timeout=5)


class Unready(Program):
    def __init__(self, script, shell):
        self.__dict__.update(shell("true", name="unready").__dict__)
        self.argv = ["/bin/sh", "-c", script]

    def is_ready(self):
        return False

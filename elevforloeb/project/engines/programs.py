"""One program of ours: start it, wait until it is ready, stop it and all it started, find it again after a kill."""

import contextlib
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil

LOG_LIMIT = 10_000_000


class ProgramError(Exception):
    """A program could not be started. The text is for the person at the terminal: Danish."""


def as_user(name):
    """Arguments for subprocess. With its own group too: in the group of root it would lack what others may."""
    return {"user": name, "group": name, "extra_groups": []} if name else {}


class Program:
    stop_signal = signal.SIGTERM

    def __init__(self, name, argv, *, run, log, cwd, env=None, user=None, output=None):
        self.name = name
        self.argv = [str(part) for part in argv]
        self.record = Path(run) / f"{name}.json"
        self.log = Path(log)
        self.output = Path(output or log)
        self.cwd = Path(cwd).resolve()
        self.env = env
        self.user = user
        self.process = None

    def start(self):
        """A session of its own: Ctrl-C in the terminal reaches the supervisor only, which stops things in order."""
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log, self.output.open("ab" if self.output == self.log else "wb") as output:
            self.process = subprocess.Popen(
                self.argv,
                cwd=self.cwd,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=log,
                start_new_session=True,
                **as_user(self.user),
            )
        identity = {
            "pid": self.process.pid,
            "argv": self.argv,
            "cwd": str(self.cwd),
            "stop_signal": int(self.stop_signal),
        }
        self.record.write_text(json.dumps(identity))

    def is_alive(self):
        return self.process is not None and self.process.poll() is None

    def is_ready(self):
        return self.is_alive()

    def ask_to_stop(self):
        if self.is_alive():
            self.process.send_signal(self.stop_signal)

    def end(self, deadline):
        """Wait until the deadline (of time.monotonic), then end by force what is left of the program's session."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.process.kill()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.record.unlink(missing_ok=True)

    def log_tail(self, lines=15):
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""


def start_and_wait(program, timeout, sleep=time.sleep):
    program.start()
    wait_until_ready(program, timeout, sleep)


def wait_until_ready(program, timeout, sleep=time.sleep):
    deadline = time.monotonic() + timeout
    while not program.is_ready():
        if not program.is_alive():
            raise ProgramError(f"{program.name} stoppede med det samme. Se {program.log}:\n{program.log_tail()}")
        if time.monotonic() > deadline:
            raise ProgramError(f"{program.name} svarer ikke efter {timeout:.0f} sekunder. Se {program.log}")
        sleep(0.05)


def stop_all(programs, grace):
    """Ask them all first, so that they end side by side."""
    programs = list(programs)
    for program in programs:
        program.ask_to_stop()
    deadline = time.monotonic() + grace
    for program in programs:
        program.end(deadline)


def stop_leftovers(run, grace=5.0):
    """Stop what a killed run recorded and could not stop itself. Returns the names of what was found."""
    records = sorted(Path(run).glob("*.json"))
    found = {record.stem: _recorded(record) for record in records}
    leaders = [leader for leader, _ in found.values() if leader]
    stop_processes(leaders, grace)
    for _, orphans in found.values():
        for orphan in orphans:
            _send(orphan, signal.SIGKILL)
    for record in records:
        record.unlink()
    return [name for name, (leader, orphans) in found.items() if leader or orphans]


def stop_processes(found, grace):
    """Send each process its signal and end by force those that are still there when the grace is over."""
    for process, stop_signal in found:
        _send(process, stop_signal)
    deadline = time.monotonic() + grace
    while any(is_running(process) for process, _ in found) and time.monotonic() < deadline:
        time.sleep(0.05)
    for process, _ in found:
        _send(process, signal.SIGKILL)


def is_running(process):
    """A zombie is not: it waits only for a parent that may never ask, as in a container without an init."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _recorded(record):
    """What is left of a program: (process, signal) or None, and its children. Only what is surely ours.

    The number alone may belong to somebody else by now.
    """
    try:
        known = json.loads(record.read_text())
        pid, argv, cwd, stop_signal = known["pid"], known["argv"], known["cwd"], known["stop_signal"]
    except (ValueError, KeyError, TypeError):
        return None, []  # half-written by a killed run: nothing in it can be trusted
    ours = [process for process in _session(pid) if _runs_in(process, cwd)]
    leader = next((process for process in ours if process.pid == pid), None)
    if leader is None:
        return None, ours
    if not _was_started_as(leader, argv):
        return None, []
    return (leader, stop_signal), [process for process in ours if process != leader]


def _session(leader_pid):
    """A program is the leader of a session that all its children belong to, also when it is dead itself."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(OSError):
            if os.getsid(process.pid) == leader_pid and is_running(process):
                found.append(process)
    return found


def _runs_in(process, cwd):
    try:
        return process.cwd() == cwd
    except (psutil.Error, OSError):
        return False


def _was_started_as(process, argv):
    """Without the first word, which a framework build of Python on macOS replaces."""
    try:
        return process.cmdline()[1:] == argv[1:]
    except psutil.Error:
        return False


def _send(process, number):
    with contextlib.suppress(psutil.Error):
        process.send_signal(number)

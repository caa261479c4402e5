"""The whole machinery for a chaos run: own engines, three workers, two beats and a mail server, each of which can fail.

Nothing is shared with the other tests: here PostgreSQL itself is killed, so it must write to disk like the real one.
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psycopg

from elevforloeb.project.engines.postgres import Postgres
from elevforloeb.project.engines.programs import ProgramError, start_and_wait, stop_all
from elevforloeb.project.engines.valkey import Valkey
from tests.smtp import SmtpSink

ROOT = Path(__file__).parents[2]
WORKERS, BEATS = 3, 2
OUTLIVES_LEASE = 6  # seconds; the workers of these tests lend a mail out for four
# Out of twenty faults, as often as each may be expected to hit us.
FAULTS = {
    "arbejder": 8,
    "beat": 2,
    "redis": 3,
    "frosset redis": 2,
    "postgres": 2,
    "mailserver": 2,
    "frosset arbejder": 1,
}


class World:
    def __init__(self, *, mails: int, how=(), delay=0.02):
        self.place = Path(tempfile.mkdtemp(prefix="kaos-"))  # a socket's path must be short
        self.mails, self.how = mails, how
        self.database = Postgres(
            self.place / "data", sockets=self.place / "s", run=self.place, log=self.place / "postgres.log"
        )
        self.bell = Valkey(self.place / "redis", run=self.place, log=self.place / "redis.log")
        self.sink = SmtpSink(delay=delay)
        self.log = (self.place / "processer.log").open("ab")
        self.workers, self.beats = [], []
        self.later = []  # (when, what): faults that pass by themselves
        self.faults = Counter()
        self.started = 0

    # --- start and end --------------------------------------------------------------------------------------------
    def __enter__(self):
        self.sink.__enter__()
        start_and_wait(self.database, timeout=60)
        self.database.ensure_roles_and_database()
        start_and_wait(self.bell, timeout=20)
        self.environment = os.environ | {
            "DATABASE_URL": self.database.url(),
            "REDIS_URL": self.bell.url(),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.sink.port}",
            "MAIL_MODE": "live",
            "MAIL_LOFT": "100000",
        }
        self._run("manage.py", "migrate", "--verbosity", "0")
        self._run("-m", "tests.kaos.seed", str(self.mails))
        for _ in range(WORKERS):
            self._start_worker()
        for _ in range(BEATS):
            self._start_beat()
        return self

    def __exit__(self, *exc_info):
        self._let_pass(time.monotonic() + 3600)
        for process in (*self.workers, *self.beats):
            self._kill(process)
        stop_all([self.bell, self.database], grace=10)
        self.sink.__exit__()
        self.log.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def _run(self, *command):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=self.environment, check=True, timeout=120)

    def _start(self, *command) -> subprocess.Popen:
        return subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=self.environment,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )

    def _start_worker(self):
        self.started += 1
        self.workers.append(self._start("tests.kaos.worker", str(self.place / f"klar-{self.started}"), *self.how))

    def _start_beat(self):
        self.started += 1
        self.beats.append(self._start("tests.kaos.beat", str(self.place / f"beat-{self.started}")))

    def _kill(self, process):
        """The whole session: the parent and the child that does the work."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    # --- faults ---------------------------------------------------------------------------------------------------
    def break_something(self, dice: random.Random):
        self.break_one(dice.choices(list(FAULTS), weights=FAULTS.values())[0], dice)

    def break_one(self, kind: str, dice: random.Random):
        what = {
            "arbejder": self._kill_worker,
            "beat": self._kill_beat,
            "redis": self._kill_bell,
            "frosset redis": self._freeze_bell,
            "postgres": self._kill_database,
            "mailserver": self._cut_mail_server,
            "frosset arbejder": self._freeze_worker,
        }[kind]
        what(dice)
        self.faults[kind] += 1

    def _kill_worker(self, dice):
        self._kill(self.workers.pop(dice.randrange(len(self.workers))))
        self._start_worker()

    def _kill_beat(self, dice):
        self._kill(self.beats.pop(dice.randrange(len(self.beats))))
        self._start_beat()

    def _kill_bell(self, dice):
        self._let_pass(time.monotonic() + 3600, self._thaw_bell)
        self.bell.process.kill()
        self.bell.process.wait()
        start_and_wait(self.bell, timeout=20)

    def _freeze_bell(self, dice):
        """It takes calls and answers none: worse for a client than a broker that is gone."""
        self.bell.process.send_signal(signal.SIGSTOP)
        self._after(3, self._thaw_bell)

    def _thaw_bell(self):
        self.bell.process.send_signal(signal.SIGCONT)

    def _kill_database(self, dice):
        self.database.process.kill()
        self.database.process.wait()
        self._again(lambda: start_and_wait(self.database, timeout=30))

    def _cut_mail_server(self, dice):
        self.sink.go_down()
        self._after(1.5, self.sink.come_up)

    def _freeze_worker(self, dice):
        """It wakes when another has got its mail: the sleeper must not spoil what was done meanwhile."""
        frozen = dice.choice(self.workers)
        os.killpg(frozen.pid, signal.SIGSTOP)
        self._after(OUTLIVES_LEASE, lambda: self._wake(frozen))

    def _wake(self, process):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGCONT)

    def _after(self, seconds, what):
        self.later.append((time.monotonic() + seconds, what))

    def _let_pass(self, now, only=None):
        due = [each for each in self.later if each[0] <= now and only in (None, each[1])]
        self.later = [each for each in self.later if each not in due]
        for _, what in due:
            what()

    def _again(self, start, attempts=20):
        """The children of a killed server take a moment to notice, and hold its memory until they do."""
        for left in reversed(range(attempts)):
            try:
                return start()
            except ProgramError:
                if not left:
                    raise
                time.sleep(0.3)
        return None

    # --- what can be seen -----------------------------------------------------------------------------------------
    def tick(self):
        self._let_pass(time.monotonic())
        time.sleep(0.05)

    def statuses(self) -> Counter:
        """How many mails of each status; empty while the database does not answer."""
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.database.url()) as connection:
            return Counter(dict(connection.execute("select status, count(*) from core_mail group by 1").fetchall()))
        return Counter()

    def is_quiet(self) -> bool:
        """Every fault has passed and every mail has found its end."""
        found = self.statuses()
        return not self.later and bool(found) and not found["venter"] and not found["sender"]

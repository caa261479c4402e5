"""The supervisor behind `make demo`: starts everything in order, keeps it running, stops it in order.

    lock → clear up after a killed run → engines → manage.py klargoer → web, worker, beat → watch

The database has two roles: `klargoer` logs in as the owner of the tables, everything that runs afterwards as a role
that cannot change them. DATABASE_URL and REDIS_URL, when given, are used as they are and no engine is started.
"""

import fcntl
import http.client
import os
import platform
import secrets
import signal
import socket
import sys
import tempfile
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from elevforloeb.project.engines.postgres import APP, Postgres
from elevforloeb.project.engines.programs import (
    Program,
    ProgramError,
    start_and_wait,
    stop_all,
    stop_leftovers,
)
from elevforloeb.project.engines.valkey import Valkey

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / ".data"
RUN = DATA / "run"
LOG = DATA / "log"

LONGEST_SOCKET_PATH = 90  # the system's limit is 103 on macOS, with the name of the socket in it
MOST_RESTARTS = 5
STABLE_AFTER = 60  # seconds: a program that ran that long is forgiven its earlier restarts

# Said outright, so that an .env that was made for a real installation does not reach the demo.
DEMO = {"DEMO": "1", "DEBUG": "0", "HTTPS": "0", "KRAEV_TO_FAKTOR": "0", "MAIL_MODE": "demo"}

# Compiled code is kept, also where the shell says no: four programs would each spend half a second on compiling it.
PYTHON = {"PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": ""}

PANGO_MISSING = """\
OBS: PDF-filer kan ikke laves, fordi Pango mangler på maskinen. Alt andet virker. Installér Pango, og start igen:
    {command}
"""


class Stopped(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


class Web(Program):
    def __init__(self, port, **place):
        self.port = port
        argv = [sys.executable, "-m", "gunicorn", "elevforloeb.project.wsgi:application", f"--bind=127.0.0.1:{port}"]
        argv += ["--workers=2", "--threads=4", "--preload", "--graceful-timeout=5", "--no-control-socket"]
        super().__init__("web", [*argv, "--access-logfile=-"], **place)

    def is_ready(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/sundhed/")
            return self.is_alive() and connection.getresponse().status == 200
        return False


class Supervisor:
    def __init__(self, port, address):
        self.port = port
        self.address = address
        own = {"SECRET_KEY": _secret_key(), "BASE_URL": address.rstrip("/")}
        self.environment = DEMO | own | os.environ | PYTHON
        self.owner_url = os.environ.get("OWNER_DATABASE_URL") or os.environ.get("DATABASE_URL")
        self.engines = []
        self.programs = []
        self.restarts = {}
        self.stop_asked = threading.Event()

    def run(self):
        started = time.monotonic()
        self._listen_for_signals()
        try:
            self.start_engines()
            self.prepare()
            self.start_programs()
            self.welcome(time.monotonic() - started)
            self.watch()
        except Stopped:
            pass
        finally:
            say("\nStopper …")
            stop_all(self.programs, grace=8)
            stop_all(reversed(self.engines), grace=10)
            say("Stoppet. Data er gemt i .data/ til næste gang.")

    # --- Starting -------------------------------------------------------------------------------------------------
    def start_engines(self):
        if not os.environ.get("DATABASE_URL"):
            say("Starter databasen")
            database = Postgres(DATA / "postgres", sockets=_socket_folder(), run=RUN, log=LOG / "postgres.log")
            self._start(database, self.engines, timeout=60)
            database.ensure_roles_and_database()
            self.owner_url = database.url()
            self.environment["DATABASE_URL"] = database.url(APP)
        if not os.environ.get("REDIS_URL"):
            bell = Valkey(RUN / "redis", run=RUN, log=LOG / "redis.log")
            self._start(bell, self.engines, timeout=20)
            self.environment["REDIS_URL"] = bell.url()

    def prepare(self):
        """Tables, rights, reference data and demo. Beside it, because it takes a second: can PDFs be made here?"""
        say("Gør data klar (første gang tager det op til et minut)")
        as_owner = self.environment | {"DATABASE_URL": self.owner_url}
        prepare = self._python("klargoer", "manage.py", "klargoer", env=as_owner, output=RUN / "logins")
        pango = self._python("pango", "-c", "import weasyprint")
        for job in (prepare, pango):
            self.programs.append(job)
            job.start()
        for job in (prepare, pango):
            while job.is_alive():
                self._pause(0.05)
            self.programs.remove(job)
            job.end(deadline=0)
        if prepare.process.returncode:
            raise ProgramError(f"manage.py klargoer gik ikke godt. Se {prepare.log}:\n{prepare.log_tail()}")
        self.pdf_works = pango.process.returncode == 0

    def start_programs(self):
        """Web alone first: somebody waits for it, and nobody for worker and beat, which load as much code again."""
        say("Starter web, worker og beat")
        celery = ["-m", "celery", "-A", "elevforloeb.project"]
        schedule = RUN / "beat"  # begun afresh: a kill can leave it broken, and the only interval is a minute
        for left in RUN.glob("beat*"):
            left.unlink()
        worker = self._python(
            "worker", *celery, "worker", "--concurrency=2", "--loglevel=INFO", "--without-gossip", "--without-mingle"
        )
        beat = self._python("beat", *celery, "beat", "--loglevel=INFO", f"--schedule={schedule}", "--pidfile=")
        web = Web(self.port, run=RUN, log=LOG / "web.log", cwd=ROOT, env=self.environment)
        self._start(web, self.programs, timeout=60)
        for program in (worker, beat):
            self.programs.append(program)
            program.start()

    def welcome(self, seconds):
        say(f"\nElevforløb kører på  {self.address}   (klar på {seconds:.0f} s)\n")
        say((RUN / "logins").read_text().strip())
        if not self.pdf_works:
            say("\n" + PANGO_MISSING.format(command=_pango_command()).rstrip())
        say("\nHvad der sker, står i .data/log/ (web.log, worker.log, beat.log, postgres.log). Stop med Ctrl-C.")

    # --- Running --------------------------------------------------------------------------------------------------
    def watch(self):
        while True:
            self._pause(0.5)
            for program in [*self.engines, *self.programs]:
                if not program.is_alive():
                    self.restart(program)

    def restart(self, program):
        """Wait longer each time. A program that never gets going stops the whole: no half-started system."""
        times = [moment for moment in self.restarts.get(program, []) if time.monotonic() - moment < STABLE_AFTER]
        self.restarts[program] = [*times, time.monotonic()]
        if len(times) >= MOST_RESTARTS:
            raise ProgramError(f"{program.name} stopper igen og igen. Se {program.log}:\n{program.log_tail()}")
        say(f"OBS: {program.name} stoppede af sig selv og startes igen. Se {program.log}")
        program.end(deadline=0)
        self._pause(0.5 * 2 ** len(times))
        program.start()

    # --- Tools ----------------------------------------------------------------------------------------------------
    def _start(self, program, group, timeout):
        group.append(program)
        start_and_wait(program, timeout, sleep=self._pause)

    def _python(self, name, *arguments, env=None, output=None):
        argv = [sys.executable, *arguments]
        log = LOG / f"{name}.log"
        return Program(name, argv, run=RUN, log=log, cwd=ROOT, env=env or self.environment, output=output)

    def _pause(self, seconds):
        if self.stop_asked.wait(seconds):
            raise Stopped

    def _listen_for_signals(self):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) != signal.SIG_IGN or number == signal.SIGINT:
                signal.signal(number, lambda *_: self.stop_asked.set())


def say(text):
    with suppress(OSError):  # the terminal may be gone; what is started must be stopped all the same
        print(text, flush=True)


@contextmanager
def only_one(address):
    """The lock goes with the process, also after kill -9, so it can never be stale."""
    with (RUN / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            where = file.read() or "denne maskine"
            raise ProgramError(
                f"Elevforløb kører allerede på {where}\nStop det med Ctrl-C i det vindue, hvor det blev startet."
            ) from None
        file.truncate(0)
        file.write(address)
        file.flush()
        yield


def check_port(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            raise ProgramError(
                f"Port {port} kan ikke bruges ({problem.strerror}). Vælg en anden:  make demo PORT={port + 1}"
            ) from None


def read_port():
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise ProgramError(f"PORT skal være et tal mellem 1 og 65535, ikke {given}")
    return int(given)


def _secret_key():
    """Kept, so that a log-in survives a restart."""
    file = DATA / "secret_key"
    if not file.exists() or not file.read_text():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _socket_folder():
    folder = RUN / "s"
    return folder if len(str(folder)) < LONGEST_SOCKET_PATH else tempfile.mkdtemp(prefix="elevforloeb-")


def _pango_command():
    if platform.system() == "Darwin":
        return "brew install pango"
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


def main():
    for folder in (DATA, RUN, LOG):
        folder.mkdir(exist_ok=True)
    try:
        port = read_port()
        address = f"http://127.0.0.1:{port}/"
        with only_one(address):
            left = stop_leftovers(RUN)
            if left:
                say(f"Ryddede op efter en kørsel, der blev afbrudt: {', '.join(left)}")
            check_port(port)
            Supervisor(port, address).run()
    except ProgramError as problem:
        say(f"\n{problem}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
